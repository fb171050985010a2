/**
 * Sessions of the backoffice in a real Chromium, over a fake of the API: how they begin, go on and end.
 */
import { describe, expect, it } from 'vitest';
import { recoveryCode, staffCode } from '#test/fakes/desk/desk-state.ts';
import { deskInBrowser, executable, givePassword, pageMsMax, signIn } from './backoffice-desk.ts';

const patience = { timeout: pageMsMax };

describe.skipIf(executable === undefined)('a session of the backoffice', () => {
  const { desk, visitor } = deskInBrowser();

  it('begins with a password and a code, and leads on to the link that was opened', async () => {
    const page = await visitor();
    await page.goto(`${desk().origin}/#/members?status=banned&q=to`);
    await givePassword(page, 'olivia', 'wrong-password');
    await page.getByText('Surel atau kata sandi salah.').waitFor();
    await givePassword(page, 'olivia');
    await page.getByLabel('Kode 6 angka').fill('000000');
    await page.keyboard.press('Enter');
    await page.getByText('Kode salah, sudah dipakai').waitFor();
    await page.getByRole('button', { name: 'Pakai kode pemulihan' }).click();
    await page.getByLabel('Kode pemulihan').fill(recoveryCode);
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: '@togar', exact: true }).waitFor();
    expect(page.url()).toBe(`${desk().origin}/#/members?status=banned&q=to`);
    expect(await page.getByLabel('Cari').inputValue()).toBe('to');
    const stored = await page.evaluate('JSON.stringify([Object.values(localStorage), Object.values(sessionStorage)])');
    expect(stored).not.toMatch(/access-|refresh-/);
  });

  it('says how long to wait after too many wrong passwords, and counts down', async () => {
    const page = await visitor();
    await page.goto(desk().origin);
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await expect.poll(() => page.getByRole('button', { name: 'Lanjut' }).isEnabled(), patience).toBe(true);
      await givePassword(page, 'olivia', `wrong-password-${attempt}`);
      await expect.poll(() => desk().calls.length, patience).toBe(attempt + 1);
    }
    const wait = page.getByText(/Coba lagi dalam 0:\d\d/);
    await wait.waitFor();
    expect(await page.getByRole('button', { name: 'Lanjut' }).isEnabled()).toBe(false);
    const before = await wait.innerText();
    await expect.poll(() => wait.innerText(), patience).not.toBe(before);
  });

  it('goes on after a reload without asking, and when its token has expired', async () => {
    const page = await visitor();
    await page.goto(`${desk().origin}/#/members`);
    await signIn(page, 'olivia');
    await page.reload();
    await page.locator('[data-row]').first().waitFor();
    expect(desk().auth.refreshes()).toBe(1);
    desk().auth.expireTokens();
    await page.goto(`${desk().origin}/#/staff`);
    await page.getByRole('link', { name: 'Rina Support' }).waitFor();
    expect(desk().auth.refreshes()).toBe(2);
  });

  it('is one for all tabs: they refresh once, and sign out together', async () => {
    const page = await visitor();
    await page.goto(`${desk().origin}/#/members`);
    await signIn(page, 'olivia');
    const other = await page.context().newPage();
    await other.goto(`${desk().origin}/#/staff`);
    await other.getByRole('link', { name: 'Rina Support' }).waitFor();
    const before = desk().auth.refreshes();
    desk().auth.expireTokens();
    await Promise.all([page.goto(`${desk().origin}/#/audit`), other.goto(`${desk().origin}/#/members`)]);
    await Promise.all([page, other].map((each) => each.locator('[data-row]').nth(5).waitFor()));
    expect(desk().auth.refreshes()).toBe(before + 1);
    await page.getByRole('button', { name: /Olivia/ }).click();
    await page.getByRole('menuitem', { name: 'Keluar' }).click();
    await Promise.all([page, other].map((each) => each.getByRole('heading', { name: 'Masuk' }).waitFor()));
    await page.reload();
    await page.getByRole('heading', { name: 'Masuk' }).waitFor();
  });

  it('that was ended elsewhere asks to sign in, and comes back to the same address', async () => {
    const page = await visitor();
    await page.goto(`${desk().origin}/#/members`);
    await signIn(page, 'olivia');
    desk().auth.endSessions();
    await page.goto(`${desk().origin}/#/audit?action=kyc.`);
    await signIn(page, 'olivia');
    await page.getByRole('button', { name: 'Rincian kyc.approved' }).first().waitFor();
    expect(page.url()).toBe(`${desk().origin}/#/audit?action=kyc.`);
  });

  it('is asked for a fresh code before a decision, once, and the decision goes on by itself', async () => {
    const page = await visitor();
    const member = desk().state.members[1];
    await page.goto(`${desk().origin}/#/members/${member?.id}/show`);
    await signIn(page, 'olivia');
    desk().auth.ageSecondFactors();
    await page.getByRole('button', { name: 'Blokir' }).click();
    await page.getByLabel('Alasan').fill('Menipu anggota lain');
    await page.getByRole('button', { name: 'Blokir anggota' }).click();
    const question = page.getByRole('dialog', { name: 'Konfirmasi dengan kode baru' });
    await question.getByLabel('Kode 6 angka').fill('111111');
    await question.getByRole('button', { name: 'Konfirmasi' }).click();
    await question.getByText('Kode salah').waitFor();
    await question.getByLabel('Kode 6 angka').fill(staffCode);
    await question.getByRole('button', { name: 'Konfirmasi' }).click();
    await page.getByText('Status @budi diubah').waitFor();
    expect([member?.status, member?.statusReason]).toEqual(['banned', 'Menipu anggota lain']);
    expect(desk().calls.filter((call) => call.startsWith('POST') && call.endsWith('/status'))).toHaveLength(2);
  });

  it('changes nothing when the code is not given', async () => {
    const page = await visitor();
    const member = desk().state.members[1];
    await page.goto(`${desk().origin}/#/members/${member?.id}/show`);
    await signIn(page, 'olivia');
    desk().auth.ageSecondFactors();
    await page.getByRole('button', { name: 'Blokir' }).click();
    await page.getByLabel('Alasan').fill('Menipu anggota lain');
    await page.getByRole('button', { name: 'Blokir anggota' }).click();
    await page.getByRole('dialog', { name: 'Konfirmasi dengan kode baru' }).getByRole('button', { name: 'Batal' }).click();
    await page.getByText('Dibatalkan; tidak ada yang berubah.').waitFor();
    expect(member?.status).toBe('verified');
    expect(await page.getByLabel('Alasan').inputValue()).toBe('Menipu anggota lain');
  });
});

/**
 * Lists and decisions of the backoffice in a real Chromium, over a fake of the API.
 */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { deskInBrowser, executable, pageMsMax } from './backoffice-desk.ts';

const patience = { timeout: pageMsMax };

describe.skipIf(executable === undefined)('the backoffice', () => {
  const { desk, staff } = deskInBrowser();
  const handles = (page: Page): Promise<string[]> => page.locator('[data-row]').allInnerTexts();

  it('keeps filters in the address, so that a link shows the same list elsewhere', async () => {
    const page = await staff('olivia', '/members');
    await page.locator('[data-row]').nth(20).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('sari');
    await page.getByLabel('KYC').click();
    await page.getByRole('option', { name: 'Menunggu keputusan' }).click();
    await page.getByLabel('Bergabung dari').fill('2026-11-10');
    await expect.poll(() => page.url(), patience).toMatch(/createdFrom=2026-11-10&kyc=submitted&q=sari$/);
    const matching = desk().state.members.filter(
      ({ handle, kyc, createdAt }) => handle.startsWith('sari') && kyc === 'submitted' && createdAt >= '2026-11-10',
    );
    const found = matching.map(({ handle }) => `@${handle}`);
    expect(found.length).toBeGreaterThan(1);
    await expect.poll(() => handles(page), patience).toEqual(found);

    const elsewhere = await staff('rina', new URL(page.url()).hash.slice(1));
    await elsewhere.getByRole('link', { name: '@sari.dewi', exact: true }).waitFor();
    await expect.poll(() => handles(elsewhere), patience).toEqual(found);
    expect(await elsewhere.getByLabel('Cari').inputValue()).toBe('sari');
    await elsewhere.getByRole('button', { name: 'Hapus saringan' }).click();
    await expect.poll(() => elsewhere.url(), patience).toBe(`${desk().origin}/#/members`);
  });

  it('turns pages without loss or repetition, and finds page 3 again after a reload and by a link', async () => {
    const page = await staff('olivia', '/members');
    const seen: string[] = [];
    for (const number of [1, 2, 3]) {
      await page.getByText(`Halaman ${number}`, { exact: true }).waitFor();
      await expect.poll(() => page.locator('[aria-busy=true]').count(), patience).toBe(0);
      seen.push(...(await handles(page)));
      if (number < 3) await page.getByRole('button', { name: 'Berikutnya' }).click();
    }
    expect([seen.length, new Set(seen).size]).toEqual([60, 60]);
    expect(await page.getByRole('button', { name: 'Berikutnya' }).isEnabled()).toBe(false);
    await page.reload();
    await page.getByText('Halaman 3', { exact: true }).waitFor();
    await expect.poll(() => handles(page), patience).toEqual(seen.slice(50));

    const elsewhere = await staff('rina', '/members?page=3');
    await elsewhere.locator('[data-row]').nth(9).waitFor();
    await expect.poll(() => handles(elsewhere), patience).toEqual(seen.slice(50));
    await page.locator('[data-row]').first().click();
    await page.getByRole('tab', { name: 'Sesi' }).waitFor();
    await page.goBack();
    await page.getByText('Halaman 3', { exact: true }).waitFor();
  });

  it('is driven by the keyboard alone', async () => {
    const page = await staff('olivia', '/members');
    await page.locator('[data-row]').nth(2).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await expect.poll(() => page.locator(':focus').innerText(), patience).toBe('@budi');
    await page.keyboard.press('k');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: '@sari.dewi' }).waitFor();
    await expect.poll(() => page.locator(':focus').innerText(), patience).toBe('@sari.dewi');
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { level: 1, name: 'Anggota' }).waitFor();
    await page.getByLabel('Cari').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('j?');
    await expect.poll(() => page.getByLabel('Cari').inputValue(), patience).toBe('j?');
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Pintasan papan ketik' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('shows each role what it may, and says so where it may not', async () => {
    const support = await staff('rina', '/staff');
    await support.getByRole('heading', { name: 'Tidak diizinkan' }).waitFor();
    const menu = ['Ringkasan', 'Anggota', 'Isi saldo', 'Penarikan'];
    await expect.poll(() => support.getByRole('menuitem').allInnerTexts(), patience).toEqual(menu);
    await support.goto(`${desk().origin}/#/members/${desk().state.members[1]?.id}/show`);
    await support.getByRole('button', { name: 'Blokir' }).waitFor();
    const tabs = ['Ringkasan', 'Sesi', 'Catatan', 'KYC', 'Dompet'];
    await expect.poll(() => support.getByRole('tab').allInnerTexts(), patience).toEqual(tabs);

    const auditor = await staff('ari', `/members/${desk().state.members[1]?.id}/show`);
    await auditor.getByRole('tab', { name: 'Jejak audit' }).waitFor();
    const tabsOfAuditor = ['Ringkasan', 'Sesi', 'Catatan', 'Dompet', 'Jejak audit'];
    await expect.poll(() => auditor.getByRole('tab').allInnerTexts(), patience).toEqual(tabsOfAuditor);
    expect(await auditor.getByRole('button', { name: 'Blokir' }).count()).toBe(0);
  });

  it('says what is the matter while it loads, when the server fails and when it cannot be reached, and tries again', async () => {
    const page = await staff('olivia', '/');
    const held = Promise.withResolvers<void>();
    let answer: 'hold' | 'fail' | 'drop' | 'pass' = 'hold';
    await page.route('**/api/admin/members?*', async (route) => {
      if (answer === 'hold') await held.promise;
      if (answer === 'fail') return route.fulfill({ status: 503, json: { code: 'request.timed-out', requestId: 'r-77' } });
      if (answer === 'drop') return route.abort();
      return route.continue();
    });
    await page.getByRole('menuitem', { name: 'Anggota' }).click();
    await page.getByRole('status', { name: 'Memuat…' }).waitFor();
    answer = 'fail';
    held.resolve();
    await page.getByText('Server sedang bermasalah').waitFor();
    await page.getByText('r-77').waitFor();
    expect(await page.locator('[data-row]').count()).toBe(0);
    answer = 'drop';
    await page.getByRole('button', { name: 'Coba lagi' }).click();
    await page.getByText('Server tidak terjangkau').waitFor();
    answer = 'pass';
    await page.getByRole('button', { name: 'Coba lagi' }).click();
    await page.locator('[data-row]').first().waitFor();
  });

  it('tells nothing there from nothing that matches, and a member there is not', async () => {
    desk().state.members = [];
    const page = await staff('olivia', '/members?status=premium');
    await page.getByRole('heading', { name: 'Tidak ada yang cocok' }).waitFor();
    await page.getByRole('button', { name: 'Hapus saringan' }).first().click();
    await page.getByRole('heading', { name: 'Belum ada anggota' }).waitFor();
    await page.goto(`${desk().origin}/#/members/1/show`);
    await page.getByText('Anggota ini tidak ada.').waitFor();
    expect(await page.getByRole('button', { name: 'Coba lagi' }).count()).toBe(0);
  });

  it('refuses a decision on what somebody else has changed meanwhile', async () => {
    const member = desk().state.members[1];
    const page = await staff('olivia', `/members/${member?.id}/show`);
    await page.getByRole('button', { name: 'Ubah status' }).click();
    await page.getByLabel('Status baru').click();
    await page.getByRole('option', { name: 'Ditangguhkan' }).click();
    await page.getByLabel('Alasan').fill('Laporan dari anggota lain');
    await page.getByLabel('Berakhir otomatis').fill('2020-01-01T00:00');
    expect(await page.getByRole('button', { name: 'Jadikan Ditangguhkan' }).isEnabled()).toBe(false);
    await page.getByLabel('Berakhir otomatis').fill('2030-01-01T00:00');
    if (member) member.status = 'banned';
    await page.getByRole('button', { name: 'Jadikan Ditangguhkan' }).click();
    await page.getByText('Statusnya sudah diubah orang lain').waitFor();
    expect(member?.status).toBe('banned');
  });

  it('opens identity card data on request alone, and decides about them', async () => {
    const member = desk().state.members[0];
    const page = await staff('rina', `/members/${member?.id}/show/kyc`);
    await page.getByRole('button', { name: 'Buka data' }).waitFor();
    expect(desk().calls.some((call) => call.endsWith('/kyc'))).toBe(false);
    await page.getByRole('button', { name: 'Buka data' }).click();
    await page.getByText('3171234507950001').waitFor();
    await page.getByRole('button', { name: 'Setujui', exact: true }).click();
    await page.getByLabel('Alasan').fill('Cocok dengan kartu');
    await page.getByRole('dialog').getByRole('button', { name: 'Setujui' }).click();
    await page.getByText('KYC disetujui').waitFor();
    expect([member?.kyc, member?.status]).toEqual(['approved', 'verified']);
    await expect.poll(() => page.getByText('3171234507950001').count(), patience).toBe(0);
  });

  it('invites staff, shows the invitation, and takes it back', async () => {
    const page = await staff('olivia', '/invitations');
    await page.getByRole('button', { name: 'Undang', exact: true }).click();
    await page.getByLabel('Surel').fill('dina@xm.example');
    await page.getByRole('checkbox', { name: /Dukungan/ }).check();
    await page.getByRole('checkbox', { name: /Keuangan/ }).check();
    await page.getByRole('button', { name: 'Kirim undangan' }).click();
    await page.getByText('Undangan dikirim ke dina@xm.example').waitFor();
    expect(desk().state.invitations[0]).toMatchObject({ email: 'dina@xm.example', roles: ['finance', 'support'] });
    await page.getByRole('button', { name: 'Tarik undangan dina@xm.example' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Tarik' }).click();
    await page.getByText('Undangan ditarik').waitFor();
    expect(desk().state.invitations[0]?.status).toBe('withdrawn');
  });
});

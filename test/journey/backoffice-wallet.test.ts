/**
 * Money in the backoffice, in a real Chromium, over a fake of the API: how its pages look, whether everybody can use them, and what is decided
 * with them. What only the whole stack can show is in backoffice-money.test.ts.
 */
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { type DeskState, staffCode } from '#test/fakes/desk/desk-state.ts';
import { deskInBrowser, executable, pageMsMax, signIn } from './backoffice-desk.ts';
import { accessibilityViolations, shoot, viewports, watchForErrors } from './browser.ts';

const patience = { timeout: pageMsMax };

describe.skipIf(executable === undefined)('money in the backoffice', () => {
  const { desk, visitor, staff } = deskInBrowser();

  it.each([
    ['phone', 'en', 'dark'],
    ['desk', 'id', 'light'],
  ] as const)('passes WCAG 2.1 AA on a %s, in %s, %s, and never scrolls sideways', async (viewport, language, colorScheme) => {
    const page = await visitor({ viewport: viewports[viewport], colorScheme });
    const errors = watchForErrors(page);
    await page.addInitScript(`localStorage.setItem('RaStorexm.locale', JSON.stringify('${language}'))`);
    await page.goto(`${desk().origin}/#/withdrawals`);
    await signIn(page, 'olivia');
    const look = async (name: string): Promise<void> => {
      await page.locator('[role=status][aria-label]').waitFor({ state: 'detached' });
      await shoot(page, `wallet-${name}-${viewport}-${language}-${colorScheme}`);
      expect([name, await accessibilityViolations(page)]).toEqual([name, []]);
      expect([name, await page.evaluate('document.documentElement.scrollWidth <= innerWidth')]).toEqual([name, true]);
    };
    for (const [name, address, mark] of pagesOf(desk().state)) {
      await page.goto(`${desk().origin}/#${address}`);
      await page.locator(mark).first().waitFor();
      await look(name);
    }
    await page.goto(`${desk().origin}/#/deposits/${desk().state.deposits[2]?.id}/show`);
    await page.getByRole('button', { name: /Konfirmasi transfer|Confirm the transfer/ }).click();
    await page.getByRole('dialog').waitFor();
    await look('dialog-confirm');
    await page.keyboard.press('Escape');
    await page.goto(`${desk().origin}/#/withdrawals`);
    await page.locator('[data-select]').nth(1).check();
    await page.locator('[data-select]').nth(2).check();
    await page.getByRole('button', { name: /^(Setujui|Approve)$/ }).click();
    await page.getByRole('dialog').waitFor();
    await look('dialog-bulk');
    expect(errors).toEqual([]);
  });

  it('approves a withdrawal once a fresh code is given, and nothing without it', async () => {
    const [withdrawal] = desk().state.withdrawals;
    const page = await staff('oki', `/withdrawals/${withdrawal?.id}/show`);
    desk().auth.ageSecondFactors();
    await page.getByRole('button', { name: 'Setujui' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Setujui' }).click();
    const question = page.getByRole('dialog', { name: 'Konfirmasi dengan kode baru' });
    await question.waitFor();
    expect(withdrawal?.state).toBe('submitted');
    await question.getByLabel('Kode 6 angka').fill(staffCode);
    await page.keyboard.press('Enter');
    await page.getByText('Penarikan disetujui').waitFor();
    expect([withdrawal?.state, withdrawal?.approvals.map(({ staffId }) => staffId)]).toEqual(['approved', ['stf_oki']]);
    await page.getByText('Disetujui', { exact: true }).first().waitFor();
  });

  it('asks for two different people above the threshold, and says who was the first', async () => {
    const withdrawal = desk().state.withdrawals[1];
    const first = await staff('olivia', `/withdrawals/${withdrawal?.id}/show`);
    await first.getByText(/Perlu penyetuju kedua; Anda menyetujui pada/).waitFor();
    expect(await first.getByRole('button', { name: 'Setujui' }).isEnabled()).toBe(false);
    const second = await staff('oki', `/withdrawals/${withdrawal?.id}/show`);
    await second.getByText(/Olivia Pemilik menyetujui pada/).waitFor();
    await second.getByRole('button', { name: 'Setujui' }).click();
    await second.getByRole('dialog').getByText('Menurut bank milik PT SUMBER REJEKI, berbeda dari nama di KTP.').waitFor();
    await second.getByRole('dialog').getByRole('button', { name: 'Setujui' }).click();
    await second.getByText('Penarikan disetujui').waitFor();
    expect(withdrawal?.approvals.map(({ staffId }) => staffId)).toEqual(['stf_olivia', 'stf_oki']);
  });

  it('decides about several by name and total, with the keyboard, and says who was faster with one of them', async () => {
    const { withdrawals } = desk().state;
    const page = await staff('oki', '/withdrawals');
    await page.locator('[data-row]').nth(3).waitFor();
    for (const key of ['j', 'x', 'j', 'j', 'x', 'j', 'x']) await page.keyboard.press(key);
    const picked = [withdrawals[0], withdrawals[2], withdrawals[3]];
    await page.getByText('3 dipilih · Rp 2.225.000').waitFor();
    await page.getByRole('button', { name: 'Setujui', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Setujui 3 penarikan' });
    for (const each of picked) await dialog.getByText(each?.destination.accountName ?? '', { exact: true }).waitFor();
    expect(await dialog.getByText('Bank tidak memberi tahu pemilik rekening ini.').count()).toBe(1);
    const faster = { staffId: 'stf_olivia', name: 'Olivia Pemilik', at: new Date().toISOString() };
    Object.assign(picked[1] ?? {}, { state: 'rejected', decidedBy: faster, actions: [] });
    await dialog.getByRole('button', { name: 'Setujui (3) · Rp 2.225.000' }).click();
    const results = page.getByRole('dialog', { name: 'Hasil keputusan' });
    await results.getByText('2 diputuskan, 1 tidak.').waitFor();
    await results.getByText(/Sudah ditolak oleh Olivia Pemilik pada/).waitFor();
    await shoot(page, 'wallet-bulk-results');
    expect(picked.map((each) => each?.state)).toEqual(['approved', 'rejected', 'approved']);
    await results.getByRole('button', { name: 'Tutup' }).click();
    await expect.poll(() => page.locator('[data-row]').count(), patience).toBe(9);
  });

  it('rejects with a reason and not without, and says who was faster', async () => {
    const [withdrawal, , other] = desk().state.withdrawals;
    const page = await staff('oki', `/withdrawals/${withdrawal?.id}/show`);
    await page.getByRole('button', { name: 'Tolak' }).click();
    const confirm = page.getByRole('dialog').getByRole('button', { name: 'Tolak' });
    expect(await confirm.isEnabled()).toBe(false);
    await page.getByLabel('Alasan').fill('Nama pemilik rekening tidak cocok');
    await confirm.click();
    await page.getByText('Penarikan ditolak').waitFor();
    expect([withdrawal?.state, withdrawal?.reason]).toEqual(['rejected', 'Nama pemilik rekening tidak cocok']);

    await page.goto(`${desk().origin}/#/withdrawals/${other?.id}/show`);
    await page.getByRole('button', { name: 'Setujui' }).click();
    const faster = { staffId: 'stf_olivia', name: 'Olivia Pemilik', at: new Date().toISOString() };
    Object.assign(other ?? {}, { state: 'approved', approvals: [faster], actions: [] });
    await page.getByRole('dialog').getByRole('button', { name: 'Setujui' }).click();
    await page.getByText(/Sudah disetujui oleh Olivia Pemilik pada/).waitFor();
  });

  it('tries a payout that stands still again, and names one whose answer was lost', async () => {
    const withdrawal = desk().state.withdrawals.find(({ state }) => state === 'stalled');
    const page = await staff('oki', '/withdrawals?state=stalled');
    await page.locator('[data-row]').click();
    const warning = page.getByText(/uangnya mungkin sudah terkirim/);
    await warning.waitFor();
    await page.getByRole('button', { name: 'Kembalikan ke anggota' }).click();
    await expect.poll(() => warning.count(), patience).toBe(2);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Sudah ada di gateway' }).click();
    await page.getByLabel('Nomor pembayaran di gateway').fill('iris-0042');
    await page.getByLabel('Alasan').fill('Ada di dasbor Iris');
    await page.getByRole('dialog').getByRole('button', { name: 'Sudah ada di gateway' }).click();
    await page.getByText('Nomor pembayaran dicatat').waitFor();
    expect([withdrawal?.state, withdrawal?.attempt?.gatewayPayoutId]).toEqual(['sent', 'iris-0042']);
    Object.assign(withdrawal ?? {}, { state: 'stalled', actions: ['retry', 'give-up'] });
    await page.reload();
    await page.getByText(/Pembayaran gagal dan berhenti/).waitFor();
    await page.getByRole('button', { name: 'Coba lagi' }).click();
    await page.getByLabel('Alasan').fill('Bank sudah pulih');
    await page.getByRole('dialog').getByRole('button', { name: 'Coba lagi' }).click();
    await page.getByText('Pembayaran dikirim lagi').waitFor();
    expect(withdrawal?.state).toBe('approved');
  });

  it('decides about money that came twice, and gives back a part of what was credited', async () => {
    const deposit = desk().state.deposits[1];
    const page = await staff('oki', '/deposits?review=open');
    await page.locator('[data-row]').click();
    await page.getByRole('tab', { name: 'Pembayaran' }).click();
    await page.getByRole('button', { name: 'Masukkan ke saldo' }).click();
    await page.getByLabel('Alasan').fill('Anggota memang membayar dua kali');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /Masukkan ke saldo/ })
      .click();
    await page.getByText('Uang masuk ke saldo anggota').waitFor();
    expect(deposit?.payments.map(({ place }) => place)).toEqual(['member', 'member']);
    await page.getByRole('region', { name: 'pay-1b' }).getByRole('button', { name: 'Kembalikan dana' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Jumlah yang dikembalikan').fill('60000');
    expect(await dialog.getByText('Rp 60.000 · Paling banyak Rp 50.000').count()).toBe(1);
    await dialog.getByLabel('Jumlah yang dikembalikan').fill('20000');
    await dialog.getByLabel('Alasan').fill('Diminta anggota');
    await dialog.getByRole('button', { name: 'Kembalikan dana · Rp 20.000' }).click();
    await page.getByText('Pengembalian diminta').waitFor();
    expect(deposit?.refunds).toMatchObject([{ paymentId: 'pay-1b', amountRupiah: 20_000, askedBy: 'stf_oki' }]);
  });

  it('resolves an exception with what was found out, once', async () => {
    const { exceptions } = desk().state;
    const page = await staff('oki', '/exceptions');
    await page.getByRole('link', { name: 'Jumlahnya beda' }).click();
    await page.getByRole('button', { name: 'Selesaikan' }).click();
    const dialog = page.getByRole('dialog', { name: 'Selesaikan: Jumlahnya beda' });
    expect(await dialog.getByRole('button', { name: 'Selesaikan' }).isEnabled()).toBe(false);
    await dialog.getByLabel('Alasan').fill('Biaya gateway dipotong di muka');
    await dialog.getByRole('button', { name: 'Selesaikan' }).click();
    await page.getByText('Pengecualian diselesaikan').waitFor();
    await page.getByText(/^Oki Operasional, /).waitFor();
    expect(exceptions[2]?.resolution).toMatchObject({ staffId: 'stf_oki', reason: 'Biaya gateway dipotong di muka' });
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('[data-row]').count(), patience).toBe(5);
  });

  it('narrows deposits by what is in the address, and shows support no decision', async () => {
    const page = await staff('rina', '/deposits?amountMin=1000000&status=paid');
    const matching = desk().state.deposits.filter(({ totalRupiah, status }) => totalRupiah >= 1_000_000 && status === 'paid');
    await expect.poll(() => page.locator('[data-row]').count(), patience).toBe(matching.length);
    // A name finds nobody by id: that is said, and no list shows everybody as if it were theirs.
    await page.getByLabel('ID anggota').fill('sari');
    await page.getByText('ID anggota hanya angka.').waitFor();
    await page.getByLabel('ID anggota').fill('');
    await expect.poll(() => page.getByText('ID anggota hanya angka.').count(), patience).toBe(0);
    await page.getByLabel('Paling sedikit (Rp)').fill('Rp 1.500.000,00');
    await page.getByText('Rupiah utuh, mis. 250.000.').waitFor();
    await page.getByLabel('Paling sedikit (Rp)').fill('Rp 1.500.000');
    await expect.poll(() => page.url(), patience).toContain('amountMin=1500000');
    await page.goto(`${desk().origin}/#/withdrawals`);
    await page.locator('[data-row]').first().waitFor();
    expect(await page.locator('[data-select]').count()).toBe(0);
    expect(await page.getByRole('menuitem', { name: 'Buku besar' }).count()).toBe(0);
  });

  it('counts down on the time of the server, and shows what the gateway says when it is asked', async () => {
    const deposit = desk().state.deposits[0];
    const page = await visitor();
    // This device is an hour slow.
    await page.clock.install({ time: Date.now() - 3_600_000 });
    await page.goto(`${desk().origin}/#/deposits/${deposit?.id}/show`);
    await signIn(page, 'oki');
    await expect.poll(() => page.getByRole('timer').innerText(), patience).toMatch(/^2[45]:\d\d lagi$/);
    Object.assign(deposit ?? {}, { status: 'paid', creditedRupiah: deposit?.totalRupiah });
    await page.getByRole('button', { name: 'Tanya gateway' }).click();
    await page.getByText('Dibayar', { exact: true }).waitFor();
    expect(await page.getByRole('timer').count()).toBe(0);
  });

  it('exports the whole statement of an account, of which it shows the first rows', async () => {
    const page = await staff('ari', '/ledger');
    await page.getByRole('searchbox', { name: 'Buku anggota' }).fill(desk().state.members[0]?.id ?? '');
    await page.keyboard.press('Enter');
    await page.getByText('dep_0000000000000000000001').first().waitFor();
    const [saved] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Unduh CSV' }).click()]);
    expect(saved.suggestedFilename()).toMatch(/^member-\d+-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.csv$/);
    const csv = await readFile(await saved.path(), 'utf8');
    expect(csv.trimEnd().split('\r\n')).toHaveLength(72);
    await page.getByRole('button', { name: 'Baris berikutnya' }).click();
    await page.getByText('✓ Saldo awal + Σ mutasi = saldo akhir').waitFor();
  });
});

/** Name, address, and what is there once it is shown. */
function pagesOf({ deposits, withdrawals, members, exceptions }: DeskState): (readonly [name: string, address: string, mark: string])[] {
  const [waiting, late] = deposits.map(({ id }) => `/deposits/${id}/show`);
  const withdrawal = `/withdrawals/${withdrawals[1]?.id}/show`;
  const stalled = withdrawals.find(({ state }) => state === 'stalled')?.id;
  const member = members[0]?.id;
  return [
    ['withdrawals', '/withdrawals', '[data-row]'],
    ['withdrawal', withdrawal, 'dl'],
    ['withdrawal-stalled', `/withdrawals/${stalled}/show/timeline`, 'ol'],
    ['withdrawal-postings', `${withdrawal}/postings`, 'table'],
    ['deposits', '/deposits', '[data-row]'],
    ['deposit', `${waiting}`, '[role=timer]'],
    ['deposit-payments', `${late}/payments`, 'text=pay-1b'],
    ['deposit-timeline', `${late}/timeline`, 'ol'],
    ['ledger', '/ledger', '[data-row]'],
    ['statement', `/ledger/${encodeURIComponent(`member:${member}`)}/show`, 'text=dep_0000000000000000000001'],
    ['exceptions', '/exceptions', '[data-row]'],
    ['exception', `/exceptions/${exceptions.at(-1)?.id}/show`, 'dl'],
    ['member', `/members/${member}/show/wallet`, 'text=/QRIS/'],
  ];
}

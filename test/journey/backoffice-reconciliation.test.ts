/**
 * The comparisons of the reconciliation in the backoffice, and the decisions that they and gateways leave to people, in a real Chromium over a fake of
 * the API. What the whole stack makes of a report is in withdrawals.test.ts.
 */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { deskInBrowser, executable, pageMsMax, signIn } from './backoffice-desk.ts';
import { accessibilityViolations, shoot, viewports, watchForErrors } from './browser.ts';

const patience = { timeout: pageMsMax };
const head = 'Order ID,Transaction ID,Transaction status,Amount,Settlement time';
const row = 'dep_1,trx-1,settlement,150000,2026-11-20 11:59:00';
const csvOf = (text: string) => ({ name: 'midtrans.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });

describe.skipIf(executable === undefined)('comparisons in the backoffice', () => {
  const { desk, visitor } = deskInBrowser();
  const open = async (person: string, address: string): Promise<Page> => {
    const page = await visitor();
    await page.goto(`${desk().origin}/#${address}`);
    await signIn(page, person);
    return page;
  };

  it.each([
    ['phone', 'en', 'dark'],
    ['phone', 'id', 'light'],
    ['desk', 'id', 'light'],
    ['desk', 'en', 'dark'],
  ] as const)('pass WCAG 2.1 AA on a %s, in %s, %s, and never scroll sideways', async (viewport, language, colorScheme) => {
    const page = await visitor({ viewport: viewports[viewport], colorScheme });
    const errors = watchForErrors(page);
    await page.addInitScript(`localStorage.setItem('RaStorexm.locale', JSON.stringify('${language}'))`);
    const deposit = desk().state.deposits[1];
    Object.assign(deposit ?? {}, { isReversalUnclear: true });
    await page.goto(`${desk().origin}/#/runs`);
    await signIn(page, 'oki');
    const look = async (name: string): Promise<void> => {
      await page.locator('[role=status][aria-label]').waitFor({ state: 'detached' });
      await shoot(page, `reconciliation-${name}-${viewport}-${language}-${colorScheme}`);
      expect([name, await accessibilityViolations(page)]).toEqual([name, []]);
      expect([name, await page.evaluate('document.documentElement.scrollWidth <= innerWidth')]).toEqual([name, true]);
    };
    await page.locator('[data-row]').nth(4).waitFor();
    await look('runs');
    await page.getByRole('button', { name: /Unggah laporan|Upload Midtrans/ }).click();
    await page.getByRole('dialog').waitFor();
    await look('upload');
    await page.keyboard.press('Escape');
    for (const [name, address, mark] of [
      ['run', '/runs/midtrans:2026-11-20/show', 'section li'],
      ['run-failed', '/runs/iris:2026-11-20/show', 'dl'],
      ['queue-by-risk', '/withdrawals?order=riskiest', '[data-row]'],
      ['deposit-unclear', `/deposits/${deposit?.id}/show/payments`, 'text=pay-1b'],
    ] as const) {
      await page.goto(`${desk().origin}/#${address}`);
      await page.locator(mark).first().waitFor();
      await look(name);
    }
    await page.getByRole('button', { name: /Tentukan yang ditarik|Say what was taken back/ }).click();
    await page.getByRole('dialog').waitFor();
    await look('reversal');
    expect(errors).toEqual([]);
  });

  it('are reached from the exceptions, tell what came of each day, and lead to what was found', async () => {
    const page = await open('oki', '/exceptions');
    await page.getByRole('tab', { name: 'Pembandingan' }).click();
    await expect.poll(() => page.locator('[data-row]').count(), patience).toBe(5);
    const here = page.locator('[role=menuitem][aria-current=page]');
    await expect.poll(() => here.allInnerTexts(), patience).toEqual(['Rekonsiliasi']);
    await page.getByRole('link', { name: '2026-11-20 · midtrans' }).click();
    await page.getByText('120, dari hari itu dan hari sebelumnya').waitFor();
    expect(await here.allInnerTexts()).toEqual(['Rekonsiliasi']);
    await page.getByText('Ditampilkan 3 dari 6.').waitFor();
    await page.getByRole('region', { name: 'Pengecualian' }).getByRole('link', { name: 'Jumlahnya beda' }).click();
    await page.getByRole('heading', { level: 1, name: 'Jumlahnya beda' }).waitFor();
  });

  it('say to everybody that they are on their way, as long as they are', async () => {
    const page = await open('oki', '/exceptions');
    await page.locator('[data-row]').first().waitFor();
    await page.route('**/api/admin/reconciliation/runs*', () => {});
    await page.getByRole('tab', { name: 'Pembandingan' }).click();
    await page.getByRole('status', { name: /./ }).waitFor();
    await page.locator('.MuiCircularProgress-root').waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
  });

  it('that failed say why, and are made again', async () => {
    const page = await open('oki', '/runs?gateway=iris');
    await expect.poll(() => page.locator('[data-row]').count(), patience).toBe(2);
    await page.getByRole('link', { name: '2026-11-20 · iris' }).click();
    await page.getByText(/Gateway tidak terjangkau/).waitFor();
    await page.getByRole('button', { name: 'Bandingkan lagi' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Bandingkan lagi' }).click();
    await page.getByText('Hari itu dibandingkan').waitFor();
    await page.getByText('Semua cocok').waitFor();
    await page.getByText('Oki Operasional').waitFor();
  });

  it("bring Midtrans' export, and say of one that cannot be read what is wrong with it", async () => {
    const page = await open('oki', '/runs');
    await page.getByRole('button', { name: 'Unggah laporan Midtrans' }).click();
    const dialog = page.getByRole('dialog', { name: 'Unggah laporan Midtrans' });
    const send = dialog.getByRole('button', { name: 'Unggah dan bandingkan' });
    await dialog.getByLabel('Hari (Jakarta)').fill('2026-11-18');
    expect(await send.isEnabled()).toBe(false);
    await dialog.getByLabel('Berkas CSV').setInputFiles(csvOf('x'.repeat(4 * 1024 * 1024 + 1)));
    await dialog.getByText(/Berkas ini 4,2 MB; paling banyak 4,2 MB/).waitFor();
    expect(await send.isEnabled()).toBe(false);
    await dialog.getByLabel('Berkas CSV').setInputFiles(csvOf(`${head.replace('Amount', 'Sum')}\n${row}`));
    await send.click();
    await dialog.getByText('Kolom “Amount” tidak ada. Ekspor dengan semua kolom.').waitFor();
    await dialog.getByLabel('Berkas CSV').setInputFiles(csvOf(`${head}\n${row}\n${row.replace('150000', '1,5')}`));
    await send.click();
    await dialog.getByText('Baris 3: nomor, jumlah, atau waktu penyelesaian tidak terbaca.').waitFor();
    await shoot(page, 'reconciliation-upload-refused');
    await dialog.getByLabel('Berkas CSV').setInputFiles(csvOf(`${head}\n${row}`));
    await send.click();
    await page.getByRole('heading', { level: 1, name: '2026-11-18 · midtrans' }).waitFor();
  });

  it('are for auditors to read, and not to ask for', async () => {
    const page = await open('ari', '/runs');
    await page.locator('[data-row]').first().waitFor();
    expect(await page.getByRole('button', { name: /Unggah|Bandingkan/ }).count()).toBe(0);
  });
});

describe.skipIf(executable === undefined)('what gateways leave to people', () => {
  const { desk, visitor } = deskInBrowser();

  it('which of two payments was taken back, is said once, and nothing else is decided before', async () => {
    const deposit = desk().state.deposits[1];
    Object.assign(deposit ?? {}, { isReversalUnclear: true });
    const page = await visitor();
    await page.goto(`${desk().origin}/#/deposits/${deposit?.id}/show/payments`);
    await signIn(page, 'oki');
    await page.getByText(/Gateway menarik kembali salah satu pembayaran/).waitFor();
    expect(await page.getByRole('button', { name: 'Masukkan ke saldo' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Tentukan yang ditarik' }).click();
    const dialog = page.getByRole('dialog', { name: 'Tentukan yang ditarik' });
    await dialog.getByLabel('Alasan').fill('Menurut dasbor gateway');
    expect(await dialog.getByRole('button', { name: 'Tentukan yang ditarik' }).isEnabled()).toBe(false);
    await dialog.getByRole('radio', { name: /pay-1b/ }).check();
    await dialog.getByRole('button', { name: 'Tentukan yang ditarik' }).click();
    await page.getByText('Penarikan gateway dicatat').waitFor();
    expect(deposit?.payments.map(({ reversedRupiah }) => reversedRupiah)).toEqual([0, deposit?.amountRupiah]);
    await page.getByRole('tab', { name: 'Riwayat' }).click();
    await page.getByText('Oki Operasional').waitFor();
  });

  it('the queue, by risk and then by age', async () => {
    const page = await visitor();
    await page.goto(`${desk().origin}/#/withdrawals`);
    await signIn(page, 'oki');
    await page.locator('[data-row]').nth(11).waitFor();
    await page.getByLabel('Urutan').click();
    await page.getByRole('option', { name: 'Berisiko dulu' }).click();
    const waiting = desk().state.withdrawals.filter(({ state }) => state === 'submitted');
    const sorted = waiting.toSorted((one, other) => other.risk.score - one.risk.score).map(({ destination }) => destination.accountName);
    await expect.poll(() => page.locator('[data-row]').allInnerTexts(), patience).toEqual(sorted);
    expect(page.url()).toContain('order=riskiest');
  });
});

/**
 * The deposit page in a real Chromium, over a fake of the API: how each state looks, whether everybody can use it, and what it does when
 * something is late, lost or refused. The same over the whole stack, with a gateway, is in deposit.test.ts.
 */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { linkFor, payLink } from '#test/fakes/pay/fake-pay.ts';
import { depositPageInBrowser, executable, pageMsMax } from './deposit-page-in-browser.ts';

const minute = 60_000;
const patience = { timeout: pageMsMax };

describe.skipIf(executable === undefined)('the deposit page', () => {
  const { pay, visit } = depositPageInBrowser();

  describe.each([
    // Every width, language and scheme, and not each with each; each way of paying at two of the widths.
    { width: 320, language: 'id', colorScheme: 'dark', methods: ['va-bca', 'va-mandiri', 'ewallet-gopay', 'manual-transfer'] },
    { width: 390, language: 'en', colorScheme: 'light', methods: ['qris', 'va-bca', 'ewallet-ovo', 'manual-transfer'] },
    { width: 1280, language: 'id', colorScheme: 'light', methods: ['va-mandiri', 'qris', 'ewallet-gopay', 'ewallet-ovo'] },
  ] as const)('at $width px, in $language, $colorScheme', ({ width, language, colorScheme, methods }) => {
    const options = { viewport: { width, height: width < 600 ? 720 : 800 }, language, colorScheme } as const;

    it('passes WCAG 2.1 AA in every state, and never scrolls sideways', async () => {
      const { state } = pay();
      const { page, look, errors } = await visit(options);
      const heading = page.getByRole('heading', { level: 1 });
      await page.getByText(/Belum ada deposit|No deposits yet/).waitFor();
      await expect.poll(() => page.locator('html').getAttribute('lang'), patience).toBe(language);
      await look('empty');
      await page.getByRole('link', { name: /Deposit baru|New deposit/ }).click();
      await page.getByRole('radio').first().waitFor();
      await look('new');
      await page.getByRole('button', { name: /Lanjut bayar|Continue/ }).click();
      await page.getByText(/Isi jumlah|Enter the amount/).waitFor();
      await look('new-errors');
      for (const method of methods) {
        const { id } = state.open({ method, amountRupiah: 150_000 });
        await page.goto(`${pay().origin}/deposits/${id}`);
        await page.getByRole('timer').waitFor();
        await look(`pay-${method}`);
      }
      await page.getByRole('button', { name: /Batalkan|Cancel/ }).click();
      await page.getByRole('dialog').waitFor();
      await look('cancel');
      const [first] = state.deposits;
      const seen = { ...first, instructions: null };
      for (const [name, change, title] of [
        ['paid', { status: 'paid', creditedRupiah: 150_000 }, /Pembayaran berhasil|Payment successful/],
        ['further', { status: 'paid', creditedRupiah: 150_000, isUnderReview: true }, /Pembayaran berhasil|Payment successful/],
        ['review', { status: 'paid_late', creditedRupiah: 0, isUnderReview: true }, /sedang diperiksa|being checked/],
        ['expired', { status: 'expired', isUnderReview: false }, /Pembayaran gagal|Payment failed/],
      ] as const) {
        state.become(String(first?.id), { ...seen, ...change });
        await page.reload();
        await heading.filter({ hasText: title }).waitFor();
        await look(name);
      }
      await page.getByRole('link', { name: /Lihat semua|See all/ }).click();
      await page.getByRole('listitem').nth(3).waitFor();
      await look('list');
      expect(errors).toEqual([]);
    });
  });

  it('opens a deposit by keyboard alone and shows how to pay it, with the time of the server and not of the device', async () => {
    const { page, errors } = await visit();
    await page.getByRole('link', { name: 'Deposit baru' }).press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Deposit baru' }).waitFor();
    await expect.poll(() => page.evaluate('document.activeElement.tagName'), patience).toBe('H1');
    const amount = page.getByRole('textbox', { name: 'Jumlah' });
    await amount.pressSequentially('150000');
    expect(await amount.inputValue()).toBe('150.000');
    // In the middle of what is there, the caret stays where one types.
    await amount.press('ArrowLeft');
    await amount.press('Backspace');
    await amount.pressSequentially('x5');
    expect(await amount.inputValue()).toBe('150.050');
    await amount.fill('Rp 150.000,00');
    expect(await amount.inputValue()).toBe('150.000');
    await page.getByRole('radio', { name: /QRIS/ }).press('Space');
    await amount.press('Enter');
    await page.getByRole('img', { name: /QRIS.*Rp.150\.000/ }).waitFor();
    expect(await page.evaluate('location.pathname + location.hash')).toMatch(/^\/deposits\/dep_\d+$/);
    const shown = (await page.getByRole('timer').textContent()) ?? '';
    expect(shown).toMatch(/^(30:00|29:\d\d)$/);
    await expect.poll(() => page.title(), patience).toBe('Selesaikan pembayaran · XM');
    expect(errors).toEqual([]);
  });

  it('changes to success by itself, and says so to those who listen', async () => {
    const { id } = pay().state.open({ method: 'va-bni', amountRupiah: 50_000 });
    const { page } = await visit({ path: `/deposits/${id}` });
    await page.getByText('9888 0123 4567 8901').waitFor();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Salin: Nomor virtual account' }).click();
    await expect.poll(() => page.evaluate('navigator.clipboard.readText()'), patience).toBe('9888012345678901');
    pay().state.become(id, { status: 'paid', instructions: null, creditedRupiah: 50_000 });
    await page.getByRole('heading', { name: 'Pembayaran berhasil' }).waitFor();
    await expect.poll(() => spoken(page), patience).toContain('Pembayaran berhasil. Dana sudah masuk');
  });

  it('runs out with the time of the server, and finds a payment that comes late', async () => {
    const { state } = pay();
    const { id } = state.open({ method: 'qris', amountRupiah: 50_000 });
    const { page } = await visit({ link: linkFor(id) });
    await page.getByRole('timer').waitFor();
    // A link for one deposit shows no way to others.
    expect(await page.getByRole('link', { name: /Semua deposit/ }).count()).toBe(0);
    state.advance(29 * minute);
    await lookAgain(page);
    await page.getByText(/^00:[0-5]\d$/).waitFor();
    await expect.poll(() => spoken(page), patience).toBe('Sisa waktu 1 menit');
    state.advance(minute);
    await lookAgain(page);
    await page.getByRole('heading', { name: 'Pembayaran gagal' }).waitFor();
    expect(await page.getByRole('main').getByText('Waktu pembayaran habis').count()).toBe(1);
    expect(await page.getByRole('img', { name: /QRIS/ }).count()).toBe(0);
    state.become(id, { status: 'paid_late', instructions: null, creditedRupiah: 50_000 });
    await lookAgain(page);
    await page.getByRole('heading', { name: 'Pembayaran terlambat diterima' }).waitFor();
  });

  it('makes one deposit of a double tap, and of an answer that was lost', async () => {
    const { page } = await visit({ path: '/new' });
    await page.getByRole('button', { name: /100\.000/ }).click();
    await page.getByRole('radio', { name: 'BRI Virtual Account' }).check();
    // The first request gets through and its answer does not come back.
    let lost = 0;
    await page.route('**/api/pay/deposits', async (route) => {
      if (route.request().method() !== 'POST' || lost > 0) return route.continue();
      lost += 1;
      await route.fetch();
      return route.abort();
    });
    const submit = page.getByRole('button', { name: 'Lanjut bayar' });
    await submit.dblclick();
    await page.getByText('tidak akan ada deposit ganda').waitFor();
    await submit.click();
    await page.getByRole('timer').waitFor();
    expect(await page.getByRole('timer').textContent()).toMatch(/^(30:00|29:\d\d)$/);
    expect(pay().keys.length).toBe(2);
    expect(new Set(pay().keys).size).toBe(1);
    expect(pay().state.deposits.length).toBe(1);
  });

  it('puts what the API refuses beside the field that it is about', async () => {
    const { page } = await visit({ path: '/new', language: 'en' });
    const amount = page.getByRole('textbox', { name: 'Amount' });
    const submit = page.getByRole('button', { name: 'Continue to payment' });
    await amount.fill('11000000');
    await page.getByRole('radio', { name: /QRIS/ }).check();
    await submit.click();
    expect(await page.locator('#amount-error').textContent()).toBe('QRIS takes at most Rp\u00A010,000,000.');
    await expect.poll(() => page.evaluate('document.activeElement.id'), patience).toBe('amount');
    await amount.fill('5000000');
    pay().refuseNext('deposits.over-limit');
    await submit.click();
    await page.getByText(/exceeds what your balance may hold.*Your limits leave room for Rp\u00A01,250,000\./).waitFor();
    expect(await amount.getAttribute('aria-invalid')).toBe('true');
    pay().refuseNext('deposits.too-many-open');
    await submit.click();
    await page.getByRole('alert').filter({ hasText: 'Several deposits are still waiting' }).waitFor();
    await submit.click();
    await page.getByRole('timer').waitFor();
    expect(new Set(pay().keys).size).toBe(3);
  });

  it('cancels after a second thought, and believes the API when it was too late', async () => {
    const { state } = pay();
    const { id } = state.open({ method: 'qris', amountRupiah: 50_000 });
    const { page } = await visit({ path: `/deposits/${id}` });
    await page.getByRole('button', { name: 'Batalkan deposit' }).click();
    await page.getByRole('button', { name: 'Kembali membayar' }).click();
    expect(state.deposits[0]?.status).toBe('pending');
    await page.getByRole('button', { name: 'Batalkan deposit' }).click();
    await page.getByRole('button', { name: 'Ya, batalkan' }).click();
    await page.getByRole('heading', { name: 'Deposit dibatalkan' }).waitFor();
    const late = state.open({ method: 'qris', amountRupiah: 60_000 });
    await page.getByRole('link', { name: 'Lihat semua deposit' }).click();
    await page.getByRole('link', { name: /60\.000/ }).click();
    await page.getByRole('button', { name: 'Batalkan deposit' }).click();
    state.become(late.id, { status: 'paid', instructions: null });
    await page.getByRole('button', { name: 'Ya, batalkan' }).click();
    await page.getByRole('heading', { name: 'Pembayaran berhasil' }).waitFor();
  });

  it('lists deposits a page at a time', async () => {
    for (let count = 0; count < 45; count += 1) pay().state.open({ method: 'va-bca', amountRupiah: 10_000 + count });
    const { page } = await visit();
    await page.getByRole('listitem').nth(19).waitFor();
    await page.getByRole('button', { name: 'Tampilkan lebih banyak' }).click();
    await page.getByRole('listitem').nth(39).waitFor();
    await expect.poll(() => spoken(page), patience).toBe('20 deposit ditambahkan');
    await page.getByRole('button', { name: 'Tampilkan lebih banyak' }).click();
    await page.getByRole('listitem').nth(44).waitFor();
    expect(await page.getByRole('button', { name: 'Tampilkan lebih banyak' }).count()).toBe(0);
    expect(await page.getByRole('listitem').count()).toBe(45);
  });

  it('takes the token out of the address, keeps it for the tab, and takes another one that is opened there', async () => {
    const { page } = await visit();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await expect.poll(() => page.url(), patience).toBe(`${pay().origin}/`);
    await page.reload();
    await page.getByText('Belum ada deposit').waitFor();
    const { id } = pay().state.open({ method: 'qris', amountRupiah: 50_000 });
    await page.goto(`${pay().origin}/#${linkFor(id)}`);
    await page.getByRole('timer').waitFor();
    expect(page.url()).toBe(`${pay().origin}/`);
    expect(pay().calls.every((call) => !call.includes(payLink))).toBe(true);
  });

  it('says what to do when the link has ended, or when there is none', async () => {
    const { page, look } = await visit({ link: '', viewport: { width: 320, height: 640 } });
    await page.getByRole('heading', { name: 'Tautan tidak berlaku' }).waitFor();
    await look('no-link');
    const { id } = pay().state.open({ method: 'qris', amountRupiah: 50_000 });
    await page.goto(`${pay().origin}/deposits/${id}#${payLink}`);
    await page.getByRole('timer').waitFor();
    pay().endLink();
    await lookAgain(page);
    await page.getByRole('heading', { name: 'Tautan tidak berlaku' }).waitFor();
    const asked = pay().calls.length;
    await page.reload();
    await page.getByRole('heading', { name: 'Tautan tidak berlaku' }).waitFor();
    expect(pay().calls.length).toBe(asked);
  });

  it('goes on counting without a network, says so, and catches up by itself', async () => {
    const { state } = pay();
    const { id } = state.open({ method: 'qris', amountRupiah: 50_000 });
    const { page, look } = await visit({ path: `/deposits/${id}` });
    await page.getByRole('timer').waitFor();
    await page.context().setOffline(true);
    await page.getByText('Tidak ada koneksi internet').waitFor();
    await page.getByText('Belum bisa memperbarui status').waitFor();
    await look('offline');
    const before = await page.getByRole('timer').textContent();
    await expect.poll(() => page.getByRole('timer').textContent(), patience).not.toBe(before);
    state.become(id, { status: 'paid', instructions: null });
    await page.context().setOffline(false);
    await page.getByRole('heading', { name: 'Pembayaran berhasil' }).waitFor();
    expect(await page.getByText('Tidak ada koneksi internet').count()).toBe(0);
  });

  it('offers to try again when it cannot begin', async () => {
    const { page, look } = await visit({ link: '' });
    await page.route('**/api/pay/session', (route) => route.fulfill({ status: 503, body: '{"requestId":"req-42"}' }));
    await page.goto(`${pay().origin}/#${payLink}`);
    await page.getByText('Kode bantuan: req-42').waitFor();
    await look('unavailable');
    await page.unroute('**/api/pay/session');
    expect(pay().calls).toEqual([]);
    await page.getByRole('button', { name: 'Coba lagi' }).click();
    await page.getByText('Belum ada deposit').waitFor();
    expect(pay().calls.length).toBe(2);
  });

  it('keeps the code as a picture, and shows it as large as the screen', async () => {
    const { id } = pay().state.open({ method: 'qris', amountRupiah: 150_000 });
    const { page, look } = await visit({ path: `/deposits/${id}`, colorScheme: 'dark' });
    await page.getByRole('button', { name: 'Perbesar' }).click();
    await page.getByRole('dialog').getByRole('img').waitFor();
    await look('qr-large');
    await page.keyboard.press('Escape');
    const picture = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Simpan gambar' }).click();
    expect((await picture).suggestedFilename()).toBe(`${id}.png`);
  });

  it('speaks the language of the account until somebody chooses one, and remembers it', async () => {
    const { page } = await visit();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'My deposits' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'My deposits' }).waitFor();
    await expect.poll(() => page.locator('html').getAttribute('lang'), patience).toBe('en');
  });
});

/** What was said last to those who listen. */
const spoken = (page: Page): Promise<string | null> => page.locator('[aria-live=polite]').textContent();

/** As when somebody comes back to the tab: it asks at once. */
async function lookAgain(page: Page): Promise<void> {
  await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
}

/**
 * The Log Scanner's pages where there is little room, little speed, or less than one expects: filters on a phone, an API that is slow or fails, an
 * error whose pattern is still to come.
 */
import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { noLogs, sampleLogs } from '#test/fakes/desk/desk-logs.ts';
import { deskInBrowser, executable, pageMsMax } from './backoffice-desk.ts';
import { accessibilityViolations, watchForErrors } from './browser.ts';

const patience = { timeout: pageMsMax };
const phone = { viewport: { width: 360, height: 740 } };

describe.skipIf(executable === undefined)("the Log Scanner's pages", () => {
  const inBrowser = deskInBrowser();
  const { desk, staff } = inBrowser;
  beforeEach(() => {
    Object.assign(desk().state.logs, sampleLogs(Date.now()));
  });
  const fieldsOf = (page: Page) => page.getByRole('search').locator('input:visible:not([aria-hidden]), [role=combobox]:visible');
  const moreOf = (page: Page) => page.getByRole('button', { name: /^Saringan/ });

  it('have at most a search and one choice before the first row on a phone', async () => {
    const page = await staff('oki', '/log-alert-rules', phone);
    for (const [address, labels, more] of [
      ['/log-patterns?level=error&sort=count&window=7d', ['Memuat', 'Waktu'], ['Saringan 2 aktif']],
      ['/log-errors?service=nginx', ['Memuat', 'Waktu'], ['Saringan 1 aktif']],
      ['/log-dashboard', ['Waktu'], ['Saringan']],
      ['/log-files', ['Status'], []],
    ] as const) {
      await page.goto(`${desk().origin}/#${address}`);
      for (const label of labels) await page.getByRole('search').getByLabel(label).waitFor();
      await page.locator('[data-row]').first().waitFor();
      expect(await fieldsOf(page).count()).toBe(labels.length);
      expect((await moreOf(page).allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' '))).toEqual(more);
      const { height = Infinity, y = Infinity } = (await page.getByRole('search').boundingBox()) ?? {};
      expect(y + height).toBeLessThan(phone.viewport.height / 2);
    }
  });

  it('have every filter in sight on a desk', async () => {
    const page = await staff('oki', '/log-patterns', { viewport: { width: 1280, height: 800 } });
    await page.locator('[data-row]').first().waitFor();
    expect(await fieldsOf(page).count()).toBe(9);
    expect(await moreOf(page).count()).toBe(0);
  });

  it('take the other filters of a phone by keyboard alone, and keep them in the address', async () => {
    const page = await staff('oki', '/log-patterns?level=error', phone);
    const rows = page.locator('[data-row]');
    await expect.poll(() => rows.count(), patience).toBe(5);
    await page.keyboard.press('/');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.hasAttribute("data-more-filters")')).toBe(true);
    await page.keyboard.press('Enter');
    const sheet = page.getByRole('dialog', { name: 'Saringan' });
    await sheet.getByRole('status').getByText('5 ditampilkan').waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await sheet.getByLabel('Tanda').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: 'Kambuh' }).waitFor();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.url(), patience).toMatch(/flag=regressed&level=error$/);
    await sheet.getByRole('status').getByText('1 ditampilkan').waitFor();
    // What was typed counts although nobody waits for it.
    await sheet.getByLabel('Tanpa').focus();
    await page.keyboard.type('disk');
    await page.keyboard.press('Enter');
    await sheet.waitFor({ state: 'detached' });
    await expect.poll(() => page.url(), patience).toMatch(/exclude=disk&flag=regressed&level=error$/);
    expect(await page.evaluate('document.activeElement.hasAttribute("data-more-filters")')).toBe(true);
    await page.reload();
    await page.getByRole('button', { name: /^Saringan\s*3\s*aktif$/ }).click();
    await sheet.getByRole('button', { name: 'Hapus saringan' }).click();
    await expect.poll(() => page.url(), patience).toMatch(/log-patterns$/);
    expect(await page.evaluate('document.activeElement.innerText')).toBe('Lihat hasil');
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await expect.poll(() => rows.count(), patience).toBe(6);
  });

  it('ask for nothing of a pattern that is not there yet, and show it once it is', async () => {
    const { logs } = desk().state;
    const { patterns } = sampleLogs(Date.now());
    logs.patterns = [];
    const page = await staff('oki', '/log-files');
    const errors = watchForErrors(page);
    const refused: string[] = [];
    page.on('response', (answer) => void (answer.status() >= 400 && refused.push(answer.url())));
    await page.goto(`${desk().origin}/#/log-errors/${logs.errors[3]?.id}/show`);
    await page.locator('[data-no-pattern]').waitFor();
    await page.locator('[data-hit]').first().waitFor();
    expect(await page.getByRole('link', { name: 'Buka polanya' }).count()).toBe(0);
    expect(await accessibilityViolations(page)).toEqual([]);
    logs.patterns = patterns;
    await page.getByRole('link', { name: 'Kejadian sebelumnya' }).waitFor();
    await page.getByRole('link', { name: 'Buka polanya' }).click();
    await page.getByRole('heading', { level: 1, name: /NullPointerException/ }).waitFor();
    expect([errors, refused]).toEqual([[], []]);
  });

  /** Answers a route's calls only when it is told to: by the API, or with a failure. */
  async function gateOf(page: Page, path: string) {
    const waiting: ((fails: boolean) => void)[] = [];
    await page.route(`**/api/admin/logs/${path}*`, async (route) => {
      const { promise, resolve } = Promise.withResolvers<boolean>();
      waiting.push(resolve);
      const problem = { status: 503, contentType: 'application/problem+json', body: '{"code":"service.unavailable","requestId":"req-77"}' };
      await ((await promise) ? route.fulfill(problem) : route.continue());
    });
    return {
      async answer(how: 'well' | 'badly' = 'well') {
        await expect.poll(() => waiting.length, patience).toBeGreaterThan(0);
        for (const resolve of waiting.splice(0)) resolve(how === 'badly');
      },
    };
  }

  it.each([
    ['/log-dashboard', 'dashboard'],
    ['/log-patterns', 'patterns'],
    ['/log-errors', 'search'],
    ['/log-files', 'files'],
  ])('say what they wait for, what failed and what is old, while the API is slow: %s', async (address, path) => {
    const page = await staff('oki', '/log-alert-rules', phone);
    const gate = await gateOf(page, path);
    const rows = page.locator('[data-row]');
    const [loading, problem] = [page.getByRole('status', { name: 'Memuat…' }), page.getByRole('alert')];
    const again = page.getByRole('button', { name: 'Coba lagi' });
    const busy = page.locator('[aria-busy=true]');

    await page.goto(`${desk().origin}/#${address}`);
    await page.locator('h1').waitFor();
    await loading.waitFor();
    await gate.answer('badly');
    await problem.getByText('req-77').waitFor();
    await again.click();
    await loading.waitFor();
    expect(await problem.count()).toBe(0);
    await gate.answer();
    await rows.first().waitFor();

    // The rows stay when they cannot be asked for again, and say how old they are.
    await page.getByRole('button', { name: 'Segarkan' }).click();
    await gate.answer('badly');
    await page.locator('[data-outdated]').getByText('Gagal memperbarui').waitFor();
    expect(await rows.count()).toBeGreaterThan(0);
    expect(await accessibilityViolations(page)).toEqual([]);
    await again.click();
    await gate.answer();
    await page.locator('[data-outdated]').waitFor({ state: 'detached' });

    // Those of other filters are dimmed until the new ones are there, and are not taken for them.
    await page.goto(`${desk().origin}/#${address}?window=24h&status=done`);
    await busy.waitFor();
    await gate.answer('badly');
    await problem.waitFor();
    expect(await rows.count()).toBe(0);
    await again.click();
    await gate.answer();
    await rows.first().waitFor();
  });

  it('tell nothing there from nothing that matches', async () => {
    const { uploads: _, exports: __, ...none } = noLogs();
    Object.assign(desk().state.logs, none);
    const page = await staff('oki', '/log-dashboard', phone);
    await page.getByText('Tidak ada berkas yang sedang dipindai').waitFor();
    for (const [address, nothing] of [
      ['/log-patterns', 'Belum ada pola'],
      ['/log-errors', 'Belum ada kesalahan'],
      ['/log-files', 'Belum ada berkas'],
    ] as const) {
      await page.goto(`${desk().origin}/#${address}`);
      await page.getByText(nothing).waitFor();
      expect(await page.getByText('Tidak ada yang cocok').count()).toBe(0);
      await page.goto(`${desk().origin}/#${address}?window=24h&status=done`);
      await page.getByText('Tidak ada yang cocok').waitFor();
    }
  });
});

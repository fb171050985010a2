import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { demoLog } from '#infra/local/demo/log.ts';
import { accessibilityViolations, chromiumPath, openBrowser, shoot, viewports, watchForErrors } from './browser.ts';
import { type RunningStack, startLocalStack } from './local-stack.ts';

const executable = await chromiumPath();
const log = demoLog(Date.UTC(2026, 10, 21, 12));

/** The machine may be busy with other things. */
const pageMsMax = 60_000;
const patience = { timeout: pageMsMax };

let stack: RunningStack;
let browser: Browser;
let token: string;
const contexts: BrowserContext[] = [];

beforeAll(async () => {
  stack = await startLocalStack();
});

afterAll(async () => {
  await stack.dispose();
});

describe('the published site', () => {
  it('is small, asks for nothing inline, and keeps what never changes', async () => {
    const page = await fetch(`${stack.backoffice}/errors?level=fatal`);
    const html = await page.text();
    expect(page.headers.get('cache-control')).toBe('no-cache');
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';(?!.*unsafe)/);
    expect(html).not.toMatch(/<style|<script(?! type="module" src=)|\son\w+=|\sstyle=/);
    let bytes = gzipSync(html).length;
    for (const [path] of html.matchAll(/(?<=(?:src|href)=")\/assets\/[^"]+/g)) {
      const asset = await fetch(stack.backoffice + path);
      expect([path, asset.status, asset.headers.get('cache-control')]).toEqual([path, 200, 'public, max-age=31536000, immutable']);
      bytes += gzipSync(await asset.bytes()).length;
    }
    expect(bytes).toBeGreaterThan(5_000);
    expect(bytes).toBeLessThan(30_000);
  });

  it('leaves the API its own errors', async () => {
    const refused = await fetch(`${stack.backoffice}/api/admin/logs/files`);
    expect([refused.status, refused.headers.get('content-type'), refused.headers.get('x-content-type-options')]).toEqual([
      401,
      'application/json',
      'nosniff',
    ]);
    expect((await fetch(`${stack.backoffice}/api/nothing`)).status).toBe(404);
    expect((await fetch(`${stack.backoffice}/assets/nothing.js`)).status).toBe(404);
  });
});

describe.skipIf(executable === undefined)('the log desk', () => {
  beforeAll(async () => {
    browser = await openBrowser(executable ?? '');
    token = await stack.token('ops');
  });

  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()));
  });

  afterAll(async () => {
    await browser.close();
  });

  describe('signing in', () => {
    it('says how to get a token, explains one that is wrong, and leads on to where one wanted to go', async () => {
      const page = await visitor();
      await page.goto(`${stack.backoffice}/errors?level=error&text=order`);
      await page.getByText('npm run --silent token -- --role ops').waitFor();
      await signInWith(page, 'not-a-token');
      await page.getByText('Ini bukan token').waitFor();
      await signInWith(page, `Bearer ${token}`);
      await page.getByRole('heading', { name: 'Kesalahan', exact: true }).waitFor();
      expect(page.url()).toBe(`${stack.backoffice}/errors?level=error&text=order`);
      await page.getByRole('button', { name: 'Keluar' }).click();
      await page.getByRole('heading', { name: 'Masuk' }).waitFor();
      expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
    });

    it('is asked for again when the API refuses the token, and the address is kept', async () => {
      const page = await visitor();
      await page.goto(`${stack.backoffice}/errors?window=24h`);
      const [head, payload] = token.split('.');
      await signInWith(page, `${head}.${payload}.${Buffer.from('forged').toString('base64url')}`);
      await page.getByText('token ditolak').waitFor();
      await signInWith(page, token);
      await page.getByRole('heading', { name: 'Kesalahan', exact: true }).waitFor();
      expect(page.url()).toBe(`${stack.backoffice}/errors?window=24h`);
    });

    it('with a role that may not read logs shows just that', async () => {
      const page = await visitor();
      await page.goto(stack.backoffice);
      await signInWith(page, await stack.token('finance'));
      await page.getByRole('heading', { name: 'Tidak diizinkan' }).waitFor();
      expect(await page.getByRole('button', { name: 'Coba lagi' }).count()).toBe(0);
    });
  });

  it('takes a file from the browser, shows its scan and its errors, and one error with the lines around it', async () => {
    const page = await staff('/');
    const errors = watchForErrors(page);
    await page.locator('#upload').setInputFiles({ name: 'kasir malam.log', mimeType: 'text/plain', buffer: Buffer.from(log) });
    await page.getByText('Terunggah, menunggu pemindaian').waitFor();
    const row = page.locator('.row.file', { hasText: 'kasir_malam.log' });
    await row.getByText('Selesai').waitFor();
    expect(await row.locator('.facts div').first().innerText()).toMatch(/Kesalahan\s+9/);

    await row.getByRole('link', { name: 'kasir_malam.log' }).click();
    await page.getByRole('heading', { name: 'Kesalahan di kasir_malam.log' }).waitFor();
    await expect.poll(() => page.locator('.errors .row').count(), patience).toBe(9);
    await page
      .getByRole('link', { name: /redeeming for order/ })
      .first()
      .click();
    const context = page.locator('.context');
    await context.waitFor();
    expect(await context.locator('.hit').allInnerTexts()).toEqual(
      expect.arrayContaining([expect.stringContaining('Traceback (most recent call last):')]),
    );
    expect(log).toContain(await context.locator('div:not(.hit) > span:last-child').first().innerText());
    expect(errors).toEqual([]);
  });

  it('keeps filters in the address, so that a link shows the same list elsewhere', async () => {
    const page = await staff('/errors');
    await page.locator('.errors .row').first().waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('LEBARAN');
    await page.getByLabel('Tingkat').selectOption('error');
    await page.getByLabel('Waktu').selectOption('custom');
    await page.getByLabel('Dari').fill('2026-01-01T00:00');
    await expect.poll(() => page.url(), patience).toMatch(/level=error.*from=2026-01-01.*text=LEBARAN/);
    const found = page.getByRole('link', { name: /redeeming for order/ });
    await found.first().waitFor();
    await expect.poll(() => page.locator('.errors .row').count(), patience).toBe(await found.count());

    const elsewhere = await staff(new URL(page.url()).pathname + new URL(page.url()).search);
    await elsewhere
      .getByRole('link', { name: /redeeming for order/ })
      .first()
      .waitFor();
    expect(await elsewhere.locator('.errors .row').count()).toBe(await found.count());
    expect(await elsewhere.getByLabel('Cari teks').inputValue()).toBe('LEBARAN');
    expect(await elsewhere.getByLabel('Dari').inputValue()).toBe('2026-01-01T00:00');
  });

  it('is driven by the keyboard alone', async () => {
    const page = await staff('/errors');
    await page.locator('.errors .row').first().waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    const second = await page.locator('.errors .row-link').nth(1).innerText();
    expect(await page.locator(':focus').innerText()).toBe(second);
    await page.keyboard.press('k');
    await page.keyboard.press('Enter');
    await page.locator('.context').waitFor();
    const first = page.url();
    await page.keyboard.press('j');
    await expect.poll(() => page.url(), patience).not.toBe(first);
    await page.keyboard.press('Escape');
    await page.getByRole('search').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('j');
    expect(await page.getByLabel('Cari teks').inputValue()).toBe('j');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'Berkas log' }).waitFor();
  });

  it('loads more by cursor without loss or repetition, and finds the list as it was on coming back', async () => {
    const page = await staff('/errors');
    const many = Array.from({ length: 120 }, (_, index) => fakeError(index));
    await page.route('**/api/admin/logs/errors?*', (route) => {
      const from = Number(new URL(route.request().url()).searchParams.get('cursor') ?? 0);
      return route.fulfill({
        json: { errors: many.slice(from, from + 50), nextCursor: from + 50 < 120 ? String(from + 50) : null, partial: false },
      });
    });
    await page.getByRole('button', { name: 'Segarkan' }).click();
    for (const count of [50, 100]) {
      await expect.poll(() => page.locator('.errors .row').count(), patience).toBe(count);
      await page.getByRole('button', { name: 'Muat lagi' }).click();
    }
    await expect.poll(() => page.locator('.errors .row').count(), patience).toBe(120);
    expect(await page.getByRole('button', { name: 'Muat lagi' }).count()).toBe(0);
    expect(new Set(await page.locator('.errors .row-link').allInnerTexts()).size).toBe(120);
    await page.locator('.errors .row-link').nth(110).click();
    await page.getByRole('link', { name: /Kembali ke daftar/ }).click();
    await expect.poll(() => page.locator('.errors .row').count(), patience).toBe(120);
  });

  describe('says what is the matter', () => {
    it('when nothing is there, when nothing matches, and when a search has not ended', async () => {
      const page = await staff('/errors?text=no-such-words-anywhere');
      await expect.poll(() => headings(page), patience).toContain('Tidak ada yang cocok');
      const [unfinished, empty] = [
        { errors: [], nextCursor: 'on', partial: true },
        { errors: [], nextCursor: null, partial: false },
      ];
      let asked = 0;
      await page.route('**/api/admin/logs/errors?*', (route) => {
        asked += 1;
        return route.fulfill({ json: asked <= 5 ? unfinished : empty });
      });
      await page.getByRole('button', { name: 'Segarkan' }).click();
      await page.getByRole('button', { name: 'Cari lebih jauh' }).click();
      await expect.poll(() => headings(page), patience).toContain('Tidak ada yang cocok');
      await page.getByRole('button', { name: 'Hapus saringan' }).click();
      await expect.poll(() => headings(page), patience).toContain('Belum ada kesalahan');
      await page.route('**/api/admin/logs/files?*', (route) => route.fulfill({ json: { files: [], nextCursor: null } }));
      await page.getByRole('link', { name: 'Berkas log' }).click();
      await expect.poll(() => headings(page), patience).toContain('Belum ada berkas');
    });

    it('while it loads, when the server fails and when it cannot be reached, and tries again', async () => {
      const page = await staff('/errors');
      await page.locator('.errors .row').first().waitFor();
      const held = Promise.withResolvers<void>();
      let answer: 'hold' | 'fail' | 'drop' | 'pass' = 'hold';
      await page.route('**/api/admin/logs/errors?*', async (route) => {
        if (answer === 'hold') await held.promise;
        if (answer === 'fail') return route.fulfill({ status: 503, json: { code: 'request.timed-out', requestId: 'r-77' } });
        if (answer === 'drop') return route.abort();
        return route.continue();
      });
      await page.getByRole('button', { name: 'Segarkan' }).click();
      await page.getByText('Memuat…').waitFor();
      answer = 'fail';
      held.resolve();
      await page.getByText('Server sedang bermasalah').waitFor();
      await page.getByText('r-77').waitFor();
      expect(await accessibilityViolations(page)).toEqual([]);
      answer = 'drop';
      await page.getByRole('button', { name: 'Coba lagi' }).click();
      await page.getByText('Server tidak terjangkau').waitFor();
      answer = 'pass';
      await page.getByRole('button', { name: 'Coba lagi' }).click();
      await page.locator('.errors .row').first().waitFor();
    });

    it('when an error, a page or the original file is not there', async () => {
      const page = await staff('/errors/err_0000000000000000000000000000000000000');
      await expect.poll(() => headings(page), patience).toContain('Tidak ditemukan');
      await page.goto(`${stack.backoffice}/nowhere`);
      await expect.poll(() => headings(page), patience).toEqual(['Halaman tidak ada']);
      await page.route('**/context?*', (route) => route.fulfill({ status: 404, json: { code: 'logs.original-gone' } }));
      await page.goto(`${stack.backoffice}/errors`);
      await page.locator('.errors .row-link').first().click();
      await page.locator('.note').waitFor();
      expect(await page.locator('.note').innerText()).toMatch(/^Berkas aslinya sudah tidak ada/);
    });
  });

  describe.each(Object.keys(viewports) as (keyof typeof viewports)[])('on a %s', (viewport) => {
    it.each([
      ['id', 'light'],
      ['en', 'dark'],
    ] as const)('passes WCAG 2.1 AA on every page and never scrolls sideways (%s, %s)', async (language, colorScheme) => {
      const page = await visitor({ viewport: viewports[viewport], colorScheme });
      const errors = watchForErrors(page);
      const look = async (name: string): Promise<void> => {
        await shoot(page, `${name}-${viewport}-${language}`);
        expect([name, await accessibilityViolations(page)]).toEqual([name, []]);
        expect([name, await page.evaluate('document.documentElement.scrollWidth <= innerWidth')]).toEqual([name, true]);
      };
      await page.goto(stack.backoffice);
      if (language === 'en') await page.getByRole('button', { name: /English/ }).click();
      await look('sign-in');
      await signInWith(page, token);
      await page.locator('.row.file').first().waitFor();
      expect(await page.locator('html').getAttribute('lang')).toBe(language);
      await look('files');
      await page.locator('.row-link').first().click();
      await page.locator('.errors .row').first().waitFor();
      await page.locator('.panel .facts').waitFor();
      await look('errors');
      await page.locator('.errors .row-link').first().click();
      await page.locator('.context').waitFor();
      await look('error');
      expect(errors).toEqual([]);
    });
  });
});

async function visitor(options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(pageMsMax);
  contexts.push(context);
  return context.newPage();
}

/** Somebody who is signed in, at an address of the backoffice. */
async function staff(address: string): Promise<Page> {
  const page = await visitor();
  await page.goto(stack.backoffice);
  await signInWith(page, token);
  await page.getByRole('heading', { name: 'Berkas log' }).waitFor();
  if (address !== '/') await page.goto(stack.backoffice + address);
  return page;
}

function headings(page: Page): Promise<string[]> {
  return page.locator('h1, h2').allInnerTexts();
}

async function signInWith(page: Page, pasted: string): Promise<void> {
  await page.getByLabel('Token akses').or(page.getByLabel('Access token')).fill(pasted);
  await page.keyboard.press('Enter');
}

function fakeError(index: number): Record<string, unknown> {
  const number = String(index).padStart(11, '0');
  return {
    id: `err_0mwr0123b05nlh7keezp69t9u${number}`,
    file: { id: 'log_0mwr0123b05nlh7keezp69t9u', bucket: 'b', key: 'many.log', versionId: null },
    offset: index,
    length: 1,
    line: index + 1,
    level: 'error',
    time: '2026-11-21T12:00:00.000Z',
    timeAssumed: [],
    logger: null,
    message: `failure number ${index}`,
    stack: null,
    truncated: false,
    cut: false,
  };
}

/**
 * A member's deposits on the hosted page, in a real Chromium over the whole stack: by a signed link, through a gateway, on the stack's
 * clock. Every state of the page by itself is looked at over a fake (deposit-page.test.ts).
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityViolations, chromiumPath, openBrowser, shoot, viewports, watchForErrors } from './browser.ts';
import { type RunningStack, startLocalStack, until } from './local-stack.ts';

const executable = await chromiumPath();

/** The machine may be busy with other things. */
const pageMsMax = 60_000;

let stack: RunningStack;
let browser: Browser;
/** Of the member; until they have signed up, nobody's. */
let token: string | undefined;

const member = { email: 'maya@contoh.id', password: `kata-sandi-${crypto.randomUUID()}` };

beforeAll(async () => {
  stack = await startLocalStack('--no-demo');
  await signUp();
});

afterAll(() => stack?.dispose());

describe('the published deposit page', () => {
  it('is strict about what it runs and lets nobody frame it', async () => {
    const page = await fetch(`${stack.depositPage}/`);
    expect([page.status, page.headers.get('cache-control'), page.headers.get('referrer-policy')]).toEqual([200, 'no-cache', 'no-referrer']);
    const policy = page.headers.get('content-security-policy');
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; .*frame-ancestors 'none'/);
    expect(policy).toContain("connect-src 'self';");
    expect(policy).not.toContain('unsafe');
  });

  it('opens nothing without a link, or with one that was changed', async () => {
    const link = new URL(await linkOf({})).hash.slice(1);
    const statuses = [undefined, 'a.b', `${link.slice(0, -2)}AA`, link].map(async (each) => {
      const answer = await fetch(`${stack.depositPage}/api/pay/session`, { headers: each === undefined ? {} : { 'x-deposit-link': each } });
      return answer.status;
    });
    expect(await Promise.all(statuses)).toEqual([401, 401, 401, 200]);
  });
});

describe.skipIf(executable === undefined)('a member on the deposit page', () => {
  beforeAll(async () => {
    browser = await openBrowser(executable ?? '');
  });

  afterAll(() => browser.close());

  it('opens a deposit, watches the time, pays at the gateway and sees it succeed', async () => {
    const { page, errors } = await visit(await linkOf({}));
    await page.getByRole('link', { name: 'Deposit baru' }).click();
    await page.getByRole('button', { name: /100\.000/ }).click();
    await page.getByRole('radio', { name: /QRIS/ }).check();
    await page.getByRole('button', { name: 'Lanjut bayar' }).click();
    await page.getByRole('img', { name: /QRIS.*100\.000/ }).waitFor();
    const timer = page.getByRole('timer');
    expect(await timer.textContent()).toMatch(/^(30:00|29:\d\d)$/);
    await passes('PT10M');
    await expect.poll(() => timer.textContent(), { timeout: pageMsMax }).toMatch(/^(20:00|19:\d\d)$/);
    await look(page, 'waits');
    await payAtGateway(depositIdOf(page));
    await page.getByRole('heading', { name: 'Pembayaran berhasil' }).waitFor();
    await look(page, 'paid');
    expect(await balance()).toMatchObject({ availableRupiah: 100_000 });
    await page.getByRole('link', { name: 'Lihat semua deposit' }).click();
    await page.getByRole('listitem').filter({ hasText: 'Berhasil' }).waitFor();
    expect(errors).toEqual([]);
  });

  it('sees another one fail when its time runs out, and what becomes of money that comes all the same', async () => {
    const deposit = await openDeposit({ method: 'ewallet-gopay', amountRupiah: 50_000 });
    const { page, errors } = await visit(await linkOf({ depositId: deposit.id }));
    const timer = page.getByRole('timer');
    await timer.waitFor();
    await passes('PT29M');
    await expect.poll(() => timer.textContent(), { timeout: pageMsMax }).toMatch(/^(01:00|00:\d\d)$/);
    await look(page, 'last-minute');
    await passes('PT1M');
    await page.getByRole('heading', { name: 'Pembayaran gagal' }).waitFor();
    expect(await page.getByText('Waktu pembayaran habis').count()).toBeGreaterThan(0);
    await look(page, 'expired');
    await payAtGateway(deposit.id);
    await page.getByRole('heading', { name: 'Pembayaran terlambat diterima' }).waitFor();
    expect(await page.getByRole('main').getByText('dana Anda sudah masuk ke saldo').count()).toBe(1);
    expect(await balance()).toMatchObject({ availableRupiah: 150_000 });
    expect(errors).toEqual([]);
  });
});

async function visit(link: string): Promise<{ page: Page; errors: string[] }> {
  const context = await browser.newContext({ viewport: viewports.phone, reducedMotion: 'reduce', timezoneId: 'Asia/Jakarta' });
  context.setDefaultTimeout(pageMsMax);
  const page = await context.newPage();
  const errors = watchForErrors(page);
  await page.goto(link);
  return { page, errors };
}

async function look(page: Page, name: string): Promise<void> {
  await shoot(page, `deposit-${name}`);
  expect([name, await accessibilityViolations(page)]).toEqual([name, []]);
}

const depositIdOf = (page: Page): string => new URL(page.url()).pathname.split('/').at(-1) ?? '';

/** As whoever scans the code or types the number does. */
async function payAtGateway(depositId: string): Promise<void> {
  const { charges } = await ok<{ charges: { gateway: string }[] }>(await fetch(`${stack.sandbox}/_sandbox/charges?reference=${depositId}`));
  const path = `${stack.sandbox}/_sandbox/charges/${charges[0]?.gateway}/${depositId}/pay`;
  await ok(await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }));
}

const linkOf = async (body: { readonly depositId?: string }): Promise<string> =>
  (await ask<{ url: string }>('POST /api/xm/deposit-links', body)).url;

const openDeposit = (body: { readonly method: string; readonly amountRupiah: number }) =>
  ask<{ id: string }>('POST /api/xm/deposits', body, { 'idempotency-key': crypto.randomUUID() });

const balance = () => ask<object>('GET /api/xm/balance');

/** As the member. */
async function ask<Answer>(route: string, body?: object, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const [method = '', path = ''] = route.split(' ');
  const request = {
    method,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  };
  return ok(await fetch(`${stack.api}${path}`, request));
}

async function ok<Answer>(answer: Response): Promise<Answer> {
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}: ${text}`);
  return JSON.parse(text) as Answer;
}

/** Time of the whole stack; the member's token lives for ten minutes of it, so they sign in anew. */
async function passes(duration: string): Promise<void> {
  await stack.advance(duration);
  const { email, password } = member;
  ({ accessToken: token } = await ask<{ accessToken: string }>('POST /api/xm/auth/sign-in', { identifier: email, password }));
}

async function signUp(): Promise<void> {
  const wish = { handle: 'maya', displayName: 'Maya', ...member };
  const { challengeId } = await ask<{ challengeId: string }>('POST /api/xm/auth/sign-up', wish);
  let code: string | undefined;
  await until(async () => {
    const { messages } = await ask<{ messages: { text: string }[] }>(`GET /_local/outbox?to=${encodeURIComponent(member.email)}`);
    code = messages.flatMap(({ text }) => /\b(\d{6})\b/.exec(text)?.[1] ?? [])[0];
    return code !== undefined;
  });
  ({ accessToken: token } = await ask<{ accessToken: string }>('POST /api/xm/auth/sign-up/verify', { challengeId, code }));
}

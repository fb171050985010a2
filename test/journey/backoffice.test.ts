/**
 * The backoffice in a real Chromium over the whole local stack: signing in, a ban, an invitation, and the log desk. Each page, state and
 * dialog by itself is looked at over a fake (backoffice-pages.test.ts and its neighbours).
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appCode } from '#infra/local/demo/desk-client.ts';
import { demoLog } from '#infra/local/demo/log.ts';
import { pageMsMax } from './backoffice-desk.ts';
import { accessibilityViolations, chromiumPath, shoot, viewports, watchForErrors } from './browser.ts';
import { type RunningStack, startLocalStack } from './local-stack.ts';
import { deskOfStack } from './stack-desk.ts';

const executable = await chromiumPath();
const log = demoLog(Date.UTC(2026, 10, 21, 12));

const patience = { timeout: pageMsMax };

let stack: RunningStack;

beforeAll(async () => {
  stack = await startLocalStack();
});

afterAll(async () => {
  await stack.dispose();
});

describe('the published site', () => {
  it('asks for nothing inline, and keeps what never changes', async () => {
    const page = await fetch(`${stack.backoffice}/`);
    const html = await page.text();
    expect(page.headers.get('cache-control')).toBe('no-cache');
    expect(page.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self' 'sha256-[^']+';(?!.*unsafe)/,
    );
    expect(html).not.toMatch(/<style|<script(?! type="module" src=)|\son\w+=|\sstyle=/);
    const assets = [...html.matchAll(/(?<=(?:src|href)=")\/assets\/[^"]+/g)].map(([path]) => path);
    expect(assets.length).toBeGreaterThan(1);
    for (const path of assets) {
      const asset = await fetch(stack.backoffice + path);
      expect([path, asset.status, asset.headers.get('cache-control')]).toEqual([path, 200, 'public, max-age=31536000, immutable']);
    }
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

describe.skipIf(executable === undefined)('the backoffice', () => {
  const { visitor, staff, signIn, person, time, signInMember } = deskOfStack(() => stack);

  describe.each([
    ['phone', 'id', 'maya'],
    ['phone', 'en', 'joko99'],
    ['desk', 'id', 'putri.a'],
    ['desk', 'en', 'hendra'],
  ] as const)('on a %s, in %s', (viewport, language, handle) => {
    it('signs in, bans a member and invites somebody, who joins; all of it for everybody to use', async () => {
      const page = await visitor({ viewport: viewports[viewport] }, language);
      const errors = watchForErrors(page);
      const look = async (name: string, looked = page): Promise<void> => {
        await shoot(looked, `stack-${name}-${viewport}-${language}`);
        expect([name, await accessibilityViolations(looked)]).toEqual([name, []]);
        expect([name, await looked.evaluate('document.documentElement.scrollWidth <= innerWidth')]).toEqual([name, true]);
      };
      await page.goto(`${stack.backoffice}/#/members?q=${handle}`);
      await page.getByRole('textbox').first().waitFor();
      await look('sign-in');
      await signIn(page, 'owner');
      await page.getByRole('link', { name: `@${handle}` }).waitFor();
      await look('members');

      await page.getByRole('link', { name: `@${handle}` }).click();
      await page.getByRole('button', { name: /^(Blokir|Ban)$/ }).click();
      await page.getByLabel(/Alasan|Reason/).fill('Menipu anggota lain');
      await look('ban');
      await page.getByRole('button', { name: /Blokir anggota|Ban the member/ }).click();
      await page.getByText(/^Status (of )?@.+ (diubah|changed)$/).waitFor();
      await page.getByText('Menipu anggota lain').waitFor();
      await page.getByRole('tab', { name: /Jejak audit|Audit log/ }).click();
      await page.getByText(/basic → banned/).waitFor();
      await look('member-audit');

      const email = `staf-${viewport}-${language}@xm.example`;
      await page.goto(`${stack.backoffice}/#/staff`);
      await page.getByRole('button', { name: /^(Undang|Invite)$/ }).click();
      await page.getByLabel(/Surel|E-mail/).fill(email);
      await page.getByRole('checkbox', { name: /Dukungan|Support/ }).check();
      await look('invite');
      await page.getByRole('button', { name: /Kirim undangan|Send the invitation/ }).click();
      await page.getByText(new RegExp(`(dikirim ke|sent to) ${email}`)).waitFor();

      const invited = await visitor({ viewport: viewports[viewport] }, language);
      const errorsOfInvited = watchForErrors(invited);
      await invited.goto(`${stack.backoffice}/#/accept?token=${await sentTo(email, /accept\?token=(\S+)/)}`);
      await invited.getByLabel(/Nama Anda|Your name/).fill('Staf Baru');
      await look('accept', invited);
      await invited.getByLabel(/^(Kata sandi|Password)$/).fill(`${handle}-naik-kereta-pagi`);
      await invited.keyboard.press('Enter');
      await invited.getByRole('img').waitFor();
      await look('enrol', invited);
      const secret = await invited.getByText(/^[A-Z2-7]{16,}$/).innerText();
      await invited.getByLabel(/6 angka|6-digit/).fill(appCode(secret, await time()));
      await invited.keyboard.press('Enter');
      await invited.getByRole('checkbox').check();
      await look('recovery-codes', invited);
      await invited.getByRole('button', { name: /^(Lanjut|Continue)$/ }).click();
      await invited.getByRole('heading', { level: 1, name: /Ringkasan|Overview/ }).waitFor();
      if (viewport === 'phone') await invited.getByRole('button', { name: /Buka menu|Open menu/ }).click();
      await invited.getByRole('menuitem', { name: /Anggota|Members/ }).waitFor();
      expect(await invited.getByRole('menuitem', { name: /^(Staf|Staff)$/ }).count()).toBe(0);
      expect([errors, errorsOfInvited]).toEqual([[], []]);
    });
  });

  it('bans a member whose token is refused within a minute', async () => {
    const member = await signInMember('sari.dewi@contoh.id');
    expect((await asMember(member)).status).toBe(200);
    const page = await staff('support', '/members?q=sari');
    await page.getByRole('link', { name: '@sari.dewi' }).click();
    await page.getByRole('button', { name: 'Blokir' }).click();
    await page.getByLabel('Alasan').fill('Menipu anggota lain');
    await page.getByRole('button', { name: 'Blokir anggota' }).click();
    await page.getByText('Status @sari.dewi diubah').waitFor();
    await expect.poll(async () => (await asMember(member)).status, { timeout: 60_000, interval: 500 }).not.toBe(200);
  });

  it('keeps one session over a reload, a second tab and a fresh second factor for a decision', async () => {
    const page = await staff('owner', '/members?q=budi');
    await page.reload();
    const link = page.getByRole('link', { name: '@budi' });
    await link.waitFor();
    const other = await page.context().newPage();
    await other.goto(`${stack.backoffice}/#/staff`);
    await other.getByRole('link', { name: 'Citra Wulandari' }).waitFor();
    // Older than the five minutes in which a second factor opens decisions.
    await stack.advance('PT6M');
    await link.click();
    await page.getByRole('tab', { name: 'KYC' }).click();
    await page.getByRole('button', { name: 'Buka data' }).click();
    const question = page.getByRole('dialog', { name: 'Konfirmasi dengan kode baru' });
    await question.getByLabel('Kode 6 angka').fill((await person('owner')).code);
    await question.getByRole('button', { name: 'Konfirmasi' }).click();
    await page.getByText('Budi Hartono').waitFor();
    await other.reload();
    await other.getByRole('link', { name: 'Citra Wulandari' }).waitFor();
    expect(await page.getByRole('heading', { name: 'Masuk' }).count()).toBe(0);
  });

  it('takes a log file from the browser, shows its scan and its errors, and one error with the lines around it', async () => {
    const page = await staff('ops', '/log-files');
    const errors = watchForErrors(page);
    await page.locator('[data-upload]').setInputFiles({ name: 'kasir malam.log', mimeType: 'text/plain', buffer: Buffer.from(log) });
    await page.getByText('Terunggah, menunggu pemindaian').waitFor();
    const row = page.getByRole('row', { name: /kasir_malam\.log/ });
    await row.getByText('Selesai').waitFor();
    expect(await row.getByRole('cell').nth(2).innerText()).toBe('9');
    await shoot(page, 'stack-log-files');

    await row.getByRole('link', { name: 'kasir_malam.log', exact: true }).click();
    await page.getByRole('heading', { name: 'Kesalahan di kasir_malam.log' }).waitFor();
    await expect.poll(() => page.locator('[data-row]').count(), patience).toBe(9);
    // An error is shown before its pattern is counted, and its page asks for others of the pattern.
    await expect.poll(isCounted, patience).toBe(true);
    await page.keyboard.press('/');
    await page.keyboard.type('LEBARAN');
    await page.getByLabel('Tingkat').click();
    await page.getByRole('option', { name: 'Error' }).click();
    await expect.poll(() => page.url(), patience).toMatch(/&level=error&text=LEBARAN$/);
    const found = page.getByRole('link', { name: /redeeming for order/ });
    await expect.poll(async () => (await page.locator('[data-row]').count()) === (await found.count()), patience).toBe(true);
    await found.first().click();
    const context = page.locator('[data-context]');
    await context.waitFor();
    expect((await context.locator('[data-hit]').allInnerTexts()).join('\n')).toContain('Traceback (most recent call last):');
    expect(log).toContain(await context.locator('[data-line]').first().innerText());
    await shoot(page, 'stack-log-error');
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('search').waitFor();
    expect(page.url()).toMatch(/log-errors\?file=.*&level=error&text=LEBARAN$/);
    expect(errors).toEqual([]);
  });
});

/** What the newest message to somebody says. */
async function sentTo(to: string, pattern: RegExp): Promise<string> {
  let found = '';
  await expect
    .poll(async () => {
      const { messages } = (await (await fetch(`${stack.api}/_local/outbox?to=${to}`)).json()) as { messages: { text: string }[] };
      found = messages.flatMap(({ text }) => pattern.exec(text)?.[1] ?? [])[0] ?? '';
      return found;
    }, patience)
    .not.toBe('');
  return found;
}

async function isCounted(): Promise<boolean> {
  const { files } = (await (await stack.get('/api/admin/logs/files')).json()) as { files: { rolledUpAt: string | null }[] };
  return files.every(({ rolledUpAt }) => rolledUpAt !== null);
}

const asMember = (token: string): Promise<Response> => fetch(`${stack.api}/api/xm/me`, { headers: { authorization: `Bearer ${token}` } });

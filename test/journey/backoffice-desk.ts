/**
 * The built backoffice in a real Chromium, over a fake of the API: a fresh one for each test of the suite that asks for it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { root } from '#infra/build.ts';
import { buildSites } from '#infra/build-sites.ts';
import { contentSecurityPolicy } from '#infra/constructs/content-security-policy.ts';
import { staffCode, staffPassword } from '#test/fakes/desk/desk-state.ts';
import { type FakeDesk, startFakeDesk } from '#test/fakes/desk/fake-desk.ts';
import { chromiumPath, openBrowser } from './browser.ts';

export const executable = await chromiumPath();

/** The machine may be busy with other things. */
export const pageMsMax = 60_000;

export interface DeskInBrowser {
  /** Of the test that runs. */
  readonly desk: () => FakeDesk;
  /** A page of somebody new, who shares nothing with the others. */
  readonly visitor: (options?: Parameters<Browser['newContext']>[0]) => Promise<Page>;
}

/** Sets up and takes down what the tests of this `describe` need. */
export function deskInBrowser(): DeskInBrowser {
  const sites = mkdtempSync(join(tmpdir(), 'xm-sites-'));
  const contexts: BrowserContext[] = [];
  let browser: Browser;
  let desk: FakeDesk;
  beforeAll(async () => {
    await buildSites(root, sites);
    browser = await openBrowser(executable ?? '');
  });
  afterAll(async () => {
    await browser.close();
    rmSync(sites, { recursive: true });
  });
  beforeEach(async () => {
    desk = await startFakeDesk({ site: join(sites, 'backoffice'), contentSecurityPolicy: contentSecurityPolicy([]) });
  });
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()));
    await desk.close();
  });
  return {
    desk: () => desk,
    async visitor(options) {
      const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
      context.setDefaultTimeout(pageMsMax);
      contexts.push(context);
      return context.newPage();
    },
  };
}

/** Both steps, on the page that is open. */
export async function signIn(page: Page, person: string): Promise<void> {
  await givePassword(page, person);
  await page.getByLabel(/6 angka|6-digit/).fill(staffCode);
  await page.keyboard.press('Enter');
  await page.locator('#main-content').waitFor();
}

export async function givePassword(page: Page, person: string, password = staffPassword): Promise<void> {
  await page.getByRole('textbox', { name: /Surel|E-mail/ }).fill(`${person}@xm.example`);
  await page.getByLabel(/^(Kata sandi|Password)$/).fill(password);
  await page.keyboard.press('Enter');
}

export async function acceptInvitation(page: Page): Promise<void> {
  await page.getByLabel(/Nama Anda|Your name/).fill('Baru Sekali');
  await page.getByLabel(/^(Kata sandi|Password)$/).fill('satu-dua-tiga-empat');
  await page.keyboard.press('Enter');
}

/**
 * The built deposit page in a real Chromium, over a fake of the API: a fresh one for each test of the suite that asks for it.
 */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { contentSecurityPolicy } from '#infra/constructs/content-security-policy.ts';
import { type BuiltSites, builtSites } from '#test/built-sites.ts';
import { type FakePay, payLink, startFakePay } from '#test/fakes/pay/fake-pay.ts';
import { accessibilityViolations, chromiumPath, openBrowser, shoot, watchForErrors } from './browser.ts';

export const executable = await chromiumPath();

/** The machine may be busy with other things. */
export const pageMsMax = 60_000;

interface Visit {
  readonly page: Page;
  /** What the page itself has done wrong so far. */
  readonly errors: string[];
  /** Shoots it, and holds it to WCAG and to its width. */
  readonly look: (name: string) => Promise<void>;
}

interface VisitOptions {
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly language?: 'id' | 'en';
  readonly colorScheme?: 'light' | 'dark';
  /** Behind the `#`; the empty string opens the page without. */
  readonly link?: string;
  readonly path?: string;
}

export interface PageInBrowser {
  /** Of the test that runs. */
  readonly pay: () => FakePay;
  /** Somebody new opens a link. */
  readonly visit: (options?: VisitOptions) => Promise<Visit>;
}

/** Sets up and takes down what the tests of this `describe` need. */
export function depositPageInBrowser(): PageInBrowser {
  const contexts: BrowserContext[] = [];
  let sites: BuiltSites;
  let browser: Browser;
  let pay: FakePay;
  beforeAll(async () => {
    sites = await builtSites();
    browser = await openBrowser(executable ?? '');
  });
  afterAll(async () => {
    await browser?.close();
    sites?.remove();
  });
  beforeEach(async () => {
    pay = await startFakePay({ site: sites.folder('deposit'), contentSecurityPolicy: contentSecurityPolicy([]) });
  });
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()));
    await pay.close();
  });
  return {
    pay: () => pay,
    async visit({ viewport = { width: 390, height: 844 }, language = 'id', colorScheme = 'light', link = payLink, path = '/' } = {}) {
      const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce', timezoneId: 'Asia/Jakarta' });
      context.setDefaultTimeout(pageMsMax);
      contexts.push(context);
      const page = await context.newPage();
      const errors = watchForErrors(page);
      if (language === 'en') await page.addInitScript("localStorage.setItem('xm.language', 'en')");
      await page.goto(`${pay.origin}${path}${link === '' ? '' : `#${link}`}`);
      const look = async (name: string): Promise<void> => {
        await shoot(page, `deposit-page-${name}-${viewport.width}-${language}-${colorScheme}`);
        expect([name, await accessibilityViolations(page)]).toEqual([name, []]);
        expect([name, await page.evaluate('document.documentElement.scrollWidth <= innerWidth')]).toEqual([name, true]);
      };
      return { page, errors, look };
    },
  };
}

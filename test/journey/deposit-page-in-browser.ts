/**
 * The built deposit page in a real Chromium, over a fake of the API: a fresh one for each test of the suite that asks for it.
 */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { type FakePay, payLink, startFakePay } from '#test/fakes/pay/fake-pay.ts';
import { accessibilityViolations, shoot, watchForErrors } from './browser.ts';
import { siteInBrowser } from './site-in-browser.ts';

export { executable, pageMsMax } from './site-in-browser.ts';

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
  const { fake: pay, visitor } = siteInBrowser('deposit', startFakePay);
  return {
    pay,
    async visit({ viewport = { width: 390, height: 844 }, language = 'id', colorScheme = 'light', link = payLink, path = '/' } = {}) {
      const page = await visitor({ viewport, colorScheme, timezoneId: 'Asia/Jakarta' });
      const errors = watchForErrors(page);
      if (language === 'en') await page.addInitScript("localStorage.setItem('xm.language', 'en')");
      await page.goto(`${pay().origin}${path}${link === '' ? '' : `#${link}`}`);
      const look = async (name: string): Promise<void> => {
        await shoot(page, `deposit-page-${name}-${viewport.width}-${language}-${colorScheme}`);
        expect([name, await accessibilityViolations(page)]).toEqual([name, []]);
        expect([name, await page.evaluate('document.documentElement.scrollWidth <= innerWidth')]).toEqual([name, true]);
      };
      return { page, errors, look };
    },
  };
}

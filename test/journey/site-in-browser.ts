/**
 * A built site in a real Chromium, over a fake of its API: a fresh fake for each test of the suite that asks for it.
 */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { contentSecurityPolicy } from '#infra/constructs/content-security-policy.ts';
import { type BuiltSites, builtSites } from '#test/built-sites.ts';
import type { SiteFiles, SiteServer } from '#test/fakes/site-server.ts';
import { chromiumPath, openBrowser } from './browser.ts';

export const executable = await chromiumPath();

/** The machine may be busy with other things. */
export const pageMsMax = 60_000;

interface SiteInBrowser<Fake> {
  /** Of the test that runs. */
  readonly fake: () => Fake;
  /** A page of somebody new, who shares nothing with the others. */
  readonly visitor: (options?: Parameters<Browser['newContext']>[0]) => Promise<Page>;
}

/** Sets up and takes down what the tests of this `describe` need. */
export function siteInBrowser<Fake extends SiteServer>(
  name: 'backoffice' | 'deposit',
  start: (files: SiteFiles) => Promise<Fake>,
): SiteInBrowser<Fake> {
  const contexts: BrowserContext[] = [];
  let sites: BuiltSites;
  let browser: Browser;
  let fake: Fake;
  beforeAll(async () => {
    sites = await builtSites();
    browser = await openBrowser(executable ?? '');
  });
  afterAll(async () => {
    await browser?.close();
    sites?.remove();
  });
  beforeEach(async () => {
    fake = await start({ site: sites.folder(name), contentSecurityPolicy: contentSecurityPolicy([]) });
  });
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()));
    await fake.close();
  });
  return {
    fake: () => fake,
    async visitor(options) {
      const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
      context.setDefaultTimeout(pageMsMax);
      contexts.push(context);
      return context.newPage();
    },
  };
}

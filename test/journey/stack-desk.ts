/**
 * The demo's people at work on a whole local stack: staff in the backoffice, in a real Chromium, and members by the API.
 */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { pageMsMax } from './backoffice-desk.ts';
import { chromiumPath, openBrowser } from './browser.ts';
import { enter } from './desk-session.ts';
import type { RunningStack } from './local-stack.ts';

const memberPassword = 'rahasia-demo-2026';

export interface StackDesk {
  /** A page of somebody new, who shares nothing with the others. */
  readonly visitor: (options?: Parameters<Browser['newContext']>[0], language?: string) => Promise<Page>;
  /** Somebody who is signed in, at an address of the backoffice. */
  readonly staff: (role: string, address: string) => Promise<Page>;
  readonly signIn: (page: Page, role: string) => Promise<void>;
  readonly person: (role: string) => Promise<DemoPerson>;
  /** Milliseconds since the epoch, on the stack's clock. */
  readonly time: () => Promise<number>;
  /** An access token of a member of the demo. */
  readonly signInMember: (identifier: string) => Promise<string>;
}

interface DemoPerson {
  readonly role: string;
  readonly email: string;
  readonly password: string;
  /** What the authenticator app shows now. */
  readonly code: string;
}

/** Sets up and takes down the browser of the tests of this `describe`. */
export function deskOfStack(stack: () => RunningStack): StackDesk {
  const contexts: BrowserContext[] = [];
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser((await chromiumPath()) ?? '');
  });
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()));
  });
  afterAll(async () => {
    await browser.close();
  });
  const desk: StackDesk = {
    async visitor(options = {}, language = 'id') {
      const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
      context.setDefaultTimeout(pageMsMax);
      contexts.push(context);
      const page = await context.newPage();
      await page.addInitScript(`localStorage.setItem('RaStorexm.locale', JSON.stringify('${language}'))`);
      return page;
    },
    async staff(role, address) {
      const page = await desk.visitor();
      await afterTheUsedCode(stack());
      await enter(page.context(), stack().backoffice, await desk.person(role));
      await page.goto(`${stack().backoffice}/#${address}`);
      await page.locator('#main-content h1').waitFor();
      return page;
    },
    async signIn(page, role) {
      await afterTheUsedCode(stack());
      const { email, password, code } = await desk.person(role);
      await page.getByRole('textbox', { name: /Surel|E-mail/ }).fill(email);
      await page.getByLabel(/^(Kata sandi|Password)$/).fill(password);
      await page.keyboard.press('Enter');
      await page.getByLabel(/6 angka|6-digit/).fill(code);
      await page.keyboard.press('Enter');
    },
    async person(role) {
      const { staff: people } = await local<{ staff: DemoPerson[] }>(stack(), 'people');
      const found = people.find((each) => each.role === role);
      if (found === undefined) throw new Error(`The demo has nobody with the role ${role}.`);
      return found;
    },
    time: async () => Date.parse((await local<{ now: string }>(stack(), 'clock')).now),
    async signInMember(identifier) {
      const answer = await fetch(`${stack().api}/api/xm/auth/sign-in`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ identifier, password: memberPassword }),
      });
      return ((await answer.json()) as { accessToken: string }).accessToken;
    },
  };
  return desk;
}

/** A code is good once, and the one of this half minute may have been used. */
const afterTheUsedCode = (stack: RunningStack): Promise<void> => stack.advance('PT31S');

async function local<Answer>({ api }: RunningStack, what: string): Promise<Answer> {
  return (await (await fetch(`${api}/_local/${what}`)).json()) as Answer;
}

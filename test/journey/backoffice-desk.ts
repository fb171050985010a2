/**
 * The built backoffice in a real Chromium, over a fake of the API: a fresh one for each test of the suite that asks for it.
 */
import type { Browser, Page } from 'playwright-core';
import { staffCode, staffPassword } from '#test/fakes/desk/desk-state.ts';
import { type FakeDesk, startFakeDesk } from '#test/fakes/desk/fake-desk.ts';
import { enter } from './desk-session.ts';
import { siteInBrowser } from './site-in-browser.ts';

export { executable, pageMsMax } from './site-in-browser.ts';

export interface DeskInBrowser {
  /** Of the test that runs. */
  readonly desk: () => FakeDesk;
  /** A page of somebody new, who shares nothing with the others. */
  readonly visitor: (options?: Parameters<Browser['newContext']>[0]) => Promise<Page>;
  /** The same of somebody who is signed in, at an address of the backoffice. */
  readonly staff: (person: string, address: string, options?: Parameters<Browser['newContext']>[0]) => Promise<Page>;
}

/** Sets up and takes down what the tests of this `describe` need. */
export function deskInBrowser(): DeskInBrowser {
  const { fake: desk, visitor } = siteInBrowser('backoffice', startFakeDesk);
  return {
    desk,
    visitor,
    async staff(person, address, options) {
      const page = await visitor(options);
      await enter(page.context(), desk().origin, { email: emailOf(person), password: staffPassword, code: staffCode });
      await page.goto(`${desk().origin}/#${address}`);
      await page.locator('#main-content').waitFor();
      return page;
    },
  };
}

const emailOf = (person: string): string => `${person}@xm.example`;

/** Both steps, on the page that is open. */
export async function signIn(page: Page, person: string): Promise<void> {
  await givePassword(page, person);
  await page.getByLabel(/6 angka|6-digit/).fill(staffCode);
  await page.keyboard.press('Enter');
  await page.locator('#main-content').waitFor();
}

export async function givePassword(page: Page, person: string, password = staffPassword): Promise<void> {
  await page.getByRole('textbox', { name: /Surel|E-mail/ }).fill(emailOf(person));
  await page.getByLabel(/^(Kata sandi|Password)$/).fill(password);
  await page.keyboard.press('Enter');
}

export async function acceptInvitation(page: Page): Promise<void> {
  await page.getByLabel(/Nama Anda|Your name/).fill('Baru Sekali');
  await page.getByLabel(/^(Kata sandi|Password)$/).fill('satu-dua-tiga-empat');
  await page.keyboard.press('Enter');
}

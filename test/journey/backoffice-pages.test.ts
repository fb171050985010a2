/**
 * Every page of the backoffice in a real Chromium, over a fake of the API: how they look, whether everybody can use them, and what they do
 * when something is missing, refused or slow. What only the whole stack can show is in backoffice.test.ts.
 */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { invitationToken, staffCode } from '#test/fakes/desk/desk-state.ts';
import { acceptInvitation, deskInBrowser, executable, signIn } from './backoffice-desk.ts';
import { accessibilityViolations, shoot, viewports, watchForErrors } from './browser.ts';

describe.skipIf(executable === undefined)('the backoffice', () => {
  const { desk, visitor } = deskInBrowser();

  describe.each([
    // Either screen, language and scheme, and not each with each: the journeys over the whole stack take the other two.
    ['phone', 'en', 'dark'],
    ['desk', 'id', 'light'],
  ] as const)('on a %s, in %s, %s', (viewport, language, colorScheme) => {
    const open = async (): Promise<{ page: Page; look: (name: string) => Promise<void>; errors: string[] }> => {
      const page = await visitor({ viewport: viewports[viewport], colorScheme });
      const errors = watchForErrors(page);
      await page.addInitScript(`localStorage.setItem('RaStorexm.locale', JSON.stringify('${language}'))`);
      const look = async (name: string): Promise<void> => {
        await page.locator('[role=status][aria-label]').waitFor({ state: 'detached' });
        await shoot(page, `${name}-${viewport}-${language}-${colorScheme}`);
        expect([name, await accessibilityViolations(page)]).toEqual([name, []]);
        expect([name, await page.evaluate('document.documentElement.scrollWidth <= innerWidth')]).toEqual([name, true]);
      };
      return { page, look, errors };
    };

    it('passes WCAG 2.1 AA on every page for staff, and never scrolls sideways', async () => {
      const { page, look, errors } = await open();
      await page.goto(desk().origin);
      await page.getByRole('textbox').first().waitFor();
      expect(await page.locator('html').getAttribute('lang')).toBe(language);
      await look('sign-in');
      await signIn(page, 'olivia');
      await page.locator('[data-row]').nth(2).waitFor();
      await look('dashboard');
      const member = desk().state.members[0]?.id;
      const suspended = desk().state.members[4]?.id;
      for (const [name, address, mark] of [
        ['members', '/members', '[data-row]'],
        ['members-none', '/members?q=nobody', 'text=/Tidak ada yang cocok|Nothing matches/'],
        ['member', `/members/${suspended}/show`, 'dl'],
        ['member-sessions', `/members/${member}/show/sessions`, 'text=Chrome, Android'],
        ['member-notes', `/members/${member}/show/notes`, 'text=Rina Support'],
        ['member-kyc', `/members/${member}/show/kyc`, 'role=tabpanel >> role=button'],
        ['member-audit', `/members/${member}/show/audit`, '[data-row]'],
        ['staff', '/staff', '[data-row]'],
        ['staff-member', '/staff/stf_rina/show', 'dl'],
        ['invitations', '/invitations', 'text=inv_old@xm.example'],
        ['audit', '/audit', '[data-row]'],
        ['profile', '/profile', 'text=Chrome, Android'],
        ['log-files-empty', '/log-files', 'text=/Belum ada berkas|No files yet/'],
        ['not-found', '/nowhere', 'h2'],
      ] as const) {
        await page.goto(`${desk().origin}/#${address}`);
        await page.locator(mark).first().waitFor();
        await look(name);
      }
      expect(errors).toEqual([]);
    });

    it('passes it in its dialogs, too', async () => {
      const { page, look, errors } = await open();
      await page.goto(`${desk().origin}/#/members/${desk().state.members[1]?.id}/show`);
      await signIn(page, 'olivia');
      await page.getByRole('button', { name: /^(Blokir|Ban)$/ }).click();
      await page.getByRole('dialog').waitFor();
      await look('dialog-ban');
      await page.keyboard.press('Escape');
      await page.goto(`${desk().origin}/#/staff`);
      await page.getByRole('button', { name: /^(Undang|Invite)$/ }).click();
      await page.getByRole('checkbox').first().waitFor();
      await look('dialog-invite');
      await page.keyboard.press('Escape');
      await page.goto(`${desk().origin}/#/audit`);
      await page.locator('[data-row]').first().click();
      await page.getByRole('button', { name: /rantai|chain/ }).click();
      await page.getByText(/Rantai utuh|The chain is whole/).waitFor();
      await look('dialog-audit');
      await page.keyboard.press('Escape');
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
      await look('dialog-keys');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: /Olivia/ }).click();
      await page.getByRole('menuitem').first().waitFor();
      await look('user-menu');
      expect(errors).toEqual([]);
    });

    it('passes it on the way in', async () => {
      const { page, look, errors } = await open();
      await page.goto(`${desk().origin}/#/forgot`);
      await page.getByRole('textbox').fill('olivia@xm.example');
      await look('forgot');
      await page.keyboard.press('Enter');
      await page.getByText(/akun, tautannya|account for the address/).waitFor();
      await look('forgot-sent');
      await page.goto(`${desk().origin}/#/reset?token=anything`);
      await page.getByRole('button', { name: /Simpan|Save/ }).waitFor();
      await look('reset');
      await page.goto(`${desk().origin}/#/enrol?token=anything`);
      await page.getByRole('button', { name: /^(Lanjut|Continue)$/ }).waitFor();
      await look('enrol-again');
      await page.goto(`${desk().origin}/#/accept?token=${invitationToken}`);
      await page.getByText(/Olivia Pemilik/).waitFor();
      await look('accept');
      await acceptInvitation(page);
      await page.getByRole('img').waitFor();
      await look('enrol');
      await page.getByLabel(/6 angka|6-digit/).fill(staffCode);
      await page.keyboard.press('Enter');
      await page.getByRole('checkbox').check();
      await look('recovery-codes');
      await page.getByRole('button', { name: /^(Lanjut|Continue)$/ }).click();
      await page.getByRole('heading', { level: 1, name: /Ringkasan|Overview/ }).waitFor();
      expect(errors).toEqual([]);
    });
  });
});

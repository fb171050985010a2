import { describe, expect, it } from 'vitest';
import { deskRoutes } from '#shared/identity/routes/desk-routes.ts';
import { memberRoutes } from '#shared/identity/routes/member-routes.ts';
import { staffRoutes } from '#shared/identity/routes/staff-routes.ts';
import { logRoutes } from '#shared/logs/log-routes.ts';
import { auditRoutes } from '#shared/platform/audit/audit-routes.ts';
import { allows, type Permission, staffRoles } from '#shared/platform/permissions.ts';
import { deskDepositRoutes } from '#shared/wallet/deposits/desk-deposit-routes.ts';
import { ledgerRoutes } from '#shared/wallet/ledger-desk/ledger-routes.ts';
import { reconciliationRoutes } from '#shared/wallet/reconciliation/reconciliation-routes.ts';
import { deskWithdrawalRoutes } from '#shared/wallet/withdrawals/desk-withdrawal-routes.ts';
import type { Capability } from '../../../web/backoffice/src/shell/capability.ts';

// Named at run time: the pages behind it are typed by the site's own configuration.
const manifests = '../../../web/backoffice/src/capabilities.ts';
const { capabilities } = (await import(manifests)) as { capabilities: readonly Capability[] };
const resources = capabilities.flatMap((capability) => capability.resources);
const pages = capabilities.flatMap((capability) => capability.pages ?? []);
const menu = capabilities.flatMap((capability) => capability.menu);
const tiles = capabilities.flatMap((capability) => capability.tiles ?? []);

const permissionOf = (address: string): Permission | 'anybody' | undefined => {
  const path = address.split('?')[0] ?? '';
  return resources.find(({ name }) => path === `/${name}`)?.permission ?? pages.find((page) => page.path === path)?.permission;
};

describe('the manifests of the desk', () => {
  it('give every address one page', () => {
    const addresses = [...resources.map(({ name }) => `/${name}`), ...pages.map(({ path }) => path)];
    expect(new Set(addresses).size).toBe(addresses.length);
    expect(new Set(tiles.map(({ name }) => name)).size).toBe(tiles.length);
  });

  it('have records for the pages that show them', () => {
    for (const { name, source, list, show } of resources) {
      expect([name, source.list !== undefined, source.one !== undefined]).toEqual([name, list !== undefined, show !== undefined]);
    }
  });

  it.each(staffRoles)('show %s no entry and no tile that leads to a forbidden page', (role) => {
    const shown = [
      ...menu.map(({ path, permission }) => ({ path, permission })),
      ...tiles.map(({ path, permission }) => ({ path: path(0), permission })),
    ].filter(({ permission }) => allows([role], permission));
    for (const { path } of shown) {
      const needed = permissionOf(path);
      expect([path, needed !== undefined && needed !== 'anybody' && allows([role], needed)]).toEqual([path, true]);
    }
  });

  it('have words in both languages for every fault of their capability that the desk can meet', () => {
    const walletRoutes = [deskDepositRoutes, deskWithdrawalRoutes, ledgerRoutes, reconciliationRoutes];
    const routes = [deskRoutes, memberRoutes, staffRoutes, logRoutes, auditRoutes, ...walletRoutes].flatMap((each) => Object.values(each));
    const codes = new Set(routes.flatMap(({ faults }) => faults).filter((code) => !code.startsWith('request.')));
    // A wait is shown by its seconds, whatever it is for.
    codes.delete('identity.locked');
    const words = (language: 'id' | 'en') => capabilities.flatMap(({ faults }) => Object.keys(faults?.[language] ?? {}));
    expect(words('id').toSorted()).toEqual(words('en').toSorted());
    expect([...codes].filter((code) => !words('id').includes(code))).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { accountRoutes } from '#shared/identity/routes/account-routes.ts';
import { deskRoutes } from '#shared/identity/routes/desk-routes.ts';
import { memberRoutes } from '#shared/identity/routes/member-routes.ts';
import { signInRoutes } from '#shared/identity/routes/sign-in-routes.ts';
import { staffRoutes } from '#shared/identity/routes/staff-routes.ts';
import { logRoutes } from '#shared/logs/log-routes.ts';
import { auditRoutes } from '#shared/platform/audit/audit-routes.ts';
import type { Route } from '#shared/platform/http/route.ts';
import { depositRoutes } from '#shared/wallet/deposits/deposit-routes.ts';
import { deskDepositRoutes } from '#shared/wallet/deposits/desk-deposit-routes.ts';
import { allows, mayPass, memberRoles, staffRoles } from '#shared/platform/permissions.ts';

const routes = [
  signInRoutes,
  accountRoutes,
  deskRoutes,
  memberRoutes,
  staffRoutes,
  auditRoutes,
  depositRoutes,
  deskDepositRoutes,
  logRoutes,
].flatMap((group): Route[] => Object.values(group));
const guarded = routes.filter(({ permission }) => permission !== undefined);

describe('permissions', () => {
  it.each([
    [['owner'], '/api/admin/members', true],
    [['ops'], '/api/admin/members', false],
    [['ops'], '/api/admin/logs/files', true],
    [['member', 'ops'], '/api/admin/logs/errors/err_1', true],
    [['member'], '/api/admin/logs/files', false],
    [['member'], '/api/xm/me', true],
    [['suspended-member'], '/api/xm/me', true],
    [['owner'], '/api/xm/me', false],
    [['merchandiser'], '/api/admin/me', true],
    [['support'], '/api/admin/audit', false],
    [['auditor'], '/api/admin/audit/streams/system/chain', true],
    [[], '/api/admin/logs/files', false],
    [['admin'], '/api/admin/logs/files', false],
    [['owner'], '/api/somewhere/new', false],
    [['owner'], '/api/admin', false],
    [['ops'], '/api/admin/logsmith', false],
    [['owner'], '/api/admin/../admin/logs', false],
  ])('%j to %s: %s', (roles, path, expected) => {
    expect(mayPass(roles, path)).toBe(expected);
  });

  it('are granted by any one of the roles', () => {
    expect(allows(['member', 'ops'], 'logs:read')).toBe(true);
    expect(allows(['member'], 'logs:read')).toBe(false);
  });

  // The authorizer may let somebody pass whom the route then refuses; never the other way round.
  it.each(guarded.map((route) => [`${route.method} ${route.path}`, route] as const))(
    'by path keep nobody out who may call %s',
    (_, route) => {
      const callers = [...staffRoles, ...memberRoles].filter((role) => allows([role], route.permission!));
      expect(callers).not.toEqual([]);
      expect(callers.filter((role) => !mayPass([role], route.path))).toEqual([]);
    },
  );

  it('of the staff open nothing of members, nor the other way round', () => {
    for (const { path } of guarded) {
      const isForMembers = path.startsWith('/api/xm');
      expect([path, staffRoles.some((role) => mayPass([role], path))]).toEqual([path, !isForMembers]);
      expect([path, memberRoles.some((role) => mayPass([role], path))]).toEqual([path, isForMembers]);
    }
  });

  it('to manage the staff come with a fresh second factor, but for what only takes a way in from somebody', () => {
    const managing = guarded.filter(({ permission, method }) => permission === 'staff:manage' && method !== 'GET');
    const open = managing.filter(({ stepUp }) => stepUp === undefined).map(({ operationId }) => operationId);
    expect(open.toSorted()).toEqual(['endStaffSessions', 'withdrawInvitation']);
    expect(managing.length).toBeGreaterThan(open.length);
  });
});

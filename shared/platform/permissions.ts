/**
 * Who may do what: the only table of it. The authorizer asks it by path before a request reaches a function, and the function's
 * route asks it again by permission, so that a route put under the wrong prefix is still closed.
 */

/** Roles that anything is granted to; a token may name others. */
type Role = 'admin' | 'ops';

const permissions = {
  'logs:read': ['admin', 'ops'],
  'logs:upload': ['admin', 'ops'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof permissions;

/** Path prefixes and the roles that may pass; the longest one that matches decides, and none means no. */
const guardedPrefixes: readonly { prefix: string; roles: readonly Role[] }[] = [
  { prefix: '/api/admin/', roles: ['admin'] },
  { prefix: '/api/admin/logs/', roles: ['admin', 'ops'] },
];

/** True when one of the caller's roles grants the permission. */
export function allows(callerRoles: readonly string[], permission: Permission): boolean {
  const granted: readonly string[] = permissions[permission];
  return callerRoles.some((role) => granted.includes(role));
}

/** True when one of the caller's roles may pass to this path at all. */
export function mayPass(callerRoles: readonly string[], path: string): boolean {
  const guard = guardedPrefixes
    .filter(({ prefix }) => path.startsWith(prefix))
    .toSorted((a, b) => b.prefix.length - a.prefix.length)
    .at(0);
  const granted: readonly string[] = guard?.roles ?? [];
  return callerRoles.some((role) => granted.includes(role));
}

/**
 * Who may do what: the only table of it. The authorizer asks it by path before a request reaches a function, the function's route asks
 * it again by permission, so that a route put under the wrong prefix is still closed, and the backoffice shows what it allows.
 */

/** Roles of staff; one person may have several. */
export const staffRoles = ['owner', 'finance', 'support', 'merchandiser', 'ops', 'auditor'] as const;
export type StaffRole = (typeof staffRoles)[number];

/** Roles of members. A suspended member can look at the account and leave, and do nothing else. */
export const memberRoles = ['member', 'suspended-member'] as const;
type MemberRole = (typeof memberRoles)[number];

type Role = StaffRole | MemberRole;

const permissions = {
  /** One's own account: profile, sessions, export, deletion. */
  'account:read': ['member', 'suspended-member'],
  /** Whatever else a member does. */
  'account:use': ['member'],
  /** What every person of the staff may: the own profile, password, sessions. */
  'desk:use': staffRoles,
  'members:read': ['owner', 'support', 'finance', 'auditor'],
  'members:note': ['owner', 'support', 'finance'],
  /** Membership status, bans, revoking a member's sessions. */
  'members:decide': ['owner', 'support'],
  'kyc:read': ['owner', 'support'],
  'kyc:decide': ['owner', 'support'],
  'staff:read': ['owner', 'auditor'],
  'staff:manage': ['owner'],
  'audit:read': ['owner', 'auditor'],
  'deposits:read': ['owner', 'finance', 'support', 'auditor'],
  /** Confirming transfers, resolving payments that came late or wrong, refunds. */
  'deposits:decide': ['owner', 'finance'],
  'withdrawals:read': ['owner', 'finance', 'support', 'auditor'],
  'withdrawals:decide': ['owner', 'finance'],
  'ledger:read': ['owner', 'finance', 'auditor'],
  'reconciliation:read': ['owner', 'finance', 'auditor'],
  'reconciliation:decide': ['owner', 'finance'],
  'logs:read': ['owner', 'ops', 'auditor'],
  'logs:upload': ['owner', 'ops'],
  /** Resolving, muting, assigning, merging and splitting patterns of errors; alert rules; exports. */
  'logs:decide': ['owner', 'ops'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof permissions;

/** Paths and what is done below them; the longest one that matches decides, and none means no. */
const areas: readonly { readonly path: string; readonly permissions: readonly Permission[] }[] = [
  { path: '/api/xm', permissions: ['account:read', 'account:use'] },
  { path: '/api/admin/me', permissions: ['desk:use'] },
  { path: '/api/admin/auth', permissions: ['desk:use'] },
  { path: '/api/admin/members', permissions: ['members:read', 'members:note', 'members:decide', 'kyc:read', 'kyc:decide'] },
  { path: '/api/admin/staff', permissions: ['staff:read', 'staff:manage'] },
  { path: '/api/admin/audit', permissions: ['audit:read'] },
  { path: '/api/admin/deposits', permissions: ['deposits:read', 'deposits:decide'] },
  { path: '/api/admin/withdrawals', permissions: ['withdrawals:read', 'withdrawals:decide'] },
  { path: '/api/admin/ledger', permissions: ['ledger:read'] },
  { path: '/api/admin/reconciliation', permissions: ['reconciliation:read', 'reconciliation:decide'] },
  { path: '/api/admin/logs', permissions: ['logs:read', 'logs:upload', 'logs:decide'] },
];

/** True when one of the caller's roles grants the permission. */
export function allows(callerRoles: readonly string[], permission: Permission): boolean {
  const granted: readonly string[] = permissions[permission];
  return callerRoles.some((role) => granted.includes(role));
}

/** True when one of the caller's roles may do anything at or below this path. */
export function mayPass(callerRoles: readonly string[], path: string): boolean {
  const area = areas
    .filter((one) => path === one.path || path.startsWith(`${one.path}/`))
    .toSorted((a, b) => b.path.length - a.path.length)
    .at(0);
  return area?.permissions.some((permission) => allows(callerRoles, permission)) ?? false;
}

/**
 * Who may use which route: written by hand, and not made of the permissions, so that a change of either shows.
 */
import type { StaffRole } from '#shared/platform/permissions.ts';

export type TestedRole = StaffRole | 'member' | 'suspended-member';

export const testedRoles: readonly TestedRole[] = [
  'owner',
  'finance',
  'support',
  'merchandiser',
  'ops',
  'auditor',
  'member',
  'suspended-member',
];

export interface RouteAccess {
  /** Roles that are served; `open` serves anybody, with any token or none. */
  readonly roles: readonly TestedRole[] | 'open';
  /** Served only with a second factor of the last five minutes. */
  readonly stepUp?: true;
}

const open: RouteAccess = { roles: 'open' };
const staff = ['owner', 'finance', 'support', 'merchandiser', 'ops', 'auditor'] as const;
const desk: RouteAccess = { roles: staff };
const deskDecision: RouteAccess = { roles: staff, stepUp: true };
const member: RouteAccess = { roles: ['member'] };
const ownAccount: RouteAccess = { roles: ['member', 'suspended-member'] };
const membersRead: RouteAccess = { roles: ['owner', 'finance', 'support', 'auditor'] };
const membersDecide: RouteAccess = { roles: ['owner', 'support'] };
const membersDecision: RouteAccess = { roles: ['owner', 'support'], stepUp: true };
const staffRead: RouteAccess = { roles: ['owner', 'auditor'] };
const ownerOnly: RouteAccess = { roles: ['owner'] };
const ownerDecision: RouteAccess = { roles: ['owner'], stepUp: true };
const audit: RouteAccess = { roles: ['owner', 'auditor'] };
const withdrawalsRead: RouteAccess = { roles: ['owner', 'finance', 'support', 'auditor'] };
const withdrawalsDecision: RouteAccess = { roles: ['owner', 'finance'], stepUp: true };
const ledgerRead: RouteAccess = { roles: ['owner', 'finance', 'auditor'] };
const depositsRead: RouteAccess = { roles: ['owner', 'finance', 'support', 'auditor'] };
const depositsDecision: RouteAccess = { roles: ['owner', 'finance'], stepUp: true };
const reconciliationDecide: RouteAccess = { roles: ['owner', 'finance'] };
const logsRead: RouteAccess = { roles: ['owner', 'ops', 'auditor'] };
const logsDecide: RouteAccess = { roles: ['owner', 'ops'] };

export const routeAccess: Readonly<Record<string, RouteAccess>> = {
  'GET /docs': open,
  'GET /docs/scalar.js': open,
  'GET /openapi.json': open,
  'GET /.well-known/jwks.json': open,

  'POST /api/xm/auth/sign-up': open,
  'POST /api/xm/auth/sign-up/verify': open,
  'POST /api/xm/auth/sign-in': open,
  'POST /api/xm/auth/codes': open,
  'POST /api/xm/auth/sign-in/code': open,
  'POST /api/xm/auth/sign-in/second-factor': open,
  'POST /api/xm/auth/refresh': open,
  'POST /api/xm/auth/sign-out': open,
  'POST /api/xm/auth/password/forgot': open,
  'POST /api/xm/auth/password/reset': open,

  'GET /api/xm/me': ownAccount,
  'PATCH /api/xm/me': member,
  'POST /api/xm/me/codes': ownAccount,
  'POST /api/xm/me/password': member,
  'POST /api/xm/me/identifiers': member,
  'POST /api/xm/me/identifiers/verify': member,
  'GET /api/xm/me/sessions': ownAccount,
  'DELETE /api/xm/me/sessions': ownAccount,
  'DELETE /api/xm/me/sessions/{sessionId}': ownAccount,
  'POST /api/xm/me/second-factor': member,
  'POST /api/xm/me/second-factor/confirm': member,
  'POST /api/xm/me/second-factor/remove': member,
  'POST /api/xm/me/second-factor/recovery-codes': member,
  'POST /api/xm/me/kyc': member,
  'POST /api/xm/me/export': ownAccount,
  'POST /api/xm/me/deletion': ownAccount,
  'DELETE /api/xm/me/deletion': ownAccount,

  'POST /api/admin/auth/sign-in': open,
  'POST /api/admin/auth/second-factor': open,
  'POST /api/admin/auth/refresh': open,
  'POST /api/admin/auth/sign-out': open,
  'POST /api/admin/auth/step-up': desk,
  'POST /api/admin/auth/password/forgot': open,
  'POST /api/admin/auth/password/reset': open,
  'POST /api/admin/auth/invitations/read': open,
  'POST /api/admin/auth/invitations/accept': open,
  'POST /api/admin/auth/enrol': open,
  'POST /api/admin/auth/enrolments': open,
  'GET /api/admin/me': desk,
  'PATCH /api/admin/me': desk,
  'POST /api/admin/me/password': deskDecision,
  'POST /api/admin/me/recovery-codes': deskDecision,
  'GET /api/admin/me/sessions': desk,
  'DELETE /api/admin/me/sessions': desk,
  'DELETE /api/admin/me/sessions/{sessionId}': desk,

  'GET /api/admin/members': membersRead,
  'GET /api/admin/members/{memberId}': membersRead,
  'POST /api/admin/members/{memberId}/status': membersDecision,
  'GET /api/admin/members/{memberId}/sessions': membersRead,
  'DELETE /api/admin/members/{memberId}/sessions': membersDecide,
  'DELETE /api/admin/members/{memberId}/sessions/{sessionId}': membersDecide,
  'GET /api/admin/members/{memberId}/notes': membersRead,
  'POST /api/admin/members/{memberId}/notes': { roles: ['owner', 'finance', 'support'] },
  'GET /api/admin/members/{memberId}/kyc': membersDecision,
  'POST /api/admin/members/{memberId}/kyc/decision': membersDecision,

  'GET /api/admin/staff': staffRead,
  'GET /api/admin/staff/{staffId}': staffRead,
  'PUT /api/admin/staff/{staffId}/roles': ownerDecision,
  'POST /api/admin/staff/{staffId}/status': ownerDecision,
  'POST /api/admin/staff/{staffId}/second-factor/reset': ownerDecision,
  'DELETE /api/admin/staff/{staffId}/sessions': ownerOnly,
  'GET /api/admin/staff/invitations': staffRead,
  'POST /api/admin/staff/invitations': ownerDecision,
  'DELETE /api/admin/staff/invitations/{invitationId}': ownerOnly,

  'GET /api/xm/withdrawal-terms': ownAccount,
  'POST /api/xm/withdrawals': member,
  'GET /api/xm/withdrawals': ownAccount,
  'GET /api/xm/withdrawals/{withdrawalId}': ownAccount,
  'POST /api/xm/withdrawals/{withdrawalId}/cancel': member,
  'GET /api/xm/bank-accounts': ownAccount,
  'POST /api/xm/bank-accounts': member,
  'DELETE /api/xm/bank-accounts/{bankAccountId}': member,
  'GET /api/admin/withdrawals': withdrawalsRead,
  'GET /api/admin/withdrawals/{withdrawalId}': withdrawalsRead,
  'POST /api/admin/withdrawals/{withdrawalId}/approve': withdrawalsDecision,
  'POST /api/admin/withdrawals/{withdrawalId}/reject': withdrawalsDecision,
  'POST /api/admin/withdrawals/{withdrawalId}/retry': withdrawalsDecision,
  'POST /api/admin/withdrawals/{withdrawalId}/give-up': withdrawalsDecision,
  'POST /api/admin/withdrawals/{withdrawalId}/payout': withdrawalsDecision,
  'POST /api/admin/withdrawals/{withdrawalId}/refresh': { roles: ['owner', 'finance'] },
  'POST /api/admin/withdrawals/decisions': withdrawalsDecision,

  'GET /api/admin/reconciliation/exceptions': ledgerRead,
  'GET /api/admin/reconciliation/exceptions/{exceptionId}': ledgerRead,
  'POST /api/admin/reconciliation/exceptions/{exceptionId}/resolve': { roles: ['owner', 'finance'], stepUp: true },
  'GET /api/admin/reconciliation/runs': ledgerRead,
  'GET /api/admin/reconciliation/runs/{gateway}/{day}': ledgerRead,
  'POST /api/admin/reconciliation/runs': reconciliationDecide,
  'POST /api/admin/reconciliation/reports/midtrans': reconciliationDecide,

  'GET /api/admin/ledger/books': ledgerRead,
  'GET /api/admin/ledger/books/{book}': ledgerRead,
  'GET /api/admin/ledger/accounts/{account}/statement': ledgerRead,
  'GET /api/admin/ledger/accounts/{account}/statement.csv': ledgerRead,
  'GET /api/admin/ledger/postings/{postingId}': ledgerRead,

  'GET /api/admin/audit': audit,
  'GET /api/admin/audit/streams/{stream}/chain': audit,

  'POST /api/xm/deposits': member,
  'GET /api/xm/deposits': ownAccount,
  'GET /api/xm/deposits/{depositId}': ownAccount,
  'POST /api/xm/deposits/{depositId}/cancel': member,
  'GET /api/xm/deposit-methods': ownAccount,
  'GET /api/xm/balance': ownAccount,
  'POST /api/xm/deposit-links': member,
  'GET /api/admin/deposits': depositsRead,
  'GET /api/admin/deposits/{depositId}': depositsRead,
  'POST /api/admin/deposits/{depositId}/refresh': depositsRead,
  'POST /api/admin/deposits/{depositId}/confirm': depositsDecision,
  'POST /api/admin/deposits/{depositId}/resolve': depositsDecision,
  'POST /api/admin/deposits/{depositId}/refund': depositsDecision,
  'POST /api/admin/deposits/{depositId}/reversal': depositsDecision,
  'GET /api/pay/session': open,
  'GET /api/pay/deposits': open,
  'POST /api/pay/deposits': open,
  'GET /api/pay/deposits/{depositId}': open,
  'POST /api/pay/deposits/{depositId}/cancel': open,
  'POST /api/webhooks/midtrans': open,
  'POST /api/webhooks/xendit': open,
  'POST /api/webhooks/iris': open,
  'POST /api/webhooks/xendit-payouts': open,

  'GET /api/admin/logs/files': logsRead,
  'GET /api/admin/logs/files/{fileId}': logsRead,
  'GET /api/admin/logs/files/{fileId}/errors': logsRead,
  'GET /api/admin/logs/errors': logsRead,
  'GET /api/admin/logs/errors/{errorId}': logsRead,
  'GET /api/admin/logs/errors/{errorId}/context': logsRead,
  'GET /api/admin/logs/dashboard': logsRead,
  'GET /api/admin/logs/patterns': logsRead,
  'GET /api/admin/logs/patterns/{patternId}': logsRead,
  'GET /api/admin/logs/patterns/{patternId}/activities': logsRead,
  'POST /api/admin/logs/patterns/{patternId}/decisions': logsDecide,
  'POST /api/admin/logs/patterns/{patternId}/comments': logsDecide,
  'POST /api/admin/logs/patterns/{patternId}/merges': logsDecide,
  'POST /api/admin/logs/patterns/{patternId}/splits': logsDecide,
  'GET /api/admin/logs/alert-rules': logsRead,
  'POST /api/admin/logs/alert-rules': logsDecide,
  'GET /api/admin/logs/alert-rules/{ruleId}': logsRead,
  'PATCH /api/admin/logs/alert-rules/{ruleId}': logsDecide,
  'DELETE /api/admin/logs/alert-rules/{ruleId}': logsDecide,
  'POST /api/admin/logs/alert-rules/{ruleId}/tests': logsDecide,
  'GET /api/admin/logs/alerts': logsRead,
  'GET /api/admin/logs/search': logsRead,
  'POST /api/admin/logs/exports': logsDecide,
  'GET /api/admin/logs/exports/{exportId}': logsRead,
  'POST /api/admin/logs/uploads': { roles: ['owner', 'ops'] },
  'POST /api/admin/logs/multipart-uploads': { roles: ['owner', 'ops'] },
  'POST /api/admin/logs/multipart-uploads/signatures': { roles: ['owner', 'ops'] },
  'GET /api/admin/logs/multipart-uploads/parts': { roles: ['owner', 'ops'] },
  'POST /api/admin/logs/multipart-uploads/completion': { roles: ['owner', 'ops'] },
  'DELETE /api/admin/logs/multipart-uploads': { roles: ['owner', 'ops'] },
};

/**
 * The API as a whole: every capability's routes and faults, in the order in which the description shows them.
 */
import { identityFaultCatalogue } from '#shared/identity/identity-faults.ts';
import { accountRoutes } from '#shared/identity/routes/account-routes.ts';
import { deskRoutes } from '#shared/identity/routes/desk-routes.ts';
import { keyRoutes } from '#shared/identity/routes/key-routes.ts';
import { memberRoutes } from '#shared/identity/routes/member-routes.ts';
import { signInRoutes } from '#shared/identity/routes/sign-in-routes.ts';
import { staffRoutes } from '#shared/identity/routes/staff-routes.ts';
import { alertFaultCatalogue } from '#shared/logs/alerts/alert-faults.ts';
import { alertRoutes } from '#shared/logs/alerts/alert-routes.ts';
import { issueFaultCatalogue } from '#shared/logs/issues/issue-faults.ts';
import { issueRoutes } from '#shared/logs/issues/issue-routes.ts';
import { dashboardRoutes } from '#shared/logs/dashboard/dashboard-routes.ts';
import { logFaultCatalogue } from '#shared/logs/log-faults.ts';
import { exportFaultCatalogue } from '#shared/logs/search/export-faults.ts';
import { searchRoutes } from '#shared/logs/search/search-routes.ts';
import { logRoutes } from '#shared/logs/log-routes.ts';
import { uploadFaultCatalogue } from '#shared/logs/uploads/upload-faults.ts';
import { uploadRoutes } from '#shared/logs/uploads/upload-routes.ts';
import { auditRoutes } from '#shared/platform/audit/audit-routes.ts';
import { type DescribedRoutes, openApiDocument } from '#shared/platform/http/openapi.ts';
import { paymentFaultCatalogue } from '#shared/payments/payment-faults.ts';
import { depositFaultCatalogue } from '#shared/wallet/deposits/deposit-faults.ts';
import { depositRoutes } from '#shared/wallet/deposits/deposit-routes.ts';
import { deskDepositRoutes } from '#shared/wallet/deposits/desk-deposit-routes.ts';
import { pageRoutes } from '#shared/wallet/deposits/page-routes.ts';
import { ledgerFaultCatalogue } from '#shared/wallet/ledger-faults.ts';
import { ledgerRoutes } from '#shared/wallet/ledger-desk/ledger-routes.ts';
import { reconciliationFaultCatalogue } from '#shared/wallet/reconciliation/reconciliation-faults.ts';
import { reconciliationRoutes } from '#shared/wallet/reconciliation/reconciliation-routes.ts';
import { webhookFaultCatalogue } from '#shared/wallet/webhooks/webhook-faults.ts';
import { webhookRoutes } from '#shared/wallet/webhooks/webhook-routes.ts';
import { deskWithdrawalRoutes } from '#shared/wallet/withdrawals/desk-withdrawal-routes.ts';
import { withdrawalFaultCatalogue } from '#shared/wallet/withdrawals/withdrawal-faults.ts';
import { withdrawalRoutes } from '#shared/wallet/withdrawals/withdrawal-routes.ts';
import { requestFaultCatalogue } from '#shared/platform/request-faults.ts';

const depositFaults = { ...depositFaultCatalogue, ...paymentFaultCatalogue, ...ledgerFaultCatalogue };
const withdrawalFaults = { ...withdrawalFaultCatalogue, ...paymentFaultCatalogue, ...ledgerFaultCatalogue };

const searchFaults = { ...logFaultCatalogue, ...issueFaultCatalogue, ...exportFaultCatalogue };

export const apiParts: readonly DescribedRoutes[] = [
  { tag: 'Sign-in', routes: Object.values(signInRoutes), faults: identityFaultCatalogue },
  { tag: 'Sign-in', routes: Object.values(keyRoutes), faults: {} },
  { tag: 'Account', routes: Object.values(accountRoutes), faults: identityFaultCatalogue },
  { tag: 'Staff sign-in', routes: Object.values(deskRoutes), faults: identityFaultCatalogue },
  { tag: 'Members', routes: Object.values(memberRoutes), faults: identityFaultCatalogue },
  { tag: 'Staff', routes: Object.values(staffRoutes), faults: identityFaultCatalogue },
  { tag: 'Audit', routes: Object.values(auditRoutes), faults: {} },
  { tag: 'Deposits', routes: Object.values(depositRoutes), faults: depositFaults },
  { tag: 'Deposits', routes: Object.values(deskDepositRoutes), faults: depositFaults },
  { tag: 'Deposit page', routes: Object.values(pageRoutes), faults: depositFaults },
  { tag: 'Withdrawals', routes: Object.values(withdrawalRoutes), faults: withdrawalFaults },
  { tag: 'Withdrawals, decided', routes: Object.values(deskWithdrawalRoutes), faults: withdrawalFaults },
  {
    tag: 'Reconciliation',
    routes: Object.values(reconciliationRoutes),
    faults: { ...reconciliationFaultCatalogue, ...paymentFaultCatalogue },
  },
  { tag: 'Ledger', routes: Object.values(ledgerRoutes), faults: ledgerFaultCatalogue },
  { tag: 'Webhooks', routes: Object.values(webhookRoutes), faults: webhookFaultCatalogue },
  { tag: 'Log Scanner', routes: Object.values(logRoutes), faults: logFaultCatalogue },
  { tag: 'Log Scanner', routes: Object.values(uploadRoutes), faults: uploadFaultCatalogue },
  { tag: 'Log Scanner', routes: Object.values(dashboardRoutes), faults: logFaultCatalogue },
  { tag: 'Log search', routes: Object.values(searchRoutes), faults: searchFaults },
  { tag: 'Log patterns', routes: Object.values(issueRoutes), faults: issueFaultCatalogue },
  { tag: 'Log alerts', routes: Object.values(alertRoutes), faults: alertFaultCatalogue },
];

/** The OpenAPI 3.1 document. */
export function apiDescription(): object {
  return openApiDocument(apiParts, requestFaultCatalogue);
}

import { describe, expect, it } from 'vitest';
import { identityFaultCatalogue } from '#shared/identity/identity-faults.ts';
import { alertFaultCatalogue } from '#shared/logs/alerts/alert-faults.ts';
import { issueFaultCatalogue } from '#shared/logs/issues/issue-faults.ts';
import { logFaultCatalogue } from '#shared/logs/log-faults.ts';
import { exportFaultCatalogue } from '#shared/logs/search/export-faults.ts';
import { paymentFaultCatalogue } from '#shared/payments/payment-faults.ts';
import { faultPage } from '#shared/platform/fault-page.ts';
import { requestFaultCatalogue } from '#shared/platform/request-faults.ts';
import { depositFaultCatalogue } from '#shared/wallet/deposits/deposit-faults.ts';
import { ledgerFaultCatalogue } from '#shared/wallet/ledger-faults.ts';
import { reconciliationFaultCatalogue } from '#shared/wallet/reconciliation/reconciliation-faults.ts';
import { webhookFaultCatalogue } from '#shared/wallet/webhooks/webhook-faults.ts';
import { withdrawalFaultCatalogue } from '#shared/wallet/withdrawals/withdrawal-faults.ts';

describe('docs/faults.md', () => {
  it('is what the catalogues say (renew it with `npx vitest run fault-page --update`)', async () => {
    const page = faultPage([
      { title: 'Any request', catalogue: requestFaultCatalogue },
      { title: 'Identity', catalogue: identityFaultCatalogue },
      { title: 'Log Scanner', catalogue: logFaultCatalogue },
      { title: 'Log patterns, alerts and exports', catalogue: { ...issueFaultCatalogue, ...alertFaultCatalogue, ...exportFaultCatalogue } },
      { title: 'Payments', catalogue: paymentFaultCatalogue },
      { title: 'Deposits', catalogue: depositFaultCatalogue },
      { title: 'Withdrawals', catalogue: withdrawalFaultCatalogue },
      { title: 'Reconciliation', catalogue: reconciliationFaultCatalogue },
      { title: 'Webhooks', catalogue: webhookFaultCatalogue },
      { title: 'Ledger', catalogue: ledgerFaultCatalogue },
    ]);
    await expect(page).toMatchFileSnapshot('../../../docs/faults.md');
  });
});

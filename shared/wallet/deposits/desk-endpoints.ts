/**
 * The desk's routes of deposits with the code that serves them.
 */
import { deciderOf } from '#shared/identity/staff/decider-of-request.ts';
import { on, required, type Endpoint } from '#shared/platform/http/http-handler.ts';
import { confirmTransfer, creditPayment, type DecidingDeps } from './decide-deposit.ts';
import { deskDepositRoutes } from './desk-deposit-routes.ts';
import { listAllDeposits } from './list-all-deposits.ts';
import { readAnyDeposit } from './read-any-deposit.ts';
import { refreshDeposit } from './refresh-deposit.ts';
import { refundPayment } from './refund-payment.ts';
import { resolveReversal } from './resolve-reversal.ts';

export function deskEndpoints(deps: DecidingDeps): Endpoint[] {
  return [
    on(deskDepositRoutes.list, ({ query }) => listAllDeposits(deps, query)),
    on(deskDepositRoutes.read, ({ path }) => readAnyDeposit(deps, path.depositId)),
    on(deskDepositRoutes.refresh, ({ path, caller }) => refreshDeposit(deps, { ...path, staffId: required(caller).subject })),
    on(deskDepositRoutes.confirm, (input) => confirmTransfer(deps, { ...input.path, ...input.body, decider: deciderOf(input) })),
    on(deskDepositRoutes.resolve, (input) => {
      const { decision, ...request } = { ...input.path, ...input.body, decider: deciderOf(input) };
      return decision === 'credit' ? creditPayment(deps, request) : refundPayment(deps, request);
    }),
    on(deskDepositRoutes.reversal, (input) => resolveReversal(deps, { ...input.path, ...input.body, decider: deciderOf(input) })),
    on(deskDepositRoutes.refund, (input) => refundPayment(deps, { ...input.path, ...input.body, decider: deciderOf(input) })),
  ];
}

/**
 * The routes of the staff's desk for withdrawals with the code that serves them.
 */
import { deciderOf } from '#shared/identity/staff/decider-of-request.ts';
import { on, type Endpoint } from '#shared/platform/http/http-handler.ts';
import type { Ledger } from '../ports.ts';
import type { AdvanceDeps } from './advance-payout.ts';
import { decideWithdrawal, type DecideDeps, type DecisionRequest } from './decide-withdrawal.ts';
import { decideWithdrawals } from './decide-withdrawals.ts';
import { deskWithdrawalRoutes } from './desk-withdrawal-routes.ts';
import { listWaiting } from './list-waiting.ts';
import { listWithdrawals } from './list-withdrawals.ts';
import { presentToDesk, type DeskWithdrawalView } from './present-withdrawal.ts';
import { readDeskWithdrawal } from './read-desk-withdrawal.ts';
import { refreshWithdrawal } from './refresh-withdrawal.ts';

interface Deps extends DecideDeps, AdvanceDeps {
  readonly ledger: Pick<Ledger, 'postingOf' | 'balanceOf'>;
}

export function deskEndpoints(deps: Deps): Endpoint[] {
  const decided = async (request: DecisionRequest): Promise<DeskWithdrawalView> => presentToDesk(await decideWithdrawal(deps, request));
  const { list, read, approve, reject, retry, found, giveUp, refresh, decideMany } = deskWithdrawalRoutes;
  return [
    on(list, ({ query: { order, ...query } }) =>
      order === 'riskiest' ? listWaiting(deps, query) : listWithdrawals(deps, { ...query, order }),
    ),
    on(read, ({ path }) => readDeskWithdrawal(deps, path.withdrawalId)),
    on(approve, (input) => decided({ ...input.path, decision: 'approve', decider: deciderOf(input) })),
    on(reject, (input) => decided({ ...input.path, ...input.body, decision: 'reject', decider: deciderOf(input) })),
    on(retry, (input) => decided({ ...input.path, ...input.body, decision: 'retry', decider: deciderOf(input) })),
    on(found, (input) => decided({ ...input.path, ...input.body, decision: 'found', decider: deciderOf(input) })),
    on(giveUp, (input) => decided({ ...input.path, ...input.body, decision: 'give-up', decider: deciderOf(input) })),
    on(refresh, ({ path }) => refreshWithdrawal(deps, path.withdrawalId)),
    on(decideMany, (input) => decideWithdrawals(deps, { ...input.body, decider: deciderOf(input) })),
  ];
}

/**
 * One deposit with everything that staff have to know of it.
 */
import type { Ledger } from '../ports.ts';
import { depositLimits } from './deposit-limits.ts';
import type { Deposit } from './deposit.ts';
import { presentDetail, type DeskDepositDetail } from './desk-views.ts';
import type { SettlingDeps } from './ports.ts';
import { depositOf } from './settle-deposit.ts';

export interface DetailDeps extends SettlingDeps {
  readonly ledger: Pick<Ledger, 'postingOf'>;
}

export const readAnyDeposit = async (deps: DetailDeps, depositId: string): Promise<DeskDepositDetail> =>
  detailOf(deps, await depositOf(deps, depositId));

export async function detailOf({ deposits, ledger, clock }: DetailDeps, deposit: Deposit): Promise<DeskDepositDetail> {
  const events = await deposits.events(deposit.id, depositLimits.eventsShownMax);
  const ids = [...new Set(events.flatMap(({ postingId }) => postingId ?? []))];
  const postings = await Promise.all(ids.map((id) => ledger.postingOf(id)));
  return presentDetail(deposit, { events, postings: postings.filter((one) => one !== undefined), nowMs: clock.now() });
}

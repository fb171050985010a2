/**
 * What has to be true of the wallet after every single write. None of it asks the code that is tested what would be right.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '#shared/platform/clock.ts';
import type { Item } from '#shared/platform/dynamodb.ts';
import type { Written } from './wallet-simulation-table.ts';

/** Which status a deposit may come from, by the design and not by the code. */
const laterDeposit: Readonly<Record<string, string>> = {
  creating: 'pending paid paid_late expired cancelled failed',
  pending: 'paid paid_late expired cancelled failed',
  expired: 'paid_late',
  cancelled: 'paid_late',
  failed: 'paid_late',
  paid: 'reversed refunded',
  paid_late: 'reversed refunded',
  reversed: '',
  refunded: '',
};
const laterWithdrawal: Readonly<Record<string, string>> = {
  submitted: 'approved rejected cancelled',
  approved: 'sent stalled failed',
  sent: 'completed stalled failed',
  stalled: 'approved failed completed',
  completed: 'reversed',
};

/** Looks at every write as it is made. */
export class PromiseWatch {
  readonly violations: string[] = [];
  private readonly clock: Clock;
  private sum = 0;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  look(written: readonly Written[]): void {
    const kind = String(written.find(({ after }) => after['sk'] === 'POSTING')?.after['kind']);
    for (const one of written) this.lookAt(one, kind);
    if (this.sum !== 0)
      this.violations.push(`All balances together are ${this.sum} after ${written.map(({ after }) => after['pk']).join(', ')}`);
  }

  private lookAt({ before, after }: Written, kind: string): void {
    const [pk, sk] = [String(after['pk']), String(after['sk'])];
    if (sk === 'BALANCE') this.lookAtBalance(before, after, kind);
    else if (sk === 'DEPOSIT') this.lookAtDeposit(before, after);
    else if (sk === 'WITHDRAWAL' && pk.startsWith('WITHDRAWAL#'))
      this.lookAtMove(textOf(before, 'state'), textOf(after, 'state'), { of: pk, later: laterWithdrawal });
    else if (sk === 'IDEMPOTENCY') this.lookAtWish(before, after);
    else if (before !== undefined && /^(POSTING|CLAIM|ENTRY#)/.test(sk)) this.violations.push(`${pk} ${sk} was written twice`);
  }

  /** What the gateway takes back may leave a member below zero, and nothing else makes less of what is not there. */
  private lookAtBalance(before: Item | undefined, after: Item, kind: string): void {
    this.sum += Number(after['posted']) - Number(before?.['posted'] ?? 0);
    const availableIn = (item: Item | undefined): number => Number(item?.['posted'] ?? 0) - Number(item?.['held'] ?? 0);
    const [had, has] = [availableIn(before), availableIn(after)];
    const account = String(after['account']);
    if (account.startsWith('member:') && has < 0 && has < had && kind !== 'reversal')
      this.violations.push(`${account} has ${has} available after a ${kind}`);
  }

  private lookAtDeposit(before: Item | undefined, after: Item): void {
    const { id, status, expiresAtMs } = after;
    this.lookAtMove(textOf(before, 'status'), textOf(after, 'status'), { of: String(id), later: laterDeposit });
    if (before?.['status'] !== 'expired' && status === 'expired' && this.clock.now() < Number(expiresAtMs))
      this.violations.push(`${String(id)} has expired early`);
  }

  private lookAtMove(
    from: string,
    to: string,
    { of, later }: { readonly of: string; readonly later: Readonly<Record<string, string>> },
  ): void {
    if (from === '' || from === to || later[from]?.split(' ').includes(to)) return;
    this.violations.push(`${of} went from ${from} to ${to}`);
  }

  private lookAtWish(before: Item | undefined, after: Item): void {
    const answer = before?.['answer'] ?? null;
    if (answer !== null && !isDeepStrictEqual(answer, after['answer']))
      this.violations.push(`${String(after['pk'])} is answered otherwise`);
  }
}

/** Nothing of an item that is not there. */
function textOf(item: Item | undefined, name: string): string {
  const value = item?.[name];
  return typeof value === 'string' ? value : '';
}

import type { Deposit, DepositList } from '../api/contract.ts';

/** What of a list has been read so far, newest first. */
export interface Shown {
  readonly deposits: readonly Deposit[];
  readonly nextCursor: string | null;
}

/** With a further page behind it. */
export function extended(before: Shown, { deposits, nextCursor }: DepositList): Shown {
  return { deposits: [...before.deposits, ...deposits], nextCursor };
}

/** With the first page read anew: what is behind it stays, so that nothing that somebody was looking at goes away. */
export function refreshed(before: Shown | undefined, { deposits, nextCursor }: DepositList): Shown {
  const first = new Set(deposits.map(({ id }) => id));
  const behind = before?.deposits.filter(({ id }) => !first.has(id)) ?? [];
  // New ones that fill the page would leave a gap before the old ones: then the list begins again.
  const isJoined = before === undefined || before.deposits.some(({ id }) => first.has(id));
  return before !== undefined && isJoined && behind.length > 0
    ? { deposits: [...deposits, ...behind], nextCursor: before.nextCursor }
    : { deposits, nextCursor };
}

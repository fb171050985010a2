/**
 * The ledger over a store: looks, decides, writes onto exactly what it saw, and looks again when others were faster.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Chance } from '#shared/platform/chance.ts';
import type { Clock } from '#shared/platform/clock.ts';
import { accountsOf, bookSchema, ownerOf } from './account.ts';
import { sumRupiah } from './amount.ts';
import { decideChange, limitedAccounts, repeated, type Decision, type LedgerWrite } from './decide-change.ts';
import { availableOf } from './entry.ts';
import { ledgerFault } from './ledger-faults.ts';
import { ledgerLimits } from './limits.ts';
import { holding, posting, releasing, type LedgerChange } from './posting.ts';
import type { BookBalance, JoinedOutcome, Ledger, LedgerOutcome, LedgerStore, MembershipLevels } from './ports.ts';
import { statementOf } from './statement.ts';
import { monthOf, type DatedLimits, type MembershipLevel } from './wallet-limits.ts';

export interface LedgerDeps {
  readonly store: LedgerStore;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly levels: MembershipLevels;
  /** `walletLimits`. */
  readonly limits: readonly DatedLimits[];
  /** Waits before another attempt; simulations have their own idea of it. */
  readonly pause?: ((milliseconds: number) => Promise<unknown>) | undefined;
}

export function ledgerOn(deps: LedgerDeps): Ledger {
  const { store } = deps;
  const make = (change: LedgerChange): Promise<LedgerOutcome> =>
    commitChange(deps, change, async (write) => written(await store.write(write)));
  return {
    post: async (request) => make(posting(request)),
    hold: async (request) => make(holding(request)),
    settleHold: async (request) => make(posting(request)),
    releaseHold: async (request) => make(releasing(request)),
    balanceOf: (book) => balanceOf(deps, book),
    holdOf: (account, holdId) => store.hold(account, holdId),
    postingOf: (id) => store.posting(id),
    statement: (request) => statementOf(store, request),
  };
}

/** What one attempt to commit came to: an answer, or somebody else had changed what it was decided on. */
export type Attempt<T> = { readonly written: true; readonly answer: T } | { readonly written: false };

const written = (isWritten: boolean): Attempt<undefined> => (isWritten ? { written: true, answer: undefined } : { written: false });

/** Commits a change by `write`, with full jitter between attempts: whoever raced for one account does not race for it again at once. */
export async function commitChange<T>(
  deps: LedgerDeps,
  change: LedgerChange,
  write: (write: LedgerWrite) => Promise<Attempt<T>>,
): Promise<JoinedOutcome<T>> {
  for (let attempt = 1; attempt <= ledgerLimits.attemptsMax; attempt += 1) {
    const decision = await decide(deps, change);
    if (decision.state !== 'write') return decision;
    const outcome = await write(decision.write);
    if (outcome.written) return { state: 'written', record: decision.write.record, answer: outcome.answer };
    await waitBefore(deps, attempt);
  }
  throw ledgerFault('ledger.busy', { retryAfterSeconds: ledgerLimits.busyRetryAfterSeconds });
}

/** Looks at everything the change depends on, and decides. */
export async function decide(deps: LedgerDeps, change: LedgerChange): Promise<Decision> {
  const { store, clock, limits } = deps;
  const [found, levels] = await Promise.all([store.find(change), levelsFor(deps, change)]);
  const decision = decideChange(change, found, { nowMs: clock.now(), limits, levels });
  if (decision.state !== 'refused') return decision;
  // What was found is not of one instant. The very same change, made between the look for its record and the look at the accounts,
  // would be refused for its own effect; so a refusal stands only when the record is still not there.
  const record = await store.posting(change.id);
  return record === undefined ? decision : repeated(change, record);
}

async function levelsFor({ levels }: LedgerDeps, change: LedgerChange): Promise<Map<string, MembershipLevel | undefined>> {
  const accounts = limitedAccounts(change);
  return new Map(await Promise.all(accounts.map(async (account) => [account, await levels.of(ownerOf(account) ?? '')] as const)));
}

async function waitBefore({ chance, pause = sleep }: LedgerDeps, attempt: number): Promise<void> {
  const { firstMs, mostMs } = ledgerLimits.retryWait;
  await pause(chance.fraction() * Math.min(mostMs, firstMs * 2 ** attempt));
}

async function balanceOf({ store, clock }: LedgerDeps, name: string): Promise<BookBalance> {
  const book = bookSchema.parse(name);
  const balances = await store.balances(accountsOf(book));
  const posted = sumRupiah(balances.map((balance) => balance.posted));
  const held = sumRupiah(balances.map((balance) => balance.held));
  const month = monthOf(new Date(clock.now()).toISOString());
  const incoming = balances.map(({ incoming }) => (incoming?.month === month ? incoming.amountRupiah : 0));
  return { book, posted, held, available: availableOf({ posted, held }), incomingThisMonth: sumRupiah(incoming) };
}

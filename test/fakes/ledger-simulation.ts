/**
 * Random uses of a ledger, many at once, whose processes die between any two calls; and what has to be true afterwards whatever happened.
 *
 * The checks do not believe the ledger: they add up the moves of the postings that there are.
 */
import * as fc from 'fast-check';
import { expect } from 'vitest';
import type { Chance } from '#shared/platform/chance.ts';
import { Fault } from '#shared/platform/fault.ts';
import { accountsOf } from '#shared/wallet/account.ts';
import type { PostingRecord } from '#shared/wallet/posting.ts';
import type { Ledger, LedgerAudit, LedgerOutcome, LedgerStore } from '#shared/wallet/ports.ts';
import { verifyLedger } from '#shared/wallet/verify-ledger.ts';
import { LedgerModel } from './ledger-model.ts';
import { depositOf, holdOn, releaseOf, reversalOf, transferOf, withdrawalOf } from './ledger-samples.ts';

/** One use: what is done, to which member, how much, and as which of a few numbers, so that ids come twice and with different bodies. */
export interface Use {
  readonly does: 'deposit' | 'transfer' | 'hold' | 'settle' | 'release' | 'reversal';
  readonly member: number;
  readonly amount: number;
  readonly number: number;
  /** Call of the store at which the process dies for the first time, and whether it dies before or after it; null for one that lives. */
  readonly dies: { readonly at: number; readonly after: boolean } | null;
  /** Whether it is done again when its process has died, as a queue would. */
  readonly isRetried: boolean;
}

const members = 3;
const amounts = [3_000, 5_000, 20_000] as const;

export const useOf: fc.Arbitrary<Use> = fc.record({
  // Most of what happens brings money in, so that the rest has something to race for.
  does: fc.oneof(
    { weight: 3, arbitrary: fc.constant('deposit' as const) },
    { weight: 2, arbitrary: fc.constantFrom('transfer' as const, 'hold' as const) },
    { weight: 2, arbitrary: fc.constantFrom('settle' as const, 'release' as const) },
    { weight: 1, arbitrary: fc.constant('reversal' as const) },
  ),
  member: fc.nat({ max: members - 1 }),
  amount: fc.constantFrom(...amounts),
  number: fc.nat({ max: 4 }),
  dies: fc.option(fc.record({ at: fc.integer({ min: 1, max: 4 }), after: fc.boolean() }), { freq: 3 }),
  isRetried: fc.boolean(),
});

const memberAt = (index: number): string => `member:${700 + (index % members)}`;

type Ask = (ledger: Ledger, as: { account: string; next: string; amount: number; id: string }) => Promise<LedgerOutcome>;

const asks: Readonly<Record<Use['does'], Ask>> = {
  deposit: (ledger, { account, amount, id }) => ledger.post(depositOf(account, amount, id)),
  transfer: (ledger, { account, next, amount, id }) => ledger.post(transferOf(account, next, { amountRupiah: amount, id })),
  hold: (ledger, { account, amount, id }) => ledger.hold(holdOn(account, amount, id)),
  settle: (ledger, { account, amount, id }) => ledger.settleHold(withdrawalOf(account, amount, id)),
  release: (ledger, { account, id }) => ledger.releaseHold(releaseOf(account, id)),
  reversal: (ledger, { account, amount, id }) => ledger.post(reversalOf(account, amount, id)),
};

const asked = (ledger: Ledger, { does, member, amount, number }: Use): Promise<LedgerOutcome> =>
  asks[does](ledger, { account: memberAt(member), next: memberAt(member + 1), amount, id: `n${number}` });

class Death extends Error {}

/** A store whose process dies where the use says, once; `step` comes before and after every call. */
export function mortalStore(
  store: LedgerStore,
  { dies }: Use,
  { step, chance }: { step: () => Promise<void>; chance: Chance },
): LedgerStore {
  let calls = 0;
  const around = async <T>(call: () => Promise<T>): Promise<T> => {
    calls += 1;
    const isLast = dies !== null && calls === dies.at;
    await step();
    if (isLast && !dies.after) throw new Death();
    const answer = await call();
    await step();
    if (isLast) throw new Death();
    return answer;
  };
  return {
    ...store,
    // A batch is read item by item, and others write meanwhile: each part is as it was before or after that.
    find: (change) =>
      around(async () => {
        const early = await store.find(change);
        await step();
        const late = await store.find(change);
        const either = <T>(a: T, b: T): T => (chance.fraction() < 0.5 ? a : b);
        return {
          record: either(early.record, late.record),
          claimedBy: either(early.claimedBy, late.claimedBy),
          hold: either(early.hold, late.hold),
          balances: either(early.balances, late.balances),
        };
      }),
    write: (write) => around(() => store.write(write)),
    posting: (id) => around(() => store.posting(id)),
  };
}

/** What became of a use: an outcome, a refusal of its id as taken, or nothing because its process died and nobody came back to it. */
export type End = LedgerOutcome | 'id-taken' | 'died';

/** Does a use to its end. `open` is a new process: the second one lives. */
export async function lived(use: Use, open: (use: Use) => Ledger): Promise<End> {
  try {
    return await asked(open(use), use);
  } catch (error) {
    if (error instanceof Fault && error.code === 'ledger.id-taken') return 'id-taken';
    if (!(error instanceof Death)) throw error;
    return use.isRetried ? lived({ ...use, dies: null }, open) : 'died';
  }
}

/** Does uses one after another, and compares each with what the model makes of it. Answers how many changed anything. */
export async function followsModel(ledger: Ledger, uses: readonly Use[]): Promise<number> {
  const model = new LedgerModel();
  for (const use of uses) {
    const end = await lived({ ...use, dies: null }, () => ledger);
    expect(wordOf(end)).toBe(model.does(use));
  }
  for (let member = 0; member < members; member += 1) {
    const { posted, available } = await ledger.balanceOf(memberAt(member));
    expect({ posted, available }).toEqual({ posted: model.posted(member), available: model.available(member) });
  }
  return model.size();
}

function wordOf(end: End): string {
  if (typeof end === 'string') return end;
  return end.state === 'refused' ? end.refusal.reason : end.state;
}

/** Every promise of the ledger, held against what is there in the end. */
export async function expectWhole(store: LedgerStore & LedgerAudit, ends: readonly End[] = []): Promise<readonly PostingRecord[]> {
  const report = await verifyLedger(store);
  expect(report.problems).toEqual([]);
  const records: PostingRecord[] = [];
  for await (const links of store.journal())
    records.push(...links.flatMap((link) => (link.what === 'posting' ? (link.content ?? []) : [])));
  await expectMoney(store, records);
  expectOnce(records, ends);
  return records;
}

/** Every account holds what the moves say, all together nothing, and nobody less than nothing whom no reversal has hit. */
async function expectMoney(store: LedgerStore, records: readonly PostingRecord[]): Promise<void> {
  const sums = new Map<string, number>();
  const add = (book: string, amount: number) => sums.set(book, (sums.get(book) ?? 0) + amount);
  for (const { moves } of records) {
    for (const { from, to, amountRupiah } of moves) {
      add(from, -amountRupiah);
      add(to, amountRupiah);
    }
  }
  expect([...sums.values()].reduce((sum, one) => sum + one, 0)).toBe(0);
  const books = new Set([...sums.keys(), ...Array.from({ length: members }, (_, index) => memberAt(index))]);
  for (const book of books) {
    const balances = await store.balances(accountsOf(book));
    const posted = balances.reduce((sum, balance) => sum + balance.posted, 0);
    const held = balances.reduce((sum, balance) => sum + balance.held, 0);
    expect({ book, posted, held }).toEqual({ book, posted: sums.get(book) ?? 0, held: openHolds(records, book) });
    const isReversed = records.some(({ kind, moves }) => kind === 'reversal' && moves.some(({ from }) => from === book));
    if (book.startsWith('member:') && !isReversed) expect(posted - held).toBeGreaterThanOrEqual(0);
  }
}

function openHolds(records: readonly PostingRecord[], account: string): number {
  const closed = new Set(records.flatMap(({ hold }) => (hold !== null && hold.does !== 'open' ? [hold.id] : [])));
  return records.reduce((sum, { hold }) => {
    const isOpen = hold?.does === 'open' && hold.account === account && !closed.has(hold.id);
    return isOpen ? sum + hold.amountRupiah : sum;
  }, 0);
}

/** No effect twice: not by id, not by claim, not by hold; and whoever was told that something is done was told the truth. */
function expectOnce(records: readonly PostingRecord[], ends: readonly End[]): void {
  const unique = (names: readonly string[]) => expect(names.toSorted()).toEqual([...new Set(names)].toSorted());
  unique(records.map(({ id }) => id));
  unique(records.flatMap(({ claim }) => (claim === null ? [] : [Object.values(claim).join(' ')])));
  unique(records.flatMap(({ hold }) => (hold === null || hold.does === 'open' ? [] : [hold.id])));
  unique(records.flatMap(({ hold }) => (hold?.does === 'open' ? [hold.id] : [])));
  const kept = new Map(records.map((record) => [record.id, record]));
  const done = ends.flatMap((end) => (typeof end === 'object' && end.state !== 'refused' ? [end] : []));
  for (const { record } of done) expect(record).toEqual(kept.get(record.id));
  unique(done.filter(({ state }) => state === 'written').map(({ record }) => record.id));
}

/** Nobody is refused for what their own use has done: ids, claims and closings belong together here, so that these refusals name oneself. */
export function expectNoneInOwnWay(uses: readonly Use[], ends: readonly End[]): void {
  const own: Partial<Record<Use['does'], string>> = { settle: 'hold-settled', release: 'hold-released' };
  for (const [index, end] of ends.entries()) {
    if (typeof end !== 'object' || end.state !== 'refused') continue;
    expect(['claimed', own[uses[index]!.does]]).not.toContain(end.refusal.reason);
  }
}

interface ChanceScheduler {
  readonly step: () => Promise<void>;
  readonly run: <T>(all: Promise<T>) => Promise<T>;
}

/** Lets those who wait go on in an order of chance, one at a time. */
export function chanceScheduler(chance: Chance): ChanceScheduler {
  const waiting: (() => void)[] = [];
  return {
    step: () => new Promise((resolve) => waiting.push(resolve)),
    async run(all) {
      const state = { isOver: false };
      const over = all.finally(() => {
        state.isOver = true;
      });
      // A rejection is the caller's, by the promise that is returned.
      over.catch(() => {});
      while (!state.isOver) {
        const [next] = waiting.splice(Math.floor(chance.fraction() * waiting.length), 1);
        next?.();
        await new Promise((resolve) => setImmediate(resolve));
      }
      return over;
    },
  };
}

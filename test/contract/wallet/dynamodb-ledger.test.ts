import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, GetCommand, PutCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Table } from '#shared/platform/dynamodb.ts';
import { accountOf, clearingBook } from '#shared/wallet/account.ts';
import { callerItemsMax, dynamodbLedger, type DynamodbLedger } from '#shared/wallet/dynamodb-ledger.ts';
import { dynamodbLedgerAudit } from '#shared/wallet/dynamodb-ledger-audit.ts';
import { ledgerLimits } from '#shared/wallet/limits.ts';
import { holding, posting } from '#shared/wallet/posting.ts';
import { verifyLedger, type Heads } from '#shared/wallet/verify-ledger.ts';
import { walletLimits } from '#shared/wallet/wallet-limits.ts';
import { fakeClock } from '#test/fakes/clock.ts';
import { fakeLevels } from '#test/fakes/fake-ledger.ts';
import { budi, depositOf, holdOn, releaseOf, sari, transferOf, withdrawalOf } from '#test/fakes/ledger-samples.ts';
import { startDynamodb, type Engine } from '../platform/dynamodb-engine.ts';

let engine: Engine;
let table: Table;
let ledger: DynamodbLedger;
beforeAll(async () => {
  engine = await startDynamodb();
});
afterAll(() => engine.stop());
beforeEach(async () => {
  table = await engine.table(['gsi1', 'gsi2']);
  ledger = ledgerIn(table);
});

const ledgerIn = (where: Table): DynamodbLedger =>
  dynamodbLedger(where, { clock: fakeClock(), levels: fakeLevels(), limits: walletLimits, pause: async () => {} });

interface Call {
  readonly name: string;
  /** Items of a transaction. */
  readonly writes: number;
  /** Write units as the engine counts them: two for each KB of each item, as a transaction costs. */
  readonly units: number;
  /** Items that a batch asks for. */
  readonly reads: number;
}

interface Batches {
  readonly TransactItems?: unknown[];
  readonly RequestItems?: Record<string, { Keys?: unknown[] }>;
}

/** Every call that is made while `work` runs. */
async function callsOf(work: () => Promise<unknown>): Promise<Call[]> {
  const calls: Call[] = [];
  table.client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        const input = args.input as Batches;
        const result = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' } });
        const { ConsumedCapacity = [] } = result.output as { ConsumedCapacity?: { WriteCapacityUnits?: number }[] };
        calls.push({
          name: String(commandName).replace('Command', ''),
          writes: input.TransactItems?.length ?? 0,
          units: [ConsumedCapacity].flat().reduce((sum, { WriteCapacityUnits = 0 }) => sum + WriteCapacityUnits, 0),
          reads: input.RequestItems?.[table.name]?.Keys?.length ?? 0,
        });
        return result;
      },
    { step: 'initialize', name: 'counted' },
  );
  try {
    await work();
  } finally {
    table.client.middlewareStack.remove('counted');
  }
  return calls;
}

describe('what the ledger costs in DynamoDB', () => {
  const cost = async (work: () => Promise<unknown>) => {
    const calls = await callsOf(work);
    return {
      calls: calls.map(({ name }) => name),
      writes: calls.reduce((sum, { writes }) => sum + writes, 0),
      units: calls.reduce((sum, { units }) => sum + units, 0),
      reads: calls.reduce((sum, { reads }) => sum + reads, 0),
    };
  };

  // Ids as long as those of production.
  const [dep, wd, trf] = [`dep_${'0'.repeat(22)}`, `wd_${'0'.repeat(22)}`, `trf_${'0'.repeat(22)}`];
  const longDeposit = (id: string) => {
    const request = depositOf(sari, 1_000_000, id);
    return { ...request, claim: { gateway: 'midtrans', transactionId: '9aed5972-5b6a-401e-894b-a32c91ed1a3a', kind: 'CREDIT' as const } };
  };

  it('is two calls a change: one read, one transaction, of so many items and write units', async () => {
    await ledger.post(depositOf(sari, 1_000_000));
    const both = ['BatchGetItem', 'TransactWriteItems'];
    expect(await cost(() => ledger.post(longDeposit(dep)))).toEqual({ calls: both, writes: 6, units: 12, reads: 4 });
    const transfer = transferOf(sari, budi, { amountRupiah: 100_000, id: trf });
    expect(await cost(() => ledger.post(transfer))).toEqual({ calls: both, writes: 5, units: 10, reads: 3 });
    expect(await cost(() => ledger.hold(holdOn(sari, 600_000, wd)))).toEqual({ calls: both, writes: 4, units: 8, reads: 3 });
    expect(await cost(() => ledger.settleHold(withdrawalOf(sari, 600_000, wd)))).toEqual({ calls: both, writes: 9, units: 18, reads: 6 });
    await ledger.hold(holdOn(sari, 600_000, `${wd}2`));
    expect(await cost(() => ledger.releaseHold(releaseOf(sari, `${wd}2`)))).toEqual({ calls: both, writes: 4, units: 8, reads: 3 });
  });

  it('is one read for what was made before, and two for what is refused', async () => {
    await ledger.post(depositOf(sari, 150_000));
    expect(await cost(() => ledger.post(depositOf(sari, 150_000)))).toMatchObject({ calls: ['BatchGetItem'], writes: 0 });
    const much = transferOf(sari, budi, { amountRupiah: 150_001 });
    expect(await cost(() => ledger.post(much))).toMatchObject({ calls: ['BatchGetItem', 'GetItem'], writes: 0 });
  });

  it('leaves room for the caller in every transaction', async () => {
    const members = Array.from({ length: ledgerLimits.accountsPerPostingMax - 1 }, (_, index) => `member:${index + 1}`);
    const most = posting({
      ...depositOf(sari, 1),
      moves: members.map((to, index) => ({ from: clearingBook('midtrans'), to, amountRupiah: index + 1 })),
    });
    const prepared = await ledger.prepare(most);
    expect(prepared.state === 'ready' && prepared.writes.length).toBe(ledgerLimits.itemsPerPostingMax - 1);
    expect(callerItemsMax).toBe(65);
    expect(() =>
      posting({
        ...most,
        claim: undefined,
        kind: 'deposit',
        moves: [...most.moves, { from: clearingBook('midtrans'), to: sari, amountRupiah: 1 }],
      }),
    ).toThrow('17 accounts');
  });
});

describe('the race for an account in DynamoDB', () => {
  afterEach(() => {
    table.client.middlewareStack.remove('meddling');
  });

  /** Lets the next transactions fail as AWS does when others are at the same items, which the local engine never says. */
  function cancelNext(times: number, codes: readonly string[]): () => number {
    let left = times;
    table.client.middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          if (!String(commandName).startsWith('TransactWrite') || left === 0) return next(args);
          left -= 1;
          throw new TransactionCanceledException({
            message: 'cancelled',
            $metadata: {},
            CancellationReasons: codes.map((Code) => ({ Code })),
          });
        },
      { step: 'initialize', name: 'meddling' },
    );
    return () => left;
  }

  it.each([['TransactionConflict'], ['ThrottlingError'], ['ProvisionedThroughputExceeded']])('tries again after a %s', async (code) => {
    const left = cancelNext(3, ['None', code, 'None']);
    expect(await ledger.post(depositOf(sari, 10_000))).toMatchObject({ state: 'written' });
    expect(left()).toBe(0);
    expect((await verifyLedger(dynamodbLedgerAudit(table))).problems).toEqual([]);
  });

  it('gives up after so many attempts, as a fault that says when to come back', async () => {
    const left = cancelNext(ledgerLimits.attemptsMax + 1, ['TransactionConflict']);
    await expect(ledger.post(depositOf(sari, 10_000))).rejects.toMatchObject({ code: 'ledger.busy', retryAfterSeconds: 1 });
    expect(left()).toBe(1);
  });

  it('takes what is no race for what it is', async () => {
    cancelNext(1, ['ValidationError']);
    await expect(ledger.post(depositOf(sari, 10_000))).rejects.toBeInstanceOf(TransactionCanceledException);
    expect(await ledger.balanceOf(sari)).toMatchObject({ posted: 0 });
  });

  it('does what a transaction whose answer was lost has done, and no more', async () => {
    let lost = false;
    table.client.middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          const answer = await next(args);
          if (!String(commandName).startsWith('TransactWrite') || lost) return answer;
          lost = true;
          throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError' });
        },
      { step: 'initialize', name: 'meddling' },
    );
    await expect(ledger.post(depositOf(sari, 10_000))).rejects.toThrow('socket hang up');
    expect(await ledger.post(depositOf(sari, 10_000))).toMatchObject({ state: 'repeated' });
    expect(await ledger.balanceOf(sari)).toMatchObject({ posted: 10_000 });
  });

  it('refuses prepared writes that have become old', async () => {
    await ledger.post(depositOf(sari, 10_000));
    const [first, second] = [
      await ledger.prepare(holding(holdOn(sari, 6_000))),
      await ledger.prepare(holding(holdOn(sari, 6_000, 'wd_2'))),
    ];
    const commit = (prepared: typeof first) =>
      table.client.send(new TransactWriteCommand({ TransactItems: prepared.state === 'ready' ? prepared.writes : [] }));
    await commit(first);
    await expect(commit(second)).rejects.toBeInstanceOf(TransactionCanceledException);
    expect(await ledger.prepare(holding(holdOn(sari, 6_000, 'wd_2')))).toEqual({
      state: 'refused',
      refusal: { reason: 'insufficient', account: sari, availableRupiah: 4_000 },
    });
  });

  it('asks the table itself whether a member can afford it', async () => {
    await ledger.post(depositOf(sari, 10_000));
    const prepared = await ledger.prepare(holding(holdOn(sari, 6_000)));
    const key = { pk: `ACCOUNT#${sari}`, sk: 'BALANCE' };
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: key,
        UpdateExpression: 'SET available = :less',
        ExpressionAttributeValues: { ':less': 5_999 },
      }),
    );
    const commit = table.client.send(new TransactWriteCommand({ TransactItems: prepared.state === 'ready' ? prepared.writes : [] }));
    await expect(commit).rejects.toBeInstanceOf(TransactionCanceledException);
  });
});

describe('the verification of a ledger in DynamoDB', () => {
  const clearing = accountOf(clearingBook('midtrans'), 'deposit:dep_1');
  const keys = {
    balance: { pk: `ACCOUNT#${sari}`, sk: 'BALANCE' },
    first: { pk: `ACCOUNT#${sari}`, sk: 'ENTRY#0000000000000001' },
    last: { pk: `ACCOUNT#${sari}`, sk: 'ENTRY#0000000000000004' },
    counter: { pk: `ACCOUNT#${clearing}`, sk: 'ENTRY#0000000000000001' },
    posting: { pk: 'POSTING#deposit:dep_1', sk: 'POSTING' },
    claim: { pk: 'CLAIM#midtrans#tx-dep_1#CREDIT', sk: 'CLAIM' },
    open: { pk: `ACCOUNT#${sari}`, sk: 'HOLD#wd_2' },
    settled: { pk: `ACCOUNT#${sari}`, sk: 'HOLD#wd_1' },
  } as const;
  type What = keyof typeof keys;

  beforeEach(async () => {
    await ledger.post(depositOf(sari, 100_000));
    await ledger.hold(holdOn(sari, 60_000));
    await ledger.settleHold(withdrawalOf(sari, 60_000));
    await ledger.hold(holdOn(sari, 10_000, 'wd_2'));
  });

  const verify = (known?: Heads) => verifyLedger(dynamodbLedgerAudit(table), known);
  const change = async (what: What, over: Record<string, unknown>) => {
    const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key: keys[what] }));
    expect(Item).toBeDefined();
    await table.client.send(new PutCommand({ TableName: table.name, Item: { ...Item, ...over } }));
  };

  it('counts what there is, and finds it whole', async () => {
    expect(await verify()).toMatchObject({
      accounts: 4,
      entries: 7,
      postings: 4,
      claims: 2,
      holds: 2,
      sum: 0,
      problems: [],
      totals: { member: 40_000, clearing: 100_000, payouts: -57_500, fees: 2_500, suspense: 0 },
    });
  });

  it.each<[string, What, Record<string, unknown>]>([
    ['a balance', 'balance', { posted: 140_000, available: 130_000 }],
    ['what is held', 'balance', { held: 0, available: 40_000 }],
    ['what is available', 'balance', { available: 40_000 }],
    ['what came in this month', 'balance', { incoming: { month: '2026-11', amountRupiah: 0 } }],
    ['the amount of an entry', 'first', { amountRupiah: 200_000 }],
    ['the time of an entry', 'first', { at: '2026-11-20T12:00:00.000Z' }],
    ['what an entry is for', 'first', { reference: 'dep_9' }],
    ['the other side', 'counter', { amountRupiah: -1 }],
    ['the reason of a posting', 'posting', { reason: 'another' }],
    ['who made a posting', 'posting', { actor: 'system:nobody' }],
    ['an attribute more', 'posting', { note: 'x' }],
    ['whose a claim is', 'claim', { postingId: 'deposit:dep_9' }],
    ['how much is held', 'open', { amountRupiah: 1 }],
    ['that a hold is open', 'settled', { state: 'held', closedAt: undefined, closedBy: undefined, closedSequence: undefined }],
    ['when a hold was closed', 'settled', { closedSequence: 2 }],
  ])('finds that somebody changed %s', async (_, what, over) => {
    const plain = Object.entries(over)
      .filter(([, value]) => value === undefined)
      .map(([name]) => name);
    await change(what, Object.fromEntries(Object.entries(over).filter(([, value]) => value !== undefined)));
    if (plain.length > 0)
      await table.client.send(
        new UpdateCommand({ TableName: table.name, Key: keys[what], UpdateExpression: `REMOVE ${plain.join(', ')}` }),
      );
    expect((await verify()).problems).not.toEqual([]);
  });

  it.each(Object.keys(keys) as What[])('finds that somebody took out: %s', async (what) => {
    await table.client.send(new DeleteCommand({ TableName: table.name, Key: keys[what] }));
    expect((await verify()).problems).not.toEqual([]);
  });

  it('finds what was put in: an entry, a posting, a claim, a hold', async () => {
    const copies: [What, Record<string, unknown>][] = [
      ['last', { sk: 'ENTRY#0000000000000005' }],
      ['posting', { pk: 'POSTING#deposit:dep_9', id: 'deposit:dep_9' }],
      ['claim', { pk: 'CLAIM#midtrans#tx-dep_9#CREDIT', transactionId: 'tx-dep_9' }],
      ['open', { sk: 'HOLD#wd_3', id: 'wd_3' }],
    ];
    for (const [index, [what, over]] of copies.entries()) {
      await change(what, over);
      expect((await verify()).problemCount).toBeGreaterThan(index);
    }
  });

  it('finds an end that was cut off, and a chain that was written anew, for who saw them before', async () => {
    const { heads } = await verify();
    expect((await verify(heads)).problems).toEqual([]);
    const anew = await engine.table(['gsi1', 'gsi2']);
    await ledgerIn(anew).post(depositOf(sari, 100_001));
    const audit = dynamodbLedgerAudit(anew);
    expect((await verifyLedger(audit)).problems).toEqual([]);
    expect((await verifyLedger(audit, heads)).problems).toEqual(
      expect.arrayContaining([`${sari}: entries behind 1 are gone`, expect.stringContaining('the account is gone')]),
    );
    await ledger.releaseHold(releaseOf(sari, 'wd_2'));
    expect((await verify(heads)).problems).toEqual([]);
    const rewritten = new Map([...heads].map(([account, head]) => [account, { ...head, hash: 'f'.repeat(64) }]));
    expect((await verify(rewritten)).problems.join()).toContain('written anew');
  });

  it('finds it whole while bookings go on', async () => {
    const state = { isDone: false };
    const bookings = (async () => {
      for (let index = 0; !state.isDone && index < 500; index += 1) {
        await ledger.post(depositOf(index % 2 === 0 ? sari : budi, 1_000, `more_${index}`));
        await ledger.hold(holdOn(sari, 10, `more_${index}`));
        if (index % 2 === 0) await ledger.releaseHold(releaseOf(sari, `more_${index}`));
      }
    })();
    const reports = [];
    for (let round = 0; round < 6; round += 1) reports.push(await verify());
    state.isDone = true;
    await bookings;
    expect(reports.flatMap(({ problems }) => problems)).toEqual([]);
    expect(reports.map(({ sum }) => sum)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(reports.at(-1)!.entries).toBeGreaterThan(reports[0]!.entries);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Fault } from '#shared/platform/fault.ts';
import { clearingBook, payoutsBook, suspenseBook } from '#shared/wallet/account.ts';
import type { Ledger, LedgerOutcome } from '#shared/wallet/ports.ts';
import { statementCsv, type StatementRow } from '#shared/wallet/statement.ts';
import { verifyLedger } from '#shared/wallet/verify-ledger.ts';
import { fakeClock, type FakeClock } from '#test/fakes/clock.ts';
import { fakeLevels } from '#test/fakes/fake-ledger.ts';
import {
  budi,
  depositOf,
  holdOn,
  releaseOf,
  reversalOf,
  sari,
  suspendedDeposit,
  transferOf,
  withdrawalOf,
} from '#test/fakes/ledger-samples.ts';
import { startDynamodb, type Engine } from '../platform/dynamodb-engine.ts';
import { closed, fakeLedgerWorld, tableLedgerWorld, unverified, type LedgerWorld, type Over } from './ledger-worlds.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startDynamodb();
});
afterAll(() => engine.stop());

const refusalOf = (outcome: LedgerOutcome) => (outcome.state === 'refused' ? outcome.refusal : outcome.state);

async function rowsOf(pages: AsyncIterable<StatementRow[]>): Promise<StatementRow[]> {
  const rows: StatementRow[] = [];
  for await (const page of pages) rows.push(...page);
  return rows;
}

describe.each<[string, (over: Over) => Promise<LedgerWorld>]>([
  ['the fake', fakeLedgerWorld],
  ['DynamoDB', (over) => tableLedgerWorld(engine, over)],
])('a ledger: %s', (_, open) => {
  let clock: FakeClock;
  let world: LedgerWorld;
  let ledger: Ledger;
  beforeEach(async () => {
    clock = fakeClock(Date.UTC(2026, 10, 21, 12));
    world = await open({ clock, levels: fakeLevels({ [unverified]: 'unverified', [closed]: null }) });
    ledger = world.ledger;
  });

  const whole = async () => {
    const report = await verifyLedger(world.audit);
    expect(report.problems).toEqual([]);
    expect(report.sum).toBe(0);
    return report;
  };

  it('books a deposit on both sides', async () => {
    const outcome = await ledger.post(depositOf(sari, 150_000));
    expect(outcome).toMatchObject({ state: 'written', record: { id: 'deposit:dep_1', at: '2026-11-21T12:00:00.000Z' } });
    expect(await ledger.balanceOf(sari)).toEqual({
      book: sari,
      posted: 150_000,
      held: 0,
      available: 150_000,
      incomingThisMonth: 150_000,
    });
    expect(await ledger.balanceOf(clearingBook('midtrans'))).toMatchObject({ posted: -150_000, available: -150_000 });
    expect(await ledger.balanceOf(budi)).toMatchObject({ posted: 0, held: 0, available: 0 });
    expect(await ledger.postingOf('deposit:dep_1')).toEqual(outcome.state === 'written' && outcome.record);
    expect(await whole()).toMatchObject({
      accounts: 2,
      entries: 2,
      postings: 1,
      claims: 1,
      totals: { member: 150_000, clearing: 150_000 },
    });
  });

  it('gives the first result for ever to whoever repeats it, whoever they are and however much later', async () => {
    const first = await ledger.post(depositOf(sari, 150_000));
    clock.advance(400 * 86_400_000);
    const again = await ledger.post({ ...depositOf(sari, 150_000), actor: 'system:sweeper', reason: 'Found by the sweeper' });
    expect(again).toEqual({ ...first, state: 'repeated' });
    expect(await ledger.balanceOf(sari)).toMatchObject({ posted: 150_000 });
    await whole();
  });

  it('takes another body under the same id for a mistake', async () => {
    await ledger.post(depositOf(sari, 150_000));
    for (const other of [depositOf(sari, 150_001), depositOf(budi, 150_000), { ...depositOf(sari, 150_000), reference: 'dep_2' }])
      await expect(ledger.post(other)).rejects.toMatchObject({ code: 'ledger.id-taken', kind: 'conflict' });
    await whole();
  });

  it('credits what happened at a gateway once, under whatever id it is booked', async () => {
    await ledger.post(depositOf(sari, 150_000));
    const again = { ...depositOf(sari, 150_000), id: 'deposit:another' };
    expect(refusalOf(await ledger.post(again))).toEqual({ reason: 'claimed', by: 'deposit:dep_1' });
    const reversed = await ledger.post(reversalOf(sari, 150_000));
    expect(reversed.state).toBe('written');
    expect(await whole()).toMatchObject({ postings: 2, claims: 2 });
  });

  it('lets nobody spend what they do not have, and keeps nothing of the attempt', async () => {
    await ledger.post(depositOf(sari, 100_000));
    const much = transferOf(sari, budi, { amountRupiah: 100_001 });
    expect(refusalOf(await ledger.post(much))).toEqual({ reason: 'insufficient', account: sari, availableRupiah: 100_000 });
    expect(await ledger.postingOf(much.id)).toBeUndefined();
    await ledger.post(depositOf(sari, 1, 'dep_2'));
    expect((await ledger.post(much)).state).toBe('written');
    expect(await ledger.balanceOf(budi)).toMatchObject({ posted: 100_001 });
    await whole();
  });

  it('sets money aside, takes it, and gives it back', async () => {
    await ledger.post(depositOf(sari, 100_000));
    await ledger.hold(holdOn(sari, 60_000));
    await ledger.hold(holdOn(sari, 40_000, 'wd_2'));
    expect(await ledger.balanceOf(sari)).toMatchObject({ posted: 100_000, held: 100_000, available: 0 });
    expect(await ledger.settleHold(withdrawalOf(sari, 60_000))).toMatchObject({ state: 'written' });
    expect(await ledger.releaseHold(releaseOf(sari, 'wd_2'))).toMatchObject({ state: 'written' });
    expect(await ledger.balanceOf(sari)).toMatchObject({ posted: 40_000, held: 0, available: 40_000 });
    expect(await ledger.balanceOf('fees')).toMatchObject({ posted: 2_500 });
    expect(await ledger.balanceOf(payoutsBook('iris'))).toMatchObject({ posted: 57_500 });
    expect(await ledger.holdOf(sari, 'wd_1')).toMatchObject({ state: 'settled', amountRupiah: 60_000, closedBy: 'withdrawal:wd_1' });
    expect(await ledger.holdOf(sari, 'wd_2')).toMatchObject({ state: 'released', closedBy: 'release:wd_2' });
    expect(await whole()).toMatchObject({ holds: 2 });
  });

  it('closes a hold once: settles and releases that come later are told', async () => {
    await ledger.post(depositOf(sari, 100_000));
    await ledger.hold(holdOn(sari, 60_000));
    await ledger.settleHold(withdrawalOf(sari, 60_000));
    expect((await ledger.settleHold(withdrawalOf(sari, 60_000))).state).toBe('repeated');
    expect(refusalOf(await ledger.releaseHold(releaseOf(sari)))).toEqual({ reason: 'hold-settled', holdId: 'wd_1' });
    await ledger.hold(holdOn(sari, 20_000, 'wd_2'));
    await ledger.releaseHold(releaseOf(sari, 'wd_2'));
    expect((await ledger.releaseHold({ ...releaseOf(sari, 'wd_2'), actor: 'system:sweeper' })).state).toBe('repeated');
    expect(refusalOf(await ledger.settleHold(withdrawalOf(sari, 20_000, 'wd_2')))).toEqual({ reason: 'hold-released', holdId: 'wd_2' });
    expect(refusalOf(await ledger.releaseHold(releaseOf(sari, 'wd_3')))).toEqual({ reason: 'hold-unknown', holdId: 'wd_3' });
    await whole();
  });

  it('settles exactly what is held', async () => {
    await ledger.post(depositOf(sari, 100_000));
    await ledger.hold(holdOn(sari, 60_000));
    for (const amount of [59_999, 60_001])
      expect(refusalOf(await ledger.settleHold(withdrawalOf(sari, amount)))).toEqual({
        reason: 'hold-differs',
        holdId: 'wd_1',
        heldRupiah: 60_000,
      });
    await whole();
  });

  it('goes below zero by a reversal alone, and then lets nothing out before it is made good', async () => {
    await ledger.post(depositOf(sari, 100_000));
    await ledger.hold(holdOn(sari, 70_000));
    await ledger.hold(holdOn(sari, 30_000, 'wd_2'));
    await ledger.post(reversalOf(sari, 100_000));
    expect(await ledger.balanceOf(sari)).toMatchObject({ posted: 0, held: 100_000, available: -100_000 });
    const insufficient = { reason: 'insufficient', account: sari, availableRupiah: -100_000 };
    expect(refusalOf(await ledger.hold(holdOn(sari, 1, 'wd_3')))).toEqual(insufficient);
    expect(refusalOf(await ledger.post(transferOf(sari, budi, { amountRupiah: 1 })))).toEqual(insufficient);
    // A payout that was under way has happened, and is booked.
    expect((await ledger.settleHold(withdrawalOf(sari, 70_000))).state).toBe('written');
    expect((await ledger.releaseHold(releaseOf(sari, 'wd_2'))).state).toBe('written');
    expect(await ledger.balanceOf(sari)).toMatchObject({ posted: -70_000, held: 0, available: -70_000 });
    await ledger.post(depositOf(sari, 70_001, 'dep_2'));
    expect((await ledger.post(transferOf(sari, budi, { amountRupiah: 1 }))).state).toBe('written');
    await whole();
  });

  it('bounds what an unverified member holds, and what it still leaves room for', async () => {
    const member = `member:${unverified}`;
    await ledger.post(depositOf(member, 1_900_000));
    expect(refusalOf(await ledger.post(depositOf(member, 100_001, 'dep_2')))).toEqual({
      reason: 'balance-limit',
      account: member,
      roomRupiah: 100_000,
    });
    expect((await ledger.post(depositOf(member, 100_000, 'dep_2'))).state).toBe('written');
    expect((await ledger.post(depositOf(sari, 2_000_001, 'dep_3'))).state).toBe('written');
    await whole();
  });

  it('bounds what comes in within a month of Jakarta, whatever went out again', async () => {
    clock.advance(Date.UTC(2026, 10, 30, 16, 59, 59, 999) - clock.now());
    const turnOver = async (index: number) => {
      const outcome = await ledger.post(depositOf(sari, 20_000_000, `dep_${index}`));
      if (outcome.state === 'written')
        await ledger.post(transferOf(sari, `member:${900 + index}`, { amountRupiah: 20_000_000, id: `t_${index}` }));
      return refusalOf(outcome);
    };
    expect([await turnOver(1), await turnOver(2)]).toEqual(['written', 'written']);
    expect(refusalOf(await ledger.post(depositOf(sari, 1, 'dep_3')))).toEqual({ reason: 'incoming-limit', account: sari, roomRupiah: 0 });
    expect(await ledger.balanceOf(sari)).toMatchObject({ posted: 0, incomingThisMonth: 40_000_000 });
    clock.advance(1);
    expect(await ledger.balanceOf(sari)).toMatchObject({ incomingThisMonth: 0 });
    expect(await turnOver(4)).toBe('written');
    await whole();
  });

  it('gives nothing to a member who is gone: it waits in suspense', async () => {
    const member = `member:${closed}`;
    expect(refusalOf(await ledger.post(depositOf(member, 10_000)))).toEqual({ reason: 'account-closed', account: member });
    expect((await ledger.post(suspendedDeposit(10_000))).state).toBe('written');
    expect(await ledger.balanceOf(suspenseBook)).toMatchObject({ posted: 10_000 });
    await whole();
  });

  it('returns a payout that came back, limits or not', async () => {
    const member = `member:${unverified}`;
    await ledger.post(depositOf(member, 2_000_000));
    await ledger.hold(holdOn(member, 2_000_000));
    await ledger.settleHold(withdrawalOf(member, 2_000_000));
    await ledger.post(depositOf(member, 1_000_000, 'dep_2'));
    const returned = await ledger.post({
      id: 'withdrawal-return:wd_1',
      kind: 'withdrawal-return',
      moves: [
        { from: payoutsBook('iris'), to: member, amountRupiah: 1_997_500 },
        { from: 'fees', to: member, amountRupiah: 2_500 },
      ],
      reference: 'wd_1',
      reason: 'The bank sent it back',
      actor: 'system:payouts',
    });
    expect(returned.state).toBe('written');
    expect(await ledger.balanceOf(member)).toMatchObject({ posted: 3_000_000, incomingThisMonth: 3_000_000 });
    await whole();
  });

  it('gives one of many that are the same at once, and all the same result', async () => {
    const outcomes = await Promise.all(Array.from({ length: 12 }, () => ledger.post(depositOf(sari, 50_000))));
    expect(outcomes.filter(({ state }) => state === 'written')).toHaveLength(1);
    expect(outcomes.filter(({ state }) => state === 'repeated')).toHaveLength(11);
    expect(new Set(outcomes.map((outcome) => outcome.state !== 'refused' && outcome.record.hash)).size).toBe(1);
    expect(await whole()).toMatchObject({ postings: 1 });
  });

  it('books many on one account at once, in one whole chain', async () => {
    const outcomes = await Promise.all(Array.from({ length: 24 }, (__, index) => ledger.post(depositOf(sari, 1_000, `dep_${index}`))));
    expect(outcomes.every(({ state }) => state === 'written')).toBe(true);
    expect(await ledger.balanceOf(sari)).toMatchObject({ posted: 24_000 });
    expect(await whole()).toMatchObject({ postings: 24, entries: 48 });
  });

  it('pays out of one balance what it holds, however many ask at once', async () => {
    await ledger.post(depositOf(sari, 10_000));
    const asked = await Promise.all(
      Array.from({ length: 12 }, (__, index) => ledger.post(transferOf(sari, budi, { amountRupiah: 1_500, id: `t_${index}` }))),
    );
    expect(asked.filter(({ state }) => state === 'written')).toHaveLength(6);
    expect(await ledger.balanceOf(sari)).toMatchObject({ posted: 1_000 });
    await whole();
  });

  it('commits a change of the caller in the same transaction, or neither', async () => {
    expect(await world.joined(depositOf(sari, 10_000), 'dep_1')).toBe('marked');
    expect(await world.joined(depositOf(sari, 10_000), 'dep_1')).toBe('repeated');
    expect(await world.joined(depositOf(sari, 10_000, 'dep_2'), 'dep_1')).toBe('mark-taken');
    expect(await world.joined(transferOf(sari, budi, { amountRupiah: 10_001 }), 'trf_1')).toBe('refused');
    expect(await world.marks()).toEqual(['dep_1']);
    expect(await ledger.balanceOf(sari)).toMatchObject({ posted: 10_000 });
    const raced = await Promise.all(
      Array.from({ length: 10 }, (__, index) => world.joined(depositOf(sari, 10, `x_${index}`), `x_${index % 5}`)),
    );
    expect(raced.filter((state) => state === 'marked')).toHaveLength(5);
    expect(await ledger.balanceOf(sari)).toMatchObject({ posted: 10_050 });
    await whole();
  });

  it('states opening, rows and closing of any time, page by page', async () => {
    for (let index = 0; index < 12; index += 1) {
      await ledger.post(depositOf(sari, 1_000 + index, `dep_${index}`));
      clock.advance(3_600_000);
      if (index % 4 === 0) await ledger.hold(holdOn(sari, 100, `wd_${index}`));
    }
    const at = (hour: number) => new Date(Date.UTC(2026, 10, 21, 12 + hour)).toISOString();
    const statement = await ledger.statement({ account: sari, from: at(2), to: at(9) });
    const rows = await rowsOf(statement.pages());
    expect(rows.map(({ reference }) => reference)).toEqual(Array.from({ length: 7 }, (__, index) => `dep_${index + 2}`));
    expect(statement.opening).toBe(2_001);
    expect(statement.opening + rows.reduce((sum, { amountRupiah }) => sum + amountRupiah, 0)).toBe(statement.closing);
    expect(rows.at(-1)?.balanceRupiah).toBe(statement.closing);

    const all = await ledger.statement({ account: sari, from: at(-100), to: at(100) });
    expect([all.opening, all.closing, (await rowsOf(all.pages())).length]).toEqual([0, 12_066, 12]);
    const before = await ledger.statement({ account: sari, from: at(-100), to: at(0) });
    expect([before.opening, before.closing, await rowsOf(before.pages())]).toEqual([0, 0, []]);
    const nobody = await ledger.statement({ account: budi, from: at(0), to: at(1) });
    expect([nobody.opening, nobody.closing, await rowsOf(nobody.pages())]).toEqual([0, 0, []]);
  });

  it('exports a statement as CSV', async () => {
    await ledger.post(depositOf(sari, 10_000));
    clock.advance(1_000);
    await ledger.post({ ...transferOf(sari, budi, { amountRupiah: 4_000 }), reference: '-1+cmd' });
    const statement = await ledger.statement({ account: sari, from: '2026-11-21T00:00:00Z', to: '2026-11-22T00:00:00Z' });
    let csv = '';
    for await (const piece of statementCsv(statement)) csv += piece;
    expect(csv.split('\r\n')).toEqual([
      'time,number,kind,reference,posting,amount_rupiah,balance_rupiah',
      '2026-11-21T07:00:00.000+07:00,,opening,,,,0',
      '2026-11-21T19:00:00.000+07:00,1,deposit,dep_1,deposit:dep_1,10000,10000',
      "2026-11-21T19:00:01.000+07:00,2,transfer,'-1+cmd,transfer:trf_1,-4000,6000",
      '2026-11-22T07:00:00.000+07:00,,closing,,,,6000',
      '',
    ]);
  });

  it('never books before what was booked, also when its clock goes back', async () => {
    await ledger.post(depositOf(sari, 10_000));
    clock.advance(-60_000);
    expect(await ledger.post(transferOf(sari, budi, { amountRupiah: 1 }))).toMatchObject({ record: { at: '2026-11-21T12:00:00.000Z' } });
    await whole();
  });

  it.each<[string, Parameters<Ledger['post']>[0]]>([
    ['a fraction', depositOf(sari, 0.5)],
    ['nothing', depositOf(sari, 0)],
    ['less than nothing', depositOf(sari, -1)],
    ['more than any', depositOf(sari, 10 ** 18)],
    ['no number', depositOf(sari, Number.NaN)],
    ['a text', depositOf(sari, '1000' as unknown as number)],
    ['from itself to itself', transferOf(sari, sari, { amountRupiah: 1 })],
    ['the wrong way', { ...depositOf(sari, 1), moves: [{ from: sari, to: clearingBook('midtrans'), amountRupiah: 1 }] }],
    ['to nobody', depositOf('member:', 1)],
    ['to a shard by its name', suspendedDepositTo('suspense:07')],
    ['no move at all', { ...depositOf(sari, 1), moves: [] }],
    ['an id that would be another key', { ...depositOf(sari, 1), id: 'a#b' }],
    [
      'a claim that would be another key',
      { ...depositOf(sari, 1), claim: { gateway: 'midtrans', transactionId: 'a#CREDIT', kind: 'CREDIT' } },
    ],
  ])('does not take %s for a posting', async (__, request) => {
    const refused = await ledger.post(request).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Error);
    expect(refused).not.toBeInstanceOf(Fault);
    expect(await whole()).toMatchObject({ accounts: 0, postings: 0 });
  });
});

function suspendedDepositTo(book: string) {
  return { ...suspendedDeposit(1), moves: [{ from: clearingBook('midtrans'), to: book, amountRupiah: 1 }] };
}

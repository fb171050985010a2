/**
 * The daily reports of gateways, as the adapters read them off the sandbox over HTTP.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { irisReport } from '#shared/payments/midtrans-iris-report.ts';
import { midtransReport } from '#shared/payments/midtrans-report.ts';
import { xenditReport } from '#shared/payments/xendit-report.ts';
import { seededChance } from '#test/fakes/chance.ts';
import { keys, sandboxWorld, type SandboxWorld } from './sandbox-world.ts';

let world: SandboxWorld;
beforeAll(async () => {
  world = await sandboxWorld();
});
afterAll(() => world.close());

const everything = { fromMs: 0, toMs: Date.UTC(2100, 0) };
const settings = () => ({ clock: world.clock, chance: seededChance() });

async function paid(gateway: 'midtrans' | 'xendit', depositId: string): Promise<string> {
  const request = { depositId, amountRupiah: 50_000, method: 'qris' as const, expiresAtMs: world.clock.now() + 900_000, memberRef: 'm' };
  await world.gateways[gateway].charge(request);
  const { payments } = (await world.command(`charges/${gateway}/${depositId}/pay`)) as { payments: { id: string }[] };
  return payments[0]?.id ?? '';
}

async function paidOut(gateway: 'midtrans' | 'xendit', withdrawalId: string): Promise<string> {
  const to = { bank: 'bca' as const, accountNumber: '1234567890', accountName: 'Sari Dewi' };
  const outcome = await world.payouts[gateway].send({ withdrawalId, amountRupiah: 40_000, ...to });
  if (outcome.kind !== 'sent') throw new Error(outcome.reason);
  await world.payouts[gateway].approve(outcome.payout);
  await world.command(`payouts/${outcome.payout.gatewayPayoutId}/complete`);
  return outcome.payout.gatewayPayoutId;
}

describe('reports of a day', () => {
  it('has everything that Xendit took in and paid out, over all of its pages', async () => {
    const payments = [];
    for (let count = 0; count < 55; count += 1) payments.push(await paid('xendit', `dep_report${count}`));
    const payout = await paidOut('xendit', 'wd_report1');
    const report = xenditReport({ baseUrl: world.sandbox.xenditUrl, secretKey: async () => keys.xenditSecretKey, ...settings() });
    const lines = await report.lines(everything);
    expect(new Set(lines.filter(({ what }) => what === 'payment').map(({ gatewayId }) => gatewayId))).toEqual(new Set(payments));
    expect(lines.find(({ what }) => what === 'payout')).toMatchObject({ gatewayId: payout, reference: 'wd_report1', amountRupiah: 40_000 });
    expect(await report.lines({ fromMs: 0, toMs: 1 })).toEqual([]);
  });

  it('has what Iris paid out, and nothing that failed', async () => {
    const payout = await paidOut('midtrans', 'wd_report2');
    const failed = await world.payouts.midtrans.send({
      withdrawalId: 'wd_report3',
      amountRupiah: 40_000,
      bank: 'bca',
      accountNumber: '1234567890',
      accountName: 'Sari',
    });
    expect(failed.kind).toBe('sent');
    const report = irisReport({ baseUrl: world.sandbox.irisUrl, creatorKey: async () => keys.irisCreatorKey, ...settings() });
    const now = world.clock.now();
    const lines = await report.lines({ fromMs: now - 3_600_000, toMs: now + 3_600_000 });
    expect(lines).toMatchObject([{ what: 'payout', gatewayId: payout, reference: null, amountRupiah: 40_000 }]);
  });

  it("reads Midtrans' export", async () => {
    await paid('midtrans', 'dep_export1');
    const day = new Date(world.clock.now() + 7 * 3_600_000).toISOString().slice(0, 10);
    const { csv } = (await world.command(`reports/midtrans?day=${day}`, {}, 'GET')) as { csv: string };
    const status = await world.gateways.midtrans.status({ depositId: 'dep_export1', gatewayTransactionId: null });
    expect(midtransReport(csv)).toMatchObject({
      lines: [{ what: 'payment', gatewayId: status?.payments[0]?.paymentId, reference: 'dep_export1', amountRupiah: 50_000 }],
    });
  });
});

describe("an export of Midtrans' dashboard", () => {
  const head = 'Amount,Transaction ID,Order ID,"Transaction status",Settlement time';

  it('is read whatever the order of its columns, with quotes, a byte order mark and any line ends', () => {
    const csv = `\uFEFF${head}\n10000.00,"tx,1",dep_1,settlement,2026-11-21 19:00:00\r\n"5000","say ""hi""",dep_2,Capture,2026-11-21 00:00:01\n1,x,dep_3,expire,\n\n`;
    expect(midtransReport(csv)).toEqual({
      lines: [
        { what: 'payment', gatewayId: 'tx,1', reference: 'dep_1', amountRupiah: 10_000, atMs: Date.parse('2026-11-21T12:00:00Z') },
        { what: 'payment', gatewayId: 'say "hi"', reference: 'dep_2', amountRupiah: 5_000, atMs: Date.parse('2026-11-20T17:00:01Z') },
      ],
    });
  });

  it.each([
    ['', 1],
    ['a,b,c', 1],
    [`${head}\n10000.01,tx,dep_1,settlement,2026-11-21 19:00:00`, 2],
    [`${head}\n10000,tx,dep_1,settlement,yesterday`, 2],
    [`${head}\n10000,,dep_1,settlement,2026-11-21 19:00:00`, 2],
  ])('%j is refused with its line', (csv, line) => {
    expect(midtransReport(csv)).toMatchObject({ problem: { line } });
  });
});

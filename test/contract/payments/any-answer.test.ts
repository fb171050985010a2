/**
 * Whatever a server says, an adapter answers or throws one of the port's own faults, and believes in no money that nobody named.
 */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Fault } from '#shared/platform/fault.ts';
import { paymentFaultCatalogue } from '#shared/payments/payment-faults.ts';
import { fakeClock } from '#test/fakes/clock.ts';
import { adaptersOf } from './sandbox-world.ts';

let server: Server;
let url: string;
let said: { status: number; body: string };

beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(said.status, { 'content-type': 'application/json' }).end(said.body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

/** Nearly right: members that are read, with anything in them. */
const members = fc.record(
  {
    status_code: fc.constantFrom('200', '201', '202', '404', '406', '407', '412', '9', 200),
    transaction_id: fc.oneof(fc.constant('t-1'), fc.anything()),
    order_id: fc.oneof(fc.constant('dep_1'), fc.string()),
    gross_amount: fc.oneof(fc.constantFrom('50000.00', '50000.01', 50_000, '1e5'), fc.anything()),
    currency: fc.constantFrom('IDR', 'USD'),
    transaction_status: fc.oneof(fc.constantFrom('pending', 'settlement', 'deny'), fc.string()),
    qr_string: fc.string(),
    payment_request_id: fc.oneof(fc.constant('pr-1'), fc.string()),
    reference_id: fc.oneof(fc.constant('dep_1'), fc.string()),
    request_amount: fc.oneof(fc.constant(50_000), fc.double()),
    status: fc.oneof(fc.constantFrom('SUCCEEDED', 'EXPIRED', 'queued'), fc.string()),
    latest_payment_id: fc.oneof(fc.constant('py-1'), fc.string()),
    actions: fc.anything(),
    data: fc.anything(),
    payouts: fc.anything(),
    reference_no: fc.string(),
    amount: fc.anything(),
  },
  { requiredKeys: [] },
);

const answers = fc.record({
  status: fc.constantFrom(200, 200, 200, 201, 202, 301, 400, 401, 404, 406, 407, 409, 412),
  body: fc.oneof(
    members.map((body) => JSON.stringify(body, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))),
    fc.json({ maxDepth: 2 }),
    fc.string(),
  ),
});

const isOurs = (error: Error): boolean => error instanceof Fault && Object.hasOwn(paymentFaultCatalogue, error.code);

it('never ends in anything else', async () => {
  const clock = fakeClock();
  const charge = {
    depositId: 'dep_1',
    amountRupiah: 50_000,
    method: 'qris',
    expiresAtMs: clock.now() + 900_000,
    memberRef: 'm-1',
  } as const;
  const ref = { depositId: 'dep_1', gatewayTransactionId: null };
  const payout = { withdrawalId: 'wd_1', amountRupiah: 50_000, bank: 'bca', accountNumber: '1234567890', accountName: 'Sari' } as const;
  await fc.assert(
    fc.asyncProperty(answers, async (answer) => {
      said = answer;
      // New ones each time: an open circuit would ask nothing.
      const { gateways, payouts } = adaptersOf({ midtransUrl: url, irisUrl: url, xenditUrl: url }, clock, { callMsMax: 5_000 });
      const calls = Object.values(gateways).flatMap((gateway) => [
        () => gateway.charge(charge),
        () => gateway.status(ref),
        () => gateway.status({ ...ref, gatewayTransactionId: 'pr-1' }),
        () => gateway.refund({ ...ref, refundKey: 'ref-1', amountRupiah: 1, reason: 'asked for' }),
      ]);
      const payoutCalls = Object.values(payouts).flatMap((gateway) => [
        () => gateway.send(payout),
        () => gateway.status({ withdrawalId: 'wd_1', gatewayPayoutId: 'po-1' }),
        () => gateway.validateAccount(payout),
      ]);
      const outcomes: unknown[] = [];
      for (const call of [...calls, ...payoutCalls]) outcomes.push(await Promise.resolve(call()).catch((error: unknown) => error));
      expect(outcomes.filter((outcome) => outcome instanceof Error && !isOurs(outcome))).toEqual([]);
    }),
    { numRuns: 30 },
  );
});

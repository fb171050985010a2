/**
 * The adapters against gateways that hang, break, lie and forge. What may have been done must never be called undone.
 */
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Fault } from '#shared/platform/fault.ts';
import { mayHaveHappened } from '#shared/payments/payment-faults.ts';
import type { Charge, ChargeRequest, Notification } from '#shared/payments/ports.ts';
import { parseQris } from '#shared/payments/qris.ts';
import { adaptersOf, type SandboxWorld, sandboxWorld } from './sandbox-world.ts';

let world: SandboxWorld;
let number = 0;

/** Short, so that silence is over soon. */
const quick = { callMsMax: 1_000, attemptMsMax: 400 };

beforeAll(async () => {
  world = await sandboxWorld();
});
afterAll(() => world.close());
afterEach(async () => {
  await world.command('misbehaviours', {}, 'DELETE');
  await world.command('settings', { isHolding: false, copies: 1, delaySeconds: 0, isExpiring: true }, 'PATCH');
  world.answerWith(200);
  await world.deliveries();
});

const spoil = (kind: string, over: object = {}) => world.command('misbehaviours', { kind, count: 20, ...over });
/** New ones: a circuit that one test has opened is none of the next one's business. */
const adapters = () => adaptersOf(world.sandbox, world.clock, quick);

function request(over: Partial<ChargeRequest> = {}): ChargeRequest {
  number += 1;
  const depositId = `dep_badday${String(number).padStart(4, '0')}`;
  return { depositId, amountRupiah: 50_000, method: 'qris', expiresAtMs: world.clock.now() + 900_000, memberRef: 'm-1', ...over };
}

async function charged(name: 'midtrans' | 'xendit', over: Partial<ChargeRequest> = {}) {
  const asked = request(over);
  const outcome = await world.gateways[name].charge(asked);
  if (outcome.kind !== 'charged') throw new Error(JSON.stringify(outcome));
  const { gatewayTransactionId } = outcome.charge;
  return { depositId: asked.depositId, gatewayTransactionId, path: `charges/${name}/${asked.depositId}` };
}

const faultOf = async (call: Promise<unknown>): Promise<Fault> => {
  const fault = await call.then(
    (answer) => new Error(`answered ${JSON.stringify(answer)}`),
    (error: Fault) => error,
  );
  return fault as Fault;
};

describe.each(['midtrans', 'xendit'] as const)('%s', (name) => {
  it.each([
    ['silent', 'payments.outcome-unknown'],
    ['silent-after', 'payments.outcome-unknown'],
    ['cut', 'payments.outcome-unknown'],
    ['cut-after', 'payments.outcome-unknown'],
    ['status', 'payments.outcome-unknown'],
    ['redirect', 'payments.answer-wrong'],
    ['not-json', 'payments.answer-wrong'],
    ['huge', 'payments.answer-wrong'],
    ['wrong-currency', 'payments.answer-wrong'],
    ['wrong-order', 'payments.answer-wrong'],
    ['fraction', 'payments.answer-wrong'],
  ])('leaves open what became of a charge when the answer is: %s', async (kind, code) => {
    await spoil(kind, { operation: `${name}.charge` });
    const fault = await faultOf(adapters().gateways[name].charge(request()));
    expect(fault).toMatchObject({ name: 'Fault', code });
    expect(mayHaveHappened(fault)).toBe(true);
  });

  it.each(['silent', 'cut', 'status'])('cannot say how a charge is doing when the answer is: %s', async (kind) => {
    const ref = await charged(name);
    await spoil(kind);
    const started = performance.now();
    expect(await faultOf(adapters().gateways[name].status(ref))).toMatchObject({ code: 'payments.gateway-unavailable' });
    expect(performance.now() - started).toBeLessThan(quick.callMsMax + 1_000);
  });

  it.each(['redirect', 'not-json', 'huge', 'wrong-currency', 'wrong-order', 'fraction'])('believes no status that is: %s', async (kind) => {
    const ref = await charged(name);
    await spoil(kind, { operation: `${name}.status` });
    expect(await faultOf(adapters().gateways[name].status(ref))).toMatchObject({ code: 'payments.answer-wrong' });
  });

  it('asks again when one answer was broken', async () => {
    const ref = await charged(name);
    await spoil('status', { count: 1 });
    expect(await adapters().gateways[name].status(ref)).toMatchObject({ state: 'pending' });
    await spoil('cut', { count: 2 });
    expect(await adapters().gateways[name].status(ref)).toMatchObject({ state: 'pending' });
  });

  it('asks no more after five failures in a row, and again once the gateway has had its rest', async () => {
    const ref = await charged(name);
    const { gateways } = adapters();
    await spoil('status', { count: 5, operation: `${name}.status` });
    await faultOf(gateways[name].status(ref));
    await faultOf(gateways[name].status(ref));
    expect(await faultOf(gateways[name].status(ref))).toMatchObject({ code: 'payments.gateway-unavailable' });
    await world.clock.advance(10_000);
    expect(await gateways[name].status(ref)).toMatchObject({ state: 'pending' });
  });

  it('says that nothing was done when nobody is there', async () => {
    const nobody = await freeAddress();
    const { gateways } = adaptersOf({ midtransUrl: nobody, irisUrl: nobody, xenditUrl: nobody }, world.clock, quick);
    const fault = await faultOf(gateways[name].charge(request()));
    expect(fault).toMatchObject({ code: 'payments.gateway-unavailable' });
    expect(mayHaveHappened(fault)).toBe(false);
  });

  it('refuses a settlement that nobody with our key signed', async () => {
    const { path } = await charged(name);
    await world.deliveries();
    await world.command(`${path}/forge`, { how: 'wrong-key' });
    const [forged] = await world.deliveries();
    expect(await world.gateways[name].parseWebhook(forged!)).toEqual({ kind: 'refused', reason: 'signature' });
  });

  it('hears of the expiry at its time, and of money that comes after it', async () => {
    const ref = await charged(name, { method: 'va-bca' });
    await world.deliveries();
    await world.clock.advance(902_000);
    expect(await claims(name, ref.depositId)).toEqual(['expired']);
    expect(await world.gateways[name].status(ref)).toMatchObject({ state: 'expired', payments: [] });
    await world.command(`${ref.path}/pay`);
    expect(await claims(name, ref.depositId)).toEqual(['paid']);
    expect(await world.gateways[name].status(ref)).toMatchObject({ state: 'paid', payments: [{ amountRupiah: 50_000 }] });
  });

  it('is told doubled, late and shuffled, and always decides the same', async () => {
    const ref = await charged(name);
    await world.deliveries();
    await world.command('settings', { isHolding: true, copies: 3 }, 'PATCH');
    await world.command(`${ref.path}/pay`);
    await world.command(`${ref.path}/deny`);
    expect(await world.deliveries()).toEqual([]);
    await world.command('webhooks/release', { order: 'shuffled', seed: 7 });
    const notifications = await notificationsOf(name);
    expect(notifications).toHaveLength(6);
    expect(new Set(notifications.map(({ eventId }) => eventId)).size).toBe(2);
    expect(await world.gateways[name].status(ref)).toMatchObject({ state: 'reversed' });
  });
});

/** Where nobody listens. */
async function freeAddress(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${port}`;
}

async function notificationsOf(name: 'midtrans' | 'xendit'): Promise<Notification[]> {
  const outcomes = await Promise.all((await world.deliveries()).map((webhook) => world.gateways[name].parseWebhook(webhook)));
  return outcomes.flatMap((outcome) => (outcome.kind === 'admitted' ? [outcome.notification] : []));
}

/** What is claimed of one charge; others expire on the way. */
const claims = async (name: 'midtrans' | 'xendit', id: string) =>
  (await notificationsOf(name)).filter(({ depositId }) => depositId === id).map(({ claimedState }) => claimedState);

it.each(['midtrans', 'xendit'] as const)('%s shows a code that any wallet reads', async (name) => {
  const outcome = await world.gateways[name].charge(request({ amountRupiah: 123_456 }));
  const { instructions } = (outcome as { charge: Charge }).charge;
  const { qrPayload } = instructions as { qrPayload: string };
  expect(parseQris(qrPayload)).toMatchObject({ isDynamic: true, amountRupiah: 123_456, city: 'JAKARTA' });
});

describe('a genuine signature on something that is not so', () => {
  it("of Midtrans' refund admits a forged settlement, and the status refuses it", async () => {
    const ref = await charged('midtrans');
    await world.command(`${ref.path}/pay`);
    await world.command(`${ref.path}/refund`);
    await world.command(`${ref.path}/confirm-refunds`);
    const refund = (await world.deliveries()).find(({ rawBody }) => Buffer.from(rawBody).includes('"refund"'));
    const genuine = JSON.parse(Buffer.from(refund!.rawBody).toString()) as Record<string, unknown>;
    // Nothing but the word changes: order, code and amount are those that were signed.
    const forged = { ...genuine, transaction_status: 'settlement', refunds: undefined };
    const outcome = await world.gateways.midtrans.parseWebhook({ rawBody: Buffer.from(JSON.stringify(forged)), headers: {} });
    expect(outcome).toMatchObject({ kind: 'admitted', notification: { claimedState: 'paid' } });
    expect(await world.gateways.midtrans.status(ref)).toMatchObject({ state: 'refunded' });
  });

  it.each(['midtrans', 'xendit'] as const)('does not make money: %s', async (name) => {
    const ref = await charged(name);
    await world.deliveries();
    await world.command(`${ref.path}/forge`, { how: 'refund-signature' });
    expect(await claims(name, ref.depositId)).toEqual(['paid']);
    expect(await world.gateways[name].status(ref)).toMatchObject({ state: 'pending', payments: [] });
  });
});

describe('what only one of them does', () => {
  it('Midtrans: an answer that was lost comes again under the same key', async () => {
    await spoil('cut-after', { count: 1, operation: 'midtrans.charge' });
    const asked = request({ method: 'va-bca' });
    expect(await adapters().gateways.midtrans.charge(asked)).toMatchObject({ kind: 'charged', charge: { instructions: { bank: 'bca' } } });
  });

  it('Midtrans: a charge that was lost for good is found under our id, and an account number with it', async () => {
    await spoil('silent-after', { operation: 'midtrans.charge' });
    const [account, code] = [request({ method: 'va-permata' }), request()];
    await faultOf(adapters().gateways.midtrans.charge(account));
    await faultOf(adapters().gateways.midtrans.charge(code));
    await world.command('misbehaviours', {}, 'DELETE');
    expect(await world.gateways.midtrans.status({ ...account, gatewayTransactionId: null })).toMatchObject({ state: 'pending' });
    await world.clock.advance(300_000);
    expect(await world.gateways.midtrans.charge(account)).toMatchObject({ kind: 'charged', charge: { instructions: { bank: 'permata' } } });
    expect(await world.gateways.midtrans.charge(code)).toMatchObject({ kind: 'exists' });
  });

  it('Midtrans: all banks and wallets have something to show', async () => {
    const kinds = await Promise.all(
      (
        ['va-bca', 'va-bni', 'va-bri', 'va-permata', 'va-cimb', 'va-mandiri', 'ewallet-gopay', 'ewallet-shopeepay', 'ewallet-ovo'] as const
      ).map(async (method) => {
        const outcome = await world.gateways.midtrans.charge(request({ method, phone: '+6281234567890' }));
        return outcome.kind === 'charged' ? outcome.charge.instructions.kind : outcome;
      }),
    );
    expect(kinds).toEqual([...Array.from({ length: 5 }, () => 'virtual-account'), 'bill', 'redirect', 'redirect', 'push']);
  });

  it('Xendit: all banks and wallets have something to show, and OVO needs a number', async () => {
    const charge = async (over: Partial<ChargeRequest>) => {
      const outcome = await world.gateways.xendit.charge(request(over));
      return outcome.kind === 'charged' ? outcome.charge.instructions.kind : outcome.kind;
    };
    expect(
      await Promise.all((['va-bni', 'va-mandiri', 'ewallet-dana', 'ewallet-shopeepay'] as const).map((method) => charge({ method }))),
    ).toEqual(['virtual-account', 'virtual-account', 'redirect', 'redirect']);
    expect(await charge({ method: 'ewallet-ovo' })).toBe('refused');
    expect(await charge({ method: 'ewallet-ovo', phone: '+6281234567890' })).toBe('push');
  });

  it('Xendit: a second payment of the same request is another payment', async () => {
    const ref = await charged('xendit');
    await world.command(`${ref.path}/pay`);
    await world.command(`${ref.path}/pay`, { amountRupiah: 10_000 });
    const { payments = [] } = (await world.gateways.xendit.status(ref)) ?? {};
    expect(payments.map(({ amountRupiah }) => amountRupiah)).toEqual([50_000, 10_000]);
    expect(new Set(payments.map(({ paymentId }) => paymentId)).size).toBe(2);
    // Two pieces of news, not one told twice.
    expect(new Set((await notificationsOf('xendit')).map(({ eventId }) => eventId)).size).toBe(2);
  });

  it('Midtrans: a transaction that is settled again is the same payment, and the same news', async () => {
    const ref = await charged('midtrans');
    await world.deliveries();
    for (let times = 0; times < 3; times += 1) await world.command(`${ref.path}/pay`);
    expect((await world.gateways.midtrans.status(ref))?.payments).toHaveLength(1);
    expect(new Set((await notificationsOf('midtrans')).map(({ eventId }) => eventId)).size).toBe(1);
  });

  it("Midtrans: reads a status in DANA's capitals", async () => {
    const ref = await charged('midtrans');
    await spoil('uppercase');
    expect(await world.gateways.midtrans.status(ref)).toMatchObject({ state: 'pending', rawStatus: 'PENDING' });
  });

  it('Midtrans: a chargeback is money taken back', async () => {
    const [midtrans, xendit] = [await charged('midtrans'), await charged('xendit')];
    for (const { path } of [midtrans, xendit]) await world.command(`${path}/pay`);
    for (const { path } of [midtrans, xendit]) await world.command(`${path}/chargeback`);
    expect(await world.gateways.midtrans.status(midtrans)).toMatchObject({ state: 'reversed' });
    expect(await world.gateways.xendit.status(xendit)).toMatchObject({ state: 'reversed' });
  });
});

describe('webhooks that nobody takes', () => {
  /** Other charges expire on the way. */
  const deliveriesOf = async (depositId: string) =>
    (await world.deliveries()).filter(({ rawBody }) => Buffer.from(rawBody).includes(depositId));

  it('come again from Midtrans after 2 minutes, 10, 30, 90 and 210, and then no more', async () => {
    const { depositId, path } = await charged('midtrans', { method: 'va-bca' });
    await world.deliveries();
    world.answerWith(422);
    await world.command(`${path}/pay`);
    expect(await deliveriesOf(depositId)).toHaveLength(1);
    for (const minutes of [2, 10, 30, 90, 210]) {
      await world.clock.advance(minutes * 60_000 - 5_000);
      expect(await deliveriesOf(depositId)).toEqual([]);
      await world.clock.advance(6_000);
      expect(await deliveriesOf(depositId)).toHaveLength(1);
    }
    await world.clock.advance(24 * 3_600_000);
    expect(await deliveriesOf(depositId)).toEqual([]);
    expect(await world.command(`webhooks?reference=${depositId}`, {}, 'GET')).toMatchObject({ webhooks: [{ state: 'given-up' }] });
  });

  it('come once more from Midtrans after a 500, and from Xendit for a day', async () => {
    const { depositId, path } = await charged('midtrans', { method: 'va-bca' });
    world.answerWith(500);
    await world.command(`${path}/pay`);
    await world.clock.advance(12 * 3_600_000);
    expect(await deliveriesOf(depositId)).toHaveLength(2);
    const other = await charged('xendit');
    await world.command(`${other.path}/pay`);
    await world.clock.advance(25 * 3_600_000);
    expect(await deliveriesOf(other.depositId)).toHaveLength(7);
  });
});

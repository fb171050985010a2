/**
 * What every payment gateway keeps to: the fake, and the adapters of Midtrans and Xendit against the sandbox over HTTP.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChargeRequest, Notification, PaymentGateway, WebhookRequest } from '#shared/payments/ports.ts';
import { fakeClock } from '#test/fakes/clock.ts';
import { fakePaymentGateway } from '#test/fakes/fake-payment-gateway.ts';
import { sandboxWorld } from './sandbox-world.ts';

interface PaymentWorld {
  readonly gateway: PaymentGateway;
  now(): number;
  pay(depositId: string, amountRupiah?: number): Promise<void>;
  takeBack(depositId: string): Promise<void>;
  confirmRefunds(depositId: string): Promise<void>;
  /** The webhooks since it was asked last. */
  news(): Promise<WebhookRequest[]>;
  close(): Promise<void>;
}

async function fakeWorld(): Promise<PaymentWorld> {
  const clock = fakeClock();
  const gateway = fakePaymentGateway({ clock });
  const news: WebhookRequest[] = [];
  return {
    gateway,
    now: () => clock.now(),
    pay: async (depositId, amountRupiah) => {
      gateway.pay(depositId, amountRupiah);
      news.push(gateway.webhook(depositId, 'paid'));
    },
    takeBack: async (depositId) => {
      gateway.takeBack(depositId);
      news.push(gateway.webhook(depositId, 'reversed'));
    },
    confirmRefunds: async (depositId) => gateway.confirmRefunds(depositId),
    news: async () => news.splice(0),
    close: async () => {},
  };
}

async function realWorld(name: 'midtrans' | 'xendit'): Promise<PaymentWorld> {
  const world = await sandboxWorld();
  const act = async (depositId: string, action: string, body?: object): Promise<void> =>
    void (await world.command(`charges/${name}/${depositId}/${action}`, body));
  return {
    gateway: world.gateways[name],
    now: () => world.clock.now(),
    pay: (depositId, amountRupiah) => act(depositId, 'pay', { amountRupiah }),
    takeBack: (depositId) => act(depositId, 'deny'),
    confirmRefunds: (depositId) => act(depositId, 'confirm-refunds'),
    news: () => world.deliveries(),
    close: () => world.close(),
  };
}

describe.each<[string, () => Promise<PaymentWorld>]>([
  ['the fake', fakeWorld],
  ['Midtrans', () => realWorld('midtrans')],
  ['Xendit', () => realWorld('xendit')],
])('a payment gateway: %s', (_, open) => {
  let world: PaymentWorld;
  let number = 0;
  beforeAll(async () => {
    world = await open();
  });
  afterAll(() => world.close());

  const request = (over: Partial<ChargeRequest> = {}): ChargeRequest => {
    number += 1;
    const depositId = `dep_contract${String(number).padStart(4, '0')}`;
    return { depositId, amountRupiah: 50_000, method: 'qris', expiresAtMs: world.now() + 900_000, memberRef: 'm-1', ...over };
  };

  /** A charge that was made, with both its ids. */
  async function charged(over: Partial<ChargeRequest> = {}) {
    const asked = request(over);
    const outcome = await world.gateway.charge(asked);
    if (outcome.kind !== 'charged') throw new Error(JSON.stringify(outcome));
    const { charge } = outcome;
    return { asked, charge, ref: { depositId: charge.depositId, gatewayTransactionId: charge.gatewayTransactionId } };
  }

  async function admitted(): Promise<Notification[]> {
    const outcomes = await Promise.all((await world.news()).map((webhook) => world.gateway.parseWebhook(webhook)));
    return outcomes.map((outcome) => {
      if (outcome.kind !== 'admitted') throw new Error(outcome.reason);
      return outcome.notification;
    });
  }

  it('charges a QR code for the amount, and nothing is paid yet', async () => {
    const { asked, charge, ref } = await charged();
    expect(charge).toMatchObject({
      gateway: world.gateway.name,
      depositId: asked.depositId,
      amountRupiah: 50_000,
      instructions: { kind: 'qr' },
    });
    expect(await world.gateway.status(ref)).toMatchObject({ ...ref, state: 'pending', amountRupiah: 50_000, payments: [], refunds: [] });
  });

  it('charges a virtual account of BCA that lasts at least as long as asked for', async () => {
    const { asked, charge } = await charged({ method: 'va-bca' });
    expect(charge.instructions).toEqual({ kind: 'virtual-account', bank: 'bca', vaNumber: expect.stringMatching(/^\d{10,20}$/) });
    expect(charge.gatewayExpiresAtMs).toBeGreaterThanOrEqual(asked.expiresAtMs);
    expect(charge.gatewayExpiresAtMs).toBeLessThan(asked.expiresAtMs + 2_000);
  });

  it('tells by webhook that it was paid, and the status says so', async () => {
    const { ref } = await charged({ method: 'va-bca' });
    await world.news();
    await world.pay(ref.depositId);
    const [notification, ...others] = await admitted();
    expect(others).toEqual([]);
    expect(notification).toMatchObject({ about: 'charge', ...ref, claimedState: 'paid' });
    const status = await world.gateway.status(ref);
    expect(status).toMatchObject({ state: 'paid', amountRupiah: 50_000, payments: [{ amountRupiah: 50_000 }] });
    expect(Math.abs((status?.payments[0]?.paidAtMs ?? 0) - world.now())).toBeLessThan(60_000);
  });

  it('gives the same news the same id, and other news another', async () => {
    const { ref } = await charged();
    await world.news();
    await world.pay(ref.depositId);
    const [webhook] = await world.news();
    const ids = await Promise.all([webhook!, webhook!].map(async (copy) => await world.gateway.parseWebhook(copy)));
    expect(ids[0]).toEqual(ids[1]);
    await world.takeBack(ref.depositId);
    const [later] = await admitted();
    expect(later?.eventId).toMatch(/^[0-9a-f]{64}$/);
    expect(later?.eventId).not.toBe(ids[0]?.kind === 'admitted' ? ids[0].notification.eventId : '');
  });

  it('finds a payment by our id alone', async () => {
    const { ref } = await charged();
    await world.pay(ref.depositId);
    expect(await world.gateway.status({ ...ref, gatewayTransactionId: null })).toMatchObject({ ...ref, state: 'paid' });
  });

  it('knows nothing of a charge that never was', async () => {
    const status = await world.gateway.status({ depositId: 'dep_never', gatewayTransactionId: null });
    expect(status === undefined || status.state === 'unknown').toBe(true);
    expect(await world.gateway.status({ depositId: '../../v1/charges?x=', gatewayTransactionId: '../x' })).toBeUndefined();
  });

  it('refuses what it does not serve, before anything is made', async () => {
    const tooMuch = request({ amountRupiah: 10_000_001 });
    expect(await world.gateway.charge(tooMuch)).toMatchObject({ kind: 'refused' });
    expect((await world.gateway.status({ ...tooMuch, gatewayTransactionId: null }))?.state ?? 'unknown').toBe('unknown');
    const unserved = request({ method: world.gateway.name === 'xendit' ? 'ewallet-gopay' : 'ewallet-dana' });
    expect(await world.gateway.charge(unserved)).toMatchObject({ kind: 'refused' });
  });

  it('cancels what nobody has paid', async () => {
    const { ref } = await charged();
    expect(await world.gateway.cancel(ref)).toMatchObject({ state: 'cancelled', payments: [] });
    expect(await world.gateway.status(ref)).toMatchObject({ state: 'cancelled' });
  });

  it('says that it was too late to cancel, and that cancelling twice is cancelling once', async () => {
    const { ref } = await charged();
    await world.pay(ref.depositId);
    expect(await world.gateway.cancel(ref)).toMatchObject({ state: 'paid', payments: [{ amountRupiah: 50_000 }] });
    const other = await charged();
    await world.gateway.cancel(other.ref);
    expect(await world.gateway.cancel(other.ref)).toMatchObject({ state: 'cancelled' });
  });

  it('sees money that comes after the end', async () => {
    const { ref } = await charged();
    const ended = await world.gateway.expire(ref);
    expect(['expired', 'cancelled']).toContain(ended?.state);
    await world.pay(ref.depositId);
    expect(await world.gateway.status(ref)).toMatchObject({ state: 'paid', payments: [{ amountRupiah: 50_000 }] });
  });

  it('tells the amount that came, not the one that was asked for', async () => {
    const { ref } = await charged();
    await world.pay(ref.depositId, 49_999);
    expect((await world.gateway.status(ref))?.payments).toMatchObject([{ amountRupiah: 49_999 }]);
  });

  it('sees money that is taken back', async () => {
    const { ref } = await charged({ method: 'va-bca' });
    await world.pay(ref.depositId);
    await world.takeBack(ref.depositId);
    expect(await world.gateway.status(ref)).toMatchObject({ state: 'reversed', payments: [{ amountRupiah: 50_000 }] });
  });

  it('refunds in parts, once for each key, and counts them when the bank has confirmed', async () => {
    const { ref } = await charged();
    await world.pay(ref.depositId);
    const refund = (refundKey: string, amountRupiah: number) =>
      world.gateway.refund({ ...ref, refundKey, amountRupiah, reason: 'asked for' });
    const first = await refund('ref-1', 20_000);
    expect(first).toEqual({ kind: 'accepted', refund: { refundKey: 'ref-1', amountRupiah: 20_000, state: 'pending' } });
    expect(await refund('ref-1', 20_000)).toEqual(first);
    expect(await refund('ref-1', 10_000)).toMatchObject({ kind: 'refused' });
    expect(await refund('ref-2', 30_001)).toMatchObject({ kind: 'refused' });
    expect(await world.gateway.status(ref)).toMatchObject({ state: 'paid', refunds: [{ refundKey: 'ref-1', state: 'pending' }] });
    await world.confirmRefunds(ref.depositId);
    expect(await world.gateway.status(ref)).toMatchObject({ state: 'partially-refunded' });
    expect(await refund('ref-2', 30_000)).toMatchObject({ kind: 'accepted' });
    await world.confirmRefunds(ref.depositId);
    expect(await world.gateway.status(ref)).toMatchObject({
      state: 'refunded',
      refunds: [{ amountRupiah: 20_000 }, { amountRupiah: 30_000 }],
    });
  });

  it('refunds no virtual account, and nothing that was not paid', async () => {
    const account = await charged({ method: 'va-bca' });
    await world.pay(account.ref.depositId);
    const asked = { refundKey: 'ref-va', amountRupiah: 50_000, reason: 'asked for' };
    expect(await world.gateway.refund({ ...account.ref, ...asked })).toMatchObject({ kind: 'refused' });
    const unpaid = await charged();
    expect(await world.gateway.refund({ ...unpaid.ref, ...asked })).toMatchObject({ kind: 'refused' });
  });

  it('refuses webhooks that nobody signed, that are too large, and that are no JSON', async () => {
    const { ref } = await charged();
    await world.news();
    await world.pay(ref.depositId);
    const [{ rawBody, headers }] = (await world.news()) as [WebhookRequest];
    const parse = (webhook: WebhookRequest) => world.gateway.parseWebhook(webhook);
    const forged = Buffer.from(
      Buffer.from(rawBody)
        .toString()
        .replaceAll(/[0-9a-f]{128}/g, 'ab'.repeat(64)),
    );
    expect(await parse({ rawBody: forged, headers: {} })).toEqual({ kind: 'refused', reason: 'signature' });
    expect(await parse({ rawBody: Buffer.alloc(256 * 1024 + 1, 32), headers })).toEqual({ kind: 'refused', reason: 'too-large' });
    for (const text of ['', 'null', '[]', '{', '"x"', '\u00ff\u0000']) {
      expect(await parse({ rawBody: Buffer.from(text, 'latin1'), headers })).toEqual({ kind: 'refused', reason: 'malformed' });
    }
  });
});

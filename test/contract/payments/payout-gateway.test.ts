/**
 * What every payout gateway keeps to: the fake, and the adapters of Midtrans' Iris and Xendit's payouts against the sandbox over HTTP.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PayoutGateway, PayoutRequest, WebhookRequest } from '#shared/payments/ports.ts';
import { fakePayoutGateway } from '#test/fakes/fake-payout-gateway.ts';
import { sandboxWorld } from './sandbox-world.ts';

interface PayoutWorld {
  readonly gateway: PayoutGateway;
  become(payout: { withdrawalId: string; gatewayPayoutId: string }, how: 'complete' | 'fail' | 'reverse'): Promise<void>;
  /** The webhooks since it was asked last. */
  news(): Promise<WebhookRequest[]>;
  close(): Promise<void>;
}

async function fakeWorld(needsApproval: boolean): Promise<PayoutWorld> {
  const gateway = fakePayoutGateway({ needsApproval });
  const news: WebhookRequest[] = [];
  const states = { complete: 'completed', fail: 'failed', reverse: 'reversed' } as const;
  return {
    gateway,
    become: async ({ withdrawalId }, how) => {
      gateway.become(withdrawalId, states[how]);
      news.push(gateway.webhook(withdrawalId, states[how]));
    },
    news: async () => news.splice(0),
    close: async () => {},
  };
}

async function realWorld(name: 'midtrans' | 'xendit'): Promise<PayoutWorld> {
  const world = await sandboxWorld();
  return {
    gateway: world.payouts[name],
    become: async ({ gatewayPayoutId }, how) => void (await world.command(`payouts/${gatewayPayoutId}/${how}`)),
    news: () => world.deliveries(),
    close: () => world.close(),
  };
}

describe.each<[string, () => Promise<PayoutWorld>]>([
  ['the fake with approval', () => fakeWorld(true)],
  ['the fake without', () => fakeWorld(false)],
  ['Midtrans', () => realWorld('midtrans')],
  ['Xendit', () => realWorld('xendit')],
])('a payout gateway: %s', (_, open) => {
  let world: PayoutWorld;
  let number = 0;
  beforeAll(async () => {
    world = await open();
  });
  afterAll(() => world.close());

  const request = (over: Partial<PayoutRequest> = {}): PayoutRequest => {
    number += 1;
    const withdrawalId = `wd_contract${String(number).padStart(4, '0')}`;
    return { withdrawalId, amountRupiah: 75_000, bank: 'bca', accountNumber: '1234567890', accountName: 'Sari Dewi', ...over };
  };

  async function sent(over: Partial<PayoutRequest> = {}) {
    const outcome = await world.gateway.send(request(over));
    if (outcome.kind !== 'sent') throw new Error(outcome.reason);
    return outcome.payout;
  }

  async function underway() {
    const payout = await sent();
    expect(await world.gateway.approve(payout)).toEqual({ kind: 'approved' });
    await world.news();
    return payout;
  }

  it('sends once, however often it is asked', async () => {
    const asked = request();
    const [first, second] = [await world.gateway.send(asked), await world.gateway.send(asked)];
    expect(first).toMatchObject({ kind: 'sent', payout: { withdrawalId: asked.withdrawalId, amountRupiah: 75_000 } });
    expect(second).toEqual(first);
  });

  it('never calls another payout under the same id refused: the first is on its way', async () => {
    const asked = request();
    await world.gateway.send(asked);
    await expect(world.gateway.send({ ...asked, amountRupiah: 75_001 })).rejects.toMatchObject({ code: 'payments.outcome-unknown' });
  });

  it('waits for the second key where it needs one', async () => {
    const payout = await sent();
    expect(payout.state).toBe(world.gateway.needsApproval ? 'awaiting-approval' : 'processing');
    expect(await world.gateway.approve(payout)).toEqual({ kind: 'approved' });
    expect(await world.gateway.approve(payout)).toEqual({ kind: 'approved' });
    expect(await world.gateway.status(payout)).toMatchObject({ state: 'processing', amountRupiah: 75_000, failure: null });
  });

  it('tells when the bank has it', async () => {
    const payout = await underway();
    await world.become(payout, 'complete');
    const [webhook, ...others] = await world.news();
    expect(others).toEqual([]);
    const outcome = await world.gateway.parseWebhook(webhook!);
    expect(outcome).toMatchObject({
      kind: 'admitted',
      notification: {
        gatewayPayoutId: payout.gatewayPayoutId,
        claimedState: 'completed',
        eventId: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    });
    expect(await world.gateway.status(payout)).toMatchObject({ state: 'completed', amountRupiah: 75_000 });
  });

  it('tells that it failed, and why', async () => {
    const payout = await underway();
    await world.become(payout, 'fail');
    expect(await world.gateway.status(payout)).toMatchObject({
      state: 'failed',
      failure: { code: 'INVALID_DESTINATION', isTemporary: false },
    });
  });

  it('tells that a bank gave it back after it had completed', async () => {
    const payout = await underway();
    await world.become(payout, 'complete');
    await world.become(payout, 'reverse');
    expect(['failed', 'reversed']).toContain((await world.gateway.status(payout))?.state);
  });

  it('knows nothing of a payout that never was', async () => {
    expect(await world.gateway.status({ withdrawalId: 'wd_never', gatewayPayoutId: null })).toBeUndefined();
    expect(await world.gateway.status({ withdrawalId: '../x', gatewayPayoutId: '../../ping?' })).toBeUndefined();
  });

  it.each<Partial<PayoutRequest>>([
    { accountNumber: '12345' },
    { accountNumber: '12345678ab' },
    { amountRupiah: 0 },
    { amountRupiah: 10.5 },
    { amountRupiah: 10 ** 18 },
  ])('refuses %o before anything is sent', async (over) => {
    expect(await world.gateway.send(request(over))).toMatchObject({ kind: 'refused' });
  });

  it('names the holder of an account, or says that it cannot', async () => {
    const { gateway } = world;
    const checks = await Promise.all(
      ['1234567890', '0001234567', '1&bank=bni'].map((accountNumber) => gateway.validateAccount({ bank: 'bca', accountNumber })),
    );
    const told = [{ kind: 'found', accountName: 'SARI DEWI' }, { kind: 'not-found' }, { kind: 'not-found' }];
    const untold = checks.map(() => ({ kind: 'unsupported' }));
    // Xendit has no such question that is answered at once.
    expect(checks).toEqual(gateway.needsApproval ? told : untold);
  });

  it('refuses webhooks that were changed on the way, are too large, or are no JSON', async () => {
    const payout = await underway();
    await world.become(payout, 'complete');
    const [{ rawBody, headers }] = (await world.news()) as [WebhookRequest];
    const parse = (webhook: WebhookRequest) => world.gateway.parseWebhook(webhook);
    expect(await parse({ rawBody, headers: {} })).toEqual({ kind: 'refused', reason: 'signature' });
    expect(await parse({ rawBody: Buffer.alloc(256 * 1024 + 1, 32), headers })).toEqual({ kind: 'refused', reason: 'too-large' });
    for (const text of ['', 'null', '[]', '{'])
      expect(await parse({ rawBody: Buffer.from(text), headers })).toMatchObject({ kind: 'refused' });
  });
});

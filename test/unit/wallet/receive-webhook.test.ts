/**
 * Taking a webhook in: what is told to operators, and what is left behind.
 */
import { expect, it } from 'vitest';
import { xenditWebhook } from '#shared/payments/xendit-webhook.ts';
import { receiveWebhook } from '#shared/wallet/webhooks/receive-webhook.ts';
import type { WebhookStore } from '#shared/wallet/webhooks/ports.ts';
import { fakeClock } from '#test/fakes/clock.ts';

const token = 'callback-token';

it('tells operators of what is forged or broken, and not of genuine news about something else, and keeps none of it', async () => {
  const refusals: string[] = [];
  const touched = async (): Promise<never> => Promise.reject(new Error('nothing is kept, and nothing is queued'));
  const store: WebhookStore = { keep: touched, get: touched, processed: touched };
  const queue = { send: touched };
  const admit = async (request: Parameters<typeof xenditWebhook>[0]) => xenditWebhook(request, token);
  const deps = {
    admissions: { midtrans: admit, xendit: admit, iris: admit, 'xendit-payouts': admit },
    webhooks: store,
    queues: { midtrans: queue, xendit: queue, iris: queue, 'xendit-payouts': queue },
    clock: fakeClock(),
    onRefused: ({ reason }: { readonly reason: string }) => void refusals.push(reason),
  };
  const receive = (body: object, given = token) =>
    receiveWebhook(deps, { channel: 'xendit', rawBody: Buffer.from(JSON.stringify(body)), headers: { 'x-callback-token': given } });
  await receive({ event: 'payment_token.activation', data: {} });
  expect(refusals).toEqual([]);
  await expect(receive({ event: 'payment.capture', data: {} }, 'another')).rejects.toMatchObject({ code: 'webhooks.signature-wrong' });
  await expect(receive({ event: 'payment.capture', data: {} })).rejects.toMatchObject({ code: 'webhooks.malformed' });
  await expect(receive({ event: 'payment.capture', data: { text: 'x'.repeat(300_000) } })).rejects.toMatchObject({
    code: 'request.too-large',
  });
  expect(refusals).toEqual(['signature', 'malformed', 'too-large']);
});

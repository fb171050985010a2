/**
 * What tells webhooks of a deployment's gateways from others'. Needs the keys that they are signed with, and asks the gateways nothing.
 */
import type { Chance } from '#shared/platform/chance.ts';
import type { Clock } from '#shared/platform/clock.ts';
import { secretReader } from '#shared/platform/secret.ts';
import { irisPayouts } from './midtrans-iris-payouts.ts';
import { midtransWebhook } from './midtrans-webhook.ts';
import type { WebhookRequest } from './ports.ts';
import { xenditPayouts } from './xendit-payouts.ts';
import { xenditWebhook } from './xendit-webhook.ts';

export const admissionVariables = [
  'MIDTRANS_SERVER_KEY_SECRET_ID',
  'XENDIT_CALLBACK_TOKEN_SECRET_ID',
  'IRIS_MERCHANT_KEY_SECRET_ID',
] as const;

type Settings = Readonly<Record<(typeof admissionVariables)[number], string>>;

export function configuredAdmissions(env: Settings, { clock, chance }: { readonly clock: Clock; readonly chance: Chance }) {
  const serverKey = secretReader(env.MIDTRANS_SERVER_KEY_SECRET_ID, clock);
  const callbackToken = secretReader(env.XENDIT_CALLBACK_TOKEN_SECRET_ID, clock);
  const merchantKey = secretReader(env.IRIS_MERCHANT_KEY_SECRET_ID, clock);
  const silent = { baseUrl: 'https://nowhere.invalid', clock, chance };
  const iris = irisPayouts({ ...silent, creatorKey: noKey, approverKey: noKey, merchantKey });
  const payouts = xenditPayouts({ ...silent, secretKey: noKey, callbackToken });
  return {
    midtrans: async (request: WebhookRequest) => midtransWebhook(request, await serverKey()),
    xendit: async (request: WebhookRequest) => xenditWebhook(request, await callbackToken()),
    iris: (request: WebhookRequest) => iris.parseWebhook(request),
    'xendit-payouts': (request: WebhookRequest) => payouts.parseWebhook(request),
  };
}

/** Whoever takes webhooks in makes no calls, and is given no key to make them with. */
async function noKey(): Promise<string> {
  throw new Error('This function asks no gateway');
}

/**
 * The gateways that a deployment has: where each is reached, and under which names its keys are kept.
 */
import type { Chance } from '#shared/platform/chance.ts';
import type { Clock } from '#shared/platform/clock.ts';
import { secretReader } from '#shared/platform/secret.ts';
import { midtransGateway } from './midtrans-gateway.ts';
import type { GatewayName } from './payment.ts';
import type { PaymentGateway } from './ports.ts';
import { xenditGateway } from './xendit-gateway.ts';

export interface GatewaySettings {
  /** `off` leaves the gateway out. */
  readonly MIDTRANS_URL: string;
  readonly XENDIT_URL: string;
  readonly MIDTRANS_SERVER_KEY_SECRET_ID: string;
  readonly XENDIT_SECRET_KEY_SECRET_ID: string;
  /** Where a wallet's app sends the member back to. */
  readonly DEPOSIT_PAGE_ORIGIN: string;
}
/** Names of the environment variables above. */
export const gatewayVariables = [
  'MIDTRANS_URL',
  'XENDIT_URL',
  'MIDTRANS_SERVER_KEY_SECRET_ID',
  'XENDIT_SECRET_KEY_SECRET_ID',
  'DEPOSIT_PAGE_ORIGIN',
] as const satisfies readonly (keyof GatewaySettings)[];

export type PaymentGateways = Readonly<Partial<Record<GatewayName, PaymentGateway>>>;

/** What a bank's app shows as the payee. */
const displayName = 'XM';

export function configuredGateways(
  env: GatewaySettings,
  { clock, chance }: { readonly clock: Clock; readonly chance: Chance },
): PaymentGateways {
  const returnUrl = env.DEPOSIT_PAGE_ORIGIN;
  const serverKey = secretReader(env.MIDTRANS_SERVER_KEY_SECRET_ID, clock);
  const secretKey = secretReader(env.XENDIT_SECRET_KEY_SECRET_ID, clock);
  return {
    ...(env.MIDTRANS_URL !== 'off' && { midtrans: midtransGateway({ baseUrl: env.MIDTRANS_URL, serverKey, returnUrl, clock, chance }) }),
    ...(env.XENDIT_URL !== 'off' && {
      xendit: xenditGateway({ baseUrl: env.XENDIT_URL, secretKey, callbackToken: noWebhooks, returnUrl, displayName, clock, chance }),
    }),
  };
}

/** Webhooks come in elsewhere, and only there is the token known: an empty one admits nobody. */
const noWebhooks = async (): Promise<string> => '';

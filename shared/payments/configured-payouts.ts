/**
 * The payout gateways that a deployment has: where each is reached, and under which names its keys are kept. Payouts go out by the first.
 */
import type { Chance } from '#shared/platform/chance.ts';
import type { Clock } from '#shared/platform/clock.ts';
import { secretReader } from '#shared/platform/secret.ts';
import { irisAccountHolders, irisPayouts } from './midtrans-iris-payouts.ts';
import type { AccountHolders, PayoutGateway } from './ports.ts';
import { xenditAccountHolders, xenditPayouts } from './xendit-payouts.ts';

interface PayoutSettings {
  /** `off` leaves the gateway out. */
  readonly IRIS_URL: string;
  readonly XENDIT_URL: string;
  readonly IRIS_CREATOR_KEY_SECRET_ID: string;
  readonly IRIS_APPROVER_KEY_SECRET_ID: string;
  readonly XENDIT_SECRET_KEY_SECRET_ID: string;
}
/** Names of the environment variables above. */
export const payoutVariables = [
  'IRIS_URL',
  'XENDIT_URL',
  'IRIS_CREATOR_KEY_SECRET_ID',
  'IRIS_APPROVER_KEY_SECRET_ID',
  'XENDIT_SECRET_KEY_SECRET_ID',
] as const satisfies readonly (keyof PayoutSettings)[];

type Channel = 'iris' | 'xendit';

interface Surroundings {
  readonly clock: Clock;
  readonly chance: Chance;
}

export function configuredPayouts(env: PayoutSettings, { clock, chance }: Surroundings): ReadonlyMap<Channel, PayoutGateway> {
  const gateways = new Map<Channel, PayoutGateway>();
  const creatorKey = secretReader(env.IRIS_CREATOR_KEY_SECRET_ID, clock);
  const approverKey = secretReader(env.IRIS_APPROVER_KEY_SECRET_ID, clock);
  const secretKey = secretReader(env.XENDIT_SECRET_KEY_SECRET_ID, clock);
  if (env.IRIS_URL !== 'off')
    gateways.set('iris', irisPayouts({ baseUrl: env.IRIS_URL, creatorKey, approverKey, merchantKey: noWebhooks, clock, chance }));
  if (env.XENDIT_URL !== 'off')
    gateways.set('xendit', xenditPayouts({ baseUrl: env.XENDIT_URL, secretKey, callbackToken: noWebhooks, clock, chance }));
  return gateways;
}

/** Names of what `configuredAccountHolders` needs of them: no key that approves a payout. */
export const accountHolderVariables = [
  'IRIS_URL',
  'XENDIT_URL',
  'IRIS_CREATOR_KEY_SECRET_ID',
] as const satisfies readonly (keyof PayoutSettings)[];

/** The same gateways in the same order, for functions that ask whose an account is and pay nothing out. Xendit does not tell, and so is not asked. */
export function configuredAccountHolders(
  env: Pick<PayoutSettings, (typeof accountHolderVariables)[number]>,
  { clock, chance }: Surroundings,
): ReadonlyMap<Channel, AccountHolders> {
  const creatorKey = secretReader(env.IRIS_CREATOR_KEY_SECRET_ID, clock);
  const gateways = new Map<Channel, AccountHolders>();
  if (env.IRIS_URL !== 'off') gateways.set('iris', irisAccountHolders({ baseUrl: env.IRIS_URL, creatorKey, clock, chance }));
  if (env.XENDIT_URL !== 'off') gateways.set('xendit', xenditAccountHolders);
  return gateways;
}

/** Webhooks come in elsewhere, and only there are their keys known: an empty one admits nobody. */
const noWebhooks = async (): Promise<string> => '';

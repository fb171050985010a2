/**
 * Passes the wallet's events on to analytics; while none is configured, to nobody.
 */
import * as z from 'zod';
import { systemClock } from '#shared/platform/clock.ts';
import { requireEnv } from '#shared/platform/env.ts';
import { secretReader } from '#shared/platform/secret.ts';
import { posthogAnalytics } from '#shared/wallet/events/posthog-analytics.ts';
import { walletEventSchema } from '#shared/wallet/events/wallet-event.ts';

const env = requireEnv('POSTHOG_URL', 'POSTHOG_KEY_SECRET_ID');
const analytics =
  env.POSTHOG_URL === 'off'
    ? undefined
    : posthogAnalytics({ baseUrl: env.POSTHOG_URL, projectKey: secretReader(env.POSTHOG_KEY_SECRET_ID, systemClock) });

const busEvent = z.object({ detail: walletEventSchema });

export async function handler(event: unknown): Promise<void> {
  await analytics?.capture(busEvent.parse(event).detail);
}

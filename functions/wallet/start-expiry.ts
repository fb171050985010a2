/**
 * Follows the wallet's table: starts the timer of every deposit that waits for its payment.
 */
import * as z from 'zod';
import { log } from '#shared/platform/log.ts';
import { requireEnv } from '#shared/platform/env.ts';
import { numberAttribute, streamHandler, textAttribute } from '#shared/platform/stream.ts';
import { sfnClient, sfnExpiryTimers } from '#shared/wallet/deposits/sfn-expiry-timers.ts';

const env = requireEnv('EXPIRY_STATE_MACHINE_ARN');
const timers = sfnExpiryTimers(sfnClient(), env.EXPIRY_STATE_MACHINE_ARN);

/** What the event source's filter lets through. */
const pendingDeposit = z.object({ id: textAttribute, expiresAtMs: numberAttribute });

export const handler = streamHandler(async ({ after }) => {
  const { id, expiresAtMs } = pendingDeposit.parse(after);
  await timers.start({ depositId: id, expiresAtMs });
  log.info('Timer', { depositId: id });
});

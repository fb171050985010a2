/**
 * Follows the wallet's table: tells the event bus what has become of deposits and withdrawals.
 */
import { log } from '#shared/platform/log.ts';
import { requireEnv } from '#shared/platform/env.ts';
import { streamHandler } from '#shared/platform/stream.ts';
import { eventbridgeAnnouncer, eventBridgeClient } from '#shared/wallet/events/eventbridge-announcer.ts';
import { eventOfChange } from '#shared/wallet/events/events-of-change.ts';

const env = requireEnv('EVENT_BUS');
const announcer = eventbridgeAnnouncer(eventBridgeClient(), env.EVENT_BUS);

export const handler = streamHandler(async (change) => {
  const event = eventOfChange(change);
  if (event === undefined) return;
  await announcer.announce(event);
  log.info('Event', { eventId: event.id, type: event.type });
});

import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { Announcer } from './wallet-event.ts';

/** What rules of the bus match on. */
const source = 'xm.wallet';

export const eventBridgeClient = (): EventBridgeClient =>
  new EventBridgeClient({
    maxAttempts: 5,
    requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
  });

/** Needs `events:PutEvents` on the bus. Throws when the bus did not take the event. */
export function eventbridgeAnnouncer(client: EventBridgeClient, busName: string): Announcer {
  return {
    async announce(event) {
      const entry = {
        EventBusName: busName,
        Source: source,
        DetailType: event.type,
        Time: new Date(event.occurredAt),
        Detail: JSON.stringify(event),
      };
      const { FailedEntryCount = 0, Entries = [] } = await client.send(new PutEventsCommand({ Entries: [entry] }));
      if (FailedEntryCount > 0) throw new Error(`The bus did not take ${event.id}: ${Entries[0]?.ErrorCode} ${Entries[0]?.ErrorMessage}`);
    },
  };
}

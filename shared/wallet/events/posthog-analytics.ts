/**
 * Events to PostHog, or to whatever takes its batches. https://posthog.com/docs/api/capture
 */
import { createHash } from 'node:crypto';
import type { Analytics } from './wallet-event.ts';

export interface PosthogSettings {
  /** Such as `https://eu.i.posthog.com`. */
  readonly baseUrl: string;
  readonly projectKey: () => Promise<string>;
  readonly fetch?: typeof fetch;
}

const callMsMax = 5_000;

/** The id of the event makes a uuid, by which PostHog leaves out what it has. */
export function posthogAnalytics({ baseUrl, projectKey, fetch: send = fetch }: PosthogSettings): Analytics {
  return {
    async capture({ id, type, occurredAt, data }) {
      const { memberId, ...properties } = data;
      const event = { uuid: uuidOf(id), event: type, distinct_id: memberId, timestamp: occurredAt, properties };
      const answer = await send(`${baseUrl}/batch/`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ api_key: await projectKey(), batch: [event] }),
        redirect: 'error',
        signal: AbortSignal.timeout(callMsMax),
      });
      await answer.body?.cancel();
      if (!answer.ok) throw new Error(`PostHog answered ${answer.status}`);
    },
  };
}

/** A uuid of version 8 (RFC 9562, 5.8) made of the hash. */
function uuidOf(id: string): string {
  const hex = createHash('sha256').update(id).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

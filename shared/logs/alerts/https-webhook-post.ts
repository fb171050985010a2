/**
 * Posts JSON to a webhook: https alone, to the public internet alone, no redirects, an end after seconds.
 *
 * The address that is connected to is checked at the moment of connecting, not looked up before: a name that answers with a public address first and a
 * private one a moment later would pass a check of its own.
 */
import { lookup as resolve, type LookupAddress } from 'node:dns';
import * as http from 'node:http';
import * as https from 'node:https';
import type { LookupFunction } from 'node:net';
import { isPublicAddress } from './public-address.ts';
import type { ChannelOutcome } from './ports.ts';
import { alertLimits } from './rule.ts';
import { refusalOfTarget, type WebhookReach } from './webhook-target.ts';

export interface WebhookPost {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Statuses that say that it will never work: the address is gone, or takes no such thing. 429 and 408 may work later. */
const isLasting = (status: number): boolean => status >= 300 && status < 500 && status !== 408 && status !== 429;

/** Sends it once. Throws when another attempt may work: the host does not answer, or answers 408, 429 or 5xx. */
export async function postToWebhook({ url, headers, body }: WebhookPost, reach: WebhookReach): Promise<ChannelOutcome> {
  const refusal = refusalOfTarget(url, reach);
  if (refusal !== undefined) return { isSent: false, reason: refusal };
  try {
    const status = await statusOf(new URL(url), { headers, body }, reach);
    if (status >= 200 && status < 300) return { isSent: true };
    if (isLasting(status)) return { isSent: false, reason: `The webhook answered ${status}.` };
    throw new Error(`The webhook of ${new URL(url).host} answered ${status}`);
  } catch (error) {
    if (error instanceof PrivateAddress) return { isSent: false, reason: error.message };
    throw error;
  }
}

class PrivateAddress extends Error {
  override readonly name = 'PrivateAddress';
}

function statusOf(url: URL, { headers, body }: Omit<WebhookPost, 'url'>, reach: WebhookReach): Promise<number> {
  const { request } = url.protocol === 'https:' ? https : http;
  const options: https.RequestOptions = {
    method: 'POST',
    headers: { ...headers, 'content-length': Buffer.byteLength(body) },
    // One connection an alert, so that every one is checked.
    agent: false,
    signal: AbortSignal.timeout(alertLimits.webhookTimeoutMs),
    ...(reach === 'public' && { lookup: publicLookup }),
  };
  return new Promise((answered, failed) => {
    const sending = request(url, options, (answer) => {
      let bytes = 0;
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > alertLimits.webhookAnswerBytesMax) answer.destroy();
      });
      answer.on('close', () => answered(answer.statusCode ?? 0));
      answer.on('error', failed);
    });
    sending.on('error', failed);
    sending.end(body);
  });
}

/** Resolves a name as `dns.lookup` does, and refuses it when any of its addresses is not of the public internet. */
export const publicLookup: LookupFunction = (hostname, options, done) => {
  resolve(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    if (error !== null) return done(error, '', 0);
    const [first] = addresses;
    if (first === undefined || !addresses.every(({ address }) => isPublicAddress(address)))
      return done(new PrivateAddress('It leads into a private network.'), '', 0);
    return options.all === true ? done(null, addresses) : done(null, first.address, first.family);
  });
};

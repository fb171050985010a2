import { isIP } from 'node:net';
import { isPublicAddress } from './public-address.ts';

/** Where webhooks may lead: to the internet by https alone, or, on the machine of a developer, anywhere. */
const webhookReaches = ['public', 'any'] as const;
export type WebhookReach = (typeof webhookReaches)[number];

/**
 * Why an address is no webhook's; undefined when it may be one. A host that is a name may still lead to a private address: that is looked at when it
 * is connected to, every time.
 */
export function refusalOfTarget(address: string, reach: WebhookReach): string | undefined {
  const url = URL.parse(address);
  if (url === null) return 'It is no address.';
  if (url.username !== '' || url.password !== '') return 'It must not carry a name or password.';
  if (reach === 'any') return ['http:', 'https:'].includes(url.protocol) ? undefined : 'It must be https.';
  if (url.protocol !== 'https:') return 'It must be https.';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !isPublicAddress(host)) return 'It leads into a private network.';
  return /(?:^|\.)(?:localhost|local|internal|home\.arpa)\.?$/.test(host) ? 'It leads into a private network.' : undefined;
}

/** Of a function's environment. Throws for a word that is none: a misspelt one must not open the door. */
export function webhookReachOf(text: string): WebhookReach {
  const reach = webhookReaches.find((one) => one === text);
  if (reach === undefined) throw new TypeError(`Webhooks cannot reach "${text}": say ${webhookReaches.join(' or ')}`);
  return reach;
}

/**
 * What a distribution in front of the API adds to each request: from where the viewer came, and the key that shows who says so. The gateway itself
 * sees the distribution's address, and anybody may call the API without it and write whatever header.
 */
import { timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';
import { log } from '../log.ts';
import type { HttpEvent } from './request.ts';

/** CloudFront adds no header to requests of an origin whose name begins with `x-edge-` or `x-amz-`. */
export const edgeHeaders = { key: 'x-origin-key', viewerAddress: 'x-viewer-address' } as const;

/** Reads the key that the distributions and the API's functions know. */
export type ReadOriginKey = () => Promise<string>;

/** The key, for a request that carries any. Where it cannot be read the request is served all the same, as one from the distribution's address. */
export async function originKeyFor(event: HttpEvent, read: ReadOriginKey | undefined): Promise<string | undefined> {
  if (read === undefined || event.headers[edgeHeaders.key] === undefined) return undefined;
  try {
    return await read();
  } catch (error) {
    log.warn('The origin key was not read: addresses of viewers are unknown meanwhile', { error: error as Error });
    return undefined;
  }
}

/** The viewer's address as a distribution has said it; undefined unless the request proves to come through one. */
export function viewerAddressOf({ headers }: HttpEvent, originKey: string | undefined): string | undefined {
  const { [edgeHeaders.key]: given, [edgeHeaders.viewerAddress]: address } = headers;
  if (originKey === undefined || originKey === '' || given === undefined || address === undefined) return undefined;
  return sameKey(given, originKey) && isIP(address) !== 0 ? address : undefined;
}

/** Compares in a time that does not tell how much was right. */
function sameKey(given: string, key: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(key)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/**
 * What a file's records are: fingerprints, each with what was seen of it, and the patterns that they make by themselves.
 */
import { fingerprintOf, normalForm } from '../patterns/fingerprint.ts';
import { phraseOfKey } from '../patterns/leaf.ts';
import { groupLeaves } from '../patterns/resolve.ts';
import type { LeafPlace } from '../patterns/sketch.ts';
import type { RecordSummary } from './record-summary.ts';
import { SightTally } from './sight-tally.ts';

export interface FoundFingerprint {
  readonly fingerprint: string;
  readonly template: string;
  readonly basis: 'trace' | 'message';
  readonly tally: SightTally;
  /** Of a message: a leaf with this fingerprint, the first in alphabetical order. */
  readonly leaf: LeafPlace | undefined;
}

export const fingerprintOfLeaf = (key: string): string => fingerprintOf(normalForm(phraseOfKey(key)));

/** By fingerprint. Records with stack traces beyond the sketch's bound are among none. */
export function foundFingerprints({ sketch: { messages, traces } }: RecordSummary): FoundFingerprint[] {
  const found = new Map<string, FoundFingerprint>();
  for (const leaf of messages.leaves().toSorted((a, b) => (a.key < b.key ? -1 : 1))) {
    if (leaf.tally === undefined) throw new Error('A leaf of a summary has a tally.');
    const fingerprint = fingerprintOfLeaf(leaf.key);
    const known = found.get(fingerprint);
    const tally = known?.tally ?? new SightTally();
    tally.merge(leaf.tally);
    if (known !== undefined) continue;
    // The same for every leaf with this fingerprint.
    const template = normalForm(phraseOfKey(leaf.key));
    found.set(fingerprint, { fingerprint, template, basis: 'message', tally, leaf: messages.placeOf(leaf) });
  }
  for (const [fingerprint, { template, tally }] of traces.entries())
    if (tally !== undefined) found.set(fingerprint, { fingerprint, template, basis: 'trace', tally, leaf: undefined });
  return [...found.values()].toSorted((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1));
}

export interface FoundPattern {
  /** The id of its template. */
  readonly id: string;
  readonly template: string;
  readonly basis: 'trace' | 'message';
  readonly fingerprints: ReadonlyMap<string, SightTally>;
}

/** The patterns of a file that is all there is: by id. */
export function foundPatterns(summary: RecordSummary): FoundPattern[] {
  const all = foundFingerprints(summary);
  const tallies = new Map(all.map(({ fingerprint, tally }) => [fingerprint, tally]));
  const found: FoundPattern[] = all
    .filter(({ basis }) => basis === 'trace')
    .map(({ fingerprint, template, basis, tally }) => ({
      id: fingerprint,
      template,
      basis,
      fingerprints: new Map([[fingerprint, tally]]),
    }));
  for (const { id, template, keys } of groupLeaves(summary.sketch.messages.leaves().map(({ key }) => key))) {
    const own = [...new Set(keys.map(fingerprintOfLeaf))].flatMap((fingerprint): [string, SightTally][] => {
      const tally = tallies.get(fingerprint);
      return tally === undefined ? [] : [[fingerprint, tally]];
    });
    found.push({ id, template, basis: 'message', fingerprints: new Map(own) });
  }
  return found.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

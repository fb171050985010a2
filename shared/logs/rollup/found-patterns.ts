/**
 * The patterns of a file, by all of its records: groups of fingerprints, each with what was seen of it.
 */
import { fingerprintOf, normalForm } from '../patterns/fingerprint.ts';
import { phraseOfKey } from '../patterns/leaf.ts';
import { resolveRecords } from '../patterns/mine-records.ts';
import type { RecordSummary } from './record-summary.ts';
import { SightTally } from './sight-tally.ts';

export interface FoundPattern {
  /** The id of its template. */
  readonly id: string;
  readonly template: string;
  readonly basis: 'trace' | 'message';
  readonly fingerprints: ReadonlyMap<string, SightTally>;
}

/** By id. Records with stack traces beyond the sketch's bound are in no pattern. */
export function foundPatterns({ sketch }: RecordSummary): FoundPattern[] {
  const found = new Map<string, FoundPattern & { readonly fingerprints: Map<string, SightTally> }>();
  const patternOf = (pattern: Omit<FoundPattern, 'fingerprints'>) => {
    const known = found.get(pattern.id) ?? { ...pattern, fingerprints: new Map<string, SightTally>() };
    found.set(pattern.id, known);
    return known;
  };
  const mined = resolveRecords(sketch);
  for (const { key, tally } of sketch.messages.leaves()) {
    const pattern = mined.patternOfLeaf(key);
    if (pattern === undefined || tally === undefined) throw new Error('A leaf of a summary has a pattern and a tally.');
    const { fingerprints } = patternOf({ id: pattern.id, template: pattern.template, basis: 'message' });
    const fingerprint = fingerprintOf(normalForm(phraseOfKey(key)));
    const sum = fingerprints.get(fingerprint) ?? new SightTally();
    fingerprints.set(fingerprint, sum);
    sum.merge(tally);
  }
  for (const [id, { template, tally }] of sketch.traces.entries())
    if (tally !== undefined) patternOf({ id, template, basis: 'trace' }).fingerprints.set(id, tally);
  return [...found.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/**
 * Patterns as they are kept: what all files together say about errors of one kind. A pattern is an issue: people decide about it.
 *
 * - A **fingerprint** (`pat_1_…`) follows from one record alone; it is stored with the record.
 * - A **pattern** is a group of fingerprints. Which ones belong together follows from all leaves that were seen so far (corpus.ts), and from what people
 *   have decided, which nothing undoes but people. The pattern's id is the one its group had when it was first seen.
 * - A **member** is a fingerprint that is counted by itself, so that its history can go with it when a person splits the pattern. Beyond
 *   `membersMax`, further fingerprints of a pattern are placed in it, and counted together under its `rest`.
 */
import * as z from 'zod';
import { triageSchema } from '../issues/triage.ts';
import { leafPlaceSchema } from './corpus.ts';

export const patternLimits = {
  /** Fingerprints of a pattern that are counted one by one. */
  membersMax: 64,
  /** Members that patterns may have together to be joined by machine: beyond it they stay apart. */
  joinedMembersMax: 512,
  /** Services that a pattern or member names; of more, the first in alphabetical order. */
  servicesMax: 16,
  serviceCharactersMax: 128,
} as const;

const levelCountsSchema = z.object({ error: z.int().nonnegative(), fatal: z.int().nonnegative() });
export type LevelCounts = z.infer<typeof levelCountsSchema>;
export const noLevelCounts: LevelCounts = { error: 0, fatal: 0 };
export const totalOf = ({ error, fatal }: LevelCounts): number => error + fatal;

/** ISO 8601 in UTC with milliseconds, by which records are listed: sorts as text. */
const instant = z.string();
const patternId = z.string().startsWith('pat_');

/** Where one of its records is kept. */
const sampleSchema = z.object({ fileId: z.string(), range: z.int().nonnegative(), offset: z.int().nonnegative() });

/** What records were seen, whatever they are counted under. */
const sightShape = {
  counts: levelCountsSchema,
  firstSeen: instant,
  lastSeen: instant,
  /** Services (loggers) that wrote them, in alphabetical order. */
  services: z.array(z.string()).max(patternLimits.servicesMax),
  /** One of its latest records. */
  sample: sampleSchema,
};
const sightSchema = z.object(sightShape);
export type Sight = z.infer<typeof sightSchema>;

/** A fingerprint and the pattern it was placed in. */
export const placementSchema = z.object({
  fingerprint: patternId,
  patternId,
  /** Id under which it is counted: the fingerprint itself, or `restOf(patternId)`. */
  countedAs: z.string(),
  /** A person has placed it: nothing moves it but a person. */
  byHand: z.boolean(),
  /** Of a fingerprint of a message: the leaf of the sketch in which it was seen first. */
  leaf: leafPlaceSchema.optional(),
});
export type Placement = z.infer<typeof placementSchema>;

/** What is counted as one: a fingerprint, or the rest of a pattern. */
export const memberSchema = z.object({
  id: z.string(),
  template: z.string(),
  ...sightShape,
  /** Grows with every write. */
  revision: z.int().nonnegative(),
});
export type Member = z.infer<typeof memberSchema>;

const restSuffix = '~rest';
export const restOf = (patternId: string): string => `${patternId}${restSuffix}`;
export const isRest = (countedAs: string): boolean => countedAs.endsWith(restSuffix);
export const patternOfRest = (rest: string): string => rest.slice(0, -restSuffix.length);

export const patternSchema = z.object({
  id: patternId,
  /** Version of the algorithm that made it. */
  algorithm: z.int().positive(),
  /** The message with `<*>` for what varies. Holds no personal data. */
  template: z.string(),
  /** What its fingerprints were made of: stack traces, or messages. */
  basis: z.enum(['trace', 'message']),
  ...sightShape,
  /** Files with at least one of its records. */
  files: z.int().nonnegative(),
  /**
   * Ids that it is counted under: `membersMax` fingerprints (more where patterns have become one, up to `joinedMembersMax`), its rest, and those of the
   * patterns it was made of. Its numbers are theirs.
   */
  members: z.array(z.string()),
  /** When its first file was rolled up, in milliseconds since the epoch. */
  createdAtMs: z.int(),
  /** A person has split it or made it by splitting: no fingerprint joins it by itself. */
  byHand: z.boolean(),
  /** A person has merged others into it: what is in it stays together. */
  mergedByHand: z.boolean().default(false),
  /** The pattern that it was merged into, by a person or as their leaves have become one group; it is listed no longer, and its id leads there. */
  mergedInto: patternId.nullable(),
  /** Number of the last move of the corpus that was made on it. */
  lastMove: z.int().nonnegative().default(0),
  triage: triageSchema,
  /** Grows with every write: of two who write at once one reads again. */
  revision: z.int().nonnegative(),
});
export type Pattern = z.infer<typeof patternSchema>;

/** What a person has decided about its members, no machine undoes. */
export const isHeldByHand = ({ byHand, mergedByHand }: Pattern): boolean => byHand || mergedByHand;

/** What was merged into another one is listed no longer, and what has nothing to count not yet, or no more. */
export const isListed = ({ mergedInto, counts }: Pattern): boolean => mergedInto === null && totalOf(counts) > 0;

/** The gravest level that was seen. */
export const levelOf = ({ counts }: Pick<Sight, 'counts'>): 'error' | 'fatal' => (counts.fatal > 0 ? 'fatal' : 'error');

/** One pattern's records in one file. */
export const filePatternSchema = z.object({ patternId, fileId: z.string(), ...sightShape });
export type FilePattern = z.infer<typeof filePatternSchema>;

/** What was seen, and nothing else of what it was seen of. */
const sightOf = ({ counts, firstSeen, lastSeen, services, sample }: Sight): Sight => ({
  counts,
  firstSeen,
  lastSeen,
  services,
  sample,
});

/** The pattern with these members, its numbers theirs; without any, there is nothing to count. */
export function withMembers(pattern: Pattern, members: readonly Member[]): Pattern {
  const [first, ...others] = members.map(sightOf);
  const sight = first === undefined ? { counts: noLevelCounts } : others.reduce(sumOfSights, first);
  return { ...pattern, ...sight };
}

/** The sum of two sights, the same in either order. */
export function sumOfSights(a: Sight, b: Sight): Sight {
  const [earlier, later] = isLater(b, a) ? [a, b] : [b, a];
  return {
    counts: { error: a.counts.error + b.counts.error, fatal: a.counts.fatal + b.counts.fatal },
    firstSeen: a.firstSeen < b.firstSeen ? a.firstSeen : b.firstSeen,
    lastSeen: later.lastSeen,
    services: [...new Set([...earlier.services, ...later.services])].toSorted().slice(0, patternLimits.servicesMax),
    sample: later.sample,
  };
}

function isLater(a: Sight, b: Sight): boolean {
  if (a.lastSeen !== b.lastSeen) return a.lastSeen > b.lastSeen;
  if (a.sample.fileId !== b.sample.fileId) return a.sample.fileId > b.sample.fileId;
  return a.sample.offset > b.sample.offset;
}

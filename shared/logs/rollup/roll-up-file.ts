/**
 * What a closed file brings: its patterns, and its counts to those of all files.
 *
 * Every write is of a kind that may be repeated: leaves are a set, a place is where the corpus says, a share is written together with what it adds, a
 * pattern's numbers are those of its members. So a roll-up that dies anywhere is begun anew by the next delivery. Two of them side by side do no harm: each
 * looks, once it has written, whether the corpus still says what it wrote by, and the last one to look has seen everything.
 */
import type { Clock } from '#shared/platform/clock.ts';
import { chunkCount } from '../file-layout.ts';
import { isOpen, type LogFile } from '../log-file.ts';
import type { FileStore, ProgressStore } from '../ports.ts';
import { countFile, type FoundMember } from './count-file.ts';
import { foundFingerprints, type FoundFingerprint } from './found-patterns.ts';
import { homedFingerprints, traceHomes } from './home-fingerprints.ts';
import { patternsOf } from './live-patterns.ts';
import { isRest, patternOfRest } from './pattern.ts';
import { placeFingerprints, type HomedFingerprint, type Placed } from './place-fingerprints.ts';
import type { AggregateReader, CorpusStore, CountStore, PatternStore, SummaryStore } from './ports.ts';
import type { IssueStore } from '../issues/ports.ts';
import { RecordSummary } from './record-summary.ts';
import { SightTally } from './sight-tally.ts';
import { updatePatterns, type PatternInFile, type UpdatedPattern } from './update-patterns.ts';

export interface RollupDeps {
  readonly files: FileStore;
  readonly progress: ProgressStore;
  readonly summaries: SummaryStore;
  readonly corpora: CorpusStore;
  readonly patterns: PatternStore;
  readonly issues: Pick<IssueStore, 'note' | 'noteMerge'>;
  readonly counts: CountStore;
  readonly aggregates: AggregateReader;
  readonly clock: Clock;
}

export interface RollupReport {
  readonly file: LogFile;
  readonly records: number;
  /** The file's patterns as they are now, with what the file has of each. */
  readonly patterns: readonly UpdatedPattern[];
}

/** Passes over the file: another one while what it holds has come to be at home elsewhere. */
const passesMax = 20;

/** Rolls a closed file up. Undefined for a file that is not known, or open (again). */
export async function rollUpFile(deps: RollupDeps, fileId: string): Promise<RollupReport | undefined> {
  const file = await deps.files.get(fileId);
  if (file === undefined || isOpen(file)) return undefined;
  const summary = await summaryOf(deps, file);
  const found = foundFingerprints(summary);
  const content = { summary, found, traces: await traceHomes(deps.patterns, found) };
  let homed = await homedFingerprints(deps, file.id, content);
  for (let pass = 1; pass <= passesMax; pass += 1) {
    const patterns = await addUp(deps, file, { summary, homed });
    const now = await homedFingerprints(deps, file.id, content);
    if (now.every(({ home }, at) => home === homed[at]?.home)) {
      await deps.files.rolledUp({ ...file, rolledUpAtMs: deps.clock.now() });
      return { file, records: summary.records, patterns };
    }
    homed = now;
  }
  throw new Error(`Other files change the patterns of ${fileId} again and again`);
}

interface HomedFile {
  readonly summary: RecordSummary;
  readonly homed: readonly HomedFingerprint[];
}

async function addUp(deps: RollupDeps, file: LogFile, { summary, homed }: HomedFile): Promise<UpdatedPattern[]> {
  const placed = await placeFingerprints(deps, file.id, homed);
  const members = membersOf(homed, placed);
  const before = await countFile(deps, { fileId: file.id, services: summary.services.services, members });
  return updatePatterns(deps, file, await inFile(deps, { found: homed, placed, before }));
}

/** Of the ranges whose results count records; another attempt at a range may have left a summary behind and no result. */
async function summaryOf({ progress, summaries }: RollupDeps, file: LogFile): Promise<RecordSummary> {
  const sum = new RecordSummary();
  for (let chunk = 0; chunk < chunkCount(file); chunk += 1) {
    const results = (await progress.chunk(file.id, chunk))?.results;
    for await (const { range, summary } of summaries.ofChunk(file.id, chunk)) {
      const counts = results?.get(range)?.counts;
      if (counts !== undefined && counts.errors + counts.fatals > 0) sum.merge(summary);
    }
  }
  return sum;
}

/** What the file's fingerprints are counted as. */
function membersOf(found: readonly FoundFingerprint[], { placements }: Placed): Map<string, FoundMember> {
  const members = new Map<string, FoundMember>();
  for (const { fingerprint, template, tally } of found) {
    const id = placements.get(fingerprint)?.countedAs ?? fingerprint;
    const member = members.get(id) ?? { template, tally: new SightTally() };
    members.set(id, member);
    member.tally.merge(tally);
  }
  return members;
}

interface FoundAndBefore {
  readonly found: readonly FoundFingerprint[];
  readonly placed: Placed;
  /** What the file was counted under before. */
  readonly before: ReadonlySet<string>;
}

/** The patterns that the file has now, and those that it had. */
async function inFile({ patterns }: RollupDeps, { found, placed, before }: FoundAndBefore): Promise<PatternInFile[]> {
  const all = new Map<string, { patternId: string; members: Set<string>; aliases: Set<string>; tally: SightTally | undefined }>();
  const of = (patternId: string, alias: string) => {
    const known = all.get(patternId) ?? { patternId, members: new Set<string>(), aliases: new Set<string>(), tally: undefined };
    all.set(patternId, known);
    if (alias !== patternId) known.aliases.add(alias);
    return known;
  };
  for (const { fingerprint, tally } of found) {
    const placement = placed.placements.get(fingerprint);
    if (placement === undefined) throw new Error(`The fingerprint ${fingerprint} has no place.`);
    const pattern = of(placed.patterns.get(placement.patternId)?.id ?? placement.patternId, placement.patternId);
    pattern.members.add(placement.countedAs);
    pattern.tally ??= new SightTally();
    pattern.tally.merge(tally);
  }
  const counted = new Set(all.values().flatMap(({ members }) => members));
  for (const { countedAs, patternId, alias } of await goneFrom(patterns, new Set([...before].filter((id) => !counted.has(id)))))
    of(patternId, alias).members.add(countedAs);
  return [...all.values()];
}

/** Where members that the file has no longer belong. */
async function goneFrom(
  store: PatternStore,
  gone: ReadonlySet<string>,
): Promise<{ countedAs: string; patternId: string; alias: string }[]> {
  const placed = await store.placements([...gone].filter((id) => !isRest(id)));
  const rests = [...gone].filter(isRest).map((countedAs) => ({ countedAs, patternId: patternOfRest(countedAs) }));
  const members = [...placed, ...rests];
  const patterns = await patternsOf(store, new Set(members.map(({ patternId }) => patternId)));
  return members.map(({ countedAs, patternId: alias }) => ({ countedAs, patternId: patterns.get(alias)?.id ?? alias, alias }));
}

/**
 * Takes a file's messages into the corpus, and answers where its fingerprints are at home.
 *
 * Reading the corpus is one read for most systems (its text is some kilobytes). Only a file with a leaf that was never seen writes it: then its leaves, of
 * which there are 16,384 at most, are resolved once, and once more whenever another file was faster.
 */
import type { Clock } from '#shared/platform/clock.ts';
import type { IssueStore } from '../issues/ports.ts';
import { algorithmVersion, idInVersion } from '../patterns/fingerprint.ts';
import { Corpus } from './corpus.ts';
import type { FoundFingerprint } from './found-patterns.ts';
import { makeMoves } from './make-moves.ts';
import { newPattern, type HomedFingerprint } from './place-fingerprints.ts';
import { noLevelCounts, type Pattern } from './pattern.ts';
import type { CorpusStore, PatternStore } from './ports.ts';
import type { RecordSummary } from './record-summary.ts';
import { settleCorpus, type OpenedPattern } from './settle-corpus.ts';

export interface HomeDeps {
  readonly corpora: CorpusStore;
  readonly patterns: PatternStore;
  readonly issues: Pick<IssueStore, 'note' | 'noteMerge'>;
  readonly clock: Clock;
}

export interface FileContent {
  readonly summary: RecordSummary;
  readonly found: readonly FoundFingerprint[];
  readonly traces: TraceHomes;
}

/** By fingerprint, where it is not the fingerprint's own id. */
export type TraceHomes = ReadonlyMap<string, string>;

/** Attempts while other files change the corpus. */
const attemptsMax = 100;

/** In the order of those found. */
export async function homedFingerprints(deps: HomeDeps, fileId: string, content: FileContent): Promise<HomedFingerprint[]> {
  const corpus = await corpusWith(deps, fileId, content);
  return content.found.map((one) => {
    const home = one.leaf === undefined ? (content.traces.get(one.fingerprint) ?? one.fingerprint) : corpus.homeOf(one.leaf);
    if (home === undefined) throw new Error(`The fingerprint ${one.fingerprint} is nowhere at home.`);
    return { ...one, home };
  });
}

/** Traces that have no place: where the same trace was placed by an earlier version of the algorithm. */
export async function traceHomes(store: PatternStore, found: readonly FoundFingerprint[]): Promise<TraceHomes> {
  const traces = found.filter(({ basis }) => basis === 'trace').map(({ fingerprint }) => fingerprint);
  const placed = new Set((await store.placements(traces)).map(({ fingerprint }) => fingerprint));
  const homes = new Map<string, string>();
  for (let version = Math.max(0, algorithmVersion - versionsBack); version < algorithmVersion; version += 1) {
    const ids = new Map(traces.filter((id) => !placed.has(id)).map((id) => [idInVersion(id, version), id]));
    for (const { fingerprint, patternId } of await store.placements([...ids.keys()])) homes.set(ids.get(fingerprint) ?? '', patternId);
  }
  return homes;
}

/** The corpus once it holds the file, is settled, and all that follows from it is done. */
async function corpusWith(deps: HomeDeps, fileId: string, { summary, found }: FileContent): Promise<Corpus> {
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    const { corpus, revision, isNew } = await readCorpus(deps.corpora);
    if (corpus.moves.length > 0) {
      await makeMoves(deps, corpus);
      corpus.movesMade();
    } else {
      const isChanged = corpus.takeIn(summary.sketch.messages);
      if (!isChanged && !isNew) return corpus;
      const at = new Date(deps.clock.now()).toISOString();
      // Opened before anybody can be told of them.
      for (const one of await settleCorpus(deps.patterns, corpus, at)) {
        const wanted = patternOf(one, { fileId, found: ownOf(one, corpus, found), nowMs: deps.clock.now() });
        const { id, template } = await deps.patterns.addPattern(wanted);
        if (template !== wanted.template) corpus.willMove({ kind: 'name', pattern: id, template: wanted.template }, at);
      }
    }
    await deps.corpora.write(algorithmVersion, { revision: revision + 1, data: corpus.toData() });
  }
  throw new Error(`Other files change the corpus again and again`);
}

/** Versions back that are looked at for a corpus to go on from. */
const versionsBack = 8;

async function readCorpus(corpora: CorpusStore): Promise<{ corpus: Corpus; revision: number; isNew: boolean }> {
  const stored = await corpora.read(algorithmVersion);
  if (stored !== undefined) return { corpus: Corpus.fromData(stored.data), revision: stored.revision, isNew: false };
  for (let version = algorithmVersion - 1; version >= Math.max(0, algorithmVersion - versionsBack); version -= 1) {
    const former = await corpora.read(version);
    if (former !== undefined) return { corpus: Corpus.fromData(former.data).regrown(), revision: 0, isNew: true };
  }
  return { corpus: new Corpus(), revision: 0, isNew: true };
}

function patternOf(
  { id, group, partsFrom }: OpenedPattern,
  { fileId, found, nowMs }: { fileId: string; found: readonly FoundFingerprint[]; nowMs: number },
): Pattern {
  if (partsFrom !== undefined) {
    const part = {
      id,
      template: group.template,
      counts: noLevelCounts,
      files: 0,
      members: [],
      mergedByHand: false,
      lastMove: 0,
      revision: 1,
    };
    return { ...partsFrom, ...part };
  }
  return newPattern(found, { id, template: group.template, fileId, nowMs });
}

/** What the file has of a new pattern: without any of it, the pattern would not be new. */
function ownOf({ group }: OpenedPattern, corpus: Corpus, found: readonly FoundFingerprint[]): FoundFingerprint[] {
  const leaves = new Set(group.leaves);
  return found.filter(({ leaf }) => {
    const holding = leaf && corpus.holding(leaf);
    return holding !== undefined && leaves.has(holding);
  });
}

/**
 * Files that were scanned and wait to be rolled up, on stores in memory, with workers that roll several up at once and die between any two calls.
 */
import type { StaffNames } from '#shared/identity/staff/decider.ts';
import type { ErrorRecord } from '#shared/logs/error-record.ts';
import { redact } from '#shared/logs/redaction/redact.ts';
import { totalOf, type Pattern } from '#shared/logs/rollup/pattern.ts';
import { patternsOf } from '#shared/logs/rollup/live-patterns.ts';
import { patternStage } from '#shared/logs/rollup/pattern-stage.ts';
import { rollUpFile, type RollupReport } from '#shared/logs/rollup/roll-up-file.ts';
import { seededChance } from './chance.ts';
import { fakeClock } from './clock.ts';
import { fakeAuditLog } from './fake-audit-log.ts';
import { fakeFileStore } from './fake-file-store.ts';
import { fakeIssueStore } from './fake-issue-store.ts';
import { fakeProgressStore } from './fake-progress-store.ts';
import { fakePatternStores, fakeSummaryStore } from './fake-rollup-stores.ts';
import { sampleFile, sampleObject, sampleRecord, sampleResult, uploadedAtMs } from './log-samples.ts';
import { calm, mortal, type Weather } from './weather.ts';

/** An error as a message, or with the stack and time it has. */
export type Said = string | Partial<ErrorRecord>;

const recordOf = (said: Said): Partial<ErrorRecord> => (typeof said === 'string' ? { message: said } : said);

export function rollupWorld(weather: Weather = calm) {
  const clock = fakeClock(uploadedAtMs + 1_000);
  const stores = fakePatternStores();
  const audit = fakeAuditLog(clock);
  const issues = fakeIssueStore({ patterns: stores.patterns, audit });
  const deps = { files: fakeFileStore(), progress: fakeProgressStore(clock), summaries: fakeSummaryStore(), ...stores, issues, clock };
  let files = 0;

  /** A file of ranges, scanned and closed. Answers its id. */
  async function scanned(ranges: readonly (readonly Said[])[]): Promise<string> {
    files += 1;
    const file = sampleFile({
      object: sampleObject({ key: `app/${files}.log` }),
      uploadedAtMs: uploadedAtMs + files * 60_000,
      status: 'done',
      closedAtMs: uploadedAtMs + files * 60_000 + 30_000,
      ranges: Math.max(1, ranges.length),
    });
    await deps.files.add(file);
    for (const [range, records] of ranges.entries()) {
      const stage = patternStage(redact, file, range);
      stage.take(records.map((said, at) => ({ ...plain, offset: range * 10_000 + at * 100, ...recordOf(said) })));
      await deps.summaries.put(file, range, stage.summary);
      await deps.progress.record(file.id, range, sampleResult({ counts: { lines: 10, bytes: 100, errors: records.length, fatals: 0 } }));
    }
    return file.id;
  }

  /** One delivery; its worker may die. */
  function rollUp(fileId: string, of: Weather = weather): Promise<RollupReport | undefined> {
    const life = mortal(of);
    const ports = Object.entries(deps).map(([name, port]) => [name, name === 'clock' || name === 'summaries' ? port : life.call(port)]);
    return rollUpFile(Object.fromEntries(ports) as typeof deps, fileId);
  }

  /** Delivers each until it is rolled up, up to four at a time, in this order as far as workers live. */
  async function rollUpAll(fileIds: readonly string[]): Promise<void> {
    const waiting = [...fileIds];
    for (let steps = 0; waiting.length > 0; steps += 1) {
      if (steps > 5_000) throw new Error('The queue does not become empty');
      const batch = waiting.splice(0, 1 + Math.floor(weather.fraction() * 4));
      const twins = batch.filter(() => weather.fraction() < weather.doubles);
      const outcomes = await Promise.allSettled([...batch, ...twins].map((id) => rollUp(id)));
      outcomes.forEach(({ status }, at) => {
        const id = [...batch, ...twins][at];
        if (status === 'rejected' && id !== undefined) waiting.push(id);
      });
    }
  }

  async function patterns(): Promise<Pattern[]> {
    const refs = await stores.patterns.latest({ limit: 10_000 });
    return stores.patterns.patterns(refs.map(({ id }) => id));
  }

  const patternOf = async (template: string): Promise<Pattern> => {
    const found = (await patterns()).find((one) => one.template === template);
    if (found === undefined) throw new Error(`There is no pattern ${template}`);
    return found;
  };

  /** The pattern that an id leads to. */
  const live = async (id: string): Promise<Pattern | undefined> => (await patternsOf(stores.patterns, new Set([id]))).get(id);

  const staff: StaffNames = { get: async () => undefined };
  return { ...deps, staff, audit, chance: seededChance(9), scanned, rollUp, rollUpAll, allPatterns: patterns, patternOf, live };
}

const { patternId: _, template: __, ...plain } = sampleRecord();

/** What is the same however the same records came: which fingerprints are together, how often each was seen, and how often together. */
export async function groupsIn({ allPatterns, patterns: store }: ReturnType<typeof rollupWorld>) {
  const groups = await Promise.all(
    (await allPatterns()).map(async ({ members, counts, template, firstSeen, lastSeen, services }) => ({
      template,
      total: totalOf(counts),
      firstSeen,
      lastSeen,
      services,
      members: (await store.members(members))
        .filter((member) => totalOf(member.counts) > 0)
        .map((member) => `${member.id} ${member.template} ${totalOf(member.counts)}`)
        .toSorted(),
    })),
  );
  return groups.toSorted((a, b) => ((a.members[0] ?? '') < (b.members[0] ?? '') ? -1 : 1));
}

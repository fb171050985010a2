/**
 * What a running stack says of a file, beside what one process finds in it: every record, every pattern, every hour of every service. They have to agree
 * exactly, however many workers read however many ranges.
 */
import { spawnSync } from 'node:child_process';
import { isDeepStrictEqual } from 'node:util';
import { root } from '#infra/build.ts';
import type { DashboardView } from '#shared/logs/dashboard/dashboard-routes.ts';
import type { IssueView } from '#shared/logs/issues/present-issue.ts';
import { placeOfError } from '#shared/logs/log-ids.ts';
import type { ErrorView } from '#shared/logs/present-error.ts';
import type { FileView } from '#shared/logs/present-file.ts';
import { totalOf, type LevelCounts } from '#shared/logs/rollup/pattern.ts';
import type { RunningStack } from '#test/journey/local-stack.ts';
import { digestOfRecord, type ComparedPattern } from './compared.ts';
import type { OneProcess } from './one-process.ts';

export interface Comparison {
  /** How many things were compared, by kind. */
  readonly compared: Readonly<Record<'records' | 'patterns' | 'hours' | 'services', number>>;
  readonly differing: number;
  /** The first of what differs, in words. */
  readonly differences: readonly string[];
  readonly oneProcess: Pick<OneProcess, 'seconds' | 'cpuSeconds' | 'peakMegabytes'>;
}

/** Differences that are told; all are counted. */
const toldMax = 20;
const pageSize = 200;
/** Digests of the generated GiB's 43,620 records are 3 MB. */
const answerBytesMax = 1024 ** 3;

/** `file`: rolled up, and the only one of the stack, or counts of all files would not be its own. */
export async function compareWithOneProcess(stack: RunningStack, file: FileView, path: string): Promise<Comparison> {
  const truth = inOneProcess(path, Date.parse(file.uploadedAt));
  const findings = new Findings();
  findings.check('the file', { lines: truth.lines, bytes: truth.bytes, byLevel: truth.byLevel }, shownCounts(file));
  await compareRecords(stack, { file, truth }, findings);
  await comparePatterns(stack, truth, findings);
  const hours = await compareDashboard(stack, truth, findings);
  const { records, patterns, services, seconds, cpuSeconds, peakMegabytes } = truth;
  return {
    compared: { records: records.length, patterns: patterns.length, hours, services: Object.keys(services).length },
    differing: findings.differing,
    differences: findings.told,
    oneProcess: { seconds, cpuSeconds, peakMegabytes },
  };
}

class Findings {
  readonly told: string[] = [];
  differing = 0;

  check(what: string, expected: unknown, found: unknown): void {
    if (isDeepStrictEqual(expected, found)) return;
    this.differing += 1;
    if (this.told.length < toldMax)
      this.told.push(`${what}: one process has ${JSON.stringify(expected)}, the stack ${JSON.stringify(found)}`);
  }
}

/** A process of its own, so that its memory can be told. */
function inOneProcess(path: string, uploadedAtMs: number): OneProcess {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['test/bench/stack/one-process.ts', path, String(uploadedAtMs)], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: answerBytesMax,
  });
  if (status !== 0) throw new Error(`The scan in one process failed: ${stderr}`);
  return JSON.parse(stdout) as OneProcess;
}

const shownCounts = ({ counts }: FileView) => ({ lines: counts.lines, bytes: counts.bytes, byLevel: counts.byLevel });

async function compareRecords(
  stack: RunningStack,
  { file, truth }: { file: FileView; truth: OneProcess },
  findings: Findings,
): Promise<void> {
  let at = 0;
  for await (const error of pagesOf<ErrorView>(stack, `/api/admin/logs/files/${file.id}/errors`, 'errors')) {
    const whole = error.cut ? await answer<ErrorView>(stack, `/api/admin/logs/errors/${error.id}`) : error;
    findings.check(`record ${at}`, truth.records[at], [whole.offset, digestOfRecord(whole)]);
    at += 1;
  }
  findings.check('the number of records', truth.records.length, at);
}

async function comparePatterns(stack: RunningStack, truth: OneProcess, findings: Findings): Promise<void> {
  const found = new Map<string, ComparedPattern>();
  for await (const issue of pagesOf<IssueView>(stack, '/api/admin/logs/patterns', 'patterns')) {
    const { id, template, basis, counts, firstSeen, lastSeen, services } = issue;
    const sample = placeOfError(issue.sampleErrorId)?.offset ?? -1;
    found.set(id, { id, template, basis, counts, firstSeen, lastSeen, services, sample });
    findings.check(`files of ${id}`, 1, issue.files);
  }
  for (const pattern of truth.patterns) findings.check(`pattern ${pattern.id}`, pattern, found.get(pattern.id));
  findings.check('the number of patterns', truth.patterns.length, found.size);
}

/** Hour by hour, of all records and of every service. Answers how many hours have records. */
async function compareDashboard(stack: RunningStack, truth: OneProcess, findings: Findings): Promise<number> {
  const days = new Set(Object.values(truth.services).flatMap((hours) => Object.keys(hours).map((hour) => hour.slice(0, 10))));
  let compared = 0;
  for (const day of [...days].filter((one) => one !== '').toSorted()) {
    const window = `/api/admin/logs/dashboard?from=${day}&to=${day}`;
    const all = await answer<DashboardView>(stack, window);
    const expected = hoursOfDay(Object.values(truth.services), day);
    findings.check(`hours of ${day}`, expected, hoursShown(all));
    findings.check(`${day} as a whole`, sumOf(Object.values(expected)), all.totals);
    compared += Object.keys(expected).length;
    for (const [service, hours] of Object.entries(truth.services)) {
      const shown = await answer<DashboardView>(stack, `${window}&service=${encodeURIComponent(service)}`);
      findings.check(`hours of ${service} on ${day}`, hoursOfDay([hours], day), hoursShown(shown));
    }
    if (days.size === 1) compareTop(all, truth, findings);
  }
  return compared;
}

/** Of a file within one day the window has everything. */
function compareTop({ patterns: { top } }: DashboardView, { patterns }: OneProcess, findings: Findings): void {
  const counts = new Map(patterns.map((pattern) => [pattern.id, pattern.counts]));
  for (const { id, inWindow } of top) findings.check(`pattern ${id} in the window`, counts.get(id), inWindow);
  const mostFrequent = patterns.map((pattern) => totalOf(pattern.counts)).toSorted((a, b) => b - a);
  findings.check(
    'the top of the patterns',
    mostFrequent.slice(0, top.length),
    top.map(({ inWindow }) => totalOf(inWindow)),
  );
}

type Hours = Readonly<Record<string, LevelCounts>>;

/** By hour (`2026-11-21T08`), hours without records left out. */
function hoursOfDay(services: readonly Hours[], day: string): Hours {
  const sums: Record<string, LevelCounts> = {};
  for (const [hour, counts] of services.flatMap((hours) => Object.entries(hours)))
    if (hour.startsWith(day)) sums[hour] = sumOf([sums[hour] ?? { error: 0, fatal: 0 }, counts]);
  return sums;
}

function hoursShown({ series }: DashboardView): Hours {
  const some = series.all.filter((point) => totalOf(point) > 0);
  return Object.fromEntries(some.map(({ at, error, fatal }) => [at.slice(0, 13), { error, fatal }]));
}

const sumOf = (all: readonly LevelCounts[]): LevelCounts =>
  all.reduce((sum, { error, fatal }) => ({ error: sum.error + error, fatal: sum.fatal + fatal }), { error: 0, fatal: 0 });

async function* pagesOf<T>(stack: RunningStack, path: string, name: string): AsyncGenerator<T> {
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: Record<string, unknown> = await answer(stack, `${path}?limit=${pageSize}${cursor && `&cursor=${cursor}`}`);
    yield* page[name] as T[];
    cursor = page['nextCursor'] as string | null;
  }
}

async function answer<T>(stack: RunningStack, path: string): Promise<T> {
  const response = await stack.get(path);
  if (response.status !== 200) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}

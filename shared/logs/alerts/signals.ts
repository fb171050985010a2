/**
 * What a file says about a pattern that somebody may want to know. Pure.
 */
import { statusAt } from '../issues/triage.ts';
import type { LogFile } from '../log-file.ts';
import { levelOf, totalOf, type FilePattern, type Pattern } from '../rollup/pattern.ts';
import { alertLimits, type AlertRule, type SignalKind } from './rule.ts';
import { judgeHour } from './spike.ts';

/** The hour of a pattern, and how much of it there was. */
export interface HourCount {
  /** ISO 8601, its first instant. */
  readonly hour: string;
  readonly count: number;
}

export interface Signal {
  readonly kind: SignalKind;
  readonly pattern: Pattern;
  /** Occurrences in the file; of a spike or volume, those of its hour in all files. */
  readonly count: number;
  /** Of a spike: occurrences that were to be expected. */
  readonly expected: number | null;
  /** Of a spike or volume: the hour. */
  readonly hour: string | null;
  /** What it is told for once: the same signal with the same window is the same alert. */
  readonly window: string;
}

export interface Sighting {
  readonly file: LogFile;
  readonly pattern: Pattern;
  readonly inFile: FilePattern;
  /** The pattern's counts by hour in all files: every hour from the first one that has any to the last one of this file. */
  readonly hours: readonly HourCount[];
}

/** What no rule asks for but `volume` needs its own bound, so that comes with the rule: see `volumeOf`. */
export function signalsOf(sighting: Sighting, nowMs: number): Signal[] {
  const { file, pattern, inFile } = sighting;
  const { regression, wake } = pattern.triage;
  const inThisFile = { pattern, count: totalOf(inFile.counts), expected: null, hour: null };
  if (regression?.fileId === file.id) return [{ ...inThisFile, kind: 'regressed', window: regression.at }];
  if (wake?.fileId === file.id) return [{ ...inThisFile, kind: 'mute-ended', window: wake.at }];
  if (!isWatched(pattern, nowMs)) return [];
  if (isNewWith(pattern, file)) return [{ ...inThisFile, kind: 'new', window: 'ever' }];
  const spike = spikeIn(sighting);
  return spike === undefined ? [] : [spike];
}

/** Nobody wants to hear of what is muted, nor of what is resolved until it returns. */
const isWatched = ({ triage, mergedInto }: Pattern, nowMs: number): boolean => mergedInto === null && statusAt(triage, nowMs) === 'open';

/** Two files that close at once may both have brought it; the window makes it one alert. */
const isNewWith = ({ createdAtMs }: Pattern, { closedAtMs }: LogFile): boolean => closedAtMs !== null && createdAtMs >= closedAtMs;

/** The hour that stands out most, among those of the file. */
function spikeIn({ pattern, inFile, hours }: Sighting): Signal | undefined {
  const counts = hours.map(({ count }) => count);
  const spikes = hoursOfFile(hours, inFile).flatMap(({ hour, count, index }): Signal[] => {
    const { isSpike, expected } = judgeHour(counts.slice(0, index), count);
    return isSpike ? [{ kind: 'spike', pattern, count, expected, hour, window: hour.slice(0, 10) }] : [];
  });
  return spikes.toSorted((a, b) => b.count - a.count).at(0);
}

/** The busiest hour of the file with at least as many as the rule asks for. */
export function volumeOf({ countPerHourMin }: AlertRule, { pattern, inFile, hours }: Sighting, nowMs: number): Signal | undefined {
  if (countPerHourMin === null || !isWatched(pattern, nowMs)) return undefined;
  const busiest = hoursOfFile(hours, inFile)
    .toSorted((a, b) => b.count - a.count)
    .at(0);
  if (busiest === undefined || busiest.count < countPerHourMin) return undefined;
  const { hour, count } = busiest;
  return { kind: 'volume', pattern, count, expected: null, hour, window: hour.slice(0, 10) };
}

function hoursOfFile(hours: readonly HourCount[], { firstSeen }: FilePattern): (HourCount & { index: number })[] {
  const first = firstSeen.slice(0, 13);
  return hours
    .map((one, index) => ({ ...one, index }))
    .filter(({ hour }) => hour.slice(0, 13) >= first)
    .slice(-alertLimits.hoursPerFileMax);
}

/** True when the rule asks for such a signal of such a pattern in such a file. */
export function asksFor(rule: AlertRule, { kind, pattern }: Pick<Signal, 'kind' | 'pattern'>, file: LogFile): boolean {
  const { level, service, text, filePrefix } = rule.filter;
  return (
    rule.isEnabled &&
    rule.kinds.includes(kind) &&
    (level === null || levelOf(pattern) === level) &&
    (service === null || pattern.services.includes(service)) &&
    (text === null || pattern.template.toLowerCase().includes(text.toLowerCase())) &&
    (filePrefix === null || file.object.key.startsWith(filePrefix))
  );
}

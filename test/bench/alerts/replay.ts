/**
 * Replays a log as the counts per pattern and bucket of time that the detector would have seen.
 */
import { readFileSync } from 'node:fs';
import { judgeHour, spikeSettings } from '#shared/logs/alerts/spike.ts';
import { describeEvent } from '#shared/logs/line/describe-event.ts';
import { templateOf } from '#shared/logs/patterns/record-template.ts';

export interface Replay {
  readonly bucketSeconds: number;
  readonly buckets: number;
  /** Counts by bucket, one list a pattern. */
  readonly series: readonly (readonly number[])[];
}

export interface Tally {
  /** Patterns times buckets that were judged. */
  readonly judged: number;
  /** Buckets called a spike. */
  readonly alarms: number;
  /** Spikes with at least a day (24 buckets) between them: what a rule that tells each spike once sends. */
  readonly episodes: number;
}

/** Widths of a bucket in seconds, the detector's own hour first. A short log is replayed in smaller ones: it knows hours by their number alone. */
const widths = [3_600, 900, 300, 60, 10, 1];
const bucketsMin = 96;

/** Every line counts, as the samples have too few errors. Undefined for a log too short for `bucketsMin` buckets. */
export function replayOf(path: string): Replay | undefined {
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  const events = lines.flatMap((line) => {
    const { time, message } = describeEvent(line, { fileTimeMs: Date.UTC(2026, 0, 1) });
    return time === null ? [] : [{ ms: Date.parse(time), id: templateOf({ message, stack: null }).id }];
  });
  const times = events.map(({ ms }) => ms);
  const first = times.reduce((a, b) => Math.min(a, b), Infinity);
  const last = times.reduce((a, b) => Math.max(a, b), -Infinity);
  const bucketSeconds = widths.find((width) => (last - first) / 1_000 / width >= bucketsMin);
  if (bucketSeconds === undefined) return undefined;
  const buckets = Math.floor((last - first) / 1_000 / bucketSeconds) + 1;
  const series = new Map<string, number[]>();
  for (const { ms, id } of events) {
    const counts = series.get(id) ?? Array.from({ length: buckets }, () => 0);
    series.set(id, counts);
    const bucket = Math.floor((ms - first) / 1_000 / bucketSeconds);
    counts[bucket] = (counts[bucket] ?? 0) + 1;
  }
  return { bucketSeconds, buckets, series: [...series.values()] };
}

/** Judges every bucket of every pattern by those before it. */
export function tally({ series }: Replay): Tally {
  const total = { judged: 0, alarms: 0, episodes: 0 };
  for (const counts of series) {
    const born = counts.findIndex((count) => count > 0);
    let lastAlarm = -Infinity;
    for (let at = born + spikeSettings.historyHoursMin; at < counts.length; at += 1) {
      total.judged += 1;
      if (!judgeHour(counts.slice(born, at), counts[at] ?? 0).isSpike) continue;
      total.alarms += 1;
      if (at - lastAlarm >= 24) total.episodes += 1;
      lastAlarm = at;
    }
  }
  return total;
}

/** The same counts in another order: bursts that last are torn apart, so whatever is found then is chance. */
export function shuffled(replay: Replay, seed: number): Replay {
  const random = generator(seed);
  return {
    ...replay,
    series: replay.series.map((counts) => {
      const other = [...counts];
      for (let i = other.length - 1; i > 0; i -= 1) {
        const j = Math.floor(random() * (i + 1));
        [other[i], other[j]] = [other[j] ?? 0, other[i] ?? 0];
      }
      return other;
    }),
  };
}

/** Share of planted spikes that are found: `times` a busy bucket of the pattern (its median without the empty ones), at `tries` places each. */
export function recall({ series }: Replay, { times, tries, seed }: { times: number; tries: number; seed: number }): number {
  const random = generator(seed);
  let planted = 0;
  let found = 0;
  for (const counts of series) {
    const born = counts.findIndex((count) => count > 0);
    const from = born + spikeSettings.historyHoursMin;
    if (from >= counts.length) continue;
    const busy = counts.filter((count) => count > 0).toSorted((a, b) => a - b);
    const height = Math.max(spikeSettings.countMin + 1, times * (busy[busy.length >> 1] ?? 1));
    for (let trial = 0; trial < tries; trial += 1) {
      const at = from + Math.floor(random() * (counts.length - from));
      planted += 1;
      if (judgeHour(counts.slice(born, at), height).isSpike) found += 1;
    }
  }
  return planted === 0 ? Number.NaN : found / planted;
}

/** A generator of numbers below 1 that gives the same ones for the same seed. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * A pattern's counts by hour, of all that it is counted under.
 */
import type { SeriesDay } from '../rollup/aggregates.ts';
import type { AggregateReader } from '../rollup/ports.ts';
import { totalOf, type Pattern } from '../rollup/pattern.ts';
import type { HourCount } from './signals.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/**
 * Counts of every hour from the pattern's first one, or the first of these days, to the one of `until` (ISO 8601), hours without any as 0. One read a
 * member.
 */
export async function hoursOf(
  aggregates: AggregateReader,
  pattern: Pick<Pattern, 'members' | 'firstSeen'>,
  { until, days }: { until: string; days: number },
): Promise<HourCount[]> {
  const endMs = Math.floor(Date.parse(until) / hourMs) * hourMs;
  const startMs = Math.max(Math.floor(Date.parse(pattern.firstSeen) / hourMs) * hourMs, endMs - days * dayMs + hourMs);
  const window = { from: dayOf(startMs), to: dayOf(endMs) };
  const series = await Promise.all(pattern.members.map((value) => aggregates.days({ dimension: 'pattern', value }, window)));
  const counts = countsByHour(series.flat());
  const filled: HourCount[] = [];
  for (let at = startMs; at <= endMs; at += hourMs) filled.push({ hour: new Date(at).toISOString(), count: counts.get(at) ?? 0 });
  return filled;
}

/** Counts of the last 24 hours, this one last, of several patterns: a hundred days of members a read. */
export async function hoursOfMany(
  aggregates: AggregateReader,
  patterns: readonly Pick<Pattern, 'id' | 'members'>[],
  nowMs: number,
): Promise<Map<string, number[]>> {
  const endMs = Math.floor(nowMs / hourMs) * hourMs;
  const startMs = endMs - dayMs + hourMs;
  const days = [...new Set([dayOf(startMs), dayOf(endMs)])];
  const values = [...new Set(patterns.flatMap(({ members }) => members))];
  const found = await aggregates.daysOf(
    values.map((value) => ({ dimension: 'pattern', value })),
    days,
  );
  const byMember = new Map(found.map(({ series, days: ofMember }) => [series.value, countsByHour(ofMember)]));
  return new Map(
    patterns.map(({ id, members }) => [
      id,
      Array.from({ length: 24 }, (_, index) =>
        members.reduce((sum, member) => sum + (byMember.get(member)?.get(startMs + index * hourMs) ?? 0), 0),
      ),
    ]),
  );
}

/** First instant of each hour that has records → how many. */
function countsByHour(days: readonly SeriesDay[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { day, hours } of days)
    for (const [hour, levels] of hours) {
      const at = Date.parse(day) + hour * hourMs;
      counts.set(at, (counts.get(at) ?? 0) + totalOf(levels));
    }
  return counts;
}

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/**
 * Cron expressions of EventBridge: minutes, hours, day of month, month, day of week (1 is Sunday), year.
 * Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based
 *
 * A time that daylight saving skips is skipped; one that it repeats fires once, the first time round.
 */
import type { TimeZone } from './time-zone.ts';

export interface Cron {
  /** The first occurrence after an instant, both in milliseconds since the epoch; undefined when there is none before the year 2200. */
  nextAfter(utcMs: number): number | undefined;
}

export class CronError extends Error {
  override readonly name = 'CronError';
}

interface Field {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Names of the values from `min` on. */
  readonly words?: readonly string[];
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const fields = {
  minutes: { name: 'minutes', min: 0, max: 59 },
  hours: { name: 'hours', min: 0, max: 23 },
  dayOfMonth: { name: 'day of month', min: 1, max: 31 },
  month: { name: 'month', min: 1, max: 12, words: months },
  dayOfWeek: { name: 'day of week', min: 1, max: 7, words: weekdays },
  year: { name: 'year', min: 1970, max: 2199 },
} as const satisfies Record<string, Field>;

/** More than a zone's clock is ever put back: local times before it need no conversion to be known as past. */
const setBackMsMax = 3 * 3_600_000;
const dayMs = 86_400_000;

/** Takes the six fields without `cron(…)`. Throws a CronError that names the field. */
export function parseCron(expression: string, zone: TimeZone): Cron {
  const parts = expression.trim().toUpperCase().split(/\s+/);
  if (parts.length !== 6) throw new CronError(`cron(${expression}): six fields are needed, not ${parts.length}`);
  const [minute = '', hour = '', dayOfMonth = '', month = '', dayOfWeek = '', year = ''] = parts;
  const minutes = [...valuesIn(minute, fields.minutes)].toSorted(ascending);
  const hours = [...valuesIn(hour, fields.hours)].toSorted(ascending);
  const calendar: Calendar = {
    years: valuesIn(year, fields.year),
    months: valuesIn(month, fields.month),
    onDay: dayRule(dayOfMonth, dayOfWeek),
  };
  const timesOfDay = hours.flatMap((h) => minutes.map((m) => (h * 60 + m) * 60_000));
  return { nextAfter: (utcMs) => nextAfter(utcMs, { calendar, timesOfDay, zone }) };
}

interface Calendar {
  readonly years: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  readonly onDay: DayRule;
}

interface Occurrences {
  readonly calendar: Calendar;
  /** Milliseconds since midnight, ascending. */
  readonly timesOfDay: readonly number[];
  readonly zone: TimeZone;
}

function nextAfter(utcMs: number, { calendar, timesOfDay, zone }: Occurrences): number | undefined {
  const localMs = zone.toLocal(utcMs);
  for (let dateMs: number | undefined = startOfDay(localMs - setBackMsMax); ; dateMs += dayMs) {
    dateMs = nextDate(dateMs, calendar);
    if (dateMs === undefined) return undefined;
    for (const time of timesOfDay) {
      const candidate = dateMs + time < localMs - setBackMsMax ? undefined : zone.toUtc(dateMs + time);
      if (candidate !== undefined && candidate > utcMs) return candidate;
    }
  }
}

/** The first day from this one on that the calendar has; whole months and years that it lacks are stepped over. */
function nextDate(fromMs: number, { years, months, onDay }: Calendar): number | undefined {
  let date = new Date(fromMs);
  while (date.getUTCFullYear() <= fields.year.max) {
    const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
    if (!years.has(year)) date = new Date(Date.UTC(year + 1, 0, 1));
    else if (!months.has(month + 1)) date = new Date(Date.UTC(year, month + 1, 1));
    else if (!onDay(date)) date = new Date(Date.UTC(year, month, day + 1));
    else return date.getTime();
  }
  return undefined;
}

function startOfDay(ms: number): number {
  return Math.floor(ms / dayMs) * dayMs;
}

type DayRule = (date: Date) => boolean;

/** One of the two fields says `?`: days are given by their number or by their weekday. */
function dayRule(dayOfMonth: string, dayOfWeek: string): DayRule {
  if ((dayOfMonth === '?') === (dayOfWeek === '?')) {
    throw new CronError(`cron: one of day of month (${dayOfMonth}) and day of week (${dayOfWeek}) is a question mark, the other is not`);
  }
  const rules = dayOfMonth === '?' ? dayOfWeek.split(',').map(weekdayRule) : dayOfMonth.split(',').map(monthDayRule);
  return (date) => rules.some((rule) => rule(date));
}

function monthDayRule(item: string): DayRule {
  if (item === 'L') return (date) => date.getUTCDate() === lastDayOf(date);
  if (item === 'LW') return (date) => date.getUTCDate() === nearestWeekday(date, lastDayOf(date));
  const weekdayNear = /^(\d{1,2})W$/.exec(item)?.[1];
  if (weekdayNear !== undefined) {
    const wanted = valueIn(weekdayNear, fields.dayOfMonth);
    return (date) => wanted <= lastDayOf(date) && date.getUTCDate() === nearestWeekday(date, wanted);
  }
  const days = valuesIn(item, fields.dayOfMonth);
  return (date) => days.has(date.getUTCDate());
}

function weekdayRule(item: string): DayRule {
  if (item === 'L') return (date) => date.getUTCDay() === 6;
  const [, last, nth, count] = /^(?:([A-Z\d]+)L|([A-Z\d]+)#([1-5]))$/.exec(item) ?? [];
  if (last !== undefined) {
    const weekday = valueIn(last, fields.dayOfWeek);
    return (date) => date.getUTCDay() + 1 === weekday && date.getUTCDate() > lastDayOf(date) - 7;
  }
  if (nth !== undefined) {
    const weekday = valueIn(nth, fields.dayOfWeek);
    return (date) => date.getUTCDay() + 1 === weekday && Math.ceil(date.getUTCDate() / 7) === Number(count);
  }
  const days = valuesIn(item, fields.dayOfWeek);
  return (date) => days.has(date.getUTCDay() + 1);
}

/** The day from Monday to Friday nearest to a day of the date's month, without leaving the month. */
function nearestWeekday(date: Date, day: number): number {
  const weekday = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), day)).getUTCDay();
  if (weekday === 6) return day === 1 ? 3 : day - 1;
  if (weekday === 0) return day === lastDayOf(date) ? day - 2 : day + 1;
  return day;
}

function lastDayOf(date: Date): number {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
}

/** Lists of values, ranges and steps: `1,5-7`, `*`, `0/15`, `MON-FRI`. */
function valuesIn(text: string, field: Field): ReadonlySet<number> {
  const values = new Set<number>();
  for (const item of text.split(',')) {
    const [range = '', step] = item.split('/');
    const by = step === undefined ? 1 : stepIn(step, field);
    const { from, to } = rangeIn(range, field, step !== undefined);
    for (let value = from; value <= to; value += by) values.add(value);
  }
  return values;
}

function rangeIn(text: string, field: Field, open: boolean): { from: number; to: number } {
  if (text === '*') return { from: field.min, to: field.max };
  const [first = '', last] = text.split('-');
  const from = valueIn(first, field);
  if (last === undefined) return { from, to: open ? field.max : from };
  const to = valueIn(last, field);
  if (to < from) throw new CronError(`cron: ${text} runs backwards in ${field.name}`);
  return { from, to };
}

function stepIn(text: string, field: Field): number {
  if (!/^\d{1,4}$/.test(text) || Number(text) < 1) throw new CronError(`cron: /${text} is no step in ${field.name}`);
  return Number(text);
}

function valueIn(text: string, { name, min, max, words = [] }: Field): number {
  const word = words.indexOf(text);
  const value = word === -1 ? Number(/^\d{1,4}$/.exec(text)?.[0]) : word + min;
  if (Number.isNaN(value) || value < min || value > max) throw new CronError(`cron: ${text || 'nothing'} is no value for ${name}`);
  return value;
}

function ascending(a: number, b: number): number {
  return a - b;
}

/**
 * The instant a line's written time stands for, with what had to be assumed.
 */
import type { TimeAssumption } from '#shared/logs/error-record.ts';
import { isoEnd, timeParts } from './time-formats.ts';
import { regionMinutesEast, zoneMinutesEast } from './time-zones.ts';

export interface Instant {
  /** ISO 8601 in UTC with milliseconds, or null when what is written is no real time (month 13, 29 February of a common year). */
  readonly time: string | null;
  readonly timeAssumed: readonly TimeAssumption[];
}

type Parts = Readonly<Record<string, string | undefined>>;

const dayMs = 86_400_000;
export const noTime: Instant = { time: null, timeAssumed: [] };

/** Reads the time written at `at`. */
export function readTime(line: string, at: number, { fileTimeMs }: { fileTimeMs: number }): Instant {
  const iso = readIso(line, at);
  if (iso !== undefined) return iso;
  const parts = timeParts(line, at);
  return parts === undefined ? noTime : instantOf(parts, fileTimeMs);
}

/** What most logs write, read without a pattern; undefined for all else, real or not. */
function readIso(line: string, at: number): Instant | undefined {
  const end = isoEnd(line, at);
  if (end < 0) return undefined;
  const midnightMs = midnight(numberAt(line, at, at + 4), numberAt(line, at + 5, at + 7), numberAt(line, at + 8, at + 10));
  const hour = numberAt(line, at + 11, at + 13);
  const minute = numberAt(line, at + 14, at + 16);
  const second = numberAt(line, at + 17, at + 19);
  if (!(hour < 24 && minute < 60 && second < 60)) return undefined;
  const isUtc = line.charCodeAt(end - 1) === LETTER_Z;
  const instantMs = midnightMs + ((hour * 60 + minute) * 60 + second) * 1000 + millisecondsAt(line, at + 20, isUtc ? end - 1 : end);
  return Number.isNaN(instantMs) ? undefined : isoOf(instantMs, isUtc ? [] : ['zone']);
}

const LETTER_Z = 0x5a;

/** A time that was written as month, day and milliseconds since midnight; null where no year has that day. */
export function timeWithoutYear(
  { month, day, clockMs }: { month: number; day: number; clockMs: number },
  { fileTimeMs }: { fileTimeMs: number },
): string | null {
  return isoOf(latestYear({ month, day }, { fileTimeMs, shiftMs: clockMs }) + clockMs, []).time;
}

/** The number that the digits from `at` to `end` write. */
function numberAt(line: string, at: number, end: number): number {
  let number = 0;
  for (let position = at; position < end; position += 1) number = number * 10 + line.charCodeAt(position) - 0x30;
  return number;
}

/** Whole milliseconds of the fraction whose digits, if any, stand from `at` to `end`. */
function millisecondsAt(line: string, at: number, end: number): number {
  const digits = Math.min(3, end - at);
  return digits <= 0 ? 0 : numberAt(line, at, at + digits) * 10 ** (3 - digits);
}

/** Reads a number of seconds, milliseconds, microseconds or nanoseconds since 1970; its size says which. */
export function readEpoch(value: number): Instant {
  const size = Math.abs(value);
  const unit = size < 1e11 ? 1e3 : size < 1e14 ? 1 : size < 1e17 ? 1e-3 : 1e-6;
  return isoOf(value * unit, []);
}

function instantOf(parts: Parts, fileTimeMs: number): Instant {
  if (parts['epoch'] !== undefined) return readEpoch(Number(parts['epoch']));
  const assumed: TimeAssumption[] = [];
  const clockMs = clockOf(parts);
  const zoneMinutes = zoneOf(parts, fileTimeMs);
  if (zoneMinutes === undefined) assumed.push('zone');
  const shiftMs = clockMs - (zoneMinutes ?? 0) * 60_000;
  const dateMs = dateOf(parts, { fileTimeMs, shiftMs, assumed });
  return isoOf(dateMs + shiftMs, assumed);
}

/** A region's offset is taken at noon of the written date, or on the file's day. */
function zoneOf(parts: Parts, fileTimeMs: number): number | undefined {
  const zone = parts['zone'];
  if (zone === undefined || !zone.includes('/')) return zone === undefined ? undefined : zoneMinutesEast(zone);
  const { year, month, day } = calendarOf(parts);
  const noonMs = year === undefined || day === undefined ? fileTimeMs : midnight(year, month, day) + dayMs / 2;
  return Number.isNaN(noonMs) ? undefined : regionMinutesEast(zone, noonMs);
}

/** Milliseconds since midnight, NaN when there is no such time. 24:00:00 and a leap second's :60 are the first instant after. */
function clockOf(parts: Parts): number {
  const hour = hourOf(parts);
  const minute = Number(parts['minute']);
  const second = Number(parts['second'] ?? 0);
  const fractionMs = Math.floor(Number(`0.${parts['fraction'] ?? 0}`) * 1000);
  const total = ((hour * 60 + minute) * 60 + second) * 1000 + fractionMs;
  if (minute > 59 || second > 60 || hour > 24 || (hour === 24 && total > dayMs)) return Number.NaN;
  return second === 60 ? total - fractionMs : total;
}

function hourOf(parts: Parts): number {
  const hour = Number(parts['hour']);
  if (parts['meridiem'] === undefined) return hour;
  if (hour < 1 || hour > 12) return Number.NaN;
  return (hour % 12) + (parts['meridiem'].toUpperCase() === 'PM' ? 12 : 0);
}

/**
 * Midnight UTC of the written date. Without a year it is the latest that puts the instant at most a day after the file's own time; without a
 * date, the file's day, or the day before when that would be more than half a day after (half a day: the zone may be unknown as well).
 */
function dateOf(parts: Parts, known: { fileTimeMs: number; shiftMs: number; assumed: TimeAssumption[] }): number {
  const { year, month, day } = calendarOf(parts);
  if (day === undefined) {
    known.assumed.push('date');
    return latest((daysBack) => (Math.floor(known.fileTimeMs / dayMs) - daysBack) * dayMs, known.fileTimeMs + dayMs / 2 - known.shiftMs);
  }
  if (year !== undefined) return midnight(year, month, day);
  known.assumed.push('year');
  return latestYear({ month, day }, known);
}

function latestYear(
  { month, day }: { month: number; day: number },
  { fileTimeMs, shiftMs }: { fileTimeMs: number; shiftMs: number },
): number {
  const fileYear = new Date(fileTimeMs).getUTCFullYear();
  return latest((yearsBack) => midnight(fileYear + 1 - yearsBack, month, day), fileTimeMs + dayMs - shiftMs);
}

/** The latest candidate date up to `dateMsMax`. Nine years cover the longest gap between leap years. */
function latest(candidate: (back: number) => number, dateMsMax: number): number {
  for (let back = 0; back <= 9; back += 1) {
    const dateMs = candidate(back);
    if (dateMs <= dateMsMax) return dateMs;
  }
  return Number.NaN;
}

function calendarOf(parts: Parts): { year: number | undefined; month: number; day: number | undefined } {
  const year = parts['year'] === undefined ? shortYearOf(parts['year2']) : Number(parts['year']);
  if (parts['first'] !== undefined) return numericDate(parts, year);
  const month = parts['monthName'] === undefined ? Number(parts['month']) : monthOf(parts['monthName']);
  return { year, month, day: parts['day'] === undefined ? undefined : Number(parts['day']) };
}

/** `17/06/09` is year first unless its middle can only be a day; `21/11/2026` is day first unless that can only be a month's place, or it bears AM or PM. */
function numericDate(parts: Parts, year: number | undefined) {
  const first = Number(parts['first']);
  const middle = Number(parts['middle']);
  if (year === undefined) {
    if (middle > 12) return { year: shortYearOf(parts['last']), month: first, day: middle };
    return { year: shortYearOf(parts['first']), month: middle, day: Number(parts['last']) };
  }
  const monthFirst = middle > 12 || (parts['meridiem'] !== undefined && first <= 12);
  return monthFirst ? { year, month: first, day: middle } : { year, month: middle, day: first };
}

const shortYearOf = (year: string | undefined) => (year === undefined ? undefined : 2000 + Number(year));

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const indonesianMonths: Readonly<Record<string, number>> = { mei: 5, agu: 8, okt: 10, des: 12 };

function monthOf(name: string): number {
  const lower = name.toLowerCase();
  return indonesianMonths[lower] ?? months.indexOf(lower) + 1;
}

const daysOfMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function midnight(year: number, month: number, day: number): number {
  const days = month === 2 && isLeapYear(year) ? 29 : (daysOfMonth[month - 1] ?? 0);
  if (!(day >= 1 && day <= days)) return Number.NaN;
  // Date.UTC takes years below 100 for those of the 20th century.
  return year >= 100 ? Date.UTC(year, month - 1, day) : new Date(0).setUTCFullYear(year, month - 1, day);
}

const isLeapYear = (year: number) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** Instants a Date can hold and ISO writes with four digits of a year. */
function isoOf(instantMs: number, timeAssumed: readonly TimeAssumption[]): Instant {
  const whole = Math.floor(instantMs);
  if (!(whole >= -62_167_219_200_000 && whole < 253_402_300_800_000)) return noTime;
  return { time: timeText(whole), timeAssumed };
}

/** What `Date.toISOString` writes of an instant of the years 0 to 9999, which takes ten times as long: a log has few days, and each is written once. */
export function timeText(instantMs: number): string {
  const day = Math.floor(instantMs / dayMs);
  let date = dates.get(day);
  if (date === undefined) {
    if (dates.size >= datesMax) dates.clear();
    date = new Date(day * dayMs).toISOString().slice(0, 'YYYY-MM-DDT'.length);
    dates.set(day, date);
  }
  const ms = instantMs - day * dayMs;
  const seconds = Math.floor(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  const fraction = ms % 1000;
  const clock = `${twoDigits[Math.floor(minutes / 60)]}:${twoDigits[minutes % 60]}:${twoDigits[seconds % 60]}`;
  return `${date}${clock}.${fraction < 100 ? '0' : ''}${fraction < 10 ? '0' : ''}${fraction}Z`;
}

const dates = new Map<number, string>();
const datesMax = 64;
const twoDigits = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));

/**
 * Numbers, sizes and times as the reader's language writes them. Times are shown in the reader's own zone, and say which.
 */
import type { Language } from './language.ts';

const locales: Readonly<Record<Language, string>> = { id: 'id-ID', en: 'en-GB' };

const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

const recentSeconds = 7 * 86_400;

/** Seconds of each unit, longest first. */
const timeUnits: readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

export interface Format {
  readonly count: (value: number) => string;
  /** `Rp 150.000`, in every language as it is written in Indonesia: two ways to write an amount are one too many. */
  readonly rupiah: (amount: number) => string;
  /** 1,500,000 → `1.5 MB`; decimal units. */
  readonly bytes: (value: number) => string;
  /** Date and time to the minute. */
  readonly moment: (iso: string) => string;
  /** The same to the millisecond, with the zone's short name. */
  readonly preciseInstant: (iso: string) => string;
  /** `3 minutes ago`; a date for what is older than a week. */
  readonly since: (iso: string, nowMs: number) => string;
  /** Within the week that `since` counts in. */
  readonly isRecent: (iso: string, nowMs: number) => boolean;
  /** Time of day to the second. */
  readonly clock: (milliseconds: number) => string;
  /** `1:05` for 65 seconds, `25:00:00` for a day and an hour. */
  readonly countdown: (seconds: number) => string;
}

export function formatOf(language: Language, timeZone?: string): Format {
  const locale = locales[language];
  const numbers = new Intl.NumberFormat(locale);
  const zone = timeZone === undefined ? {} : { timeZone };
  const amounts = new Intl.NumberFormat(locales.id, { style: 'currency', currency: 'IDR', maximumFractionDigits: 0 });
  const moments = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', ...zone });
  const clocks = new Intl.DateTimeFormat(locale, { timeStyle: 'medium', ...zone });
  const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', ...zone });
  const precise = new Intl.DateTimeFormat(locale, {
    ...zone,
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    timeZoneName: 'short',
  });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  return {
    count: (value) => numbers.format(value),
    rupiah: (amount) => amounts.format(amount),
    bytes: (value) => bytesText(value, locale),
    moment: (iso) => moments.format(new Date(iso)),
    isRecent: (iso, nowMs) => Math.abs(new Date(iso).getTime() - nowMs) <= recentSeconds * 1000,
    clock: (milliseconds) => clocks.format(new Date(milliseconds)),
    countdown: countdownText,
    preciseInstant: (iso) => precise.format(new Date(iso)),
    since(iso, nowMs) {
      const seconds = Math.round((new Date(iso).getTime() - nowMs) / 1000);
      if (Math.abs(seconds) > recentSeconds) return dates.format(new Date(iso));
      const [unit, size] = timeUnits.find(([, size]) => Math.abs(seconds) >= size) ?? (['second', 1] as const);
      return relative.format(Math.round(seconds / size), unit);
    },
  };
}

function countdownText(seconds: number): string {
  const twoDigits = (value: number): string => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  return hours === 0 ? `${minutes}:${twoDigits(seconds % 60)}` : `${hours}:${twoDigits(minutes)}:${twoDigits(seconds % 60)}`;
}

function bytesText(value: number, locale: string): string {
  const power = value < 1 ? 0 : Math.min(byteUnits.length - 1, Math.floor(Math.log10(value) / 3));
  const unit = byteUnits[power] ?? 'byte';
  const scaled = value / 1000 ** power;
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: scaled < 100 && power > 0 ? 1 : 0,
  }).format(scaled);
}

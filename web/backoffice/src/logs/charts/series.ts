/**
 * Counts over time, as charts and tables show them.
 */
import type { Language } from '../../shell/language.ts';

export interface Series {
  readonly name: string;
  readonly label: string;
  /** Which of the theme's colours, where the series means something that has one. */
  readonly tone?: 'error' | 'warning';
}

export interface SeriesStep {
  /** ISO 8601: beginning of the hour or day. */
  readonly at: string;
  /** By the names of the series. */
  readonly counts: Readonly<Record<string, number>>;
}

export interface SeriesTable {
  readonly step: 'hour' | 'day';
  readonly series: readonly Series[];
  readonly steps: readonly SeriesStep[];
}

export function isEmpty({ steps }: Pick<SeriesTable, 'steps'>): boolean {
  return steps.every(({ counts }) => Object.values(counts).every((count) => count === 0));
}

/** Days are days in UTC, as they are counted; hours are the reader's own. */
export function stepText(at: string, step: SeriesTable['step'], language: Language): string {
  const options: Intl.DateTimeFormatOptions =
    step === 'day'
      ? { day: 'numeric', month: 'short', timeZone: 'UTC' }
      : { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' };
  return new Intl.DateTimeFormat(language === 'id' ? 'id-ID' : 'en-GB', options).format(new Date(at));
}

/**
 * Days of the people who read the log: Asia/Jakarta, which is UTC+7 all year.
 */
const offsetMs = 7 * 3_600_000;
const dayMs = 86_400_000;

/** The day of an instant (ISO 8601 in UTC). */
export const dayOf = (instant: string): string => new Date(Date.parse(instant) + offsetMs).toISOString().slice(0, 10);

/** First instant of a day, in UTC. */
export const startOfDay = (day: string): string => new Date(Date.parse(day) - offsetMs).toISOString();

export const dayBefore = (day: string): string => new Date(Date.parse(day) - dayMs).toISOString().slice(0, 10);
export const dayAfter = (day: string): string => new Date(Date.parse(day) + dayMs).toISOString().slice(0, 10);

/** Days, both included; a side that is left out has no bound. */
interface DayRange {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Whether an instant, in milliseconds since the epoch, lies on one of the days. */
export function isWithinDays(instantMs: number, { from = '', to = '~' }: DayRange): boolean {
  const day = dayOf(new Date(instantMs).toISOString());
  return day >= from && day <= to;
}

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

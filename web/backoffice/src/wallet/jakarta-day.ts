/** The day in Jakarta, by which money is counted, of an instant in milliseconds since the epoch. */
export const jakartaDay = (ms: number): string => new Date(ms + 7 * 3_600_000).toISOString().slice(0, 10);

/** Wall-clock time of an IANA zone. Local time is written as if it were UTC: milliseconds whose UTC fields are what the wall shows. */
export interface TimeZone {
  toLocal(utcMs: number): number;
  /** The first instant at which the wall shows this; undefined for a time that daylight saving skips. */
  toUtc(localMs: number): number | undefined;
}

const dayMs = 86_400_000;

/** Throws a RangeError for a zone that does not exist. */
export function timeZone(name: string): TimeZone {
  if (name === 'UTC') return { toLocal: (utcMs) => utcMs, toUtc: (localMs) => localMs };
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const toLocal = (utcMs: number) => {
    const fields = Object.fromEntries(format.formatToParts(utcMs).map(({ type, value }) => [type, Number(value)]));
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = fields;
    return Date.UTC(year, month - 1, day, hour, minute, second);
  };
  return {
    toLocal,
    toUtc: (localMs) => {
      // Offsets a day before and after cover a change in between; the larger offset is the earlier instant.
      const offsets = [localMs - dayMs, localMs + dayMs].map((nearMs) => toLocal(nearMs) - nearMs).toSorted((a, b) => b - a);
      return offsets.map((offsetMs) => localMs - offsetMs).find((utcMs) => toLocal(utcMs) === localMs);
    },
  };
}

const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;

/** Milliseconds since the epoch, rounded up, of an RFC 3339 time with upper-case T and Z as state machines write it; undefined for anything else. */
export function parseTimestamp(value: unknown): number | undefined {
  if (typeof value !== 'string' || !form.test(value)) return undefined;
  const ms = Date.parse(value);
  // Date.parse takes 30 February for the 2nd of March.
  const [year = 0, month = 0, day = 0] = value.slice(0, 10).split('-').map(Number);
  if (Number.isNaN(ms) || new Date(Date.UTC(year, month - 1, day)).getUTCDate() !== day) return undefined;
  // Date.parse cuts digits after the third.
  return /\.\d{3}0*[1-9]/.test(value) ? ms + 1 : ms;
}

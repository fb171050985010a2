/**
 * ISO 8601 durations of fixed length: weeks, days, hours, minutes, seconds. Years and months are refused, since their length depends
 * on the calendar; a day is 24 hours and a week 7 days. The last component may carry a decimal fraction (`PT1.5S`, `PT0,5H`).
 */
const unitMs = { W: 604_800_000, D: 86_400_000, H: 3_600_000, M: 60_000, S: 1_000 } as const;

const form = /^P(?:([\d.,]+)W)?(?:([\d.,]+)D)?(?:T(?:([\d.,]+)H)?(?:([\d.,]+)M)?(?:([\d.,]+)S)?)?$/;
const whole = /^\d{1,12}$/;
const decimal = /^\d{1,12}(?:[.,]\d{1,9})?$/;
const units = ['W', 'D', 'H', 'M', 'S'] as const;

export class DurationError extends Error {
  override readonly name = 'DurationError';
}

/** Whole milliseconds, rounded up. Throws a DurationError that says what is wrong. */
export function parseDuration(text: string): number {
  if (text.includes('-') || text.startsWith('+')) throw new DurationError('A signed duration is refused: time only moves forward.');
  if (/^P[^T]*[YM]/.test(text))
    throw new DurationError('Years and months have no fixed length: give weeks, days, hours, minutes, seconds.');
  const components = componentsOf(text);
  const odd = components.find(({ digits }, index) => !(index === components.length - 1 ? decimal : whole).test(digits));
  if (odd !== undefined) {
    throw new DurationError(`${odd.digits}${odd.unit} is no number here: digits, and a decimal fraction in the last component alone.`);
  }
  return Math.ceil(components.reduce((sum, { unit, digits }) => sum + Number(digits.replace(',', '.')) * unitMs[unit], 0));
}

function componentsOf(text: string): { unit: keyof typeof unitMs; digits: string }[] {
  const parts = text.endsWith('T') ? [] : (form.exec(text)?.slice(1) ?? []);
  const components = units.flatMap((unit, index) => {
    const digits = parts[index];
    return digits === undefined ? [] : [{ unit, digits }];
  });
  if (components.length === 0) throw new DurationError('Not an ISO 8601 duration such as PT15M, P1DT2H or P2W.');
  return components;
}

/** The shortest form of a length in milliseconds: 90,000 is `PT1M30S`, nothing is `PT0S`. */
export function formatDuration(milliseconds: number): string {
  let rest = Math.max(0, Math.round(milliseconds));
  const take = (unit: keyof typeof unitMs) => {
    const count = Math.floor(rest / unitMs[unit]);
    rest -= count * unitMs[unit];
    return count === 0 ? '' : `${count}${unit}`;
  };
  const days = take('D');
  const time = take('H') + take('M');
  const seconds = rest === 0 ? '' : `${rest / 1_000}S`;
  if (days + time + seconds === '') return 'PT0S';
  return `P${days}${time + seconds === '' ? '' : `T${time}${seconds}`}`;
}

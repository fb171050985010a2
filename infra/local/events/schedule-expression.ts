/** `rate(5 minutes)`, `cron(0 9 ? * MON-FRI *)`, `at(2027-01-01T09:00:00)`. */
import { CronError, parseCron } from './cron.ts';
import { timeZone, type TimeZone } from './time-zone.ts';

export interface Occasions {
  /** The first occurrence after an instant, both in milliseconds since the epoch. */
  readonly nextAfter: (utcMs: number) => number | undefined;
}

export interface Frame {
  /** IANA name; rates do not care. */
  readonly zone: string;
  /** What a rate counts from. */
  readonly anchorMs: number;
  /** Whether a rate fires at its anchor too, as EventBridge Scheduler does and rules do not. */
  readonly firesAtAnchor: boolean;
  /** `at(…)` is for EventBridge Scheduler alone. */
  readonly allowsOnce: boolean;
}

class ScheduleError extends Error {
  override readonly name = 'ScheduleError';
}

const unitMs: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** Throws a ScheduleError that says what is wrong. */
export function parseSchedule(expression: string, frame: Frame): Occasions {
  const [, form, inner = ''] = /^(rate|cron|at)\((.*)\)$/.exec(expression.trim()) ?? [];
  if (form === 'rate') return rate(inner, frame);
  const zone = zoneNamed(frame.zone);
  if (form === 'cron') return cron(inner, zone);
  if (form === 'at' && frame.allowsOnce) return once(inner, zone);
  throw new ScheduleError(`${expression} is none of rate(…), cron(…)${frame.allowsOnce ? ', at(…)' : ''}`);
}

function rate(text: string, { anchorMs, firesAtAnchor }: Frame): Occasions {
  const [, digits = '', unit = '', plural] = /^([1-9]\d{0,8}) (minute|hour|day)(s?)$/.exec(text.trim()) ?? [];
  const count = Number(digits);
  const periodMs = count * (unitMs[unit] ?? 0);
  // AWS insists on the grammar.
  if (periodMs === 0 || (count === 1) === (plural === 's')) {
    throw new ScheduleError(`rate(${text}) is not like rate(1 minute), rate(5 minutes), rate(1 hour) or rate(7 days)`);
  }
  const first = firesAtAnchor ? 0 : 1;
  return { nextAfter: (utcMs) => anchorMs + Math.max(first, Math.floor((utcMs - anchorMs) / periodMs) + 1) * periodMs };
}

function cron(text: string, zone: TimeZone): Occasions {
  try {
    return parseCron(text, zone);
  } catch (error) {
    if (error instanceof CronError) throw new ScheduleError(error.message, { cause: error });
    throw error;
  }
}

function once(text: string, zone: TimeZone): Occasions {
  const localMs = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(text) ? Date.parse(`${text}Z`) : Number.NaN;
  const onceMs = Number.isNaN(localMs) ? undefined : zone.toUtc(localMs);
  if (onceMs === undefined) throw new ScheduleError(`at(${text}) is no time of its zone; the form is at(yyyy-mm-ddThh:mm:ss)`);
  return { nextAfter: (utcMs) => (onceMs > utcMs ? onceMs : undefined) };
}

function zoneNamed(name: string): TimeZone {
  try {
    return timeZone(name);
  } catch (error) {
    throw new ScheduleError(`no time zone ${name}`, { cause: error });
  }
}

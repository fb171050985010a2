/**
 * The level of a JSON line, without parsing it: a scan of the keys of its outermost object that skips strings and nested values, so that
 * neither quoted nor nested text fools it, and that needs no closing brace.
 */
import type { Level } from '#shared/logs/error-record.ts';
import { isBlank, isDigit } from './characters.ts';
import { levelOfOpenTelemetryNumber, levelOfPinoNumber, levelOfSyslogSeverity, levelOfValue } from './level-words.ts';

export interface JsonHead {
  level: Level | undefined;
  timed: boolean;
  /** It has a level, or a time and a message: the object is a log event. */
  isEvent: boolean;
}

type KeyRole = 'level' | 'setting' | 'severity' | 'priority' | 'otel' | 'mongo' | 'time' | 'message' | 'gelf';

const roles = new Map<string, KeyRole>();
const keysOfRole: Readonly<Record<KeyRole, string>> = {
  level: 'level lvl levelname level_name Level LEVEL log.level @l @level @Level levelName severityText severity_text SeverityText',
  setting: 'LogLevel logLevel loglevel log_level',
  severity: 'severity Severity SEVERITY syslog.severity syslog_severity severity_label',
  priority: 'PRIORITY',
  otel: 'severityNumber severity_number SeverityNumber',
  mongo: 's',
  time: 'time timestamp ts t @timestamp @t Timestamp TimeGenerated datetime date asctime timeMillis eventTime __REALTIME_TIMESTAMP',
  message: 'msg message MESSAGE Message @m @mt event log text short_message body Body',
  gelf: 'version',
};
for (const role of Object.keys(keysOfRole) as KeyRole[]) for (const key of keysOfRole[role].split(' ')) roles.set(key, role);

/** Objects whose own `level` speaks for the event: ECS `log`, loguru's `record`, and a level that is an object (`{"name":"ERROR"}`). */
const containers: ReadonlySet<string> = new Set(['log', 'record', 'level']);

interface Found extends JsonHead {
  setting: Level | undefined;
  number: number | undefined;
  hasMessage: boolean;
  isGelf: boolean;
  mongo: Level | undefined;
}

/** Reads the object that begins at `at` (its `{`). */
export function readJsonHead(line: string, at: number): JsonHead {
  const found: Found = {
    level: undefined,
    timed: false,
    isEvent: false,
    setting: undefined,
    number: undefined,
    hasMessage: false,
    isGelf: false,
    mongo: undefined,
  };
  readObject(line, at, (key, valueAt) => take(line, valueAt, { key, found }));
  found.level ??= levelOfNumber(found);
  if (found.timed && found.level === undefined) found.level = found.mongo;
  if (found.hasMessage && found.level === undefined) found.level = found.setting;
  found.isEvent = found.level !== undefined || (found.timed && found.hasMessage);
  return found;
}

function levelOfNumber({ number, isGelf }: Found): Level | undefined {
  if (number === undefined) return undefined;
  return isGelf ? levelOfSyslogSeverity(number) : levelOfPinoNumber(number);
}

/** Calls `visit` with every key of the object at `at` and the position of its value. Stops quietly where the JSON ends or breaks. */
export function readObject(line: string, at: number, visit: (key: string, valueAt: number) => void): void {
  let cursor = skipWhite(line, at + 1);
  while (line[cursor] === '"') {
    const keyEnd = stringEnd(line, cursor);
    if (keyEnd < 0) return;
    const colon = skipWhite(line, keyEnd);
    if (line[colon] !== ':') return;
    const valueAt = skipWhite(line, colon + 1);
    visit(line.slice(cursor + 1, keyEnd - 1), valueAt);
    cursor = skipWhite(line, valueEnd(line, valueAt));
    if (line[cursor] !== ',') return;
    cursor = skipWhite(line, cursor + 1);
  }
}

function take(line: string, valueAt: number, { key, found }: { key: string; found: Found }): void {
  const role = roles.get(key);
  if (line[valueAt] === '{' && containers.has(key)) {
    readObject(line, valueAt, (inner, innerAt) => takeNested(line, innerAt, { key, inner, found }));
    return;
  }
  if (role === undefined) return;
  if (role === 'time') found.timed = true;
  else if (role === 'message') {
    found.hasMessage = true;
    if (key === 'short_message') found.isGelf = true;
  } else takeLevel(line, valueAt, { role, found });
}

function takeLevel(line: string, valueAt: number, { role, found }: { role: KeyRole; found: Found }): void {
  const value = scalar(line, valueAt);
  const number = isDigit(value.charCodeAt(0)) ? Number(value) : undefined;
  if (role === 'setting') found.setting ??= levelOfValue(value);
  else if (role === 'mongo') found.mongo ??= levelOfValue(value);
  else if (role === 'otel') found.level ??= levelOfOpenTelemetryNumber(number ?? 0);
  else if (number === undefined) found.level ??= levelOfValue(value);
  else if (role === 'level') found.number ??= number;
  else found.level ??= levelOfSyslogSeverity(number);
}

function takeNested(line: string, valueAt: number, { key, inner, found }: { key: string; inner: string; found: Found }): void {
  if (key === 'level' && (inner === 'name' || inner === 'text')) found.level ??= levelOfValue(scalar(line, valueAt));
  if (key !== 'level' && inner === 'level') {
    if (line[valueAt] === '{') readObject(line, valueAt, (name, at) => takeNested(line, at, { key: 'level', inner: name, found }));
    else found.level ??= levelOfValue(scalar(line, valueAt));
  }
}

/** A short string or number as written, without quotes; '' for anything longer than a level can be. */
function scalar(line: string, at: number): string {
  const quoted = line[at] === '"';
  const start = quoted ? at + 1 : at;
  let end = start;
  while (end < line.length && end - start <= 20 && !ends(line[end] ?? '', quoted)) end += 1;
  return line.slice(start, end).trim();
}

const ends = (character: string, quoted: boolean) =>
  quoted ? character === '"' : character === ',' || character === '}' || character === ' ';

/** One past the value at `at`: a string, a number or word, or a whole object or array. */
function valueEnd(line: string, at: number): number {
  if (line[at] === '"') return stringEnd(line, at) < 0 ? line.length : stringEnd(line, at);
  let depth = 0;
  let cursor = at;
  while (cursor < line.length) {
    const character = line[cursor];
    if (character === '"') {
      const end = stringEnd(line, cursor);
      if (end < 0) return line.length;
      cursor = end;
      continue;
    }
    if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') {
      if (depth === 0) return cursor;
      depth -= 1;
      if (depth === 0) return cursor + 1;
    } else if (character === ',' && depth === 0) return cursor;
    cursor += 1;
  }
  return cursor;
}

/** One past the closing quote of the string that opens at `at`, -1 when it never closes. */
export function stringEnd(line: string, at: number): number {
  for (let quote = line.indexOf('"', at + 1); quote >= 0; quote = line.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (line[quote - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return quote + 1;
  }
  return -1;
}

function skipWhite(line: string, at: number): number {
  let end = at;
  while (end < line.length && isBlank(line.charCodeAt(end))) end += 1;
  return end;
}

/**
 * What a JSON line says beyond its level.
 */
import { visitKeys, stringEnd, valueEnd } from './json-scan.ts';
import { noTime, readEpoch, readTime, type Instant } from './time.ts';
import type { Described } from './describe-event.ts';

type Json = Readonly<Record<string, unknown>>;

/** Where each thing may stand, the likeliest first; a dot goes into an object, unless the key is written with its dot. */
export const jsonPaths = {
  time: '@timestamp timestamp time ts t.$date t @t datetime asctime Timestamp TimeGenerated date eventTime timeMillis time_unix_nano timeUnixNano instant __REALTIME_TIMESTAMP record.time.repr',
  logger:
    'logger logger_name loggerName log.logger target SourceContext Properties.SourceContext record.name Category category channel c component module name service.name service app program appname SYSLOG_IDENTIFIER _SYSTEMD_UNIT resource.service.name scope.name caller',
  message:
    'message msg MESSAGE Message @m @message RenderedMessage record.message fields.message jsonPayload.message textPayload short_message event.original event text body.stringValue body Body @mt MessageTemplate log errorMessage error.message err.message exception.message error err',
  stack:
    'stack stack_trace stackTrace stacktrace err.stack error.stack_trace error.stack error.stacktrace exception.stacktrace exception.stack exception exc_info Exception @x full_message message.stackTrace message.stack traceback thrown.extendedStackTrace context.exception.trace',
} as const;

/** A key, and where it has a dot, the object and the way inside of it that it may stand for. */
interface Path {
  readonly key: string;
  readonly outer: string | undefined;
  readonly inner: Path | undefined;
}

function pathOf(key: string): Path {
  const dot = key.indexOf('.');
  return dot < 0 ? { key, outer: undefined, inner: undefined } : { key, outer: key.slice(0, dot), inner: pathOf(key.slice(dot + 1)) };
}

const split = (list: string): readonly Path[] => list.split(' ').map(pathOf);
const timePaths = split(jsonPaths.time);
const loggerPaths = split(jsonPaths.logger);
const messagePaths = split(jsonPaths.message);
const stackPaths = split(jsonPaths.stack);

/** Describes the JSON object that `text` begins with; one that is cut off or broken says what stands before the break. */
export function describeJson(text: string, fileTimeMs: number): Described {
  const event = parsed(text);
  const message = first(event, messagePaths, messageOf) ?? '';
  const stack = first(event, stackPaths, stackOf) ?? null;
  return {
    instant: first(event, timePaths, (value) => instantOf(value, fileTimeMs)) ?? noTime,
    logger: first(event, loggerPaths, nameOf) ?? null,
    message,
    stack: stack === message ? null : stack,
  };
}

function parsed(text: string): Json {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return brokenObject(text, 0, nestingMax);
  }
}

/** Objects within objects that a broken line is read into. */
const nestingMax = 4;

/** The keys of an object that need not close, with strings, numbers and objects as far as they go. */
function brokenObject(text: string, at: number, nesting: number): Json {
  const object: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  visitKeys(text, at, (keyAt, keyEnd, valueAt) => {
    object[text.slice(keyAt, keyEnd)] = brokenValue(text, valueAt, nesting);
  });
  return object;
}

function brokenValue(text: string, at: number, nesting: number): unknown {
  if (text[at] === '{') return nesting === 0 ? undefined : brokenObject(text, at, nesting - 1);
  const closed = text[at] !== '"' || stringEnd(text, at) > 0;
  const literal = text.slice(at, valueEnd(text, at)).trim();
  try {
    return JSON.parse(closed ? literal : `${literal.replace(/\\(?:u[\da-fA-F]{0,3})?$/, '')}"`) as unknown;
  } catch {
    return closed ? undefined : literal.slice(1);
  }
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What the first path says that says anything. */
function first<T>(event: Json, list: readonly Path[], read: (value: unknown) => T | undefined): T | undefined {
  for (const path of list) {
    const value = at(event, path);
    const found = value === undefined ? undefined : read(value);
    if (found !== undefined) return found;
  }
  return undefined;
}

function at(event: Json, { key, outer, inner }: Path): unknown {
  if (Object.hasOwn(event, key)) return event[key];
  const object = outer === undefined ? undefined : event[outer];
  return inner !== undefined && isObject(object) ? at(object, inner) : undefined;
}

function nameOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, 200) : undefined;
}

/** A message is text; an object stands for its own message, or for itself. */
function messageOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  if (!isObject(value) || Object.keys(value).length === 0) return undefined;
  const inner = value['message'] ?? value['errorMessage'] ?? value['msg'];
  return typeof inner === 'string' ? inner : JSON.stringify(value);
}

/** A stack is text of several lines, or its lines in an array; an exception's short name is none. */
function stackOf(value: unknown): string | undefined {
  if (Array.isArray(value)) return value.length > 0 && value.every((line) => typeof line === 'string') ? value.join('\n') : undefined;
  if (isObject(value)) return stackOf(value['stackTrace'] ?? value['stacktrace'] ?? value['stack'] ?? value['stack_trace']);
  return typeof value === 'string' && value.includes('\n') ? value : undefined;
}

function instantOf(value: unknown, fileTimeMs: number): Instant | undefined {
  const instant = isObject(value) ? secondsOf(value) : scalarInstant(value, fileTimeMs);
  return instant.time === null ? undefined : instant;
}

function scalarInstant(value: unknown, fileTimeMs: number): Instant {
  if (typeof value === 'number') return readEpoch(value);
  if (typeof value !== 'string') return noTime;
  return /^\d{10,19}(?:\.\d+)?$/.test(value) ? readEpoch(Number(value)) : readTime(value, 0, { fileTimeMs });
}

/** Google Cloud's `{"seconds":1763701200,"nanos":5}`, MongoDB's `{"$date":"…"}` where the path did not go inside. */
function secondsOf(value: Json): Instant {
  const seconds = Number(value['seconds'] ?? value['epochSecond'] ?? Number.NaN);
  return Number.isNaN(seconds) ? noTime : readEpoch(seconds + Number(value['nanos'] ?? value['nanoOfSecond'] ?? 0) / 1e9);
}

/**
 * The level of a JSON line, from the keys of its outermost object: neither quoted nor nested text can fool it, and a line cut off in the
 * middle still has the level that was written before the cut.
 */
import type { Level } from '#shared/logs/error-record.ts';
import { isDigit } from './characters.ts';
import type { Head } from './head.ts';
import { visitKeys } from './json-scan.ts';
import { levelOfOpenTelemetryNumber, levelOfPinoNumber, levelOfSyslogSeverity, levelOfValue } from './level-words.ts';

/**
 * What a key says. `level` is the level as a word, or a number of bunyan's, or GELF's beside a `short_message`; `setting` the same where the
 * object has a message too (else it is someone's configuration); `severity` a word or a syslog number; `mongo` MongoDB's letter.
 */
type KeyRole = 'level' | 'setting' | 'severity' | 'priority' | 'otel' | 'mongo' | 'time' | 'message';

const keys: Readonly<Record<KeyRole, string>> = {
  level: 'level lvl levelname level_name levelName LevelName Level LEVEL log.level @l @level severityText severity_text SeverityText',
  setting: 'LogLevel logLevel loglevel log_level',
  severity: 'severity Severity SEVERITY syslog.severity syslog_severity',
  priority: 'PRIORITY',
  otel: 'severityNumber severity_number SeverityNumber',
  mongo: 's',
  time: 'time timestamp ts t @timestamp @t Timestamp datetime date asctime timeMillis eventTime instant __REALTIME_TIMESTAMP time_unix_nano timeUnixNano',
  message: 'msg message MESSAGE Message @m @mt @message event log text short_message body Body',
};

/** Objects whose own `level` speaks for the event: ECS's `log`, loguru's `record`. */
const levelHolders: ReadonlySet<string> = new Set(['log', 'record']);
/** Where a level is an object, the key that holds its word. */
const wordKeys: ReadonlySet<string> = new Set(['name', 'text', 'value']);

const roles = new Map<string, KeyRole>();
export const jsonKeyRoles: ReadonlyMap<string, KeyRole> = roles;

for (const [role, list] of Object.entries(keys) as [KeyRole, string][]) for (const key of list.split(' ')) roles.set(key, role);

/** Longest key that means something. */
const keyCharactersMax = 24;

class JsonHead {
  level: Level | undefined;
  setting: Level | undefined;
  mongo: Level | undefined;
  number = Number.NaN;
  timed = false;
  hasMessage = false;
  isGelf = false;
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  take(key: string, valueAt: number): void {
    const role = roles.get(key);
    const nested = this.text.charCodeAt(valueAt) === 0x7b;
    if (nested && (role === 'level' || levelHolders.has(key))) this.takeNested(valueAt, role === 'level');
    else if (role === 'time') this.timed = true;
    else if (role === 'message') {
      this.hasMessage = true;
      this.isGelf ||= key === 'short_message';
    } else if (role !== undefined) this.takeLevel(role, scalarAt(this.text, valueAt));
  }

  private takeNested(at: number, isLevel: boolean): void {
    visitKeys(this.text, at, (keyAt, keyEnd, valueAt) => {
      const key = this.text.slice(keyAt, keyEnd);
      if (isLevel && wordKeys.has(key)) this.level ??= levelOfValue(scalarAt(this.text, valueAt));
      if (isLevel || key !== 'level') return;
      if (this.text.charCodeAt(valueAt) === 0x7b) this.takeNested(valueAt, true);
      else this.level ??= levelOfValue(scalarAt(this.text, valueAt));
    });
  }

  private takeLevel(role: LevelRole, value: string): void {
    const number = isDigit(value.charCodeAt(0)) ? Number(value) : Number.NaN;
    levelReaders[role](this, value, number);
  }

  /** A word beats a number. MongoDB's letter and a setting need a message beside them. */
  decide(): Level | undefined {
    const level = this.level ?? (this.isGelf ? levelOfSyslogSeverity(this.number) : levelOfPinoNumber(this.number));
    return level ?? (this.hasMessage ? ((this.timed ? this.mongo : undefined) ?? this.setting) : undefined);
  }
}

type LevelRole = Exclude<KeyRole, 'time' | 'message'>;

/** What each role makes of a value, given as written and as a number (NaN for a word). The first of a kind stays. */
const levelReaders: Readonly<Record<LevelRole, (json: JsonHead, value: string, number: number) => void>> = {
  setting: (json, value) => (json.setting ??= levelOfValue(value)),
  mongo: (json, value) => (json.mongo ??= levelOfValue(value)),
  otel: (json, _, number) => (json.level ??= levelOfOpenTelemetryNumber(number)),
  priority: (json, _, number) => (json.level ??= levelOfSyslogSeverity(number)),
  severity: (json, value, number) => (json.level ??= Number.isNaN(number) ? levelOfValue(value) : levelOfSyslogSeverity(number)),
  level: (json, value, number) => {
    if (Number.isNaN(number)) json.level ??= levelOfValue(value);
    else if (Number.isNaN(json.number)) json.number = number;
  },
};

/** Reads the object that opens at `at` into `head`. It opens an event when it has a level, or a time and a message. */
export function readJson(head: Head, at: number): void {
  const { text } = head;
  const json = new JsonHead(text);
  visitKeys(text, at, (keyAt, keyEnd, valueAt) => {
    if (keyEnd - keyAt <= keyCharactersMax) json.take(text.slice(keyAt, keyEnd), valueAt);
  });
  const level = json.decide();
  head.jsonAt = at;
  head.level ??= level;
  head.timed ||= json.timed;
  head.opens ||= level !== undefined || (json.timed && json.hasMessage);
}

/** A short string or number as written, without quotes. */
function scalarAt(text: string, at: number): string {
  const quoted = text.charCodeAt(at) === 0x22;
  const raw = text.slice(quoted ? at + 1 : at, at + 24);
  const end = raw.search(quoted ? /"/ : /[,}\]\s]/);
  return (end < 0 ? raw : raw.slice(0, end)).trim();
}

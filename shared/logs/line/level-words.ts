/**
 * The words and numbers that name a level.
 */
import type { Level } from '#shared/logs/error-record.ts';

/**
 * How far a word is a level and nothing else. `plain` words are levels wherever a level may stand. `marked` words also are everyday words and
 * need a colon or brackets (`FINE: msg`, `[FAIL]`). `timed` words are levels in capitals after a time: PostgreSQL's `DETAIL:  …` is a level in
 * the server's own log, but text in the exception that a client prints.
 */
type LevelWordUse = 'plain' | 'marked' | 'timed';

export interface LevelWord {
  readonly level: Level;
  readonly use: LevelWordUse;
}

const tables: Readonly<Record<LevelWordUse, Partial<Record<Level, string>>>> = {
  plain: {
    trace: 'trace trc trce verbose finest finer silly',
    debug: 'debug dbg dbug debg',
    info: 'info inf information informational notice',
    warn: 'warn warning wrn',
    error: 'error err erro eror severe fault',
    fatal: 'fatal ftl fata pnc critical crit alert emerg emergency panic pani dpanic',
  },
  marked: { trace: 'vrb verb', debug: 'fine', info: 'config', error: 'fail' },
  timed: { info: 'log note success audit statement detail hint context query location', error: 'failure' },
};

/** Longest word of the tables in characters; a longer run needs no look-up. */
const levelWordCharactersMax = 13;

const words = new Map<string, LevelWord>();
/** Every word as it may be written: in small letters, in capitals, with a capital first. */
export const writtenLevelWords: ReadonlyMap<string, LevelWord> = words;

for (const use of Object.keys(tables) as LevelWordUse[]) {
  for (const [level, list] of Object.entries(tables[use]) as [Level, string][]) {
    for (const word of list.split(' ')) {
      const entry: LevelWord = { level, use };
      words
        .set(word, entry)
        .set(word.toUpperCase(), entry)
        .set(word[0]?.toUpperCase() + word.slice(1), entry);
    }
  }
}

/** Every word of an error level, in small letters: what a search for candidate lines must not miss. */
export const errorLevelWords: readonly string[] = [...words]
  .filter(([word, { level }]) => word === word.toLowerCase() && (level === 'error' || level === 'fatal'))
  .map(([word]) => word);

/** Lengths of the words that begin with a letter, as bits: rules most words out before they are looked up. */
const lengthsByFirst = new Int32Array(128);
for (const word of words.keys()) lengthsByFirst[word.charCodeAt(0)] = (lengthsByFirst[word.charCodeAt(0)] ?? 0) | (1 << word.length);

/** What the letters from `at` to `end` say as a level; written as `ERROR`, `error` or `Error`, never mixed. */
export function levelWordAt(text: string, at: number, end: number): LevelWord | undefined {
  const length = end - at;
  if (length > levelWordCharactersMax) return undefined;
  const lengths = lengthsByFirst[text.charCodeAt(at)] ?? 0;
  return (lengths & (1 << length)) === 0 ? undefined : words.get(text.slice(at, end));
}

/** What a word says as a level; written as `ERROR`, `error` or `Error`, never mixed. */
export function levelWord(word: string): LevelWord | undefined {
  return words.get(word);
}

/** What the value of a field says that is known to hold a level: any case, everyday words and single letters too. */
export function levelOfValue(value: string): Level | undefined {
  if (value.length > levelWordCharactersMax) return undefined;
  return words.get(value)?.level ?? words.get(value.toLowerCase())?.level ?? levelOfLetter(value);
}

const letters: ReadonlyMap<string, Level> = new Map([
  ['V', 'trace'],
  ['T', 'trace'],
  ['D', 'debug'],
  ['I', 'info'],
  ['N', 'info'],
  ['W', 'warn'],
  ['E', 'error'],
  ['F', 'fatal'],
  ['C', 'fatal'],
  ['A', 'fatal'],
]);

/** One-letter levels of glog, Android, MongoDB, GlusterFS, Ruby. */
export function levelOfLetter(letter: string): Level | undefined {
  return letters.get(letter);
}

const syslogLevels: readonly Level[] = ['fatal', 'fatal', 'fatal', 'error', 'warn', 'info', 'info', 'debug'];

/** RFC 5424 severity, 0 (emergency) to 7 (debug). */
export function levelOfSyslogSeverity(severity: number): Level | undefined {
  return syslogLevels[severity];
}

const steps: readonly Level[] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];

/** Levels of bunyan and pino: 10 trace … 50 error, 60 fatal. One in between belongs to the step below. */
export function levelOfPinoNumber(value: number): Level | undefined {
  return value >= 10 && value <= 100 ? steps[Math.min(Math.floor(value / 10), 6) - 1] : undefined;
}

/** Severity numbers of OpenTelemetry: 1–4 trace … 17–20 error, 21–24 fatal. */
export function levelOfOpenTelemetryNumber(value: number): Level | undefined {
  return value >= 1 && value <= 24 ? steps[Math.ceil(value / 4) - 1] : undefined;
}

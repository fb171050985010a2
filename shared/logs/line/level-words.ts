/**
 * The words that name a level, and the numbers that stand for one.
 */
import type { Level } from '#shared/logs/error-record.ts';

/**
 * How far a word is a level and nothing else. `plain` words are levels wherever a level may stand; `colon` words also are everyday words and
 * need a colon or brackets (`FINE: msg`, `[FAIL]`); `timed` words are levels only after a time (PostgreSQL's `DETAIL:  …` is a level in the
 * server's log, and text in the exception a client prints).
 */
export type LevelWordUse = 'plain' | 'colon' | 'timed';

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
    error: 'error err erro eror severe',
    fatal: 'fatal ftl fata critical crit alert emerg emergency panic pani dpanic',
  },
  colon: { trace: 'vrb verb', debug: 'fine', info: 'config', error: 'fail' },
  timed: {
    info: 'log note success audit http statement detail hint context query location default',
    error: 'fault failure',
  },
};

/** Longest word of the tables; longer runs of letters need no look-up. */
export const levelWordCharactersMax = 13;

const words = new Map<string, LevelWord>();
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

/** What a word says as a level; written as `ERROR`, `error` or `Error`, never mixed. */
export function levelWord(word: string): LevelWord | undefined {
  return words.get(word);
}

/** What the value of a field that is known to hold a level says: any case, weak words too. */
export function levelOfValue(value: string): Level | undefined {
  return value.length > levelWordCharactersMax ? undefined : (words.get(value.toLowerCase())?.level ?? levelOfLetter(value));
}

/** One-letter levels of glog, Android, MongoDB, GlusterFS and Ruby. */
export function levelOfLetter(letter: string): Level | undefined {
  return letters.get(letter);
}

const letters = new Map<string, Level>([
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

const syslogLevels: readonly Level[] = ['fatal', 'fatal', 'fatal', 'error', 'warn', 'info', 'info', 'debug'];

/** RFC 5424 severity, 0 (emergency) to 7 (debug). */
export function levelOfSyslogSeverity(severity: number): Level | undefined {
  return syslogLevels[severity];
}

/** Levels of bunyan and pino: 10 trace … 50 error, 60 fatal. Levels between belong to the step below. */
export function levelOfPinoNumber(value: number): Level | undefined {
  if (!(value >= 10 && value <= 100)) return undefined;
  return pinoLevels[Math.min(Math.floor(value / 10), 6) - 1];
}

const pinoLevels: readonly Level[] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];

/** Severity numbers of OpenTelemetry: 1–4 trace … 17–20 error, 21–24 fatal. */
export function levelOfOpenTelemetryNumber(value: number): Level | undefined {
  return value >= 1 && value <= 24 ? pinoLevels[Math.ceil(value / 4) - 1] : undefined;
}

/**
 * Formats whose first characters say which they are, and what those say. All other lines are read field by field from their first character.
 */
import { headEnds, takeLevel, type Head } from './head.ts';
import { levelOfLetter, levelOfSyslogSeverity } from './level-words.ts';

interface Signature {
  /** Sticky, tried at the start of the line. */
  readonly pattern: RegExp;
  /** Characters one of which comes second; spares most lines the pattern. */
  readonly second?: string;
  /** Tells the head what the match says; answers where the fields begin, or `headEnds` when it has said all. */
  readonly read: (head: Head, match: RegExpExecArray) => number;
}

/** Ruby's Logger: `E, [2026-…`. The time and the level's word follow as fields. */
const ruby: Signature = {
  pattern: /([DIWEFA]), \[(?=\d{4}-)/y,
  second: ',',
  read: (head, match) => {
    head.level = levelOfLetter(match[1] ?? '');
    return match[0].length;
  },
};

/** Android's brief format: `E/ActivityManager( 1234): …`. */
const android: Signature = {
  pattern: /([VDIWEFA])\/(?=[\w.$:-]{1,80}(?: *\( *\d+\))?: )/y,
  second: '/',
  read: (head, match) => {
    const level = levelOfLetter(match[1] ?? '');
    if (level !== undefined) takeLevel(head, level, { at: 0, end: 1 });
    return headEnds;
  },
};

/** A line of a program's own that opens an event and says no level. */
function opening(pattern: RegExp): Signature {
  return {
    pattern,
    read: (head, match) => {
      head.opens = true;
      return match[0].length;
    },
  };
}

function leveled(pattern: RegExp, level: 'error' | 'warn' | 'fatal'): Signature {
  return {
    pattern,
    read: (head, match) => {
      takeLevel(head, level, { at: 0, end: match[0].length });
      return headEnds;
    },
  };
}

/** RFC 3164 and 5424: facility × 8 + severity, at most 191. The severity is the line's own level. */
const syslogPriority: Signature = {
  pattern: /<(\d{1,3})>(?:1 (?=\d{4}-|-))?/y,
  read: (head, match) => {
    const priority = Number(match[1]);
    const level = priority > 191 ? undefined : levelOfSyslogSeverity(priority & 7);
    if (level !== undefined) {
      head.level = level;
      head.opens = true;
    }
    return match[0].length;
  },
};

const errorReports: ReadonlySet<string> = new Set(['ERROR', 'CRASH', 'SUPERVISOR']);

/** RabbitMQ's and Erlang's old reports: `=ERROR REPORT==== 21-Nov-2026::10:00:00 ===`. */
const erlangReport: Signature = {
  pattern: /=([A-Z]+) REPORT==== /y,
  read: (head, match) => {
    head.opens = true;
    head.level = errorReports.has(match[1] ?? '') ? 'error' : undefined;
    return match[0].length;
  },
};

/** BlueGene and Thunderbird: alert label, epoch, date, node; then BlueGene's columns or a syslog line. */
const ras: Signature = {
  second: ' ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  pattern: /(?:-|[A-Z][A-Z0-9_]*) (?=(\d{10}) \d{4}\.\d\d\.\d\d \S)/y,
  read: (head, match) => {
    const dateAt = match[0].length + 11;
    head.opens = true;
    head.timed = true;
    head.timeAt = match[0].length;
    head.ras = true;
    return head.text.indexOf(' ', dateAt + 11);
  },
};

/** WebLogic: `####<Nov 21, 2026 10:00:00 AM WIB> <Error> …`. */
const webLogic: Signature = { pattern: /#+(?=<)/y, second: '#<', read: (_, match) => match[0].length };

/** By first character. */
const signatures = new Map<string, readonly Signature[]>();

function on(firsts: string, ...list: Signature[]): void {
  for (const first of firsts) signatures.set(first, [...(signatures.get(first) ?? []), ...list]);
}

on('<', syslogPriority);
on('DIWEFA', ruby);
on('VDIWEFA', android);
on('-ABCDEFGHIJKLMNOPQRSTUVWXYZ', ras);
on('n', leveled(/npm (?:ERR!|error) /y, 'error'), leveled(/npm (?:WARN|warn) /y, 'warn'));
// GitHub's workflow commands.
on(':', leveled(/::error(?: [^:]{1,400})?::/y, 'error'), leveled(/::warning(?: [^:]{1,400})?::/y, 'warn'));
on('m', leveled(/make(?:\[\d{1,4}\])?: \*\*\* \[/y, 'error'));
on('#', webLogic);
on('=', erlangReport, leveled(/==\d{1,10}==ERROR: /y, 'error'));
on('SERI', opening(/(?:START|END|REPORT) RequestId: |INIT_START /y));
on('[', opening(/\[ *\d+\.\d{3,6}\] /y));

/** Reads the signature of the head's text, if it has one, and answers where the fields begin: 0 without a signature. */
export function readSignature(head: Head): number {
  const candidates = signatures.get(head.text.charAt(0));
  if (candidates === undefined) return 0;
  for (const { pattern, second, read } of candidates) {
    if (second !== undefined && !second.includes(head.text.charAt(1))) continue;
    pattern.lastIndex = 0;
    const match = pattern.exec(head.text);
    if (match !== null) return read(head, match);
  }
  return 0;
}

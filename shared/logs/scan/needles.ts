/**
 * What the candidate stage looks for: the words, letters and numbers that name an error level in any of the formats the line reader knows,
 * and what opens a trace.
 */
import {
  alertOrPanic,
  anywhere,
  bytesOf,
  classBits,
  codeLocation,
  doubleLetter,
  jsonNumber,
  levelWord,
  nameNumber,
  opening,
  opensLine,
  syslogPriority,
  type NeedleCheck,
} from './needle-checks.ts';

/** The values that a byte may have. */
type ByteClass = ReadonlySet<number>;

/** Bytes in a row. */
export interface Needle {
  readonly bytes: readonly ByteClass[];
  /** Where its fingerprint begins, which is three bytes long: the rarer they are in logs, the fewer places deserve a second look. */
  readonly fingerprintAt: number;
  readonly check: NeedleCheck;
}

const behindWord = bytesOf(classBits.behindWord);
const digit = bytesOf(classBits.digit);
const letter = bytesOf(classBits.letter);
const alphanumeric = bytesOf(classBits.letter | classBits.digit);
const all = Array.from({ length: 256 }, (_, code) => code);
const noDigit = new Set(all.filter((code) => !digit.has(code)));
const noAlphanumeric = new Set(all.filter((code) => !alphanumeric.has(code)));

const codes = (signs: string): ByteClass => new Set(Buffer.from(signs, 'latin1'));
const either = (one: ByteClass, signs: string): ByteClass => new Set([...one, ...codes(signs)]);

/** Letters, in either case. */
const word = (letters: string): ByteClass[] => Array.from(letters, (sign) => codes(sign.toLowerCase() + sign.toUpperCase()));
const exactly = (signs: string): ByteClass[] => Array.from(signs, codes);

/** `fingerprintAt` counts from the first of `bytes`. */
function needle(check: NeedleCheck, bytes: readonly ByteClass[], fingerprintAt = 0): Needle {
  return { bytes, fingerprintAt, check };
}

/** Signs beside a one-letter level; a comma only before it. */
const blanks = '\0\t\n\r "\'()/';
const brackets = '<=>[\\]{|}';
const levelLetter = codes('EFCA');
/** The end of a JSON key whose number may be a level, but for `level_name`: level, lvl, severity, PRIORITY, severityNumber, severityText. */
const keyEnd = [codes('lLyYrRtT\\'), codes('"'), codes(':')];

/**
 * Needles of a group share the bits of the search's first look, which lets more through the more their fingerprints differ. Groups and
 * fingerprints were arranged by annealing on the logs of Loghub and of the benchmark: eight thousand places a megabyte deserve a second look.
 */
export const needleGroups: readonly (readonly Needle[])[] = [
  [
    needle(levelWord, [...word('ftl'), behindWord]),
    needle(opening, word('throwable'), 5),
    // A number behind a JSON key: of pino from 50 on, of OpenTelemetry from 17 to 24, of syslog up to 3; or in quotes.
    needle(jsonNumber, [...keyEnd, codes('56789'), digit]),
    needle(jsonNumber, [...keyEnd, codes('1'), codes('0789')]),
    needle(jsonNumber, [...keyEnd, codes('2'), codes('01234')]),
    needle(jsonNumber, [...keyEnd, codes('0123'), noDigit]),
    needle(jsonNumber, [...keyEnd, codes(' "\\\t')]),
    // Ruby's `.rb:12:in`; Node's code frames: `.js:12`, `.mts:12`.
    needle(anywhere, [...exactly('rb:'), digit]),
    needle(codeLocation, [codes('jt'), ...exactly('s:'), digit]),
  ],
  [
    needle(opening, word('traceback'), 4),
    needle(opening, word('unhandled'), 1),
    // The runtime of Go: `SIGSEGV: segmentation violation`.
    needle(opening, word('segmentat'), 1),
    // Linux.
    needle(anywhere, exactly('BUG:'), 1),
    needle(nameNumber, [...word('l'), codes('_nN'), codes('naA')]),
  ],
  [
    needle(levelWord, [...word('fata'), either(behindWord, 'lL')]),
    needle(levelWord, [...word('fault'), behindWord]),
    needle(levelWord, [...word('severe'), behindWord], 2),
    // Elixir's `** (`, make's `*** [`.
    needle(anywhere, [...exactly('** '), codes('([')], 1),
  ],
  [
    needle(levelWord, [...word('fail'), codes(':])>"| \t\r\n\0\u001b')], 1),
    needle(levelWord, [...word('failure'), behindWord], 1),
    needle(alertOrPanic, [...word('pani'), either(behindWord, 'cC')], 1),
    needle(opening, word('exception')),
    // zerolog's, which no other writes, and in capitals.
    needle(levelWord, [...exactly('PNC'), behindWord]),
    // Node's own code, in a code frame.
    needle(opensLine, [...exactly('node:'), letter], 2),
  ],
  [needle(syslogPriority, [codes('<'), digit, either(digit, '>')])],
  [
    // Cisco's `%LINK-3-UPDOWN:`.
    needle(anywhere, [alphanumeric, codes('-'), codes('0123'), codes('-'), letter], 1),
    // Erlang's `=SUPERVISOR REPORT====` and `=CRASH REPORT====`.
    needle(anywhere, [codes('='), codes('SC'), codes('UR'), codes('PA')]),
    needle(anywhere, [codes('m'), levelLetter, codes('\u001b')]),
  ],
  [
    needle(levelWord, [...word('err'), behindWord]),
    needle(levelWord, [...word('erro'), either(behindWord, 'rR')]),
    needle(levelWord, [...word('eror'), behindWord]),
    needle(levelWord, [...word('emerg'), either(behindWord, 'eE')], 2),
    // glibc.
    needle(anywhere, exactly('Assertion '), 3),
    needle(levelWord, [...word('crit'), either(behindWord, 'iI')]),
    needle(alertOrPanic, [...word('alert'), behindWord], 2),
    needle(opening, [...word('terminat'), codes('ei'), codes(' n')], 1),
  ],
  [
    // One-letter levels: ` E `, `E/`, Telegraf's `E!`, `[E]`, `level=E`, Ruby's `E, [`, klog's `E1121 `, Xorg's `(EE)`.
    needle(anywhere, [codes(`${blanks},`), levelLetter, codes(`${blanks}!`)]),
    needle(anywhere, [codes(brackets), levelLetter, codes(blanks)]),
    needle(anywhere, [codes(` ${brackets}`), levelLetter, codes(brackets)]),
    needle(anywhere, [codes(`${blanks},${brackets}`), levelLetter, ...exactly(', [')]),
    needle(anywhere, [codes(`${blanks},`), codes('EF'), digit, digit, digit, digit, codes(' ')]),
    needle(doubleLetter, [codes('('), levelLetter, levelLetter, noAlphanumeric]),
  ],
];

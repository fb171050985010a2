/**
 * The ways a log line writes its time. One table serves both sides: `timeEnd` finds a time in the head of a line (hot), `readTime` takes it
 * apart (only for error records). A format is looked up by the shape of its first characters, so that at most a few patterns are tried.
 */
import { digitsEnd, isDigit, isLetter, isUpper, isWordCharacter } from './characters.ts';
import { zoneNames } from './time-zones.ts';

const clock = String.raw`(?<hour>\d\d?):(?<minute>\d\d):(?<second>\d\d)(?:[.,:](?<fraction>\d{1,9}))?`;
/** Newer Java puts a narrow no-break space before it, which is three characters of a latin1 line. */
const meridiem = String.raw`(?:(?: |\u202f|\u00e2\u0080\u00af)?(?<meridiem>[AaPp][Mm])(?![A-Za-z]))`;
const zoneHere = String.raw` ?(?<zone>Z(?![A-Za-z])|[+-]\d\d:?\d\d(?!\d)|(?<! )[+-]\d\d(?!\d)|(?:${zoneNames.join('|')})(?![A-Za-z])|[A-Z][a-z]+/[A-Z][A-Za-z_]+(?![A-Za-z]))`;
const zone = `(?:${zoneHere})?`;
const monthName = '(?<monthName>Jan|Feb|Mar|Apr|May|Mei|Jun|Jul|Aug|Agu|Sep|Oct|Okt|Nov|Dec|Des)';
const weekday = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)';

const sticky = (...parts: string[]) => new RegExp(parts.join(''), 'y');

/** `2026-11-21T10:00:00.123Z`, nginx `2026/11/21 10:00:00`, `2026.11.21 …`, BlueGene `2005-06-03-15.42.50.675872`. */
const yearFirst = sticky(
  String.raw`(?<year>\d{4})(?<dash>[-/.])(?<month>\d\d?)\k<dash>(?<day>\d\d?)(?:[T_:-]| {1,2})`,
  String.raw`(?<hour>\d\d?)[:.](?<minute>\d\d)(?:[:.](?<second>\d\d)(?:[.,:](?<fraction>\d{1,9}))?)?`,
  `${meridiem}?`,
  zone,
);
/** `20261121T100000Z`, `20261121 10:00:00,123`, HealthApp's unpadded `20171223-22:15:29:606`. */
const compactYear = sticky(
  String.raw`(?<year>\d{4})(?<month>\d\d)(?<day>\d\d)[T -](?<hour>\d\d?):?(?<minute>\d\d?):?(?<second>\d\d?)(?:[.,:](?<fraction>\d{1,9}))?`,
  zone,
);
/** HDFS `081109 203615`, MySQL 5 `261121 10:00:00`. */
const compactShortYear = sticky(
  String.raw`(?<year2>\d\d)(?<month>\d\d)(?<day>\d\d) {1,2}(?<hour>\d\d?):?(?<minute>\d\d):?(?<second>\d\d)(?!\d)`,
);
/** Spark `17/06/09 20:10:40`; a middle above 12 is WebSphere's `11/21/26 10:00:00:000 UTC`. */
const shortYear = sticky(String.raw`(?<first>\d\d?)/(?<middle>\d\d)/(?<last>\d\d),? ${clock}`, `${meridiem}?`, zone);
/** `21/11/2026 10:00:00`, `21.11.2026 10:00:00`, US `11/21/2026 10:00:00 AM`. */
const yearLast = sticky(
  String.raw`(?<first>\d\d?)(?<dash>[-/.])(?<middle>\d\d?)\k<dash>(?<year>\d{4}),?[ T:]${clock}`,
  `${meridiem}?`,
  zone,
);
/** Access log `21/Nov/2026:10:00:00 +0700`, Tomcat, BIND and PHP `21-Nov-2026 10:00:00`, Erlang `21-Nov-2026::10:00:00`, Redis `21 Nov 2026 10:00:00.000`. */
const dayMonthName = sticky(String.raw`(?<day>\d\d?)[-/ ]${monthName}(?:[-/ ](?<year>\d{4}))?(?:::?|,? )${clock}`, zone);
/** Android `11-21 10:00:00.000`, Proxifier `10.30 16:49:06`, Ethereum `11-21|10:00:00.000`. */
const monthDay = sticky(String.raw`(?<month>\d\d)[-.](?<day>\d\d)[ |]${clock}`);
/** `10:00:00.000`; the date is the file's. */
const clockOnly = sticky(clock, `${meridiem}?`, zone);
/** zerolog's console: `10:00AM`. */
const kitchen = sticky(String.raw`(?<hour>\d\d?):(?<minute>\d\d)`, meridiem);
/** Zap's console writes seconds as `1.7637012001234567e+09`. */
const epochPower = sticky(String.raw`(?<epoch>1\.\d{1,18}e\+09)`);
/** Seconds with or without a fraction, milliseconds, microseconds or nanoseconds since 1970, between 2001 and 2033. */
const epoch = sticky(String.raw`(?<epoch>1\d{9}(?:\.\d{1,9}|\d{3}|\d{6}|\d{9})?)(?![\d.])`);
/** Syslog `Nov 21 10:00:00`, Cisco `Nov 21 2026 10:00:00`, java.util.logging `Nov 21, 2026 10:00:00 AM`. */
const monthNameDay = sticky(String.raw`${monthName} {1,2}(?<day>\d\d?)(?:,? (?<year>\d{4}),?)? ${clock}`, `${meridiem}?`, zone);
/** Apache `Sat Nov 21 10:00:00.123456 2026`. */
const ctime = sticky(String.raw`${weekday} ${monthName} {1,2}(?<day>\d\d?) ${clock}${zone}(?: (?<year>\d{4}))?`);
/** RFC 1123 `Sat, 21 Nov 2026 10:00:00 GMT`. */
const mailDate = sticky(String.raw`${weekday}, (?<day>\d\d?) ${monthName} (?<year>\d{4}) ${clock}`, zone);
/** glog and klog after their letter: `1121 10:00:00.000000`. */
const glogTime = sticky(String.raw`(?<month>\d\d)(?<day>\d\d) ${clock}`);

const BLANK = 0x20;
const COMMA = 0x2c;
const DASH = 0x2d;
const DOT = 0x2e;
const SLASH = 0x2f;
const COLON = 0x3a;

const none: readonly RegExp[] = [];
const byShape = {
  yearFirst: [yearFirst],
  colonThird: [clockOnly, kitchen],
  slashThird: [dayMonthName, shortYear, yearLast],
  dashThird: [dayMonthName, monthDay, yearLast],
  blankThird: [dayMonthName],
  colonSecond: [kitchen, clockOnly],
  separatorSecond: [dayMonthName, yearLast, shortYear],
  pointSecond: [yearLast, epochPower],
  behindLetter: [glogTime],
  month: [monthNameDay],
  weekday: [ctime, mailDate],
} as const;

/** By the number of digits in a row. */
const byDigits: Readonly<Record<number, readonly RegExp[]>> = {
  6: [compactShortYear],
  8: [compactYear],
  10: [epoch],
  13: [epoch],
  16: [epoch],
  19: [epoch],
};

/** The end of the time written at `at`, or -1 when there is none. */
export function timeEnd(line: string, at: number): number {
  const end = isoEnd(line, at);
  if (end > 0) return end;
  for (const pattern of candidates(line, at)) {
    pattern.lastIndex = at;
    if (pattern.test(line) && !joined(line, pattern.lastIndex)) return pattern.lastIndex;
  }
  return -1;
}

/**
 * The end of a time as most logs write it, told without a pattern: `2026-11-21 10:00:00,123`, `2026-11-21T10:00:00Z`. -1 for every other, also
 * for one with a zone or with AM, which are the patterns' to read. Its numbers may be none of a time.
 */
export function isoEnd(line: string, at: number): number {
  if (!hasIsoSigns(line, at) || !areIsoDigits(line, at)) return -1;
  const end = fractionEnd(line, at + 19);
  if (line.charCodeAt(end) === LETTER_Z) return isWordCharacter(line.charCodeAt(end + 1)) ? -1 : end + 1;
  return mayGoOn(line, end) ? -1 : end;
}

const LETTER_T = 0x54;
const LETTER_Z = 0x5a;

function hasIsoSigns(line: string, at: number): boolean {
  const middle = line.charCodeAt(at + 10);
  if (middle !== LETTER_T && middle !== BLANK) return false;
  if (line.charCodeAt(at + 4) !== DASH || line.charCodeAt(at + 7) !== DASH) return false;
  return line.charCodeAt(at + 13) === COLON && line.charCodeAt(at + 16) === COLON;
}

function areIsoDigits(line: string, at: number): boolean {
  for (let offset = 0; offset < 19; offset += 1) {
    const isSign = offset === 4 || (offset >= 7 && (offset - 7) % 3 === 0);
    if (!isSign && !isDigit(line.charCodeAt(at + offset))) return false;
  }
  return true;
}

/** One past a fraction of up to nine digits, or `at` where none is written. */
function fractionEnd(line: string, at: number): number {
  const sign = line.charCodeAt(at);
  if (sign !== DOT && sign !== COMMA) return at;
  let end = at + 1;
  while (end < at + 10 && isDigit(line.charCodeAt(end))) end += 1;
  return end === at + 1 ? at : end;
}

/** A fraction behind a colon, a narrow blank before AM, AM itself, a zone. */
function mayGoOn(line: string, at: number): boolean {
  const code = line.charCodeAt(at);
  if (code === COLON || code > 0x7f || isWordCharacter(code)) return true;
  clockEnd.lastIndex = at;
  return clockEnd.test(line);
}

const clockEnd = sticky(meridiem, '|', zoneHere);

/** The parts of the time written at `at`, by name, or undefined when there is none. */
export function timeParts(
  line: string,
  at: number,
  patterns = candidates(line, at),
): Readonly<Record<string, string | undefined>> | undefined {
  for (const pattern of patterns) {
    pattern.lastIndex = at;
    const match = pattern.exec(line);
    if (match !== null && !joined(line, pattern.lastIndex)) return match.groups;
  }
  return undefined;
}

/** A time ends where no letter or digit follows: `10:00:00x` is none. */
function joined(line: string, end: number): boolean {
  const code = line.charCodeAt(end);
  return isDigit(code) || isLetter(code);
}

function candidates(line: string, at: number): readonly RegExp[] {
  const first = line.charCodeAt(at);
  if (isDigit(first)) return isDigit(line.charCodeAt(at + 1)) ? twoDigits(line, at) : oneDigit(line, at);
  if (!isUpper(first)) return none;
  const fourth = line.charCodeAt(at + 3);
  if (fourth === COMMA) return byShape.weekday;
  if (fourth !== BLANK) return none;
  const fifth = line.charCodeAt(at + 4);
  return isDigit(fifth) || fifth === BLANK ? byShape.month : byShape.weekday;
}

function oneDigit(line: string, at: number): readonly RegExp[] {
  const second = line.charCodeAt(at + 1);
  if (second === COLON) return byShape.colonSecond;
  if (second === DOT) return byShape.pointSecond;
  return second === SLASH || second === DASH || second === BLANK ? byShape.separatorSecond : none;
}

function twoDigits(line: string, at: number): readonly RegExp[] {
  const third = line.charCodeAt(at + 2);
  if (isDigit(third)) return isDigit(line.charCodeAt(at + 3)) ? fourDigits(line, at) : none;
  if (third === COLON) return byShape.colonThird;
  if (third === SLASH) return byShape.slashThird;
  if (third === DASH || third === DOT) return byShape.dashThird;
  return third === BLANK ? byShape.blankThird : none;
}

function fourDigits(line: string, at: number): readonly RegExp[] {
  const fifth = line.charCodeAt(at + 4);
  if (fifth === DASH || fifth === SLASH || fifth === DOT) return byShape.yearFirst;
  if (fifth === BLANK) return isUpper(line.charCodeAt(at - 1)) ? byShape.behindLetter : none;
  return isDigit(fifth) ? (byDigits[digitsEnd(line, at + 5) - at] ?? none) : none;
}

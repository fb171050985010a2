/**
 * Whether a word that names a level is written as one: see "level position" in `fields.ts`.
 */
import type { Level } from '#shared/logs/error-record.ts';
import { DASH, isBlank, isDigit, isLower, isUpper, lettersEnd, OPEN_BRACKET, PIPE, skipBlanks } from './characters.ts';
import { takeTime, type Head } from './head.ts';
import { levelOfLetter, levelWordAt } from './level-words.ts';
import { timeEnd } from './time-formats.ts';

/** The level that the letters from `at` to `end` name, if they stand as a field of the head. */
export function wordLevel(head: Head, at: number, end: number): Level | undefined {
  const { text } = head;
  if (end - at === 1) return letterLevel(head, at);
  const word = levelWordAt(text, at, end);
  if (word === undefined) return undefined;
  const inCapitals = isUpper(text.charCodeAt(at + 1));
  if (word.use === 'timed' && !(head.timed && inCapitals)) return undefined;
  const isField = followers.get(text.charAt(end))?.(head, end, { inCapitals, plain: word.use === 'plain' || head.ras });
  return isField === true ? word.level : undefined;
}

/**
 * Levels of more than one word: PHP's `PHP Fatal error:  Uncaught …`, `fatal error: …` of Go's runtime and of compilers, the panics and bugs of
 * Linux, the panics of Go's web server, the exceptions that end an app of Apple's. Only tried where a field begins with one of the letters.
 */
export function phraseLevel(head: Head, at: number): { level: Level; end: number } | undefined {
  if (!phraseFirsts.includes(head.text.charAt(at))) return undefined;
  phrase.lastIndex = at;
  const match = phrase.exec(head.text);
  if (match === null) return undefined;
  return { level: match.slice(1).some((said) => said !== undefined) ? 'fatal' : 'warn', end: phrase.lastIndex };
}

const phraseFirsts = 'PFfRCKpB*';
const phrase = new RegExp(
  [
    String.raw`(?:PHP )?((?:(?:Recoverable |Catchable )?[Ff]atal|Parse|Core|Compile) error)(?=: )`,
    String.raw`PHP (?:Warning|Notice|Deprecated|Strict Standards)(?=: )`,
    String.raw`(Kernel panic - not syncing|(?<=http: )panic serving \S{1,80})(?=: )`,
    String.raw`(\*\*\* Terminating app due to uncaught exception '[^']{1,80}')(?=[,:]|$)`,
    String.raw`(BUG)(?=: (?:unable to handle |kernel NULL pointer |soft lockup |Bad page |KASAN: |scheduling while atomic|sleeping function ))`,
  ].join('|'),
  'y',
);

/** `E Tag: msg`, `E/Tag( 1234): msg`, `E [MSGID: 1]`, etcd's `E | msg`, Telegraf's `E! msg`; glog's and klog's `E1121 10:00:00.000000 …`, whose time is taken as well. */
function letterLevel(head: Head, at: number): Level | undefined {
  const { text } = head;
  const letter = text.charAt(at);
  if (isDigit(text.charCodeAt(at + 1))) {
    const end = glogLetters.includes(letter) ? timeEnd(text, at + 1) : -1;
    if (end < 0) return undefined;
    takeTime(head, at + 1, end);
    return levelOfLetter(letter);
  }
  return head.timed && isLetterField(text, at + 1) ? levelOfLetter(letter) : undefined;
}

const glogLetters = 'IWEF';

function isLetterField(text: string, end: number): boolean {
  const code = text.charCodeAt(end);
  if (isBlank(code)) return text[skipBlanks(text, end)] !== '=';
  if (text[end] === '!') return isBlank(text.charCodeAt(end + 1));
  androidTag.lastIndex = end;
  return text[end] === '/' && androidTag.test(text);
}

/** `E/ActivityManager( 1234): …`, of Android's formats `brief` and `time`. */
const androidTag = /\/[\w.$:-]{1,80}(?: *\( *\d+\))?: /y;

/** What an error in small letters may carry: rustc's `error[E0382]: …`, Zig's `error(shop): …`, Icinga's `critical/ApiListener: …`. */
const suffix = /^(?:\[[A-Z]\d+\]|\(\w{1,40}\)|\/[A-Z]\w{1,40}): /;
const hasSuffix = (text: string, end: number) => suffix.test(text.slice(end, end + 50));

interface Written {
  readonly inCapitals: boolean;
  readonly plain: boolean;
}

/** By the character behind the word; no other makes it a field (`ERROR=0`, `ERROR.`, `error-page`, `ERROR(s)`, `ERROR!!`). */
const followers: ReadonlyMap<string, (head: Head, end: number, written: Written) => boolean> = new Map([
  [' ', followsBlank],
  ['\t', followsBlank],
  [':', (head, end, { inCapitals }) => inCapitals || end + 1 === head.text.length || isBlank(head.text.charCodeAt(end + 1))],
  ['|', () => true],
  [']', () => true],
  ['', (head, _, { inCapitals, plain }) => inCapitals && plain && head.timed],
  ['[', (head, end, { inCapitals }) => inCapitals || hasSuffix(head.text, end)],
  ['(', (head, end, { inCapitals }) => !inCapitals && hasSuffix(head.text, end)],
  ['/', (head, end, { inCapitals }) => head.timed && (inCapitals || hasSuffix(head.text, end))],
  [',', followsComma],
  // Ansible's.
  ['!', (head, end, { inCapitals }) => inCapitals && isBlank(head.text.charCodeAt(end + 1))],
]);

/** In capitals a word of its own is a level, unless what came before casts doubt on it. Otherwise what follows has to be header as well. */
function followsBlank(head: Head, end: number, { inCapitals, plain }: Written): boolean {
  const { text } = head;
  const next = skipBlanks(text, end);
  if (text[next] === '=') return false;
  if (inCapitals && plain && !head.doubtful) return true;
  if (text[next] === ':' || isHeaderShaped(text, next)) return true;
  return inCapitals ? plain && beginsSentence(text, next) : head.timed && opensColumn(head, end, next);
}

/** `Error       CBS`, `error\tmsg`; right behind the time also `error Payment refused`. */
function opensColumn(head: Head, end: number, next: number): boolean {
  if (next - end > 1 || head.text[end] === '\t') return true;
  return head.fieldsSinceTime === 0 && beginsSentence(head.text, next);
}

/** Windows' event list: `Error,11/21/2026 10:00:00 AM,…`; a CSV cell. */
function followsComma(head: Head, end: number): boolean {
  if (!head.timed) return timeEnd(head.text, end + 1) > 0;
  return head.text[head.timeEnd] === ',' && !isBlank(head.text.charCodeAt(end + 1));
}

/** What stands at `at` is no prose: a square bracket, a pipe, a dash, a dotted name, a process (`vpxd[4711]`), a code (`TS2322:`). */
function isHeaderShaped(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code === OPEN_BRACKET || code === PIPE) return true;
  if (code === DASH) return !isLower(text.charCodeAt(at + 1));
  headerName.lastIndex = at;
  return headerName.test(text);
}

const headerName = /[A-Za-z_][\w$]{0,80}(?:(?:(?:\.|::)[A-Za-z_<][\w$<>]{0,80}){1,12}(?![./\w])|\[\d+\])|[A-Z]{1,6}\d{2,6}:/y;

function beginsSentence(text: string, at: number): boolean {
  return isUpper(text.charCodeAt(at)) && isLower(text.charCodeAt(at + 1));
}

/** Statistics and settings, not an event: `ERROR: 0, FATAL: 2`, `ERROR | 12`, `error: none`. Behind a time a number may be a message. */
export function isCounter(head: Head, end: number): boolean {
  const { text } = head;
  const sign = skipBlanks(text, end);
  if (text[sign] !== ':' && text[sign] !== '|') return false;
  const counted = head.timed ? emptyCount : count;
  counted.lastIndex = sign + 1;
  return counted.test(text);
}

const nothing = '(?:0|none|null|nil|false|no|n/a)';
const count = new RegExp(String.raw`[ \t]*(?:\d+[ \t]*(?:$|[,;|])|${nothing}[ \t]*$)`, 'iy');
const emptyCount = new RegExp(String.raw`[ \t]*${nothing}[ \t]*$`, 'iy');

/**
 * Whether a level stands at `at` whose surroundings rule out prose, so that the plain word before it was a thread or a logger: `worker ERROR
 * [shop] …`, `shop ERROR Payment failed`, WebSphere's `ServletWrappe E   …`.
 */
export function isLevelBehindName(head: Head, at: number, name: { at: number; end: number }): boolean {
  const { text } = head;
  if (!isUpper(text.charCodeAt(at))) return false;
  const end = lettersEnd(text, at);
  if (end - at === 1) return text.startsWith('  ', end) && levelOfLetter(text.charAt(at)) !== undefined;
  if (!isCapitalLevel(text, at, end) || noName.test(text.slice(name.at, name.end))) return false;
  return isHeaderShaped(text, skipBlanks(text, end)) || isBetweenNameAndText(head, end, name);
}

function isBetweenNameAndText(head: Head, end: number, name: { at: number }): boolean {
  const { text } = head;
  if (isLower(text.charCodeAt(name.at)) && beginsSentence(text, skipBlanks(text, end))) return true;
  return head.fieldsSinceTime === 0 && (isColumnOfLevels(text, end) || isPointedByComma(head));
}

function isCapitalLevel(text: string, at: number, end: number): boolean {
  const isEnd = text[end] === ':' || isBlank(text.charCodeAt(end));
  return isEnd && isUpper(text.charCodeAt(at + 1)) && levelWordAt(text, at, end)?.use === 'plain';
}

/** Behind the level stands a colon, or the gap that lines a column up. */
const isColumnOfLevels = (text: string, end: number) => text[end] === ':' || text.startsWith('  ', end);

/** `10:00:00,123`, as log4j and Python's logging write it: both write a level as well, and often a name before it. */
function isPointedByComma({ text, timeEnd: end }: Head): boolean {
  return text[end - 4] === ',' && isDigit(text.charCodeAt(end - 1));
}

/** Words that no thread or logger is called, in English and Indonesian: function words, and verbs by their ending. */
const noName =
  /^(?:no|not|none|any|all|an?|the|this|that|is|was|as|at|to|of|on|in|for|with|without|and|or|if|last|first|log|level|status|got|found|saw|sent|tidak|tanpa|ada|bukan|semua|pada|untuk|dari|ke|di|.+(?:ed|ing))$/i;

/**
 * Takes off what is put around a line on its way: terminal colours, a byte order mark, zeros before it, a container runtime's wrapper.
 */
import { isLower } from './characters.ts';
import { stringEnd } from './json-scan.ts';
import { levelWord } from './level-words.ts';

/** ESC itself, and as rsyslog writes it. */
const colours = new RegExp(String.raw`(?:${String.fromCharCode(27)}|#033)\[[\d;]*[A-Za-z]`, 'g');
const escape = String.fromCharCode(27);

/** The line without colours, byte order mark (decoded, or as three latin1 bytes) and the zeros of a file that was truncated under its writer. */
export function withoutColours(line: string): string {
  const marked = withoutMark(line);
  return marked.includes(escape) || marked.includes('#033[') ? marked.replace(colours, '') : marked;
}

function withoutMark(line: string): string {
  const first = line.charCodeAt(0);
  if (first === 0) return line.replace(leadingZeros, '');
  if (first === 0xfeff) return line.slice(1);
  return first === 0xef && line.startsWith('\u{ef}\u{bb}\u{bf}') ? line.slice(3) : line;
}

const leadingZeros = new RegExp(`^${String.fromCharCode(0)}+`);

export interface Wrapped {
  /** The line that the program wrote. */
  readonly line: string;
  /** When the runtime took it, as the runtime writes it. */
  readonly time: string | null;
}

/**
 * Lines of CRI (`2026-…Z stderr F …`), of Docker's json-file (`{"log":"…\n","stream":"stderr","time":"…"}`) and of Docker compose
 * (`web-1  | …`); undefined for any other.
 */
export function unwrapped(text: string): Wrapped | undefined {
  const first = text.charCodeAt(0);
  if (first === 0x7b) return text.startsWith('{"log":"') ? dockerLine(text) : undefined;
  if (isLower(first)) return composeLine(text);
  return text.charCodeAt(10) === 0x54 ? criLine(text) : undefined;
}

const criPrefix = /^(\d{4}-\d\d-\d\dT[\d:.]{8,24}(?:Z|[+-]\d\d:\d\d)) std(?:out|err) [FP] /;

function criLine(text: string): Wrapped | undefined {
  const blank = text.indexOf(' ', 19);
  if (blank > 40 || !text.startsWith(' std', blank)) return undefined;
  const match = criPrefix.exec(text);
  return match === null ? undefined : { line: text.slice(match[0].length), time: match[1] ?? null };
}

/** Docker compose's name of a container, padded. */
export const composePrefix = /^([a-z][a-z\d_.-]{0,62}) {1,60}\| ?/;

/** A level before a pipe is none of compose's names. */
function composeLine(text: string): Wrapped | undefined {
  const match = composePrefix.exec(text);
  if (match === null || levelWord(match[1] ?? '') !== undefined) return undefined;
  return { line: text.slice(match[0].length), time: null };
}

const dockerLogAt = '{"log":'.length;

function dockerLine(text: string): Wrapped | undefined {
  const end = stringEnd(text, dockerLogAt);
  if (end < 0 || !text.startsWith(',"stream":"std', end)) return undefined;
  const line = decoded(text.slice(dockerLogAt, end));
  if (line === undefined) return undefined;
  return { line: line.replace(/\r?\n$/, ''), time: /"time":"([^"]{1,40})"/.exec(text.slice(end, end + 2_000))?.[1] ?? null };
}

/** The string that a JSON literal stands for; undefined when it is none. */
export function decoded(literal: string): string | undefined {
  try {
    const value: unknown = JSON.parse(literal);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The pipeline of the line reader: take the wrapping off, try the formats that announce themselves, then read fields.
 */
import type { Level } from '#shared/logs/error-record.ts';
import { skipBlanks } from './characters.ts';
import { readFields } from './fields.ts';
import { emptyHead, reset, type Head } from './head.ts';
import { readJsonHead } from './json-head.ts';
import { levelOfLetter, levelOfSyslogSeverity } from './level-words.ts';
import { timeEnd } from './time-formats.ts';

export interface ParsedHead {
  readonly head: Head;
  /** The text the positions of `head` refer to: the line without colours and wrapping. */
  readonly text: string;
  /** Position of the JSON object in `text`, -1 for a text line. */
  readonly jsonAt: number;
  /** Time written by the wrapper (container runtime), when there is one. */
  readonly wrapperTime: string | null;
}

const sharedHead = emptyHead();

/** Parses a line's head. The head is reused by the next call. */
export function parseHead(line: string): ParsedHead {
  const head = reset(sharedHead);
  const text = plain(line);
  const inner = unwrapped(text);
  if (inner !== undefined) {
    const parsed = parseHead(inner.text);
    if (inner.time !== null) parsed.head.timed = true;
    return { ...parsed, wrapperTime: inner.time };
  }
  return { head, text, jsonAt: parseText(text, head), wrapperTime: null };
}

const colours = /(?:\x1b|#033)\[[\d;]*[A-Za-z]/g;

function plain(line: string): string {
  const text = line.includes('\x1b') || line.includes('#033[') ? line.replace(colours, '') : line;
  if (text.startsWith('\u{feff}')) return text.slice(1);
  return text.startsWith('\u{ef}\u{bb}\u{bf}') ? text.slice(3) : text;
}

/** Container runtimes wrap each line: CRI `2026-…Z stderr F …`, Docker `{"log":"…\n","stream":"stderr","time":"…"}`. */
function unwrapped(text: string): { text: string; time: string | null } | undefined {
  if (text.startsWith('{"log":"')) return dockerLine(text);
  const cri = /^(?<time>\d{4}-\d\d-\d\dT\S+) std(?:out|err) [FP] /.exec(text.slice(0, 64));
  return cri === null ? undefined : { text: text.slice(cri[0].length), time: cri.groups?.['time'] ?? null };
}

function dockerLine(text: string): { text: string; time: string | null } | undefined {
  const match = /^\{"log":(?<log>"(?:[^"\\]|\\.)*"),"stream":"std(?:out|err)"(?:.*"time":"(?<time>[^"]+)")?/.exec(text);
  if (match?.groups === undefined) return undefined;
  try {
    return { text: String(JSON.parse(match.groups['log'] ?? '""')).replace(/\r?\n$/, ''), time: match.groups['time'] ?? null };
  } catch {
    return undefined;
  }
}

/** Answers the position of the JSON object that speaks for the line, -1 when none does. */
function parseText(text: string, head: Head): number {
  if (text[0] === '{') return parseJson(text, 0, head);
  const from = parsePrefix(text, head);
  if (from < 0 || head.level !== undefined) return -1;
  const at = readFields(text, from, head);
  if (head.level === undefined && head.opens && text[at] === '{') return parseJson(text, at, head);
  if (head.level !== undefined && !head.timed) lookForTime(text, head);
  return -1;
}

function parseJson(text: string, at: number, head: Head): number {
  const json = readJsonHead(text, at);
  head.level = json.level;
  head.timed ||= json.timed;
  head.opens ||= json.isEvent;
  return at;
}

/** A level may stand before the time: `ERROR 2026-…`, `[ERROR] [main] 2026-…`. */
function lookForTime(text: string, head: Head): void {
  let at = head.levelEnd;
  for (let field = 0; field < 3; field += 1) {
    at = skipBlanks(text, at);
    while (text[at] === '[' || text[at] === ']' || text[at] === ':' || text[at] === ' ') at += 1;
    const end = timeEnd(text, at);
    if (end > 0) {
      head.timed = true;
      head.timeAt = at;
      return;
    }
    const close = text[at - 1] === '[' ? text.indexOf(']', at) : -1;
    if (close < 0 || close - at > 100) return;
    at = close;
  }
}

/** Formats whose first characters say what they are. Answers where the fields start, -1 when the line opens no event. */
function parsePrefix(text: string, head: Head): number {
  if (text[0] === ' ' || text[0] === '\t') return /^ (?:TRACE|DEBUG|INFO|WARN|ERROR) /.test(text.slice(0, 8)) ? 1 : -1;
  const signature = signatures.exec(text.slice(0, 64))?.groups;
  if (signature === undefined) return 0;
  head.opens = true;
  if (signature['node'] !== undefined) {
    head.timed = true;
    head.timeAt = text.indexOf(' ') + 1;
    return signature['node'].length;
  }
  if (signature['pri'] !== undefined) {
    set(head, levelOfSyslogSeverity(Number(signature['pri']) & 7));
    if (signature['version'] !== undefined || timeEnd(text, signature['pri'].length + 2) > 0) head.timed = true;
    return 0;
  }
  set(
    head,
    levelOfLetter(signature['klog'] ?? signature['ruby'] ?? signature['android'] ?? '') ??
      (signature['npm'] === undefined ? undefined : 'error'),
  );
  if (signature['klog'] !== undefined || signature['ruby'] !== undefined) head.timed = true;
  return 0;
}

const signatures =
  /^(?:<(?<pri>\d{1,3})>(?<version>\d )?|(?<klog>[IWEF])\d{4} \d\d:\d\d:\d\d|(?<ruby>[DIWEFA]), \[\d{4}-|(?<android>[VDIWEFA])\/[\w.$ -]+(?:\( *\d+\))?: |(?<npm>npm (?:ERR!|error) )|(?<node>(?:-|[A-Z]+) \d{10} \d{4}\.\d\d\.\d\d \S+ ))/;

function set(head: Head, level: Level | undefined): void {
  if (level !== undefined) head.level = level;
}

/**
 * The definition of docs/log-records.md once more, as plainly as it can be put: the whole text in memory, one line after the other, no
 * windows, no look-back, no candidates. Shares with the scan what a line is by itself, and nothing else.
 */
import type { ErrorLevel } from '#shared/logs/error-record.ts';
import { rawLineKind, settledKind, unwrapLine, type LineKind } from '#shared/logs/scan/line-kind.ts';
import { isGoLine, isReportLine, type TraceGrammar } from '#shared/logs/scan/trace-line.ts';

export interface OracleRecord {
  readonly offset: number;
  readonly length: number;
  readonly level: ErrorLevel;
  readonly truncated: boolean;
  readonly line: number;
}

export interface OracleBounds {
  readonly recordMax: number;
  readonly linesMax: number;
  readonly lineMax: number;
}

interface Line {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly kind: LineKind;
}

/** A record (or, with `silent`, the trace of an event below error) and what it waits for. */
interface Open {
  readonly start: number;
  readonly line: number;
  readonly level: ErrorLevel;
  readonly silent: boolean;
  end: number;
  lines: number;
  waiting: Line[];
  /** What may follow: `all` behind a timed event, `own` behind an untimed one, else the state of a trace. */
  follows: 'all' | 'own' | 'trace';
  go: boolean;
  python: boolean;
  report: boolean;
  reportEnded: boolean;
  plain: number;
  message: boolean;
  anyFrame: boolean;
  owed: number;
  exception: boolean;
  head: boolean;
}

export function oracleRecords(bytes: Buffer, textStart: number, bounds: OracleBounds): { records: OracleRecord[]; lines: number } {
  const lines = readLines(bytes, textStart, bounds);
  const resets = resetsOf(lines, bounds.recordMax);
  const records: OracleRecord[] = [];
  let open: Open | undefined;
  let mode: 'free' | 'lower' | 'quiet' | 'lost' = 'free';
  // oxlint-disable-next-line complexity -- the definition in one piece, as it is told
  lines.forEach((line, index) => {
    const { kind } = line;
    if (resets.has(index)) [open, mode] = [close(open), 'free'];
    const isError = kind.is === 'event' && (kind.level === 'error' || kind.level === 'fatal');
    if (kind.is === 'event' || kind.is === 'start') {
      [open, mode] = [close(open), 'free'];
      if (isError || kind.is === 'start')
        open = begin(line, index, { level: kind.level as ErrorLevel, follows: isError ? (kind.timed ? 'all' : 'own') : 'trace' });
      else if (kind.level === 'warn') mode = 'lower';
      else if (kind.level === 'debug' || kind.level === 'trace') mode = 'quiet';
      return;
    }
    if (mode === 'lost') return;
    const isTrace = ['head', 'frame', 'cause', 'part', 'chain'].includes(kind.is);
    const isCrash = kind.is === 'head' && ['python', 'ruby'].includes(kind.grammar);
    if (open === undefined && isTrace && (mode === 'lower' || (mode === 'quiet' && !isCrash)))
      [open, mode] = [{ ...begin(line, index, { level: 'error', follows: 'own' }), silent: true }, 'free'];
    else if (open === undefined) {
      if (kind.is === 'head') [open, mode] = [begin(line, index, { level: 'error', follows: 'trace' }), 'free'];
      else if (kind.is !== 'indented') mode = 'free';
      return;
    }
    const isLine = kind.is === 'head' && kind.grammar === 'line';
    if (open.follows === 'own' && isTrace && (open.silent || !isLine))
      [open.follows, open.head, open.message, open.plain] = ['trace', true, true, 0];
    const verdict = judge(open, line);
    if (verdict === 'no') {
      open = close(open);
      if (kind.is === 'head') open = begin(line, index, { level: 'error', follows: 'trace' });
      return;
    }
    open.waiting.push(line);
    if (!open.silent && (open.lines + open.waiting.length > bounds.linesMax || line.end - open.start > bounds.recordMax)) {
      close(open, verdict === 'yes');
      [open, mode] = [undefined, 'lost'];
      return;
    }
    if (verdict === 'maybe') return;
    open.lines += open.waiting.length;
    open.end = line.end;
    open.waiting = [];
  });
  close(open);
  return { records, lines: lines.length };

  function close(record: Open | undefined, isCut = false): undefined {
    if (record === undefined || record.silent) return;
    const length = Math.min(record.end - record.start, bounds.recordMax);
    const truncated = isCut || length < record.end - record.start;
    records.push({ offset: record.start, length, level: record.level, truncated, line: record.line });
  }
}

function begin(line: Line, index: number, { level, follows }: Pick<Open, 'level' | 'follows'>): Open {
  const { kind, start, end, text } = line;
  const grammar = kind.is === 'start' || kind.is === 'head' ? kind.grammar : 'other';
  const isCodeFrame = grammar === 'node' && !text.startsWith('(');
  return {
    start,
    end,
    line: index + 1,
    lines: 1,
    level,
    follows,
    silent: false,
    waiting: [],
    go: grammar === 'go',
    python: grammar === 'python',
    report: grammar === 'report',
    reportEnded: false,
    plain: 0,
    message: !isCodeFrame && grammar !== 'line',
    anyFrame: false,
    owed: isCodeFrame ? 2 : grammar === 'rust' && text.trimEnd().endsWith(':') ? 1 : 0,
    exception: isCodeFrame,
    head: kind.is === 'start' && kind.introducesHead,
  };
}

/** Whether a line that begins nothing by itself goes on with what is open. Brings its state up to date. */
// oxlint-disable-next-line complexity -- see above
function judge(open: Open, { kind, text }: Line): 'yes' | 'maybe' | 'no' {
  const afterGap = open.waiting.length > 0;
  if (open.follows === 'all') return kind.is === 'blank' ? 'maybe' : 'yes';
  if (open.follows === 'own') return kind.is === 'blank' ? 'maybe' : kind.is === 'indented' && !afterGap ? 'yes' : 'no';
  if (open.owed > 0 && kind.is !== 'blank') {
    open.owed -= 1;
    return 'yes';
  }
  const endsPython = open.python && open.anyFrame && !afterGap;
  if (kind.is === 'blank') return 'maybe';
  if (kind.is === 'chain') open.head = true;
  else if (kind.is === 'frame') {
    [open.message, open.anyFrame, open.head, open.exception] = [false, true, false, false];
    [open.plain, open.reportEnded] = [0, false];
    if (kind.grammar !== 'other') speak(open, kind.grammar);
  } else if (kind.is === 'cause') beginMessage(open);
  else if (kind.is === 'part') {
    if (kind.grammar === 'go') speak(open, 'go');
    if (kind.grammar === 'line') {
      [open.message, open.anyFrame, open.head, open.exception] = [false, false, false, false];
      open.reportEnded = true;
    }
    if (kind.grammar === 'report' && open.report) [open.reportEnded, open.message] = [true, false];
  } else if (kind.is === 'indented') return !afterGap || open.message ? 'yes' : 'no';
  else if (kind.is === 'head' && (open.head || open.exception)) {
    if (!open.exception) speak(open, kind.grammar);
    beginMessage(open);
  } else if (kind.is === 'head') {
    if (!['other', 'line'].includes(kind.grammar) || !endsPython) return 'no';
    open.anyFrame = false;
  } else {
    if (open.exception) beginMessage(open);
    else if (endsPython) open.anyFrame = false;
    else if (!(open.go && isGoLine(text)) && !(open.report && isReportLine(text))) {
      open.plain += 1;
      const mayGoOn = open.message || (open.report && open.anyFrame && !open.reportEnded);
      return mayGoOn && open.plain <= 16 ? 'maybe' : 'no';
    }
  }
  return 'yes';
}

function speak(open: Open, grammar: TraceGrammar): void {
  [open.go, open.python, open.report] = [grammar === 'go', grammar === 'python', grammar === 'report'];
}

function beginMessage(open: Open): void {
  [open.message, open.anyFrame, open.head, open.exception, open.plain, open.reportEnded] = [true, false, false, false, 0, false];
}

function readLines(bytes: Buffer, textStart: number, bounds: OracleBounds): Line[] {
  const spans: { start: number; end: number; text: string }[] = [];
  for (let start = textStart; start < bytes.length;) {
    const newline = bytes.indexOf(10, start);
    const end = newline < 0 ? bytes.length : newline + 1;
    const text = bytes.toString('latin1', start, end);
    spans.push({ start, end, text: (newline < 0 ? text : text.replace(/\r?\n$/, '')).slice(0, bounds.lineMax) });
    start = end;
  }
  const raw = spans.map(({ text }) => rawLineKind(text));
  return spans.map((span, index) => {
    const ahead = (n: number) => {
      for (let at = index; at < index + n; at += 1)
        if (spans[at] === undefined || spans[at]!.end - spans[at]!.start > bounds.recordMax) return undefined;
      return spans[index + n] === undefined ? undefined : { kind: raw[index + n]!, text: unwrapLine(spans[index + n]!.text) };
    };
    return Object.assign(span, { text: unwrapLine(span.text), kind: settledKind(raw[index]!, ahead) });
  });
}

/** Lines before which nothing is open whatever came before. */
function resetsOf(lines: readonly Line[], blockSize: number): Set<number> {
  const blockOf = (line: Line) => Math.floor(line.start / blockSize);
  const isSynchronising = ({ kind }: Line) => kind.is === 'event' || kind.is === 'start';
  const blocks = Map.groupBy(lines.keys(), (index) => blockOf(lines[index]!));
  const synchronises = (block: number) => (blocks.get(block) ?? []).some((index) => isSynchronising(lines[index]!));
  const freeHead = (block: number) => (blocks.get(block) ?? []).find((index) => isFreeHead(lines, index, blockOf));
  const resets = new Set<number>();
  for (const [block, indexes] of blocks) {
    if (synchronises(block - 1)) continue;
    if (freeHead(block - 1) === undefined) resets.add(indexes[0]!);
    const free = freeHead(block);
    if (free !== undefined && !indexes.some((index) => index < free && isSynchronising(lines[index]!))) resets.add(free);
  }
  return resets;
}

/** A head that no line before it in its block claims. */
function isFreeHead(lines: readonly Line[], index: number, blockOf: (line: Line) => number): boolean {
  const line = lines[index]!;
  const before = (n: number) =>
    lines[index - n] !== undefined && blockOf(lines[index - n]!) === blockOf(line) ? lines[index - n]!.kind : undefined;
  if (line.kind.is !== 'head') return false;
  const previous = before(1);
  if (previous?.is === 'indented' || (previous?.is === 'frame' && previous.grammar === 'python')) return false;
  let n = 1;
  while (before(n)?.is === 'blank') n += 1;
  return before(n)?.is !== 'chain';
}

/**
 * Puts lines together into error records: the one definition of where a record begins and ends, told in docs/log-records.md.
 *
 * The state behind a line depends on what came before it only as far back as the last line that synchronises (an event, or the start of a
 * panic), and where there is none for long, as far back as the resets say. So a scan may begin anywhere.
 */
import type { ErrorLevel, Level } from '#shared/logs/error-record.ts';
import type { EventLine, LineKind } from './line-kind.ts';
import { Resets } from './resets.ts';
import { newTrace, stepTrace, type Attachment, type TraceState } from './trace-state.ts';
import type { TraceGrammar } from './trace-line.ts';

export interface ScannedLine {
  /** Position of the first byte. */
  readonly start: number;
  /** One past the terminator; Infinity for a line too long to be followed to its end. */
  readonly end: number;
  readonly kind: LineKind;
  /** At most `lineBytesMax` of the line's own text, as latin1, without terminator and without what a container runtime puts around it. */
  readonly text: string;
}

/** A finished record. */
export interface RecordSpan {
  readonly start: number;
  readonly end: number;
  readonly level: ErrorLevel;
  readonly truncated: boolean;
  /** What its first line is. */
  readonly opener: 'event' | TraceGrammar;
}

/** Bounds of a record, in the unit of positions. */
export interface RecordBounds {
  readonly recordMax: number;
  readonly linesMax: number;
}

/**
 * What is open. `lower` is an event below error, whose trace is no record; `quiet` one below info, which seldom has any; `nobody` the rest of a
 * record that was cut at its bounds.
 */
type Owner = 'nothing' | 'lower' | 'quiet' | 'timed' | 'untimed' | 'trace' | 'nobody';

interface OpenRecord {
  readonly start: number;
  readonly level: ErrorLevel;
  readonly opener: RecordSpan['opener'];
  /** One past the last line that belongs to it for certain. */
  end: number;
  lines: number;
}

export class Segmenter {
  readonly #bounds: RecordBounds;
  #owner: Owner = 'nothing';
  #record: OpenRecord | undefined;
  #trace: TraceState = newTrace('other');
  /** Lines behind the record's end that belong to it if one behind them does. */
  #pending = 0;
  #resets = new Resets();

  constructor(bounds: RecordBounds) {
    this.#bounds = bounds;
  }

  /** An error record is open. */
  get isOpen(): boolean {
    return this.#record !== undefined;
  }

  /** First byte of the open record. */
  get start(): number | undefined {
    return this.#record?.start;
  }

  /** Takes the next line of the file and answers the record it ends, if any. */
  take(line: ScannedLine): RecordSpan | undefined {
    const reset = this.#resets.take(line, this.#bounds.recordMax);
    const ended = reset ? this.#close('nothing') : undefined;
    return this.#step(line) ?? ended;
  }

  /** The file ends: answers the record that was open, if any. */
  finish(): RecordSpan | undefined {
    return this.#close('nothing');
  }

  #step(line: ScannedLine): RecordSpan | undefined {
    const { kind } = line;
    if (kind.is === 'event') return this.#takeEvent(line, kind);
    if (kind.is === 'start') return this.#open(line, { level: kind.level, trace: newTrace(kind.grammar, kind, line.text) });
    return this.#behind[this.#owner](line);
  }

  /** What a line that begins nothing wherever it stands does, by what is open. */
  readonly #behind: Readonly<Record<Owner, (line: ScannedLine) => RecordSpan | undefined>> = {
    nothing: (line) => (line.kind.is === 'head' ? this.#openHead(line, line.kind) : undefined),
    lower: (line) => this.#behindLower(line),
    quiet: (line) => (isCrash(line.kind) ? this.#openHead(line, line.kind) : this.#behindLower(line)),
    timed: (line) => this.#attach(line, line.kind.is === 'blank' ? 'pending' : 'belongs'),
    untimed: (line) => this.#behindUntimed(line),
    trace: (line) => this.#behindTrace(line),
    nobody: () => undefined,
  };

  #takeEvent(line: ScannedLine, { level, timed }: EventLine): RecordSpan | undefined {
    if (level === 'error' || level === 'fatal') return this.#open(line, { level, owner: timed ? 'timed' : 'untimed' });
    return this.#close(ownerBelowError(level));
  }

  #behindLower(line: ScannedLine): undefined {
    if (opensTrace(line.kind)) this.#continueAsTrace(line);
    else if (line.kind.is !== 'indented') this.#owner = 'nothing';
  }

  #behindUntimed(line: ScannedLine): RecordSpan | undefined {
    const { kind } = line;
    if (kind.is === 'head' && kind.grammar === 'line') return this.#openHead(line, kind);
    if (opensTrace(kind)) return this.#continueAsTrace(line);
    if (kind.is === 'blank') return this.#attach(line, 'pending');
    return this.#attach(line, kind.is === 'indented' && this.#pending === 0 ? 'belongs' : 'none');
  }

  /** An event's own trace begins: what goes on with it is the trace's to say from here. */
  #continueAsTrace(line: ScannedLine): RecordSpan | undefined {
    this.#owner = 'trace';
    this.#trace = newTrace('other');
    this.#trace.expectsHead = true;
    return this.#behindTrace(line);
  }

  #behindTrace(line: ScannedLine): RecordSpan | undefined {
    const attachment = stepTrace(this.#trace, line, this.#pending > 0);
    if (attachment === 'none' && line.kind.is === 'head') return this.#openHead(line, line.kind);
    return this.#attach(line, attachment);
  }

  #attach(line: ScannedLine, attachment: Attachment): RecordSpan | undefined {
    if (attachment === 'none') return this.#close('nothing');
    this.#pending += 1;
    const record = this.#record;
    if (record !== undefined && !this.#fits(line, record)) {
      const ended = this.#close('nobody');
      // A record that only might have gone on lost nothing.
      return attachment === 'pending' ? ended : ended && { ...ended, truncated: true };
    }
    if (attachment === 'pending') return undefined;
    if (record !== undefined) {
      record.lines += this.#pending;
      record.end = line.end;
    }
    this.#pending = 0;
    return undefined;
  }

  #openHead(line: ScannedLine, { grammar }: { grammar: TraceGrammar }): RecordSpan | undefined {
    return this.#open(line, { level: 'error', trace: newTrace(grammar) });
  }

  #open(line: ScannedLine, opening: { level: ErrorLevel; owner?: Owner; trace?: TraceState }): RecordSpan | undefined {
    const ended = this.#close(opening.owner ?? 'trace');
    this.#record = { start: line.start, end: line.end, lines: 1, level: opening.level, opener: opening.trace?.grammar ?? 'event' };
    if (opening.trace !== undefined) this.#trace = opening.trace;
    return ended;
  }

  #close(next: Owner): RecordSpan | undefined {
    const record = this.#record;
    this.#record = undefined;
    this.#owner = next;
    this.#pending = 0;
    if (record === undefined) return undefined;
    const { start, end, level, opener } = record;
    const longest = start + this.#bounds.recordMax;
    return { start, end: Math.min(end, longest), level, opener, truncated: end > longest };
  }

  #fits({ end }: ScannedLine, { start, lines }: OpenRecord): boolean {
    return lines + this.#pending <= this.#bounds.linesMax && end - start <= this.#bounds.recordMax;
  }
}

function ownerBelowError(level: Level | undefined): Owner {
  if (level === 'warn') return 'lower';
  return level === 'debug' || level === 'trace' ? 'quiet' : 'nothing';
}

/** A trace as an interpreter prints it when it ends, rather than a logger. Behind a debug event Java's may be either. */
function isCrash(kind: LineKind): kind is Extract<LineKind, { is: 'head' }> {
  return kind.is === 'head' && (kind.grammar === 'python' || kind.grammar === 'ruby');
}

/** The lines that make a trace of what follows an event. */
function opensTrace({ is }: LineKind): boolean {
  return is === 'head' || is === 'frame' || is === 'cause' || is === 'part' || is === 'chain';
}

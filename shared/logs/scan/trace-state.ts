/**
 * Which lines go on with a trace. What a line looks like is not always enough: `KeyError: 'x'` ends a Python trace and is prose elsewhere.
 */
import { isGoLine, isReportLine, type TraceGrammar } from './trace-line.ts';
import type { LineKind } from './line-kind.ts';

/** Whether a line belongs to what is open: not, if a line behind it does, or for certain. */
export type Attachment = 'none' | 'pending' | 'belongs';

/** How far a trace has come. */
export interface TraceState {
  grammar: TraceGrammar;
  /**
   * `message`: its first frame is still to come. `frames`: one has come. `done`: Python's last line has come, or a report's. `exception`: behind
   * Node's code frame the exception is to come.
   */
  phase: 'message' | 'frames' | 'done' | 'exception';
  /** Lines that belong to it whatever they look like: the code frame of Node, the message of a Rust panic. */
  linesOwed: number;
  /** The next head belongs to it. */
  expectsHead: boolean;
  /** Plain lines since the message began. */
  messageLines: number;
}

/** Plain lines that may stand between an exception's first line and its first frame. */
const messageLinesMax = 16;

/** A trace behind its first line. `start` and `text` are those of a panic's first line. */
export function newTrace(grammar: TraceGrammar, start?: { readonly introducesHead: boolean }, text = ''): TraceState {
  const isCodeFrame = grammar === 'node' && start !== undefined && !text.startsWith('(');
  return {
    grammar,
    phase: isCodeFrame ? 'exception' : grammar === 'line' ? 'frames' : 'message',
    linesOwed: isCodeFrame ? 2 : grammar === 'rust' && text.trimEnd().endsWith(':') ? 1 : 0,
    expectsHead: start?.introducesHead === true,
    messageLines: 0,
  };
}

/** Takes the line into the trace and says whether it belongs to it. `pending` lines stand directly before it. */
export function stepTrace(trace: TraceState, { kind, text }: { kind: LineKind; text: string }, pending: boolean): Attachment {
  if (kind.is === 'blank') return 'pending';
  if (trace.linesOwed > 0) {
    trace.linesOwed -= 1;
    return 'belongs';
  }
  if (kind.is === 'head') return stepHead(trace, kind, pending);
  if (kind.is === 'plain') return stepPlain(trace, text, pending);
  if (kind.is === 'indented') return !pending || trace.phase === 'message' ? 'belongs' : 'none';
  stepMark(trace, kind);
  return 'belongs';
}

/** A line that can be nothing but part of a trace. */
function stepMark(trace: TraceState, kind: LineKind): void {
  if (kind.is === 'chain') trace.expectsHead = true;
  else if (kind.is === 'cause') beginMessage(trace);
  else if (kind.is === 'part') {
    if (kind.grammar === 'go') trace.grammar = 'go';
    // What ends a report: its summary, its lower edge.
    if (kind.grammar === 'report' && trace.grammar === 'report') trace.phase = 'done';
    if (kind.grammar === 'line') endMessage(trace);
  } else if (kind.is === 'frame') {
    if (kind.grammar !== 'other') trace.grammar = kind.grammar;
    trace.phase = 'frames';
    trace.expectsHead = false;
    trace.messageLines = 0;
  }
}

function endMessage(trace: TraceState): void {
  trace.phase = 'done';
  trace.expectsHead = false;
}

function beginMessage(trace: TraceState): void {
  trace.phase = 'message';
  trace.expectsHead = false;
  trace.messageLines = 0;
}

function stepHead(trace: TraceState, { grammar }: { grammar: TraceGrammar }, pending: boolean): Attachment {
  if (trace.expectsHead || trace.phase === 'exception') {
    if (trace.phase !== 'exception') trace.grammar = grammar;
    beginMessage(trace);
    return 'belongs';
  }
  return (grammar === 'other' || grammar === 'line') && endsPython(trace, pending) ? 'belongs' : 'none';
}

/** The line behind Python's last frame names the exception. */
function endsPython(trace: TraceState, pending: boolean): boolean {
  if (trace.grammar !== 'python' || trace.phase !== 'frames' || pending) return false;
  trace.phase = 'done';
  return true;
}

function stepPlain(trace: TraceState, text: string, pending: boolean): Attachment {
  if (trace.phase === 'exception') {
    beginMessage(trace);
    return 'belongs';
  }
  if (endsPython(trace, pending) || belongsByGrammar(trace, text)) return 'belongs';
  trace.messageLines += 1;
  const mayGoOn = trace.phase === 'message' || (trace.grammar === 'report' && trace.phase === 'frames');
  return mayGoOn && trace.messageLines <= messageLinesMax ? 'pending' : 'none';
}

function belongsByGrammar({ grammar }: TraceState, text: string): boolean {
  return (grammar === 'go' && isGoLine(text)) || (grammar === 'report' && isReportLine(text));
}

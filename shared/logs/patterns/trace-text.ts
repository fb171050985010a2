/**
 * The text that the fingerprint of a stack trace is made of: the types of its exceptions, and its in-app frames without numbers. What a line says is
 * remembered for all lines that differ in their digits alone.
 */
import { LineMemory } from './line-memory.ts';
import { type Frame, frameFrom, framesMax, readTraceLine, type TraceLine, typeIn } from './stack-frames.ts';

/** Types and frames that a fingerprint is made of: the outermost exceptions, the innermost frames. */
const typesMax = 8;
const fingerprintFramesMax = 16;

/** A frame as the fingerprint has it. */
interface ShownFrame {
  readonly text: string;
  readonly inApp: boolean;
}

interface ShownLine extends Omit<TraceLine, 'frame'> {
  readonly frame: ShownFrame | undefined;
}

const memory = new LineMemory<ShownLine>((line) => {
  const read = readTraceLine(line);
  return { ...read, frame: read.frame && shown(read.frame) };
});

/** Undefined where there are no frames. */
export function traceText(message: string, stack: string): string | undefined {
  const trace = { types: [] as string[], frames: [] as ShownFrame[], goName: '' };
  readLines(message, trace);
  readLines(stack, trace);
  if (trace.frames.length === 0) return undefined;
  const inApp = trace.frames.filter((frame) => frame.inApp);
  const lines = ['trace', ...trace.types.slice(0, typesMax), ''];
  const typeLines = lines.length;
  let last: string | undefined;
  for (const { text } of inApp.length > 0 ? inApp : trace.frames) {
    if (text !== last) lines.push(text);
    last = text;
    if (lines.length === typeLines + fingerprintFramesMax) break;
  }
  return lines.join('\n');
}

interface ReadTrace {
  readonly types: string[];
  readonly frames: ShownFrame[];
  /** A function of Go, whose file the next line may have. */
  goName: string;
}

function readLines(text: string, trace: ReadTrace): void {
  for (let start = 0; start <= text.length && trace.frames.length < framesMax; start = memory.end + 1) {
    const read = memory.read(text, start);
    if (read === undefined) continue;
    const frame = trace.goName !== '' && read.goFile !== undefined ? shown(frameFrom(trace.goName, read.goFile)) : read.frame;
    trace.goName = read.goName;
    if (frame !== undefined) trace.frames.push(frame);
    else if (read.type !== undefined && trace.types.length < framesMax) trace.types.push(ownType(read.type, text, start));
  }
}

/** The name of a type keeps its digits, which the remembered one has of another line. */
function ownType(type: string, text: string, start: number): string {
  return /\d/.test(type) ? (typeIn(text.slice(start, memory.end)) ?? type) : type;
}

/** Function and file name; digits, as in a bundle's hash, say nothing. */
function shown({ name, file, inApp }: Frame): ShownFrame {
  const baseName = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
  return { text: `${name} ${baseName.replace(/[.-][\da-f]{6,}(?=\.)/gi, '')}`.replace(/\d+/g, '#'), inApp };
}

/**
 * Template and fingerprint of one error record, by the record alone: the same in every file, run and worker.
 *
 * - A record with a stack trace is known by the types of its exceptions and by its in-app frames: functions and files without line numbers,
 *   repeats by recursion once. Where no frame is the application's own, all frames count. Its message is not part of the fingerprint.
 * - A record without frames is known by its message, masked by shape.
 */
import type { ErrorRecord } from '#shared/logs/error-record.ts';
import { fingerprintOf, normalForm } from './fingerprint.ts';
import { phraseOf, templateText } from './leaf.ts';
import { MessageTokens } from './message-tokens.ts';
import { type Frame, readStackTrace, type StackTrace } from './stack-frames.ts';

export interface RecordTemplate {
  /** `pat_1_…`. */
  readonly id: string;
  /** The message with `<*>` for what varies by its shape. */
  readonly template: string;
  /** What the id was made of. */
  readonly basis: 'trace' | 'message';
}

/** Types and frames that a fingerprint is made of: the outermost exceptions, the innermost frames. */
const typesMax = 8;
const fingerprintFramesMax = 16;

const tokens = new MessageTokens();

/** What stands for something that was redacted, such as `<email>`. */
const placeholder = /<[a-z][a-z\d-]{0,31}>/g;

/** The message as it is mined: what was redacted is a value, whatever it was. */
export function minedBytes(message: string): Buffer {
  return Buffer.from(message.includes('<') ? message.replace(placeholder, '0') : message);
}

export function templateOf({ message, stack }: Pick<ErrorRecord, 'message' | 'stack'>): RecordTemplate {
  const bytes = minedBytes(message);
  tokens.read(bytes, 0, bytes.length);
  const phrase = phraseOf(tokens);
  const template = templateText(phrase);
  const trace = stack === null ? undefined : readStackTrace(`${message}\n${stack}`);
  if (trace === undefined || trace.frames.length === 0) return { id: fingerprintOf(normalForm(phrase)), template, basis: 'message' };
  return { id: fingerprintOf(traceText(trace)), template, basis: 'trace' };
}

function traceText({ types, frames }: StackTrace): string {
  const inApp = frames.filter((frame) => frame.inApp);
  const lines = (inApp.length > 0 ? inApp : frames).map(frameText);
  const once = lines.filter((line, i) => line !== lines[i - 1]);
  return ['trace', ...types.slice(0, typesMax), '', ...once.slice(0, fingerprintFramesMax)].join('\n');
}

/** Function and file name; digits, as in a bundle's hash, say nothing. */
function frameText({ name, file }: Frame): string {
  const baseName = file.split(/[\\/]/).at(-1) ?? '';
  return `${name} ${baseName.replace(/[.-][\da-f]{6,}(?=\.)/gi, '')}`.replace(/\d+/g, '#');
}

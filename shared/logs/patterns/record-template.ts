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
import { traceText } from './trace-text.ts';

export interface RecordTemplate {
  /** `pat_1_…`. */
  readonly id: string;
  /** The message with `<*>` for what varies by its shape. */
  readonly template: string;
  /** What the id was made of. */
  readonly basis: 'trace' | 'message';
}

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
  const byMessage = messageTemplate();
  const trace = stack === null ? undefined : traceText(message, stack);
  return trace === undefined ? byMessage : { id: fingerprintOf(trace), template: byMessage.template, basis: 'trace' };
}

/** Messages whose template is remembered by the hashes of their tokens, so that the next one of the kind needs no text. */
const remembered = 1 << 12;
const templates: (RecordTemplate | undefined)[] = Array.from({ length: remembered });
const firstHashes = new Int32Array(remembered);
const secondHashes = new Int32Array(remembered);

/** Of the tokens that were read. */
function messageTemplate(): RecordTemplate {
  tokens.hash();
  const { firstHash, secondHash } = tokens;
  const slot = firstHash & (remembered - 1);
  const known = templates[slot];
  if (known !== undefined && firstHashes[slot] === firstHash && secondHashes[slot] === secondHash) return known;
  const phrase = phraseOf(tokens);
  const found: RecordTemplate = { id: fingerprintOf(normalForm(phrase)), template: templateText(phrase), basis: 'message' };
  templates[slot] = found;
  firstHashes[slot] = firstHash;
  secondHashes[slot] = secondHash;
  return found;
}

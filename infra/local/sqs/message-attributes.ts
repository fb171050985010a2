import { createHash } from 'node:crypto';
import { isRecord, optionalText, record, text, type Input } from './input.ts';
import { invalid } from './sqs-error.ts';

interface MessageAttribute {
  /** `String`, `Number` or `Binary`, with a label of one's own after a dot if wanted. */
  readonly DataType: string;
  readonly StringValue?: string;
  /** Base64. */
  readonly BinaryValue?: string;
}

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

const attributesMax = 10;
const nameCharactersMax = 256;

/** Attributes of a message to be sent, checked as the service does; undefined when there are none. */
export function messageAttributes(input: Input, parameter = 'MessageAttributes'): MessageAttributes | undefined {
  const entries = Object.entries(record(input, parameter));
  if (entries.length === 0) return undefined;
  if (entries.length > attributesMax)
    throw invalid(`Number of message attributes [${entries.length}] exceeds the allowed maximum [${attributesMax}].`);
  return Object.fromEntries(entries.map(([name, value]) => [checkedName(name), attribute(name, value)]));
}

function checkedName(name: string): string {
  const wellFormed = /^[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*$/.test(name) && name.length <= nameCharactersMax;
  if (!wellFormed || /^(?:aws|amazon)\./i.test(name)) throw invalid(`Message attribute name ${JSON.stringify(name)} is invalid.`);
  return name;
}

function attribute(name: string, value: unknown): MessageAttribute {
  if (!isRecord(value)) throw invalid(`The message attribute '${name}' must be a structure.`);
  const DataType = text(value, 'DataType');
  const StringValue = optionalText(value, 'StringValue');
  const BinaryValue = optionalText(value, 'BinaryValue');
  const isBinary = /^Binary(?:\.|$)/.test(DataType);
  if (isBinary && BinaryValue !== undefined) return { DataType, BinaryValue };
  if (!isBinary && StringValue !== undefined && fitsType(DataType, StringValue)) return { DataType, StringValue };
  throw invalid(`The message attribute '${name}' must contain a value that fits its type, not '${DataType}' with what was given.`);
}

function fitsType(dataType: string, value: string): boolean {
  if (/^String(?:\.|$)/.test(dataType)) return value !== '';
  return /^Number(?:\.|$)/.test(dataType) && value.trim() !== '' && !Number.isNaN(Number(value));
}

/** Bytes that attributes add to a message: names, types and values. */
export function attributesBytes(attributes: MessageAttributes | undefined): number {
  const bytes = (text: string | undefined) => Buffer.byteLength(text ?? '');
  return Object.entries(attributes ?? {}).reduce(
    (sum, [name, { DataType, StringValue, BinaryValue }]) =>
      sum + bytes(name) + bytes(DataType) + bytes(StringValue) + Buffer.byteLength(BinaryValue ?? '', 'base64'),
    0,
  );
}

const stringTag = 1;
const binaryTag = 2;

/** MD5 over the attributes in order of their names, each part with its length in front (SQS Developer Guide, "Calculating the MD5 message digest"). */
export function attributesMd5(attributes: MessageAttributes): string {
  const hash = createHash('md5');
  const part = (bytes: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  };
  for (const name of Object.keys(attributes).toSorted()) {
    const { DataType, StringValue, BinaryValue } = attributes[name] as MessageAttribute;
    part(Buffer.from(name));
    part(Buffer.from(DataType));
    hash.update(Buffer.of(BinaryValue === undefined ? stringTag : binaryTag));
    part(BinaryValue === undefined ? Buffer.from(StringValue ?? '') : Buffer.from(BinaryValue, 'base64'));
  }
  return hash.digest('hex');
}

/** The attributes a receiver asked for: all, by name, or by a prefix as in `trace.*`. */
export function chosenAttributes(attributes: MessageAttributes, wanted: readonly string[]): MessageAttributes | undefined {
  const isWanted = (name: string) =>
    wanted.some((pattern) => pattern === 'All' || pattern === name || (pattern.endsWith('.*') && name.startsWith(pattern.slice(0, -2))));
  const chosen = Object.entries(attributes).filter(([name]) => isWanted(name));
  return chosen.length === 0 ? undefined : Object.fromEntries(chosen);
}

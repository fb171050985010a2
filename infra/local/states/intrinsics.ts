/**
 * The intrinsic functions of state machines.
 * Source: https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html
 */
import { createHash, randomInt, randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { StateFailure } from './state-failure.ts';

export interface Intrinsic {
  /** Fewest and most arguments. */
  readonly takes: readonly [number, number];
  /** Throws a StateFailure `States.IntrinsicFailure` for arguments it cannot work on. */
  apply(values: readonly unknown[]): unknown;
}

const intrinsicLimits = {
  /** Characters of a text to encode, decode or hash. */
  textMax: 10_000,
  rangeElementsMax: 1_000,
  integerMin: -2_147_483_648,
  integerMax: 2_147_483_647,
} as const;

const hashes: Readonly<Record<string, string>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

export const intrinsics: Readonly<Record<string, Intrinsic>> = {
  'States.Format': { takes: [1, 100], apply: ([template, ...values]) => format(text(template), values) },
  'States.StringToJson': { takes: [1, 1], apply: ([json]) => parse(text(json)) },
  'States.JsonToString': { takes: [1, 1], apply: ([value]) => JSON.stringify(present(value)) },
  'States.StringSplit': { takes: [2, 2], apply: ([value, delimiters]) => split(text(value), text(delimiters)) },
  'States.Array': { takes: [0, 1_000], apply: (values) => values.map(present) },
  'States.ArrayPartition': { takes: [2, 2], apply: ([value, size]) => partition(list(value), positive(size)) },
  'States.ArrayContains': { takes: [2, 2], apply: ([value, wanted]) => list(value).some((one) => isDeepStrictEqual(one, wanted)) },
  'States.ArrayRange': { takes: [3, 3], apply: ([first, last, step]) => range(integer(first), integer(last), integer(step)) },
  'States.ArrayGetItem': { takes: [2, 2], apply: ([value, index]) => element(list(value), integer(index)) },
  'States.ArrayLength': { takes: [1, 1], apply: ([value]) => list(value).length },
  'States.ArrayUnique': { takes: [1, 1], apply: ([value]) => unique(list(value)) },
  'States.Base64Encode': { takes: [1, 1], apply: ([value]) => Buffer.from(bounded(text(value))).toString('base64') },
  'States.Base64Decode': { takes: [1, 1], apply: ([value]) => Buffer.from(bounded(text(value)), 'base64').toString('utf8') },
  'States.Hash': { takes: [2, 2], apply: ([value, algorithm]) => hash(value, text(algorithm)) },
  'States.JsonMerge': { takes: [3, 3], apply: ([first, second, deep]) => merge(object(first), object(second), deep) },
  // A seed would have to give Java's sequence.
  'States.MathRandom': { takes: [2, 2], apply: ([first, end]) => random(integer(first), integer(end)) },
  'States.MathAdd': { takes: [2, 2], apply: ([left, right]) => integer(integer(left) + integer(right)) },
  'States.UUID': { takes: [0, 0], apply: () => randomUUID() },
};

function failure(reason: string): StateFailure {
  return new StateFailure('States.IntrinsicFailure', reason);
}

/** `{}` takes the next value; a backslash takes the next character for itself. */
function format(template: string, values: readonly unknown[]): string {
  let used = 0;
  const result = template.replaceAll(/\\(.)|\{\}|[{}]/gs, (piece, escaped?: string) => {
    if (escaped !== undefined) return escaped;
    if (piece !== '{}') throw failure(`a brace in ${JSON.stringify(template)} is neither {} nor escaped`);
    return shown(values[used++]);
  });
  if (used !== values.length) throw failure(`${JSON.stringify(template)} has ${used} places for ${values.length} values`);
  return result;
}

function shown(value: unknown): string {
  if (value === undefined) throw failure('a value is missing');
  if (typeof value === 'object' && value !== null) throw failure('States.Format takes texts, numbers, booleans and null');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw failure(`${JSON.stringify(json)} is not JSON`);
  }
}

/** Each character of the second text divides; empty pieces are left out. */
function split(value: string, delimiters: string): string[] {
  const dividing = new Set(delimiters);
  const pieces = [''];
  for (const character of value) {
    if (dividing.has(character)) pieces.push('');
    else pieces.push((pieces.pop() ?? '') + character);
  }
  return pieces.filter((piece) => piece !== '');
}

function partition(values: readonly unknown[], size: number): unknown[][] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, index) => values.slice(index * size, (index + 1) * size));
}

function range(first: number, last: number, step: number): number[] {
  if (step === 0) throw failure('a range does not step by 0');
  const length = Math.max(0, Math.floor((last - first) / step) + 1);
  if (length > intrinsicLimits.rangeElementsMax) throw failure(`a range has ${intrinsicLimits.rangeElementsMax} elements at most`);
  return Array.from({ length }, (_, index) => first + index * step);
}

function element(values: readonly unknown[], index: number): unknown {
  if (index < 0 || index >= values.length) throw failure(`a list of ${values.length} has no element ${index}`);
  return values[index];
}

function unique(values: readonly unknown[]): unknown[] {
  return values.filter((value, index) => values.findIndex((other) => isDeepStrictEqual(other, value)) === index);
}

function hash(value: unknown, algorithm: string): string {
  const name = Object.hasOwn(hashes, algorithm) ? hashes[algorithm] : undefined;
  if (name === undefined) throw failure(`${algorithm} is none of ${Object.keys(hashes).join(', ')}`);
  const data = bounded(typeof value === 'string' ? value : JSON.stringify(present(value)));
  return createHash(name).update(data).digest('hex');
}

function merge(first: object, second: object, deep: unknown): object {
  if (deep !== false) throw failure('States.JsonMerge merges the top level alone: its third argument is false');
  return { ...first, ...second };
}

/** The first is included, the end is not. */
function random(first: number, end: number): number {
  if (end <= first) throw failure('States.MathRandom needs an end above its start');
  return randomInt(first, end);
}

function present(value: unknown): unknown {
  if (value === undefined) throw failure('a path of an argument leads nowhere');
  return value;
}

function text(value: unknown): string {
  if (typeof present(value) !== 'string') throw failure(`${JSON.stringify(value)} is no text`);
  return value as string;
}

function bounded(value: string): string {
  if (value.length > intrinsicLimits.textMax) throw failure(`more than ${intrinsicLimits.textMax} characters`);
  return value;
}

function list(value: unknown): unknown[] {
  if (!Array.isArray(present(value))) throw failure(`${JSON.stringify(value)} is no list`);
  return value as unknown[];
}

function object(value: unknown): object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw failure(`${JSON.stringify(present(value))} is no object`);
  return value;
}

/** Numbers with a fraction are rounded down, as Step Functions does. */
function integer(value: unknown): number {
  if (typeof present(value) !== 'number') throw failure(`${JSON.stringify(value)} is no number`);
  const whole = Math.floor(value as number);
  if (whole < intrinsicLimits.integerMin || whole > intrinsicLimits.integerMax) throw failure(`${whole} is no 32 bit integer`);
  return whole;
}

function positive(value: unknown): number {
  const whole = integer(value);
  if (whole < 1) throw failure(`${whole} is not above 0`);
  return whole;
}

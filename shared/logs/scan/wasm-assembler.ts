/**
 * As much of a WebAssembly assembler as one function needs: instructions are lists of bytes, a module is their concatenation.
 * Opcodes: WebAssembly 3.0, section 5.4.
 */

/** Encoded instructions. */
export type Code = readonly number[];

const unsigned = (value: number): number[] => (value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)]);

function signed(value: number): number[] {
  const low = value & 0x7f;
  const rest = value >> 7;
  const isLast = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
  return isLast ? [low] : [low | 0x80, ...signed(rest)];
}

const simd = (opcode: number): number[] => [0xfd, ...unsigned(opcode)];
/** Alignment (none is promised) and offset of a memory access. */
const memoryArgument = (offset: number): number[] => [0, ...unsigned(offset)];
const EMPTY_TYPE = 0x40;
const END = 0x0b;

export const code = (...instructions: readonly Code[]): Code => instructions.flat();
export const get = (local: number): Code => [0x20, ...unsigned(local)];
export const set = (local: number, ...value: Code[]): Code => [...value.flat(), 0x21, ...unsigned(local)];
export const constant = (value: number): Code => [0x41, ...signed(value)];
export const block = (...body: Code[]): Code => [0x02, EMPTY_TYPE, ...body.flat(), END];
export const loop = (...body: Code[]): Code => [0x03, EMPTY_TYPE, ...body.flat(), END];
export const when = (condition: Code, ...body: Code[]): Code => [...condition, 0x04, EMPTY_TYPE, ...body.flat(), END];
/** Leaves `depth` blocks, or goes on with the loop that many levels up. */
export const branch = (depth: number): Code => [0x0c, ...unsigned(depth)];
export const branchIf = (depth: number, condition: Code): Code => [...condition, 0x0d, ...unsigned(depth)];

const binary =
  (opcode: readonly number[]) =>
  (left: Code, right: Code): Code => [...left, ...right, ...opcode];
const unary =
  (opcode: readonly number[]) =>
  (operand: Code): Code => [...operand, ...opcode];

export const i32 = {
  add: binary([0x6a]),
  subtract: binary([0x6b]),
  and: binary([0x71]),
  or: binary([0x72]),
  shiftLeft: binary([0x74]),
  isZero: unary([0x45]),
  lessSigned: binary([0x48]),
  notLessSigned: binary([0x4e]),
  leadingZeros: unary([0x67]),
  trailingZeros: unary([0x68]),
  onesCount: unary([0x69]),
  load8: (address: Code, offset = 0): Code => [...address, 0x2d, ...memoryArgument(offset)],
  store: (address: Code, value: Code, offset = 0): Code => [...address, ...value, 0x36, ...memoryArgument(offset)],
  /** The first where the condition holds, else the second; both are computed. */
  select: (condition: Code, first: Code, second: Code): Code => [...first, ...second, ...condition, 0x1b],
} as const;

export const v128 = {
  load: (address: Code, offset = 0): Code => [...address, ...simd(0x00), ...memoryArgument(offset)],
  store: (address: Code, value: Code, offset = 0): Code => [...address, ...value, ...simd(0x0b), ...memoryArgument(offset)],
  splat8: (byte: number): Code => [...simd(0x0c), ...Array.from({ length: 16 }, () => byte)],
  /** Looks up each byte of the second operand, which must be 0 to 15, in the first (relaxed SIMD: one instruction on every processor). */
  swizzle: binary(simd(0x100)),
  equal8: binary(simd(0x23)),
  and: binary(simd(0x4e)),
  or: binary(simd(0x50)),
  anyTrue: unary(simd(0x53)),
  /** The top bit of each byte. */
  bitmask8: unary(simd(0x64)),
  shiftRight16: binary(simd(0x8d)),
} as const;

const I32 = 0x7f;
const V128 = 0x7b;

export interface FunctionShape {
  /** All i32; they are the first locals. */
  readonly parameters: number;
  /** Locals behind them: first those of i32, then those of v128. */
  readonly i32Locals: number;
  readonly v128Locals: number;
}

const header: Code = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

/** A module with one page-counted memory, exported as `memory`, and one function without a result, exported as `run`. */
export function assembleModule(pages: number, shape: FunctionShape, body: Code): Uint8Array<ArrayBuffer> {
  const locals = [2, ...unsigned(shape.i32Locals), I32, ...unsigned(shape.v128Locals), V128];
  const functionBody = [...locals, ...body, END];
  return Uint8Array.from([
    ...header,
    ...section(1, [1, 0x60, ...unsigned(shape.parameters), ...Array.from({ length: shape.parameters }, () => I32), 0]),
    ...section(3, [1, 0]),
    ...section(5, [1, 0, ...unsigned(pages)]),
    ...section(7, [2, ...exported('memory', [2, 0]), ...exported('run', [0, 0])]),
    ...section(10, [1, ...unsigned(functionBody.length), ...functionBody]),
  ]);
}

const section = (id: number, content: readonly number[]): number[] => [id, ...unsigned(content.length), ...content];
const exported = (name: string, what: readonly number[]): number[] => [name.length, ...Buffer.from(name), ...what];

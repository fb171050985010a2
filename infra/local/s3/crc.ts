/**
 * CRC-32C and CRC-64/NVME at about 1 GB/s.
 *
 * Both are reflected CRCs of at most 64 bits, so one loop serves them: "slicing by 16" takes 16 bytes a round and looks each up in a table of
 * its own. JavaScript has no fast 64-bit integers (two 32-bit halves reach 0.5 GB/s, BigInt a hundredth), hence the loop is WebAssembly,
 * assembled below from its few instructions. CRC-32 needs none of this: zlib has it natively.
 */
const tablesBytes = 16 * 256 * 8;
const inputStart = tablesBytes;
const inputBytes = 128 * 1024;
const pagesCount = Math.ceil((inputStart + inputBytes) / 65_536);

/** Reflected polynomials. */
export const crc32cPolynomial = 0x82f63b78n;
export const crc64NvmePolynomial = 0x9a6c9329ac4bc9b5n;

export interface Crc {
  update(bytes: Uint8Array): void;
  /** The finished value; `update` may go on after it. */
  value(): bigint;
}

/** One engine a polynomial: the WebAssembly memory holds its tables and the piece of input at hand. */
interface Engine {
  readonly tables: BigUint64Array;
  readonly memory: Uint8Array;
  readonly rounds: (crc: bigint, start: number, end: number) => bigint;
}

/** The little of it that is used; its types come with the DOM's, which this project leaves out. */
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { exports: { memory: { buffer: ArrayBuffer }; rounds: Engine['rounds'] } };
}

const engines = new Map<bigint, Engine>();

/** Starts from all ones and ends inverted, as CRC-32C and CRC-64/NVME do. */
export function crc(polynomial: bigint, widthBits: 32 | 64): Crc {
  const engine = engines.get(polynomial) ?? createEngine(polynomial);
  engines.set(polynomial, engine);
  const ones = (1n << BigInt(widthBits)) - 1n;
  let state = ones;
  return {
    update(bytes) {
      for (let at = 0; at < bytes.length; at += inputBytes) state = advance(engine, state, bytes.subarray(at, at + inputBytes));
    },
    value: () => state ^ ones,
  };
}

function advance(engine: Engine, state: bigint, piece: Uint8Array): bigint {
  const whole = piece.length & ~15;
  let crc = state;
  if (whole > 0) {
    engine.memory.set(whole === piece.length ? piece : piece.subarray(0, whole), inputStart);
    crc = BigInt.asUintN(64, engine.rounds(crc, inputStart, inputStart + whole));
  }
  for (let at = whole; at < piece.length; at++) crc = (crc >> 8n) ^ engine.tables[Number(crc & 0xffn) ^ piece[at]!]!;
  return crc;
}

function createEngine(polynomial: bigint): Engine {
  const { Module, Instance } = (globalThis as unknown as { WebAssembly: WebAssemblyApi }).WebAssembly;
  const { memory, rounds } = new Instance(new Module(assemble())).exports;
  const tables = new BigUint64Array(memory.buffer, 0, 16 * 256);
  for (let byte = 0; byte < 256; byte++) {
    let value = BigInt(byte);
    for (let bit = 0; bit < 8; bit++) value = value & 1n ? (value >> 1n) ^ polynomial : value >> 1n;
    tables[byte] = value;
  }
  // Table n tells what a byte does that is followed by n zero bytes.
  for (let index = 256; index < tables.length; index++) {
    const previous = tables[index - 256]!;
    tables[index] = (previous >> 8n) ^ tables[Number(previous & 0xffn)]!;
  }
  return { tables, memory: new Uint8Array(memory.buffer), rounds };
}

const op = {
  loop: [0x03, 0x40],
  end: [0x0b],
  branchIf: (depth: number) => [0x0d, depth],
  get: (local: number) => [0x20, local],
  set: (local: number) => [0x21, local],
  tee: (local: number) => [0x22, local],
  i64Load: (offset: number) => [0x29, 3, ...unsigned(offset)],
  i32Const: (value: number) => [0x41, ...signed(value)],
  i64Const: (value: number) => [0x42, ...signed(value)],
  i32LessUnsigned: [0x49],
  i32Add: [0x6a],
  i32And: [0x71],
  i32ShiftLeft: [0x74],
  i64Xor: [0x85],
  i64ShiftRight: [0x88],
  i32WrapI64: [0xa7],
} as const;

/** `rounds(crc: i64, at: i32, end: i32): i64`, for a non-empty input whose length is a multiple of 16. */
function assemble(): Uint8Array<ArrayBuffer> {
  const [crc, at, end, first, second] = [0, 1, 2, 3, 4];
  const body = [
    op.loop,
    [op.get(at), op.i64Load(0), op.get(crc), op.i64Xor, op.set(first)].flat(),
    [op.get(at), op.i64Load(8), op.set(second)].flat(),
    [lookups(first, 15), lookups(second, 7), op.i64Xor, op.set(crc)].flat(),
    [op.get(at), op.i32Const(16), op.i32Add, op.tee(at), op.get(end), op.i32LessUnsigned, op.branchIf(0)].flat(),
    op.end,
    op.get(crc),
    op.end,
  ].flat();
  const [i32, i64] = [0x7f, 0x7e];
  const twoLocals = [1, 2, i64];
  const code = [...twoLocals, ...body];
  return Uint8Array.from(
    [
      [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      section(1, [1, 0x60, 3, i64, i32, i32, 1, i64]),
      section(3, [1, 0]),
      section(5, [1, 0, pagesCount]),
      section(7, [2, ...name('memory'), 2, 0, ...name('rounds'), 0, 0]),
      section(10, [1, ...unsigned(code.length), ...code]),
    ].flat(),
  );
}

/** The eight bytes of a local, each looked up: the lowest byte in `table`, the next in `table - 1`, and so on; all combined. */
function lookups(local: number, table: number): number[] {
  return Array.from({ length: 8 }, (_, byte) => {
    const shift = byte === 0 ? [] : [op.i64Const(8 * byte), op.i64ShiftRight].flat();
    const address = [op.i32WrapI64, op.i32Const(0xff), op.i32And, op.i32Const(3), op.i32ShiftLeft].flat();
    return [op.get(local), shift, address, op.i64Load((table - byte) * 256 * 8), byte === 0 ? [] : op.i64Xor].flat();
  }).flat();
}

function section(id: number, content: readonly number[]): number[] {
  return [id, ...unsigned(content.length), ...content];
}

function name(text: string): number[] {
  return [text.length, ...Buffer.from(text)];
}

/** LEB128, as WebAssembly writes numbers. */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

function signed(value: number): number[] {
  return value < 0x40 ? [value] : [(value & 0x7f) | 0x80, ...signed(value >>> 7)];
}

/**
 * The CRC of two pieces put together, from the CRCs of each and the length of the second: how the parts of an upload give the whole.
 * Shifting by zero bytes is a multiplication by x^(8n) modulo the polynomial, which repeated squaring reaches in log n steps.
 */
export function combineCrc(
  { polynomial, widthBits }: { polynomial: bigint; widthBits: number },
  first: bigint,
  second: { readonly value: bigint; readonly lengthBytes: number },
): bigint {
  const field = { polynomial, top: 1n << BigInt(widthBits - 1) };
  let power = multiply(field, field.top >> 4n, field.top >> 4n);
  let shift = field.top;
  for (let length = second.lengthBytes; length > 0; length = Math.floor(length / 2)) {
    if (length % 2 === 1) shift = multiply(field, shift, power);
    power = multiply(field, power, power);
  }
  return multiply(field, first, shift) ^ second.value;
}

/** Product of two polynomials, bits reflected: the highest bit is x^0. */
function multiply(field: { polynomial: bigint; top: bigint }, left: bigint, right: bigint): bigint {
  let product = 0n;
  let factor = right;
  for (let bit = field.top; bit > 0n; bit >>= 1n) {
    if (left & bit) product ^= factor;
    factor = factor & 1n ? (factor >> 1n) ^ field.polynomial : factor >> 1n;
  }
  return product;
}

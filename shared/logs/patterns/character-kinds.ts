/**
 * What kind of character a byte is. Bytes of multi-byte UTF-8 characters count as lower-case letters. The numbers are in an order that lets one
 * comparison ask for several kinds.
 */
export const BLANK = 1;
/** A token of its own wherever it stands. */
export const DELIMITER = 2;
/** Stands inside of a token: `a.b`, `a-b`, `/a`. */
export const JOINT = 3;
export const DIGIT = 4;
export const UPPER = 5;
const LOWER = 6;

/** Kinds of characters in messages; kinds from UPPER on are letters. */
export const characterKinds: Uint8Array = kinds();

function kinds(): Uint8Array {
  const table = new Uint8Array(256).fill(JOINT);
  table.fill(BLANK, 0, 0x21);
  table[0x7f] = BLANK;
  for (const delimiter of Buffer.from('=,;()[]{}<>"\'|:`%#*&?!')) table[delimiter] = DELIMITER;
  table.fill(DIGIT, 0x30, 0x3a);
  table.fill(UPPER, 0x41, 0x5b);
  table.fill(LOWER, 0x61, 0x7b);
  table.fill(LOWER, 0x80);
  return table;
}

/** 1 for each of the bytes. */
export function tableOf(bytes: string): Uint8Array {
  const table = new Uint8Array(256);
  for (const byte of Buffer.from(bytes)) table[byte] = 1;
  return table;
}

/** 1 for hex digits. */
export const isHex: Uint8Array = tableOf('0123456789abcdefABCDEF');

/**
 * Identifiers that sort by the time they were made.
 */
import type { Chance } from './chance.ts';
import type { Clock } from './clock.ts';

interface Deps {
  readonly clock: Clock;
  readonly chance: Chance;
}

/** Characters of the time in a prefixed id: nine base-36 digits of milliseconds last until the year 5188. */
const timeCharacters = 9;
/** Eight random bytes in base 36. */
const randomCharacters = 13;

/**
 * Decimal snowflake of members and of everything social: `ms << 16 | random16`. 18 digits until about 2453, so that ids sort alike
 * as numbers and as strings. Two in one millisecond collide once in 65,536: write conditionally and take another.
 */
export function snowflake({ clock, chance }: Deps): string {
  const [high = 0, low = 0] = chance.bytes(2);
  return ((BigInt(clock.now()) << 16n) | BigInt(high * 256 + low)).toString();
}

/** `dep_` and the like: prefix, time, 64 random bits; lower-case letters and digits. */
export function prefixedId(prefix: string, { clock, chance }: Deps): string {
  return `${prefix}_${timePart(clock.now())}${base36(chance.bytes(8), randomCharacters)}`;
}

/** The leading part of every prefixed id: fixed width, so that ids sort as the times do. */
export function timePart(milliseconds: number): string {
  return milliseconds.toString(36).padStart(timeCharacters, '0');
}

/** Bytes as one number in base 36, padded to `width` characters. */
export function base36(bytes: Uint8Array, width: number): string {
  return bytes
    .reduce((number, byte) => (number << 8n) | BigInt(byte), 0n)
    .toString(36)
    .padStart(width, '0');
}

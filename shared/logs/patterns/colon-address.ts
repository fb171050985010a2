/**
 * Addresses of hex digits between colons: MAC, IPv6.
 */
import { characterKinds, isHex, UPPER } from './character-kinds.ts';

const COLON = 0x3a;
const groupsMin = 4;
const groupDigitsMax = 4;

/** The end of an address whose first group is from `start` to the colon at `colon`; -1 where none is. */
export function colonAddressEnd(bytes: Uint8Array, start: number, colon: number): number {
  if (colon - start > groupDigitsMax || hexEnd(bytes, start) !== colon) return -1;
  let groups = 1;
  let end = colon;
  while (bytes[end] === COLON) {
    const next = hexEnd(bytes, end + 1);
    if (next === end + 1 || next - end > groupDigitsMax + 1 || (characterKinds[bytes[next] ?? 0] as number) >= UPPER) break;
    groups += 1;
    end = next;
  }
  return groups >= groupsMin ? end : -1;
}

function hexEnd(bytes: Uint8Array, at: number): number {
  let i = at;
  while (isHex[bytes[i] ?? 0] === 1) i += 1;
  return i;
}

/**
 * The table behind the candidate stage. Bytes are read two at a time; the table says of each pair which groups of needles it may begin (low
 * half of the entry) and which it may follow (high half). A needle can stand only where a pair begins what the next pair follows.
 */
import { signsBehindLetter, type NeedleGroup } from './needles.ts';

/** The bit of a pair that holds a newline; any pair may follow it. Needle groups have the bits above, in their order. */
export const newlineGroup = 1;

const NEWLINE = 0x0a;
const everyByte = Array.from({ length: 256 }, (_, byte) => byte);
const classPatterns: Readonly<Record<string, RegExp>> = { '?': /[^]/, '#': /\d/, _: /[^A-Za-z\d]/ };

/** Indexed by a pair as a little-endian number, as typed arrays of every platform that Node runs on have it. */
export function pairTable(needleGroups: readonly NeedleGroup[]): Uint32Array {
  const built = new Uint32Array(65_536);
  needleGroups.forEach(({ anchors, cased }, group) => {
    for (const anchor of anchors) {
      const [begin = '', follow = ''] = anchor.split('|');
      for (const pair of pairsOf(begin, cased)) built[pair] = (built[pair] ?? 0) | (2 << group);
      for (const pair of pairsOf(follow, cased)) built[pair] = (built[pair] ?? 0) | (2 << (group + 16));
    }
  });
  for (let pair = 0; pair < built.length; pair += 1) {
    built[pair] = (built[pair] ?? 0) | (newlineGroup << 16);
    if ((pair & 0xff) === NEWLINE || pair >> 8 === NEWLINE) built[pair] = (built[pair] ?? 0) | newlineGroup;
  }
  return built;
}

function pairsOf(anchor: string, cased: true | undefined): number[] {
  const low = bytesOf(anchor[0] ?? '?', cased);
  const high = bytesOf(anchor[1] ?? '?', cased);
  return low.flatMap((one) => high.map((two) => one | (two << 8)));
}

function bytesOf(sign: string, cased: true | undefined): number[] {
  if (sign === '~') return [...Buffer.from(signsBehindLetter, 'latin1')];
  const pattern = classPatterns[sign];
  if (pattern !== undefined) return everyByte.filter((byte) => pattern.test(String.fromCharCode(byte)));
  return everyByte.filter((byte) => {
    const character = String.fromCharCode(byte);
    return character === sign || (cased === undefined && character.toLowerCase() === sign.toLowerCase());
  });
}

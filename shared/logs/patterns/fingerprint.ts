/**
 * The id of a pattern: the algorithm's version and a hash of the template in normal form, so that the same template has the same id in every
 * file, run and worker, and is known again by its hash in the next version.
 */
import { createHash } from 'node:crypto';
import type { Phrase } from './leaf.ts';
import { withoutDigits, withoutRepeats } from './merge-shapes.ts';

/** Raised with every change that gives some line another template; ids of different versions never meet. */
export const algorithmVersion = 1;

/** Of every hash, whatever the version. */
const salt = '1\n';
const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
/** Characters of the hash: 80 bits. */
const idCharacters = 16;

/** What another version calls the same text. */
export const idInVersion = (id: string, version: number): string => id.replace(/^pat_\d+_/, `pat_${version}_`);

/** `pat_1_<base32>`. */
export function patternId(phrase: Phrase): string {
  return fingerprintOf(normalForm(phrase));
}

/** The template without blanks' numbers, digits of names and lengths of lists: what may differ between two files about the same event. */
export function normalForm({ tokens, gaps }: Phrase): string {
  const plain = withoutRepeats({ tokens: tokens.map(withoutDigits), gaps });
  return plain.tokens.map((token, i) => (plain.gaps[i] === 0 ? token : ` ${token}`)).join('');
}

/** The same few texts come again and again; one hash costs as much as reading a record. */
const memory = new Map<string, string>();
const memoryTextsMax = 4_096;

/** The fingerprint of any text in normal form. */
export function fingerprintOf(text: string): string {
  let id = memory.get(text);
  if (id !== undefined) return id;
  id = hashed(text);
  if (memory.size >= memoryTextsMax) memory.clear();
  memory.set(text, id);
  return id;
}

function hashed(text: string): string {
  const digest = createHash('sha256').update(`${salt}${text}`).digest();
  let id = '';
  for (let bit = 0; id.length < idCharacters; bit += 5) {
    const pair = ((digest[bit >> 3] as number) << 8) | (digest[(bit >> 3) + 1] as number);
    id += alphabet[(pair >> (11 - (bit & 7))) & 31];
  }
  return `pat_${algorithmVersion}_${id}`;
}

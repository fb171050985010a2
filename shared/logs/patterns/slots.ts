/**
 * Slots: the places of a phrase where a value may stand, a token or what stands between two signs.
 */
import { isSign } from './cues.ts';
import type { Phrase } from './leaf.ts';

export interface Slot {
  readonly from: number;
  /** One past its last token; equal to `from` where the slot is empty. */
  readonly to: number;
}

/** Tokens between two brackets or quotes. */
const groupTokensMax = 12;
const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '"': '"', "'": "'" };
const endsPair = new Set([',', ';', ')', ']', '}']);

/** Every slot of the phrase. */
export function slotsOf(phrase: Phrase): Slot[] {
  const { tokens } = phrase;
  const slots: Slot[] = [];
  for (let i = 0; i < tokens.length; i += 1) {
    const token = tokens[i] as string;
    if (!isSign(token)) slots.push({ from: i, to: i + 1 });
    const to = token === '=' ? endOfPair(phrase, i + 1) : endOfGroup(tokens, i);
    if (to >= 0 && to !== i + 2) slots.push({ from: i + 1, to });
  }
  return slots;
}

/** The value of `key=value` ends at a blank, a comma or a bracket. */
function endOfPair({ tokens, gaps }: Phrase, from: number): number {
  let to = from;
  while (to < tokens.length && gaps[to] === 0 && !endsPair.has(tokens[to] as string)) to += 1;
  return to;
}

function endOfGroup(tokens: readonly string[], open: number): number {
  const close = closing[tokens[open] as string];
  if (close === undefined) return -1;
  const at = tokens.indexOf(close, open + 1);
  return at - open > groupTokensMax ? -1 : at;
}

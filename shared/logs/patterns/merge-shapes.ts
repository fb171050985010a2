/**
 * Merges of groups that say the same in another shape: other blanks, another digit in a name, a value of more parts, a longer list.
 */
import { isSign } from './cues.ts';
import { type Group, heaviest, mergeBy, type Merge } from './group.ts';
import type { Phrase } from './leaf.ts';
import { variable } from './message-tokens.ts';

const separator = '\u0001';

/** Qualified names in places where so many different ones stand are values. */
const qualifiedNamesMin = 3;

export function mergeShapes(groups: readonly Group[]): Group[] {
  const merges: readonly Merge[] = [
    { keyOf: spacedText, shape: heaviest },
    { keyOf: ({ tokens }) => tokens.map(withoutDigits).join(separator), shape: (same) => whereDifferent(same, withoutDigits) },
    { keyOf: (group) => plainText(withPlainValues(group)), shape: heaviest },
    { keyOf: (group) => plainText(withoutRepeats(group)), shape: (same) => withoutRepeats(heaviest(same)) },
    {
      keyOf: ({ tokens }) => tokens.map(withoutQualifiedName).join(separator),
      shape: (same) => whereDifferent(same, withoutQualifiedName),
      sizeMin: qualifiedNamesMin,
    },
  ];
  return merges.reduce<Group[]>((merged, merge) => mergeBy(merged, merge), [...groups]);
}

/** The tokens, and where blanks stand, not how many. */
function spacedText({ tokens, gaps }: Phrase): string {
  return tokens.map((token, i) => (gaps[i] === 0 ? token : ` ${token}`)).join(separator);
}

function plainText({ tokens }: Phrase): string {
  return tokens.join(separator);
}

/** `eth0` and `eth1` are `eth<*>`. */
export function withoutDigits(token: string): string {
  return token.replace(/\d.*$/s, variable);
}

/** `com.acme.Shop` names a parameter, except where the message begins with it. */
function withoutQualifiedName(token: string, index: number): string {
  return index > 0 && /^[A-Za-z_]\w*(?:\.[A-Za-z_][\w$]*){2,}$/.test(token) ? variable : token;
}

/** Tokens that differ are masked; `ssh2`, the same in all, stays. */
function whereDifferent(same: readonly Group[], mask: (token: string, index: number) => string): Phrase {
  const { tokens, gaps } = heaviest(same);
  return { tokens: tokens.map((token, i) => (same.every((group) => group.tokens[i] === token) ? token : mask(token, i))), gaps };
}

const valueSeparators = new Set([':', '.', ',', '/', '-', '+', 'x']);
const timeUnits = new Set('ns us µs ms s sec secs second seconds min mins minute minutes h hour hours'.split(' '));

/** A group of values alone beside a value says nothing more: `1190 bytes (1.16 KB)`. */
function endOfAside(tokens: readonly string[], open: number): number {
  if (tokens[open] !== '(' || open === 0) return -1;
  let i = open + 1;
  while (i < tokens.length && (tokens[i] === variable || valueSeparators.has(tokens[i] as string))) i += 1;
  return tokens[i] === ')' ? i : -1;
}

/** Values of several parts, with a unit of time or `<` for "less than", are one variable: `00:01`, `<1 sec`, `10.0.0.1:80`. */
function withPlainValues({ tokens, gaps }: Phrase): Phrase {
  const plain: { tokens: string[]; gaps: number[] } = { tokens: [], gaps: [] };
  for (let i = 0; i < tokens.length; i += 1) {
    const aside = endOfAside(tokens, i);
    if (aside > 0) {
      i = aside;
      continue;
    }
    plain.gaps.push(gaps[i] as number);
    const start = tokens[i] === '<' && tokens[i + 1] === variable && gaps[i + 1] === 0 && tokens[i + 2] !== '>' ? i + 1 : i;
    plain.tokens.push(tokens[start] as string);
    i = tokens[start] === variable ? endOfValue(tokens, gaps, start) : start;
  }
  return plain;
}

/** The last token of the value that begins with the variable at `start`. */
function endOfValue(tokens: readonly string[], gaps: readonly number[], start: number): number {
  let last = start;
  while (valueSeparators.has(tokens[last + 1] ?? '') && tokens[last + 2] === variable && gaps[last + 1] === 0 && gaps[last + 2] === 0)
    last += 2;
  return timeUnits.has(tokens[last + 1] ?? '') && (gaps[last + 1] as number) <= 1 ? last + 1 : last;
}

/** A list of variables of one kind, with blanks or one sign between them, is one: `blk_<*> blk_<*>`, `<*>, <*>, <*>`. */
export function withoutRepeats({ tokens, gaps }: Phrase): Phrase {
  const kept: { tokens: string[]; gaps: number[] } = { tokens: [], gaps: [] };
  for (const [i, token] of tokens.entries()) {
    const last = kept.tokens.length - 1;
    if (token.includes(variable)) {
      if (kept.tokens[last] === token) continue;
      if (kept.tokens[last - 1] === token && isSign(kept.tokens[last] ?? '')) {
        kept.tokens.pop();
        kept.gaps.pop();
        continue;
      }
    }
    kept.tokens.push(token);
    kept.gaps.push(gaps[i] as number);
  }
  return kept;
}

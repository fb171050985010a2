/**
 * A leaf: all lines whose messages are the same once what is variable by shape is masked. It is known by its key, a text that holds its tokens
 * and the blanks before them.
 */
import { cueOf, isName, isSign } from './cues.ts';
import { type MessageTokens, variable } from './message-tokens.ts';

export interface Phrase {
  /** Literals, `<*>`, or a literal with `<*>` behind it. */
  readonly tokens: readonly string[];
  /** Blanks before each token. */
  readonly gaps: readonly number[];
}

/** In a key, a token begins with this character and as many further as there are blanks before it. No token holds control characters. */
const keyBase = 1;

export function keyOf({ tokens, gaps }: Phrase): string {
  let key = '';
  for (let i = 0; i < tokens.length; i += 1) key += String.fromCharCode(keyBase + (gaps[i] as number)) + (tokens[i] as string);
  return key;
}

export function phraseOfKey(key: string): Phrase {
  const tokens: string[] = [];
  const gaps: number[] = [];
  let from = 0;
  for (let i = 1; i <= key.length; i += 1) {
    if (i < key.length && key.charCodeAt(i) >= 0x20) continue;
    gaps.push(key.charCodeAt(from) - keyBase);
    tokens.push(key.slice(from + 1, i));
    from = i;
  }
  return key === '' ? { tokens: [], gaps: [] } : { tokens, gaps };
}

export function phraseOf(read: MessageTokens): Phrase {
  const tokens: string[] = [];
  const gaps: number[] = [];
  for (let i = 0; i < read.count; i += 1) {
    tokens.push(read.text(i));
    gaps.push(read.gaps[i] as number);
  }
  return { tokens, gaps };
}

/** The phrase as a template shows it. */
export function templateText({ tokens, gaps }: Phrase): string {
  let text = '';
  for (let i = 0; i < tokens.length; i += 1) text += ' '.repeat(gaps[i] as number) + (tokens[i] as string);
  return text;
}

/** Grain of a leaf whose words are all kept; each step above it keeps fewer, the last none. */
export const grainMax = 4;
/** Tokens at the start whose words the second step keeps. */
const tokensKept = 6;

const everything: Phrase = { tokens: [variable], gaps: [0] };

/**
 * Takes a leaf's phrase from one grain to a coarser one: 1 masks names and words where values stand, 2 all words but the first, 3 all words, 4
 * everything. Going there in one step or in several gives the same.
 */
export function coarser(phrase: Phrase, from: number, to: number): Phrase {
  let coarse = phrase;
  for (let grain = from + 1; grain <= to; grain += 1) coarse = grain === grainMax ? everything : joined(masked(coarse, grain));
  return coarse;
}

function masked({ tokens, gaps }: Phrase, grain: number): Phrase {
  const isValue = (token: string, i: number) => {
    if (isSign(token)) return false;
    if (grain === 1) return isName(token) || cueOf(tokens[i - 1], gaps[i] as number) !== 'none';
    return grain === 3 || i >= tokensKept;
  };
  return { tokens: tokens.map((token, i) => (isValue(token, i) ? variable : token)), gaps: gaps.map((gap) => Math.min(gap, 1)) };
}

/** Variables side by side become one. */
function joined({ tokens, gaps }: Phrase): Phrase {
  const keeps = (token: string, i: number) => token !== variable || tokens[i - 1] !== variable;
  return { tokens: tokens.filter(keeps), gaps: gaps.filter((_, i) => keeps(tokens[i] as string, i)) };
}

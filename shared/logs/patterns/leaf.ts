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

/** Grain 0 keeps all words of a leaf; each step keeps fewer, the last none. */
export const grainMax = 6;
/** Tokens at the start whose words the third step keeps. */
const tokensKept = 6;

const everything: Phrase = { tokens: [variable], gaps: [0] };

/**
 * Takes a leaf's phrase from one grain to a coarser one. What is masked, more likely values first: 1 names, and words where values stand; 2 the
 * second word; 3 words far behind; 4 all words but the first; 5 all words; 6 everything. Going there in one step or in several gives the same.
 */
export function coarser(phrase: Phrase, from: number, to: number): Phrase {
  let coarse = phrase;
  for (let grain = from + 1; grain <= to; grain += 1) coarse = grain === grainMax ? everything : joined(masked(coarse, grain));
  return coarse;
}

function masked(phrase: Phrase, grain: number): Phrase {
  const { tokens, gaps } = phrase;
  let words = 0;
  const isValue = (token: string, i: number) => {
    if (isSign(token)) return false;
    words += 1;
    if (grain === 1) return isName(token) || cueOf(phrase, i) !== 'none';
    return isMaskedAt(grain, { word: words, token: i });
  };
  return { tokens: tokens.map((token, i) => (isValue(token, i) ? variable : token)), gaps: gaps.map((gap) => Math.min(gap, 1)) };
}

function isMaskedAt(grain: number, { word, token }: { word: number; token: number }): boolean {
  if (grain === 2) return word === 2;
  if (grain === 3) return token >= tokensKept;
  return grain === 5 || word > 1;
}

/** Variables side by side become one. */
function joined({ tokens, gaps }: Phrase): Phrase {
  const keeps = (token: string, i: number) => token !== variable || tokens[i - 1] !== variable;
  return { tokens: tokens.filter(keeps), gaps: gaps.filter((_, i) => keeps(tokens[i] as string, i)) };
}

/**
 * What stands before a value rather than before a word of the message's own: signs, prepositions, nouns that a name follows.
 */

const signs = new Set(['=', '"', "'", '(', '[', '{', '#', '/']);
/** Without `to`, which verbs follow: `failed to start`. */
const prepositions = new Set('from by for of at on in with via as'.split(' '));
const beforeNouns = new Set([...prepositions, 'to']);
const nouns = new Set('user host hostname client server device account username node'.split(' '));

export type Cue = 'none' | 'weak' | 'strong';

interface Place {
  readonly tokens: readonly string[];
  readonly gaps: readonly number[];
}

/**
 * How much what stands before the token at `index` makes a value of it: `for user ann` more than `for ann`
 * or `Invalid user ann`; `user created`, at the start, not at all.
 */
export function cueOf({ tokens, gaps }: Place, index: number): Cue {
  const before = wordAt(tokens, index - 1);
  const isApart = (gaps[index] ?? 0) > 0;
  if (signs.has(before) || prepositions.has(before) || (before === ':' && !isApart)) return 'weak';
  if (!isApart || index < 2 || !nouns.has(before)) return 'none';
  return beforeNouns.has(wordAt(tokens, index - 2)) ? 'strong' : 'weak';
}

function wordAt(tokens: readonly string[], index: number): string {
  return tokens[index]?.toLowerCase() ?? '';
}

/** A token that is no plain word: it has digits, joints, or capitals inside. */
export function isName(token: string): boolean {
  return !/^(?:[A-Z]?[a-z'\u0080-\uffff]*|[A-Z]+)$/.test(token);
}

/** A delimiter or another sign alone. */
export function isSign(token: string): boolean {
  return token.length === 1 && !/[A-Za-z0-9\u0080-\uffff]/.test(token);
}

/**
 * What stands before a value rather than before a word of the message's own: signs, prepositions, nouns that a name follows.
 */

const signs = new Set(['=', '"', "'", '(', '[', '{', '#', '/']);
const prepositions = new Set('from to by for of at on in with via as into onto'.split(' '));
const nouns = new Set('user host hostname client server device account username node'.split(' '));

export type Cue = 'none' | 'weak' | 'strong';

/** How much the token `before` (with `gap` blanks behind it) makes a value of what follows. */
export function cueOf(before: string | undefined, gap: number): Cue {
  if (before === undefined) return 'none';
  if (signs.has(before) || (before === ':' && gap === 0)) return 'weak';
  if (before.length > 8) return 'none';
  const word = before.toLowerCase();
  if (nouns.has(word)) return gap > 0 ? 'strong' : 'none';
  return prepositions.has(word) ? 'weak' : 'none';
}

/** A token that is no plain word: it has digits, joints, or capitals inside. */
export function isName(token: string): boolean {
  return !/^(?:[A-Z]?[a-z'\u0080-\uffff]*|[A-Z]+)$/.test(token);
}

/** A delimiter or another sign alone. */
export function isSign(token: string): boolean {
  return token.length === 1 && !/[A-Za-z0-9\u0080-\uffff]/.test(token);
}

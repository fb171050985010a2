/**
 * When the different values that otherwise equal phrases have in one slot make the slot a variable.
 */
import { type Cue, cueOf, isName, isSign } from './cues.ts';
import type { Phrase } from './leaf.ts';
import { variable } from './message-tokens.ts';
import type { Slot } from './slots.ts';

/**
 * Different values that are needed. Where a value is expected, few are enough; where a word is, there must be many, as different words are
 * different events.
 */
const valuesMin = {
  /** Some values are variable already, the others are names or nothing. */
  besideVariables: 2,
  /** Behind a preposition and a noun that a name follows: `for user ann`. */
  behindNoun: 2,
  /** Names of hosts with their ports behind them. */
  hosts: 2,
  /** Behind a sign or a preposition. */
  behindCue: 4,
  capitalsBehindCue: 6,
  /** Anywhere else: names, words. */
  names: 5,
  words: 10,
  /** At the start, where what the message is about stands: names, words. */
  firstNames: 3,
  firstWords: 16,
} as const;

/** Keys whose value says what happened: other words there are other events. */
const tellingKeys = new Set('msg message event level severity lvl type kind action error err exception'.split(' '));

interface Tally {
  /** Two words or more. */
  prose: number;
  variables: number;
  names: number;
  capitals: number;
  words: number;
  empty: number;
}

/** The values that phrases like `phrase` have in `slot` are those of a variable. */
export function areValues(values: ReadonlySet<string>, phrase: Phrase, slot: Slot): boolean {
  const constants = constantsAround(phrase, slot);
  const tally = tallyOf(values);
  if (values.size < 2 || constants === 0 || sayWhatHappened(tally, keyBefore(phrase, slot))) return false;
  if (areHosts(values, phrase, slot)) return values.size >= valuesMin.hosts;
  const cue = cueAt(phrase, slot);
  if (tally.variables > 0 && (tally.words + tally.capitals === 0 || cue !== 'none')) return values.size >= valuesMin.besideVariables;
  if (cue !== 'none') return values.size >= minWithCue(tally, cue);
  // What a single word is around may be anything.
  return constants > 1 && values.size >= minWithoutCue(tally.names === values.size, slot);
}

/** Of three labels: `web-1.acme.test`. A file with its line has two, and a class has capitals. */
const hostName = /^[a-z\d][a-z\d-]*(?:\.[a-z\d-]+){2,}$/;

/** Names of hosts, with `:<*>` behind them. */
function areHosts(values: ReadonlySet<string>, { tokens, gaps }: Phrase, { to }: Slot): boolean {
  const isBeforePort = tokens[to] === ':' && gaps[to] === 0 && tokens[to + 1] === variable && gaps[to + 1] === 0;
  return isBeforePort && values.values().every((value) => value === variable || hostName.test(value));
}

function sayWhatHappened({ prose, words, capitals }: Tally, key: string): boolean {
  return prose > 0 || (words + capitals > 0 && tellingKeys.has(key));
}

/** `label: value` alone, up to a sign or the end, is a cue as well. */
function cueAt(phrase: Phrase, { from, to }: Slot): Cue {
  const { tokens } = phrase;
  const cue = cueOf(phrase, from);
  return cue === 'none' && tokens[from - 1] === ':' && to === from + 1 && isSign(tokens[to] ?? ',') ? 'weak' : cue;
}

function minWithCue({ words, capitals }: Tally, cue: Cue): number {
  if (cue === 'strong') return valuesMin.behindNoun;
  return capitals > words ? valuesMin.capitalsBehindCue : valuesMin.behindCue;
}

function minWithoutCue(areNames: boolean, { from }: Slot): number {
  if (areNames) return from === 0 ? valuesMin.firstNames : valuesMin.names;
  return from === 0 ? valuesMin.firstWords : valuesMin.words;
}

/** The key of `key=value`, `"key": "value"`; '' without one. */
function keyBefore({ tokens }: Phrase, { from }: Slot): string {
  let i = from - 1;
  if (tokens[i] === '"') i -= 1;
  if (tokens[i] !== '=' && tokens[i] !== ':') return '';
  i -= 1;
  return (tokens[tokens[i] === '"' ? i - 1 : i] ?? '').toLowerCase();
}

/** Words that stay when the slot becomes a variable. */
function constantsAround({ tokens }: Phrase, { from, to }: Slot): number {
  return tokens.filter((token, i) => (i < from || i >= to) && token !== variable && !isSign(token)).length;
}

function tallyOf(values: ReadonlySet<string>): Tally {
  const tally: Tally = { prose: 0, variables: 0, names: 0, capitals: 0, words: 0, empty: 0 };
  for (const value of values) tally[kindOf(value)] += 1;
  return tally;
}

function kindOf(value: string): keyof Tally {
  if (value === '') return 'empty';
  if (value.split(' ').filter((token) => token !== variable && !isSign(token) && !isName(token)).length > 1) return 'prose';
  if (value.includes(variable)) return 'variables';
  if (/^[A-Z]{2,}$/.test(value)) return 'capitals';
  return isName(value) ? 'names' : 'words';
}

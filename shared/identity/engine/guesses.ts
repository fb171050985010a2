/**
 * Wrong attempts at a password or a code make the next ones wait. They are counted twice: where they come from, and over all places.
 *
 * One network cannot keep somebody out of an account: what it gets wrong makes itself wait, and counts for the others only so far. Against guesses
 * from many networks there is a bound over all of them, and behind it whoever comes from where the account has been signed in lately still comes
 * in. NIST SP 800-63B-4 (3.2.2) allows at most 100 wrong attempts in a row on one account.
 *
 * Who is not there is counted alike. Nothing that is answered depends on what was tried under another identifier of the same account.
 */
import { networkOf } from '#shared/platform/rate-limit/network-of.ts';
import type { Failures, Guess, GuessedBefore, LoadedSubject, Together } from './auth-database.ts';
import type { Engine } from './engine.ts';
import { keyedHash } from './identity-keys.ts';
import type { Subject } from './realm.ts';

export const guessLimits = {
  /** Wrong ones from one place that cost no wait. */
  freeFailures: 4,
  /** The fifth costs 30 s, and each one more twice as much, up to 15 minutes. */
  firstSeconds: 30,
  mostSeconds: 900,
  /** From here on, a day: as long as it takes to forget them. */
  failuresHereMax: 100,
  /** A place counts so often over all of them; three identifiers tried from one network stay below what they allow together. */
  countedFromOnePlaceMax: 20,
  failuresEverywhereMax: 100,
  /** Sent codes have five attempts each and no wait, but so many wrong ones from one network. */
  wrongCodesHereMax: 20,
  /** Counts are forgotten that long after the last failure. */
  forgottenAfterMs: 86_400_000,
  /** A network is known for so long after a sign-in, and its mark is renewed when a third of that is over. */
  knownMs: 90 * 86_400_000,
  knownRenewedAfterMs: 30 * 86_400_000,
} as const;

interface From {
  readonly address: string;
  /** As it was typed: what is wrong for the handle of an account says nothing about its e-mail address. */
  readonly identifier?: string;
  /** Of somebody who has a session: the bound over all places, which strangers can reach, is not for them. */
  readonly isTrusted?: boolean;
}

/** Which counters an attempt concerns. `database.load` takes it, so that they come with the subject. */
export function guessOf<User extends Subject>(
  { keys, realm }: Pick<Engine<User>, 'keys' | 'realm'>,
  what: 'password' | 'second-factor' | 'code',
  { address, identifier = '', isTrusted = false }: From,
): Guess {
  const network = networkOf(address);
  const hash = (...parts: readonly string[]) => keyedHash(keys.identifiers, realm.name, ...parts);
  return {
    here: `${what}#${hash('guess', what, identifier.toLowerCase(), network)}`,
    everywhere: what,
    network: networkKey({ keys, realm }, address),
    isTrusted,
  };
}

/** Stands for a network at rest. */
const networkKey = <User extends Subject>({ keys, realm }: Pick<Engine<User>, 'keys' | 'realm'>, address: string): string =>
  keyedHash(keys.identifiers, realm.name, 'network', networkOf(address));

/** Seconds until another attempt from this place is taken; 0 when it is taken now. */
export function waitSeconds(here: Failures | undefined, nowMs: number): number {
  const counted = remembered(here, nowMs);
  if (counted === undefined || counted.failures <= guessLimits.freeFailures) return 0;
  const { freeFailures, firstSeconds, mostSeconds, failuresHereMax, forgottenAfterMs } = guessLimits;
  const doubled = Math.min(mostSeconds, firstSeconds * 2 ** (counted.failures - freeFailures - 1));
  const seconds = counted.failures >= failuresHereMax ? forgottenAfterMs / 1_000 : doubled;
  return Math.max(0, Math.ceil((counted.lastFailureAt + seconds * 1_000 - nowMs) / 1_000));
}

/** True where the account has been signed in lately. */
export const isKnownHere = <User>(subject: LoadedSubject<User>, nowMs: number): boolean => (subject.before?.knownUntilMs ?? 0) > nowMs;

/**
 * True when so many attempts were wrong over all places that one from a place nobody has come in from is wrong whatever it says. It is not told:
 * who has the account hears of it under any of its identifiers, and would learn that they belong together.
 */
export function isClosed<User>(subject: LoadedSubject<User>, nowMs: number): boolean {
  const { guess, everywhere } = beforeOf(subject);
  const failures = remembered(everywhere, nowMs)?.failures ?? 0;
  return failures >= guessLimits.failuresEverywhereMax && !guess.isTrusted && !isKnownHere(subject, nowMs);
}

/** True when one network has got so many codes wrong, or all of them together have. */
export function isClosedForCodes<User>(subject: LoadedSubject<User>, nowMs: number): boolean {
  const here = remembered(beforeOf(subject).here, nowMs)?.failures ?? 0;
  return here >= guessLimits.wrongCodesHereMax || isClosed(subject, nowMs);
}

export interface Counted {
  /** Until the next attempt from this place is taken; 0 without a wait. */
  readonly seconds: number;
  /** This one has closed the account for places that it does not know. */
  readonly closes: boolean;
}

/** Counts a wrong attempt at a subject, whether there is such a subject or not. */
export async function countWrong<User extends Subject>(
  { database, clock }: Pick<Engine<User>, 'database' | 'clock'>,
  { id, guess }: { readonly id: string; readonly guess: Guess },
): Promise<Counted> {
  const nowMs = clock.now();
  const here = await database.countFailure(id, guess.here, nowMs);
  const failures = here <= guessLimits.countedFromOnePlaceMax ? await database.countFailure(id, guess.everywhere, nowMs) : 0;
  return {
    seconds: waitSeconds({ failures: here, lastFailureAt: nowMs }, nowMs),
    closes: failures === guessLimits.failuresEverywhereMax,
  };
}

/**
 * What a right attempt forgets, on the condition that no more wrong ones were counted since the subject was read than it would have been taken on:
 * of guesses that are under way at once no more count than of those that come one by one.
 */
export function forgottenByRight<User>(subject: LoadedSubject<User>, nowMs: number): NonNullable<Together['failures']> {
  const { guess, here, everywhere } = beforeOf(subject);
  const isBound = !guess.isTrusted && !isKnownHere(subject, nowMs);
  const taken = (counted: Failures | undefined, most: number) => Math.max(most, counted?.failures ?? 0);
  return {
    id: subject.id,
    counters: [
      { name: guess.here, atMost: taken(here, guessLimits.freeFailures) },
      ...(isBound
        ? [{ name: guess.everywhere, atMost: taken(everywhere, guessLimits.failuresEverywhereMax - 1) }]
        : everywhere === undefined
          ? []
          : [{ name: guess.everywhere }]),
    ],
  };
}

/** What else has proven who somebody is forgets of the attempts that were read with the subject; nothing where there were none. */
export function forgotten<User>({ id, before }: LoadedSubject<User>): Together['failures'] {
  const names = before === undefined ? [] : [before.here && before.guess.here, before.everywhere && before.guess.everywhere];
  const counters = names.flatMap((name) => (name === undefined ? [] : [{ name }]));
  return counters.length === 0 ? undefined : { id, counters };
}

/** That somebody has come in from here, for the transaction that opens a session; undefined when that is known for a while yet. */
export function knownFrom<User extends Subject>(
  engine: Pick<Engine<User>, 'keys' | 'realm' | 'clock'>,
  { id, before }: LoadedSubject<User>,
  address: string,
): Together['known'] {
  const untilMs = engine.clock.now() + guessLimits.knownMs;
  const network = networkKey(engine, address);
  const isFresh = before?.guess.network === network && before.knownUntilMs > untilMs - guessLimits.knownRenewedAfterMs;
  return isFresh ? undefined : { id, network, untilMs };
}

function beforeOf<User>({ id, before }: LoadedSubject<User>): GuessedBefore {
  if (before === undefined) throw new TypeError(`The attempts at ${id} were not read with it`);
  return before;
}

/** What has run out is taken away by the database some day later. */
const remembered = (counted: Failures | undefined, nowMs: number): Failures | undefined =>
  counted !== undefined && counted.lastFailureAt + guessLimits.forgottenAfterMs > nowMs ? counted : undefined;

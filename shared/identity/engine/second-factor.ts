/**
 * The second factor: codes of an authenticator app, and recovery codes for when it is lost. A code of the app is accepted once, a recovery
 * code is struck off its list; wrong ones make the next wait, apart from wrong passwords.
 */
import type { CleanedWhere } from 'better-auth/adapters';
import type { Chance } from '#shared/platform/chance.ts';
import { identityFault } from '../identity-faults.ts';
import { equal, RecordRefused, type LoadedSubject, type SecondFactorRecord } from './auth-database.ts';
import type { Engine } from './engine.ts';
import { countWrong, forgottenByRight, isClosed, waitSeconds, type Counted } from './guesses.ts';
import { newRecoveryCodes, recoveryCodeHash } from './recovery-codes.ts';
import type { Subject } from './realm.ts';
import { seal, unseal } from './sealing.ts';
import { base32, matchingStep, otpauthUri, totpSecretBytes } from './totp.ts';

export type SecondFactorChecked =
  | { readonly outcome: 'right'; readonly how: 'totp' | 'recovery'; readonly recoveryCodesLeft: number }
  | { readonly outcome: 'wrong'; readonly counted: Counted }
  | { readonly outcome: 'locked'; readonly seconds: number };

/** What is shown once, to set up an app. */
export interface Enrolment {
  /** Base32. */
  readonly secret: string;
  readonly uri: string;
}

/** `id` is the subject's, of the present or the future; `label` is what the app shows beside the issuer. */
export function newSecondFactor<User extends Subject>(
  { realm, keys, chance }: Engine<User>,
  { id, label }: { id: string; label: string },
): Enrolment & { readonly sealedSecret: string } {
  const secret = chance.bytes(totpSecretBytes);
  const text = Buffer.from(secret).toString('base64url');
  return {
    secret: base32(secret),
    uri: otpauthUri({ issuer: realm.issuerName, account: label, secret }),
    sealedSecret: seal(keys['second-factor'], { text, context: id }, chance),
  };
}

/** The step of a right code, for a secret that is not stored with an account yet. */
export function stepOfCode<User extends Subject>(
  { keys, clock }: Engine<User>,
  { id, sealedSecret, code }: { id: string; sealedSecret: string; code: string },
): number | undefined {
  return matchingStep(secretOf(keys['second-factor'], sealedSecret, id), code, clock.now());
}

/** Recovery codes to show, and the hashes to keep. */
export function recoverySet<User extends Subject>({ keys, chance }: { keys: Engine<User>['keys']; chance: Chance }, id: string) {
  const codes = newRecoveryCodes(chance);
  return { codes, hashes: codes.map((code) => recoveryCodeHash(keys['second-factor'], id, code)) };
}

/** Begins an enrolment, or begins it anew. Throws `identity.second-factor-present` when one was confirmed before. */
export async function startSecondFactor<User extends Subject>(
  engine: Engine<User>,
  { id, secondFactor }: LoadedSubject<User>,
  label: string,
): Promise<Enrolment> {
  if (secondFactor?.verified === true) throw identityFault('identity.second-factor-present');
  const { sealedSecret, ...enrolment } = newSecondFactor(engine, { id, label });
  const fresh = { secret: sealedSecret, verified: false, lastStep: 0, recoveryHashes: '[]' };
  const again = await engine.records.update({
    model: 'secondFactor',
    where: [...of(id), { field: 'verified', value: false }],
    update: fresh,
  });
  if (again === null) await createUnconfirmed(engine, { ...fresh, id, userId: id });
  return enrolment;
}

/** From now on the second factor is asked for. Answers the recovery codes, this one time; undefined for a wrong code. */
export async function confirmSecondFactor<User extends Subject>(
  engine: Engine<User>,
  { id, secondFactor }: LoadedSubject<User>,
  code: string,
): Promise<string[] | undefined> {
  if (secondFactor?.verified === true) throw identityFault('identity.second-factor-present');
  if (secondFactor === undefined) return undefined;
  const step = stepOfCode(engine, { id, sealedSecret: secondFactor.secret, code });
  // Whoever asks was shown the secret a moment ago: there is nothing to guess.
  if (step === undefined) return undefined;
  const { codes, hashes } = recoverySet(engine, id);
  const confirmed = await engine.records.incrementOne({
    model: 'secondFactor',
    where: [...of(id), { field: 'secret', value: secondFactor.secret }, { field: 'verified', value: false }],
    increment: {},
    set: { verified: true, lastStep: step, recoveryHashes: JSON.stringify(hashes) },
  });
  return confirmed === null ? undefined : codes;
}

/** Checks a code of the app, or a recovery code unless `appOnly`; the subject was read with its attempts. Counts a wrong one; a right one is used up. */
export async function checkSecondFactor<User extends Subject>(
  engine: Engine<User>,
  subject: LoadedSubject<User>,
  { code, appOnly = false }: { code: string; appOnly?: boolean },
): Promise<SecondFactorChecked> {
  const { id, secondFactor, before } = subject;
  if (before === undefined) throw new TypeError(`The attempts at ${id} were not read with it`);
  const nowMs = engine.clock.now();
  const seconds = waitSeconds(before.here, nowMs);
  if (seconds > 0) return { outcome: 'locked', seconds };
  const isApp = /^\d{6}$/.test(code);
  const spent =
    secondFactor?.verified === true && !isClosed(subject, nowMs) ? spending(engine, secondFactor, { code, isApp, appOnly }) : undefined;
  if (spent !== undefined && (await isSpent(engine, subject, spent)))
    return { outcome: 'right', how: isApp ? 'totp' : 'recovery', recoveryCodesLeft: spent.recoveryCodesLeft };
  return { outcome: 'wrong', counted: await countWrong(engine, { id, guess: before.guess }) };
}

/** Replaces what is left of the recovery codes. */
export async function renewRecoveryCodes<User extends Subject>(engine: Engine<User>, id: string): Promise<string[]> {
  const { codes, hashes } = recoverySet(engine, id);
  await engine.records.update({ model: 'secondFactor', where: of(id), update: { recoveryHashes: JSON.stringify(hashes) } });
  return codes;
}

/** Nothing happens when there is none. */
export async function removeSecondFactor<User extends Subject>(engine: Engine<User>, id: string): Promise<void> {
  await engine.records.consumeOne({ model: 'secondFactor', where: of(id) });
}

export function recoveryCodesLeft(secondFactor: SecondFactorRecord | undefined): number {
  return secondFactor === undefined ? 0 : hashesOf(secondFactor).length;
}

const of = (userId: string) => [equal('userId', userId)];
const hashesOf = ({ recoveryHashes }: SecondFactorRecord): string[] => JSON.parse(recoveryHashes) as string[];
const secretOf = (key: Buffer, sealed: string, context: string): Buffer => Buffer.from(unseal(key, { sealed, context }), 'base64url');

/** What a right code changes of the record it was right for, and how many recovery codes are left then. */
interface Spending {
  readonly where: CleanedWhere[];
  readonly update: Partial<SecondFactorRecord>;
  readonly recoveryCodesLeft: number;
}

/** Undefined for a wrong code. */
function spending<User extends Subject>(
  engine: Engine<User>,
  factor: SecondFactorRecord,
  { code, isApp, appOnly }: { readonly code: string; readonly isApp: boolean; readonly appOnly: boolean },
): Spending | undefined {
  const hashes = hashesOf(factor);
  if (isApp) {
    const step = stepOfCode(engine, { id: factor.userId, sealedSecret: factor.secret, code });
    if (step === undefined || step <= factor.lastStep) return undefined;
    // RFC 6238, 5.2: a code must not be accepted a second time, and of two at once one is.
    const where = [...of(factor.userId), equal('secret', factor.secret), { ...equal('lastStep', step), operator: 'lt' as const }];
    return { where, update: { lastStep: step }, recoveryCodesLeft: hashes.length };
  }
  const hash = recoveryCodeHash(engine.keys['second-factor'], factor.userId, appOnly ? '' : code);
  const left = hashes.filter((one) => one !== hash);
  if (left.length === hashes.length) return undefined;
  const where = [...of(factor.userId), equal('recoveryHashes', factor.recoveryHashes)];
  return { where, update: { recoveryHashes: JSON.stringify(left) }, recoveryCodesLeft: left.length };
}

/** False when somebody else used the code a moment ago, or when so many wrong ones were counted meanwhile that this one should have waited. */
async function isSpent<User extends Subject>(
  engine: Engine<User>,
  subject: LoadedSubject<User>,
  { where, update }: Spending,
): Promise<boolean> {
  try {
    await engine.transact((records) => records.update({ model: 'secondFactor', where, update }), {
      failures: forgottenByRight(subject, engine.clock.now()),
    });
    return true;
  } catch (error) {
    if (error instanceof RecordRefused) return false;
    throw error;
  }
}

/** Of two enrolments at once the later one counts; a confirmed one stays. */
async function createUnconfirmed<User extends Subject>(engine: Engine<User>, data: SecondFactorRecord & { id: string }): Promise<void> {
  try {
    await engine.records.create({ model: 'secondFactor', data, forceAllowId: true });
  } catch (error) {
    if (error instanceof RecordRefused) throw identityFault('identity.second-factor-present');
    throw error;
  }
}

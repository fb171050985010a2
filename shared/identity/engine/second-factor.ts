/**
 * The second factor: codes of an authenticator app, and recovery codes for when it is lost. A code of the app is accepted once, a recovery
 * code is struck off its list; wrong ones make the next wait, apart from wrong passwords.
 */
import type { Chance } from '#shared/platform/chance.ts';
import { identityFault } from '../identity-faults.ts';
import { RecordRefused, type LoadedSubject, type SecondFactorRecord } from './auth-database.ts';
import type { Engine } from './engine.ts';
import { lockedSeconds, takenOn } from './lockout.ts';
import { newRecoveryCodes, recoveryCodeHash } from './recovery-codes.ts';
import type { Subject } from './realm.ts';
import { seal, unseal } from './sealing.ts';
import { base32, matchingStep, otpauthUri, totpSecretBytes } from './totp.ts';

export type SecondFactorChecked =
  | { readonly outcome: 'right'; readonly how: 'totp' | 'recovery'; readonly recoveryCodesLeft: number }
  | { readonly outcome: 'wrong' }
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
  const fresh = { secret: sealedSecret, verified: false, lastStep: 0, recoveryHashes: '[]', failures: 0, lastFailureAt: 0 };
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
  if (secondFactor === undefined || lockedSeconds(secondFactor, engine.clock.now()) > 0) return undefined;
  const step = stepOfCode(engine, { id, sealedSecret: secondFactor.secret, code });
  if (step === undefined) return countWrong(engine, id);
  const { codes, hashes } = recoverySet(engine, id);
  const confirmed = await engine.records.incrementOne({
    model: 'secondFactor',
    where: [...of(id), { field: 'secret', value: secondFactor.secret }, { field: 'verified', value: false }],
    increment: {},
    set: { verified: true, lastStep: step, recoveryHashes: JSON.stringify(hashes), failures: 0 },
  });
  return confirmed === null ? undefined : codes;
}

/** Checks a code of the app, or a recovery code unless `appOnly`. Counts a wrong one; a right one is used up. */
export async function checkSecondFactor<User extends Subject>(
  engine: Engine<User>,
  { id, secondFactor }: LoadedSubject<User>,
  { code, appOnly = false }: { code: string; appOnly?: boolean },
): Promise<SecondFactorChecked> {
  if (secondFactor?.verified !== true) return { outcome: 'wrong' };
  const seconds = lockedSeconds(secondFactor, engine.clock.now());
  if (seconds > 0) return { outcome: 'locked', seconds };
  const left = await (/^\d{6}$/.test(code)
    ? spendStep(engine, secondFactor, code)
    : spendRecoveryCode(engine, secondFactor, appOnly ? '' : code));
  if (left !== undefined) return { outcome: 'right', how: /^\d{6}$/.test(code) ? 'totp' : 'recovery', recoveryCodesLeft: left };
  await countWrong(engine, id);
  return { outcome: 'wrong' };
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

const of = (userId: string) => [{ field: 'userId', value: userId }];
/** Of guesses that are under way at once no more count than of those that come one by one: a right one behind too many wrong ones is wrong. */
const stillTaken = (factor: SecondFactorRecord) => ({ field: 'failures', operator: 'lte' as const, value: takenOn(factor) });
const hashesOf = ({ recoveryHashes }: SecondFactorRecord): string[] => JSON.parse(recoveryHashes) as string[];
const secretOf = (key: Buffer, sealed: string, context: string): Buffer => Buffer.from(unseal(key, { sealed, context }), 'base64url');

/** The recovery codes that are left when the code of the app was right and new. */
async function spendStep<User extends Subject>(
  engine: Engine<User>,
  factor: SecondFactorRecord,
  code: string,
): Promise<number | undefined> {
  const step = stepOfCode(engine, { id: factor.userId, sealedSecret: factor.secret, code });
  if (step === undefined) return undefined;
  // RFC 6238, 5.2: a code must not be accepted a second time, and of two at once one is.
  const spent = await engine.records.incrementOne({
    model: 'secondFactor',
    where: [...of(factor.userId), { field: 'lastStep', operator: 'lt', value: step }, stillTaken(factor)],
    increment: {},
    set: { lastStep: step, failures: 0 },
  });
  return spent === null ? undefined : hashesOf(factor).length;
}

/** The recovery codes that are left behind this one. */
async function spendRecoveryCode<User extends Subject>(
  engine: Engine<User>,
  factor: SecondFactorRecord,
  code: string,
): Promise<number | undefined> {
  const hash = recoveryCodeHash(engine.keys['second-factor'], factor.userId, code);
  const hashes = hashesOf(factor);
  const left = hashes.filter((one) => one !== hash);
  if (left.length === hashes.length) return undefined;
  const spent = await engine.records.incrementOne({
    model: 'secondFactor',
    where: [...of(factor.userId), { field: 'recoveryHashes', value: factor.recoveryHashes }, stillTaken(factor)],
    increment: {},
    set: { recoveryHashes: JSON.stringify(left), failures: 0 },
  });
  return spent === null ? undefined : left.length;
}

async function countWrong<User extends Subject>(engine: Engine<User>, id: string): Promise<undefined> {
  await engine.records.incrementOne({
    model: 'secondFactor',
    where: of(id),
    increment: { failures: 1 },
    set: { lastFailureAt: engine.clock.now() },
  });
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

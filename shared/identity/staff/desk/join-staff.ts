/**
 * How somebody becomes one of the staff: an invitation, a name and a password, an authenticator app; then the account is made, in one transaction.
 * And how somebody whose app was taken away sets up another: by a link, with the password.
 */
import type * as z from 'zod';
import { allows } from '#shared/platform/permissions.ts';
import { RecordRefused } from '../../engine/auth-database.ts';
import { guessOf } from '../../engine/guesses.ts';
import { openTicket, tryTicket, useUp, type OneTime } from '../../engine/one-time.ts';
import { refuseBreached } from '../../engine/passwords.ts';
import { newSecondFactor, recoverySet, stepOfCode } from '../../engine/second-factor.ts';
import { openSession, type IssuedTokens } from '../../engine/sessions.ts';
import { createSubject, newSubjectId } from '../../engine/subjects.ts';
import { identityFault } from '../../identity-faults.ts';
import { isGoodFor } from '../enrolment-link.ts';
import { isOpenFor, type Invitation } from '../invitation.ts';
import { rolesOfStaff } from '../staff-record.ts';
import { idOfToken } from '../link-secret.ts';
import { mayComeIn, ownEntry, type DeskDeps, type From, type PresentStaff } from './deps.ts';
import { requirePassword, usedOnce } from './desk-sign-in.ts';
import { deskPurposes } from './one-time-purposes.ts';

export interface StartedEnrolment {
  readonly next: 'enrol';
  readonly ticket: string;
  readonly secret: string;
  readonly uri: string;
}

type EnrolmentData = z.output<typeof deskPurposes.enrolment.data>;
type Joining = Extract<EnrolmentData, { kind: 'invitation' }>;
type Renewing = Extract<EnrolmentData, { kind: 'renewal' }>;

/** Throws `identity.invitation-invalid` unless the token is of an invitation that can be accepted now. */
export async function readInvitation({ invitations, staff, engine }: DeskDeps, token: string): Promise<Invitation> {
  const id = idOfToken(token);
  const invitation = id === undefined ? undefined : await invitations.get(id);
  if (invitation === undefined || !isOpenFor(invitation, token, engine.clock.now())) throw identityFault('identity.invitation-invalid');
  await refuseUnlessInviterMay(staff, invitation);
  return invitation;
}

/** Whoever may invite nobody any more has let nobody in by an invitation from before. The first owner's is nobody's. */
async function refuseUnlessInviterMay(staff: DeskDeps['staff'], { invitedBy }: Invitation): Promise<void> {
  const inviter = await staff.get(invitedBy);
  if (inviter !== undefined && !allows(rolesOfStaff(inviter), 'staff:manage')) throw identityFault('identity.invitation-invalid');
}

interface Acceptance {
  readonly token: string;
  readonly name: string;
  readonly password: string;
  readonly locale: 'id' | 'en';
}

/** Nothing is made yet: the invitation stays open until the app has shown a right code. */
export async function acceptInvitation(deps: DeskDeps, { token, name, password, locale }: Acceptance): Promise<StartedEnrolment> {
  const { engine } = deps;
  const invitation = await readInvitation(deps, token);
  if ((await engine.database.findHolder('email', invitation.email)) !== undefined) throw identityFault('identity.invitation-invalid');
  await refuseBreached(engine, password);
  const passwordHash = await engine.passwords.hash(password);
  const staffId = newSubjectId(engine);
  return startEnrolment(deps, {
    label: invitation.email,
    data: { kind: 'invitation', staffId, invitationId: invitation.id, name, locale, passwordHash },
  });
}

/** Throws `identity.ticket-invalid` for a link that is not good any more, `identity.credentials-wrong`, `identity.locked`. */
export async function renewEnrolment(
  deps: DeskDeps,
  { token, password }: { readonly token: string; readonly password: string },
  client: From,
): Promise<StartedEnrolment> {
  const { engine, staff } = deps;
  const id = idOfToken(token);
  const link = id === undefined ? undefined : await staff.enrolmentLink(id);
  if (link === undefined || !isGoodFor(link, token, engine.clock.now())) throw identityFault('identity.ticket-invalid');
  // Whoever has the link is no stranger: what strangers get wrong does not close it.
  const guess = guessOf(engine, 'password', { address: client.address, identifier: 'enrolment', isTrusted: true });
  const person = await engine.database.load(link.staffId, { guess });
  if (!mayComeIn(person)) throw identityFault('identity.ticket-invalid');
  await requirePassword(deps, { person, password }, client);
  return startEnrolment(deps, {
    label: person.user.email,
    data: { kind: 'renewal', staffId: person.id, linkHash: link.secretHash },
  });
}

export interface Enrolled {
  readonly person: PresentStaff;
  readonly tokens: IssuedTokens;
  /** To be shown this one time. */
  readonly recoveryCodes: string[];
}

/** Throws `identity.ticket-invalid`, `identity.code-wrong`, and `identity.invitation-invalid` for one that has been withdrawn or accepted meanwhile. */
export async function enrol(
  deps: DeskDeps,
  { ticket, code }: { readonly ticket: string; readonly code: string },
  client: From,
): Promise<Enrolled> {
  const { engine } = deps;
  const proven = await tryTicket(engine, deskPurposes.enrolment, ticket);
  if (proven === undefined) throw identityFault('identity.ticket-invalid');
  const { staffId, sealedSecret } = proven.data;
  const lastStep = stepOfCode(engine, { id: staffId, sealedSecret, code });
  if (lastStep === undefined) throw identityFault('identity.code-wrong');
  const { codes, hashes } = recoverySet(engine, staffId);
  const factor = { sealedSecret, lastStep, recoveryHashes: hashes };
  const { data } = proven;
  if (data.kind === 'invitation') await join(deps, { proven, data, factor }, client);
  else await renew(deps, { proven, data, factor }, client);
  const person = await engine.database.load(staffId);
  if (!mayComeIn(person)) throw identityFault('identity.ticket-invalid');
  const tokens = await openSession(engine, { subject: person, client, secondFactorAtMs: engine.clock.now() });
  return { person, tokens, recoveryCodes: codes };
}

type WithoutSecret<Data> = Data extends unknown ? Omit<Data, 'sealedSecret'> : never;

async function startEnrolment(
  { engine }: DeskDeps,
  { label, data }: { label: string; data: WithoutSecret<EnrolmentData> },
): Promise<StartedEnrolment> {
  const { sealedSecret, secret, uri } = newSecondFactor(engine, { id: data.staffId, label });
  const { ticket } = await openTicket(engine, deskPurposes.enrolment, { data: { ...data, sealedSecret } });
  return { next: 'enrol', ticket, secret, uri };
}

interface Proof<Data> {
  readonly proven: OneTime<EnrolmentData>;
  readonly data: Data;
  readonly factor: { readonly sealedSecret: string; readonly lastStep: number; readonly recoveryHashes: readonly string[] };
}

/** Account, address, password, second factor, session guard, the invitation's end and the record of it: all or nothing. */
async function join({ engine, invitations, staff }: DeskDeps, { proven, data, factor }: Proof<Joining>, client: From): Promise<void> {
  const invitation = await invitations.get(data.invitationId);
  if (invitation === undefined) throw identityFault('identity.invitation-invalid');
  await refuseUnlessInviterMay(staff, invitation);
  const { staffId: id, name, locale, passwordHash } = data;
  const { email, roles } = invitation;
  const user = { id, email, name, roles, locale, status: 'active' as const, createdAtMs: engine.clock.now(), lastSeenAtMs: null };
  const after = { email, roles, invitation: invitation.id, invitedBy: invitation.invitedBy };
  const entry = ownEntry(user, client, { action: 'staff.joined', after });
  const subject = { user, passwordHash, secondFactor: factor };
  try {
    const accepted = await invitations.accept({ invitation, staffId: id, entry }, (also) =>
      createSubject(engine, subject, { work: (records) => useUp(records, proven), also }),
    );
    if (!accepted) throw identityFault('identity.invitation-invalid');
  } catch (error) {
    if (!(error instanceof RecordRefused)) throw error;
    throw identityFault(error.model === 'verification' ? 'identity.ticket-invalid' : 'identity.invitation-invalid', { cause: error });
  }
}

/** The new second factor, the link's end and the record of it: all or nothing. */
async function renew({ engine, staff }: DeskDeps, { proven, data, factor }: Proof<Renewing>, client: From): Promise<void> {
  const { staffId, linkHash } = data;
  const person = await engine.database.load(staffId);
  if (!mayComeIn(person)) throw identityFault('identity.ticket-invalid');
  const secondFactor = {
    id: staffId,
    userId: staffId,
    secret: factor.sealedSecret,
    verified: true,
    lastStep: factor.lastStep,
    recoveryHashes: JSON.stringify(factor.recoveryHashes),
  };
  const entry = ownEntry(person.user, client, { action: 'second-factor.on' });
  const used = await usedOnce(
    staff.useEnrolmentLink({ staffId, secretHash: linkHash }, entry, (also) =>
      engine.transact(
        async (records) => {
          await records.create({ model: 'secondFactor', data: secondFactor, forceAllowId: true });
          await useUp(records, proven);
        },
        { also },
      ),
    ),
  );
  if (!used) throw identityFault('identity.ticket-invalid');
  await engine.database.forgetFailures(staffId, 'second-factor');
}

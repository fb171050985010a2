import { PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { secondFactorKey, sessionKey, staffEmailClaim, staffPartition } from '#shared/identity/dynamodb-identity-keys.ts';
import { dynamodbSubjectSessions } from '#shared/identity/dynamodb-subject-sessions.ts';
import { openedGuard } from '#shared/identity/dynamodb-session-guards.ts';
import { createFirstOwner } from '#shared/identity/staff/invite-staff.ts';
import { dynamodbInvitationStore } from '#shared/identity/staff/dynamodb-invitation-store.ts';
import { staffItem } from '#shared/identity/staff/dynamodb-staff-item.ts';
import { dynamodbStaffStore, ownersCounted } from '#shared/identity/staff/dynamodb-staff-store.ts';
import { newEnrolmentLink } from '#shared/identity/staff/enrolment-link.ts';
import { newInvitation, type Invitation } from '#shared/identity/staff/invitation.ts';
import type { InvitationStore, StaffStore } from '#shared/identity/staff/ports.ts';
import { isActiveOwner, type StaffRecord } from '#shared/identity/staff/staff-record.ts';
import type { SignedIn, SubjectSessions } from '#shared/identity/subject-sessions.ts';
import type { AuditEntry } from '#shared/platform/audit/audit-record.ts';
import type { AuditReader } from '#shared/platform/audit/ports.ts';
import { systemChance } from '#shared/platform/chance.ts';
import { fakeAuditLog } from '#test/fakes/fake-audit-log.ts';
import { fakeClock, type FakeClock } from '#test/fakes/clock.ts';
import { fakeStaff } from '#test/fakes/fake-staff.ts';
import { fakeSubjectSessions } from '#test/fakes/fake-subject-sessions.ts';
import { joinedAtMs, sampleStaff } from '#test/fakes/identity-samples.ts';
import { startDynamodb, type Engine } from '../platform/dynamodb-engine.ts';
import { identityTables } from './administration-tables.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startDynamodb();
});
afterAll(() => engine.stop());

interface World {
  readonly staff: StaffStore;
  readonly invitations: InvitationStore;
  readonly sessions: SubjectSessions;
  readonly audit: AuditReader;
  hire(person: StaffRecord): void | Promise<void>;
  signIn(subject: string, session: SignedIn): void | Promise<void>;
}

async function fakeWorld(clock: FakeClock): Promise<World> {
  const audit = fakeAuditLog(clock);
  const sessions = fakeSubjectSessions(audit, clock);
  return { ...fakeStaff(audit), sessions, audit, signIn: (subject, session) => sessions.signIn(subject, session) };
}

async function realWorld(clock: FakeClock) {
  const { identity, tables, audit, guards } = await identityTables(engine, clock);
  const put = (Item: Record<string, unknown>) => identity.client.send(new PutCommand({ TableName: identity.name, Item }));
  return {
    guards,
    identity,
    audit,
    staff: dynamodbStaffStore(tables),
    invitations: dynamodbInvitationStore(tables),
    sessions: dynamodbSubjectSessions(tables),
    async hire(person: StaffRecord) {
      await put(staffItem(person));
      await put({ ...staffEmailClaim(person.email), staffId: person.id });
      await identity.client.send(new PutCommand(openedGuard(tables.guards, person.id).Put));
      const counted = ownersCounted(identity.name, Number(isActiveOwner(person)));
      if (counted.length > 0) await identity.client.send(new TransactWriteCommand({ TransactItems: counted }));
    },
    async signIn(subject: string, session: SignedIn) {
      const { id, createdAtMs, lastUsedAtMs, expiresAtMs, address, userAgent } = session;
      await put({
        ...sessionKey(staffPartition(subject), id),
        id,
        userId: subject,
        createdAt: createdAtMs,
        updatedAt: lastUsedAtMs,
        expiresAt: expiresAtMs,
        endsAt: expiresAtMs + 1,
        ipAddress: address,
        userAgent,
        refreshHash: 'hash',
      });
    },
  };
}

const idOf = (number: number): string => `stf_000000000000000000000${number}`;
const person = (number: number, over: Partial<StaffRecord> = {}): StaffRecord =>
  sampleStaff({ id: idOf(number), email: `person${number}@example.id`, ...over });
const entry = (subject: string, action = 'staff.roles-changed'): AuditEntry => ({
  stream: subject.startsWith('staff:') ? subject : 'invitations',
  subject,
  actor: 'staff:stf_1',
  action,
});
const session = (id: string, over: Partial<SignedIn> = {}): SignedIn => ({
  id,
  createdAtMs: joinedAtMs,
  lastUsedAtMs: joinedAtMs,
  expiresAtMs: joinedAtMs + 7_200_000,
  address: '192.0.2.7',
  userAgent: 'Firefox',
  ...over,
});

describe.each<[string, (clock: FakeClock) => Promise<World>]>([
  ['the fakes', fakeWorld],
  ['DynamoDB', realWorld],
])('staff, invitations and sessions: %s', (_, open) => {
  let world: World;
  let clock: FakeClock;
  beforeEach(async () => {
    clock = fakeClock(joinedAtMs);
    world = await open(clock);
  });

  const invited = (email: string, roles: Invitation['roles'] = ['support']): Invitation => {
    clock.advance(1);
    return newInvitation({ clock, chance: systemChance }, { email, roles, invitedBy: 'stf_1', invitedByName: 'Olivia' }).invitation;
  };
  const invite = (invitation: Invitation) => world.invitations.add(invitation, entry(`invitation:${invitation.id}`, 'staff.invited'));

  it('lists staff newest first, and counts the owners who can come in', async () => {
    for (const number of [1, 2, 3]) await world.hire(person(number));
    await world.hire(person(4, { status: 'disabled' }));
    await world.hire(person(5, { roles: ['support'] }));
    expect(await world.staff.ids({ limit: 3 })).toEqual([idOf(5), idOf(4), idOf(3)]);
    expect(await world.staff.ids({ behind: idOf(3), limit: 10 })).toEqual([idOf(2), idOf(1)]);
    expect(await world.staff.get(idOf(2))).toEqual(person(2));
    expect((await world.staff.load([idOf(2), idOf(9)])).map(({ id }) => id)).toEqual([idOf(2)]);
    expect(await world.staff.owners()).toBe(3);
  });

  it('writes roles and status with a record, and nothing over what somebody else wrote', async () => {
    const [owner, other] = [person(1), person(2, { roles: ['support'] })];
    for (const one of [owner, other]) await world.hire(one);
    const about = `staff:${other.id}`;
    expect(await world.staff.change(other, { roles: ['owner', 'ops'], status: 'active' }, entry(about))).toBe('changed');
    expect(await world.staff.owners()).toBe(2);
    expect(await world.staff.change(other, { roles: ['finance'], status: 'active' }, entry(about, 'staff.late'))).toBe('meanwhile');
    expect(await world.staff.get(other.id)).toEqual({ ...other, roles: ['owner', 'ops'] });
    expect((await world.audit.ofStream(about, { limit: 9 })).map(({ action }) => action)).toEqual(['staff.roles-changed']);
  });

  it('refuses to leave nobody who decides, by role or by status', async () => {
    const owner = person(1);
    await world.hire(owner);
    await world.hire(person(2, { status: 'disabled' }));
    const about = entry(`staff:${owner.id}`);
    expect(await world.staff.change(owner, { roles: ['support'], status: 'active' }, about)).toBe('last-owner');
    expect(await world.staff.change(owner, { roles: ['owner'], status: 'disabled' }, about)).toBe('last-owner');
    expect(await world.staff.change(owner, { roles: ['owner', 'ops'], status: 'active' }, about)).toBe('changed');
    expect(await world.staff.owners()).toBe(1);
  });

  it('lets one of two owners through who demote each other at once', async () => {
    for (let round = 1; round <= 5; round += 1) {
      world = await open(clock);
      const [one, two] = [person(1), person(2)];
      for (const owner of [one, two]) await world.hire(owner);
      const demote = (owner: StaffRecord) =>
        world.staff.change(owner, { roles: ['support'], status: 'active' }, entry(`staff:${owner.id}`));
      expect((await Promise.all([demote(one), demote(two)])).toSorted()).toEqual(['changed', 'last-owner']);
      expect(await world.staff.owners()).toBe(1);
      expect((await world.staff.load([one.id, two.id])).filter(isActiveOwner)).toHaveLength(1);
    }
  });

  it('keeps invitations, the newest of an address alone open', async () => {
    const [first, second, other] = [invited('ani@example.id'), invited('ani@example.id', ['owner']), invited('budi@example.id')];
    for (const invitation of [first, other, second]) expect(await invite(invitation)).toBe('added');
    expect(await world.invitations.get(first.id)).toEqual({ ...first, status: 'withdrawn' });
    expect(await world.invitations.get(second.id)).toEqual(second);
    expect(await world.invitations.ids({ limit: 2 })).toEqual([other.id, second.id]);
    expect(await world.invitations.ids({ behind: other.id, limit: 5 })).toEqual([second.id, first.id]);
    expect(await world.invitations.withdraw(first, entry('invitation:x', 'staff.withdrawn'))).toBe(false);
    expect(await world.invitations.withdraw(second, entry('invitation:x', 'staff.withdrawn'))).toBe(true);
    expect(await invite(invited('ani@example.id'))).toBe('added');
  });

  it('invites nobody who has an account', async () => {
    await world.hire(person(1));
    expect(await invite(invited('person1@example.id'))).toBe('exists');
    expect(await world.invitations.ids({ limit: 5 })).toEqual([]);
  });

  it('leaves one invitation open when an address is invited five times at once', async () => {
    const invitations = Array.from({ length: 5 }, () => invited('ani@example.id'));
    await Promise.all(invitations.map(invite));
    const states = (await world.invitations.load(invitations.map(({ id }) => id))).map(({ status }) => status);
    expect(states.toSorted()).toEqual(['open', 'withdrawn', 'withdrawn', 'withdrawn', 'withdrawn']);
  });

  it('invites a first owner as long as there is none, and says nothing when there is', async () => {
    const deps = { ...world, clock, chance: systemChance, backofficeOrigin: 'https://desk.example' };
    const first = await createFirstOwner(deps, 'olivia@example.id');
    clock.advance(1);
    const second = await createFirstOwner(deps, 'olivia@example.id');
    expect(second?.link).toBe(`https://desk.example/#/accept?token=${second?.token}`);
    const states = (await world.invitations.load([first!, second!].map(({ token }) => token.split('.')[0]!))).map(({ status }) => status);
    expect(states.toSorted()).toEqual(['open', 'withdrawn']);
    await world.hire(person(1));
    expect(await createFirstOwner(deps, 'oscar@example.id')).toBeUndefined();
  });

  it('replaces a second factor by a link to set up another', async () => {
    await world.hire(person(1));
    const { link } = newEnrolmentLink({ clock, chance: systemChance }, idOf(1));
    await world.staff.resetSecondFactor(link, entry(`staff:${idOf(1)}`, 'staff.second-factor-reset'));
    expect(await world.staff.enrolmentLink(idOf(1))).toEqual(link);
    const newer = newEnrolmentLink({ clock, chance: systemChance }, idOf(1)).link;
    await world.staff.resetSecondFactor(newer, entry(`staff:${idOf(1)}`, 'staff.second-factor-reset'));
    expect(await world.staff.enrolmentLink(idOf(1))).toEqual(newer);
    expect(await world.staff.enrolmentLink(idOf(2))).toBeUndefined();
  });

  it('lists the sessions that stand, the one used last first, and ends one or all with a record', async () => {
    const subject = idOf(1);
    await world.hire(person(1));
    await world.signIn(subject, session('ses_1'));
    await world.signIn(subject, session('ses_2', { lastUsedAtMs: joinedAtMs + 5 }));
    await world.signIn(subject, session('ses_3', { expiresAtMs: joinedAtMs }));
    await world.signIn(idOf(2), session('ses_4'));
    expect(await world.sessions.list(subject)).toEqual([session('ses_2', { lastUsedAtMs: joinedAtMs + 5 }), session('ses_1')]);
    const about = `staff:${subject}`;
    expect(await world.sessions.end(subject, 'ses_1', entry(about, 'session.ended'))).toBe(true);
    expect(await world.sessions.end(subject, 'ses_1', entry(about, 'session.ended'))).toBe(false);
    expect(await world.sessions.end(subject, 'ses_4', entry(about, 'session.ended'))).toBe(false);
    await world.sessions.endAll(subject, entry(about, 'session.all-ended'));
    expect(await world.sessions.list(subject)).toEqual([]);
    expect(await world.sessions.list(idOf(2))).toHaveLength(1);
    expect((await world.audit.ofStream(about, { limit: 9 })).map(({ action }) => action)).toEqual(['session.all-ended', 'session.ended']);
  });

  it('ends more sessions than one transaction takes', async () => {
    await world.hire(person(1));
    for (let number = 0; number < 130; number += 1) await world.signIn(idOf(1), session(`ses_${number}`));
    await world.sessions.endAll(idOf(1), entry(`staff:${idOf(1)}`, 'session.all-ended'));
    expect(await world.sessions.list(idOf(1))).toEqual([]);
  });
});

describe('what a decision does to the guard', () => {
  it('ends the tokens of whoever has other roles, another status, no second factor or no sessions any more', async () => {
    const clock = fakeClock(joinedAtMs);
    const world = await realWorld(clock);
    for (const number of [1, 2]) await world.hire(person(number));
    const about = entry(`staff:${idOf(2)}`);
    const versions = async () => (await world.guards.read(idOf(2)))?.version;
    expect(await versions()).toBe(1);
    await world.staff.change(person(2), { roles: ['ops'], status: 'active' }, about);
    expect(await versions()).toBe(2);
    const factor = { ...secondFactorKey(staffPartition(idOf(2))), userId: idOf(2), verified: true };
    await world.identity.client.send(new PutCommand({ TableName: world.identity.name, Item: factor }));
    await world.staff.resetSecondFactor(newEnrolmentLink({ clock, chance: systemChance }, idOf(2)).link, about);
    expect(await versions()).toBe(3);
    await world.sessions.endAll(idOf(2), about);
    expect(await versions()).toBe(4);
    await world.signIn(idOf(2), session('ses_9'));
    await world.sessions.end(idOf(2), 'ses_9', about);
    expect(Object.keys((await world.guards.read(idOf(2)))?.revoked ?? {})).toEqual(['ses_9']);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { changeStatus } from '#shared/identity/administration/change-status.ts';
import { endMemberships } from '#shared/identity/administration/end-memberships.ts';
import { addNote, listNotes } from '#shared/identity/administration/member-notes.ts';
import { endMemberSession, endMemberSessions, listMemberSessions } from '#shared/identity/administration/member-sessions.ts';
import { readMember } from '#shared/identity/administration/read-member.ts';
import type { MemberRecord } from '#shared/identity/member-record.ts';
import { administrationWorld } from '#test/fakes/administration-world.ts';
import { memberIdAt, sampleMember } from '#test/fakes/identity-samples.ts';

const day = 86_400_000;

describe('decisions about a member', () => {
  let world: ReturnType<typeof administrationWorld>;
  let member: MemberRecord;
  beforeEach(() => {
    world = administrationWorld();
    member = sampleMember({ email: 'sari@example.id', locale: 'en' });
    world.members.join(member, { hasPassword: true, hasSecondFactor: true });
  });

  const decide = (decision: Partial<Parameters<typeof changeStatus>[1]>) =>
    changeStatus(world.deps, {
      memberId: member.id,
      to: 'banned',
      from: 'basic',
      reason: 'sold spam',
      decider: world.decider,
      ...decision,
    });
  const instant = (afterMs: number): string => new Date(world.clock.now() + afterMs).toISOString();

  it('bans: the member is shown as banned, comes in nowhere, and is told why and until when', async () => {
    const until = instant(7 * day);
    world.deps.sessions.signIn(member.id, sessionOf('ses_1'));
    const view = await decide({ until });
    expect(view).toMatchObject({
      status: 'banned',
      statusReason: 'sold spam',
      statusUntil: until,
      statusBefore: 'basic',
      hasPassword: true,
    });
    expect(view.moves).toEqual(['basic', 'suspended']);
    expect(await readMember(world.deps, member.id)).toEqual(view);
    expect(await world.deps.sessions.list(member.id)).toEqual([]);
    expect(world.members.raised).toEqual([member.id]);
    expect(world.deps.messenger.sent).toEqual([
      {
        channel: 'email',
        to: 'sari@example.id',
        locale: 'en',
        template: 'membership-sanctioned',
        values: { status: 'banned', reason: 'sold spam', until },
      },
    ]);
  });

  it('keeps one record of who, whom, why, from where, before and after', async () => {
    await decide({ until: instant(day) });
    expect(world.audit.all()).toMatchObject([
      {
        stream: `member:${member.id}`,
        action: 'member.status-changed',
        actor: `staff:${world.owner.id}`,
        actorName: world.owner.name,
        subject: `member:${member.id}`,
        address: '192.0.2.9',
        reason: 'sold spam',
        before: { status: 'basic', until: null },
        after: { status: 'banned', until: instant(day) },
      },
    ]);
  });

  it('suspends without ending sessions: the member may look and leave', async () => {
    world.deps.sessions.signIn(member.id, sessionOf('ses_1'));
    await decide({ to: 'suspended' });
    expect(await world.deps.sessions.list(member.id)).toHaveLength(1);
    // The tokens say other roles from now on.
    expect(world.members.raised).toEqual([member.id]);
    expect(world.deps.messenger.sent).toHaveLength(1);
  });

  it('verifies without a word and without ending a token', async () => {
    await decide({ to: 'verified' });
    expect([world.members.raised, world.deps.messenger.sent]).toEqual([[], []]);
  });

  it('decides on what was looked at, and on nothing else', async () => {
    await decide({});
    await expect(decide({})).rejects.toMatchObject({ code: 'identity.status-changed-meanwhile' });
    await expect(decide({ from: 'banned' })).rejects.toMatchObject({ code: 'identity.status-move-refused' });
    await expect(decide({ memberId: memberIdAt(0, 9) })).rejects.toMatchObject({ code: 'identity.member-not-found' });
    expect(world.audit.all()).toHaveLength(1);
  });

  it('refuses what another decision overtakes in the very moment', async () => {
    const outcomes = await Promise.allSettled([decide({}), decide({ to: 'suspended' })]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(world.audit.all()).toHaveLength(1);
  });

  it('is not taken from somebody who was disabled a moment ago', async () => {
    world.hire({ ...world.owner, status: 'disabled' });
    await expect(decide({})).rejects.toMatchObject({ code: 'auth.forbidden' });
    expect((await world.members.get(member.id))?.membership.status).toBe('basic');
  });

  it('offers nobody of the staff to delete a member', async () => {
    expect((await readMember(world.deps, member.id)).moves).toEqual(['verified', 'suspended', 'banned']);
  });

  it('writes down what has run out, once, by nobody', async () => {
    await decide({ to: 'suspended', until: instant(day) });
    expect(await endMemberships(world.deps)).toBe(0);
    world.clock.advance(day);
    expect(await endMemberships(world.deps)).toBe(1);
    expect(await endMemberships(world.deps)).toBe(0);
    expect((await world.members.get(member.id))?.membership).toMatchObject({ status: 'basic', actor: 'system', before: null });
    expect(world.audit.all().at(-1)).toMatchObject({
      action: 'member.status-ended',
      actor: 'system',
      before: { status: 'suspended' },
      after: { status: 'basic' },
    });
  });

  it('shows sessions and ends one or all of them, with a record of each', async () => {
    for (const id of ['ses_1', 'ses_2', 'ses_3']) world.deps.sessions.signIn(member.id, sessionOf(id));
    const { sessions } = await listMemberSessions(world.deps, member.id);
    expect(sessions).toHaveLength(3);
    expect(sessions.every(({ current }) => !current)).toBe(true);
    const end = (sessionId: string) => endMemberSession(world.deps, { memberId: member.id, sessionId, decider: world.decider });
    await end('ses_2');
    await expect(end('ses_2')).rejects.toMatchObject({ code: 'identity.session-not-found' });
    await endMemberSessions(world.deps, { memberId: member.id, decider: world.decider });
    expect(world.deps.sessions.ended(member.id)).toEqual(['ses_2', 'all']);
    expect(world.audit.all().map(({ action, after }) => [action, after])).toEqual([
      ['session.ended', { sessionId: 'ses_2' }],
      ['session.all-ended', null],
    ]);
  });

  it('keeps notes newest first, and their text out of the audit log', async () => {
    for (const text of ['first', 'second', 'third']) {
      await addNote(world.deps, { memberId: member.id, text, decider: world.decider });
      world.clock.advance(1_000);
    }
    const first = await listNotes(world.deps, { memberId: member.id, limit: 2 });
    expect(first.notes.map(({ text, authorName }) => [text, authorName])).toEqual([
      ['third', world.owner.name],
      ['second', world.owner.name],
    ]);
    const rest = await listNotes(world.deps, { memberId: member.id, limit: 2, cursor: first.nextCursor! });
    expect([rest.notes.map(({ text }) => text), rest.nextCursor]).toEqual([['first'], null]);
    expect(JSON.stringify(world.audit.all())).not.toContain('first');
    await expect(listNotes(world.deps, { memberId: memberIdAt(0, 9), limit: 2 })).rejects.toMatchObject({
      code: 'identity.member-not-found',
    });
  });

  function sessionOf(id: string) {
    const nowMs = world.clock.now();
    const expiresAtMs = nowMs + day;
    return { id, createdAtMs: nowMs, lastUsedAtMs: nowMs, expiresAtMs, address: '192.0.2.1', userAgent: 'test' };
  }
});

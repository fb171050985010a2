import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { movedTo, verified } from '#shared/identity/administration/membership-status.ts';
import type { MemberDirectory, MembershipStore, NoteStore, WaitingCards } from '#shared/identity/administration/ports.ts';
import type { KycCard } from '#shared/identity/kyc/kyc-card.ts';
import type { CardStore, SealedCards } from '#shared/identity/kyc/ports.ts';
import type { MemberRecord } from '#shared/identity/member-record.ts';
import type { AuditEntry } from '#shared/platform/audit/audit-record.ts';
import type { AuditReader } from '#shared/platform/audit/ports.ts';
import { fakeAuditLog } from '#test/fakes/fake-audit-log.ts';
import { fakeClock, type FakeClock } from '#test/fakes/clock.ts';
import { fakeMembers } from '#test/fakes/fake-members.ts';
import { joinedAtMs, memberIdAt, sampleCard, sampleMember } from '#test/fakes/identity-samples.ts';
import { startDynamodb, type Engine } from '../platform/dynamodb-engine.ts';
import { membersInTables } from './administration-tables.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startDynamodb();
});
afterAll(() => engine.stop());

interface World extends MemberDirectory, MembershipStore, NoteStore {
  readonly cards: CardStore & WaitingCards;
  readonly sealedCards: SealedCards;
  readonly audit: AuditReader;
  join(member: MemberRecord): void | Promise<void>;
}

const everything = { from: '0'.repeat(18), to: '9'.repeat(18) };
const entryFor = (member: MemberRecord, action = 'member.status-changed'): AuditEntry => ({
  stream: `member:${member.id}`,
  subject: `member:${member.id}`,
  actor: 'staff:stf_1',
  action,
});
const banned = (member: MemberRecord, untilMs?: number) =>
  movedTo(member.membership, { to: 'banned', reason: 'spam', actor: 'staff:stf_1', untilMs }, joinedAtMs + 1_000);

const cardOf = ({ id }: MemberRecord, over: Partial<KycCard> = {}): KycCard => sampleCard(id, over);

async function fakeWorld(clock: FakeClock): Promise<World> {
  const audit = fakeAuditLog(clock);
  const members = fakeMembers(audit);
  return { ...members, sealedCards: members.cards, audit };
}

describe.each<[string, (clock: FakeClock) => Promise<World>]>([
  ['the fake', fakeWorld],
  ['DynamoDB', (clock) => membersInTables(engine, clock)],
])('members and their cards: %s', (_, open) => {
  let world: World;
  beforeEach(async () => {
    world = await open(fakeClock(joinedAtMs));
  });

  const joined = async (over: Partial<MemberRecord> = {}): Promise<MemberRecord> => {
    const member = sampleMember(over);
    await world.join(member);
    return member;
  };
  const recorded = async (member: MemberRecord) =>
    (await world.audit.ofStream(`member:${member.id}`, { limit: 10 })).map(({ action }) => action);

  it('gives members back as they signed up, and knows nobody else', async () => {
    const member = await joined({ phone: '+6281234567890' });
    const other = sampleMember({ id: memberIdAt(joinedAtMs + 1) });
    expect(await world.get(member.id)).toEqual(member);
    expect(await world.load([member.id, other.id, member.id])).toEqual([member]);
    expect(await world.get(other.id)).toBeUndefined();
    expect(await world.proofsOf(member.id)).toEqual({ hasPassword: false, hasSecondFactor: false });
    expect(await world.holderOf({ email: member.email! })).toBe(member.id);
    expect(await world.holderOf({ phone: '+6281234567890' })).toBe(member.id);
    expect(await world.holderOf({ email: 'nobody@example.id' })).toBeUndefined();
  });

  it('lists a month newest first within a window of ids, page by page', async () => {
    const ids = Array.from({ length: 5 }, (_, index) => memberIdAt(joinedAtMs + index));
    for (const id of [...ids, memberIdAt(Date.UTC(2026, 9, 31))]) await joined({ id });
    const newest = ids.toReversed();
    expect(await world.joinedIn('2026-11', everything, 10)).toEqual(newest);
    expect(await world.joinedIn('2026-11', everything, 2)).toEqual(newest.slice(0, 2));
    expect(await world.joinedIn('2026-11', { from: ids[1]!, to: ids[3]! }, 10)).toEqual(newest.slice(1, 4));
    expect(await world.joinedIn('2026-11', { from: ids[3]!, to: ids[1]! }, 10)).toEqual([]);
    expect(await world.joinedIn('2026-10', everything, 10)).toEqual([memberIdAt(Date.UTC(2026, 9, 31))]);
  });

  it('finds handles by their beginning in any case, in order and behind another', async () => {
    const handles = ['sari', 'Sari.dewi', 'SARI_2', 'sarah', 'budi'];
    for (const [index, handle] of handles.entries()) await joined({ id: memberIdAt(joinedAtMs + index), handle });
    const found = async (prefix: string, after?: string) => (await world.handles({ prefix, after, limit: 10 })).map(({ handle }) => handle);
    expect(await found('sari')).toEqual(['sari', 'sari.dewi', 'sari_2']);
    expect(await found('sari', 'sari')).toEqual(['sari.dewi', 'sari_2']);
    expect(await found('sa', 'sarah')).toEqual(['sari', 'sari.dewi', 'sari_2']);
    expect(await found('sari', 'zz')).toEqual([]);
    expect(await world.handles({ prefix: 'bu', limit: 1 })).toEqual([{ id: memberIdAt(joinedAtMs + 4), handle: 'budi' }]);
  });

  it('changes a membership with its record and the lists by status, and back', async () => {
    const member = await joined();
    const to = banned(member);
    expect(await world.change({ member, to, endsTokens: true }, entryFor(member))).toBe(true);
    expect(await world.get(member.id)).toEqual({ ...member, membership: to });
    expect(await world.withStatus('banned', everything, 10)).toEqual([member.id]);
    expect(await recorded(member)).toEqual(['member.status-changed']);

    const lifted = movedTo(to, { to: 'basic', reason: 'appeal', actor: 'staff:stf_2' }, joinedAtMs + 2_000);
    expect(await world.change({ member: { ...member, membership: to }, to: lifted, endsTokens: true }, entryFor(member))).toBe(true);
    expect(await world.withStatus('banned', everything, 10)).toEqual([]);
    expect(await world.joinedIn('2026-11', everything, 10)).toEqual([member.id]);
  });

  it('changes nothing and keeps no record when the membership is not what was decided on', async () => {
    const member = await joined();
    await world.change({ member, to: banned(member), endsTokens: true }, entryFor(member));
    const late = movedTo(member.membership, { to: 'verified', reason: 'late', actor: 'staff:stf_2' }, joinedAtMs + 2_000);
    expect(await world.change({ member, to: late, endsTokens: false }, entryFor(member, 'member.late'))).toBe(false);
    expect((await world.get(member.id))?.membership.status).toBe('banned');
    expect(await recorded(member)).toEqual(['member.status-changed']);
    const nobody = sampleMember({ id: memberIdAt(joinedAtMs + 5) });
    expect(await world.change({ member: nobody, to: banned(nobody), endsTokens: false }, entryFor(nobody))).toBe(false);
  });

  it('lets one of ten decisions at once through', async () => {
    const member = await joined();
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, (_, index) => {
        const to = { ...banned(member), reason: `decision ${index}` };
        return world.change({ member, to, endsTokens: true }, { ...entryFor(member), reason: to.reason });
      }),
    );
    expect(outcomes.filter(Boolean)).toHaveLength(1);
    const [record, ...more] = await world.audit.ofStream(`member:${member.id}`, { limit: 20 });
    expect(more).toEqual([]);
    expect(record?.reason).toBe((await world.get(member.id))?.membership.reason);
  });

  it('keeps the ends of statuses in the order they come, and drops those that a decision has overtaken', async () => {
    const [first, second] = [await joined({ id: memberIdAt(joinedAtMs, 1) }), await joined({ id: memberIdAt(joinedAtMs, 2) })];
    const untilMs = joinedAtMs + 60_000;
    const to = banned(first, untilMs);
    await world.change({ member: first, to, endsTokens: true }, entryFor(first));
    await world.change({ member: second, to: banned(second, untilMs - 1), endsTokens: true }, entryFor(second));
    expect(await world.ended(untilMs - 2, 10)).toEqual([]);
    expect(await world.ended(untilMs, 10)).toEqual([
      { memberId: second.id, untilMs: untilMs - 1 },
      { memberId: first.id, untilMs },
    ]);
    const suspended = movedTo(to, { to: 'suspended', reason: 'milder', actor: 'staff:stf_1', untilMs }, joinedAtMs + 2_000);
    await world.change({ member: { ...first, membership: to }, to: suspended, endsTokens: true }, entryFor(first));
    expect(await world.ended(untilMs, 10)).toHaveLength(2);
    const lifted = movedTo(suspended, { to: 'basic', reason: 'appeal', actor: 'staff:stf_1' }, joinedAtMs + 3_000);
    await world.change({ member: { ...first, membership: suspended }, to: lifted, endsTokens: true }, entryFor(first));
    expect(await world.ended(untilMs, 10)).toEqual([{ memberId: second.id, untilMs: untilMs - 1 }]);
  });

  it('keeps notes newest first, page by page, each with a record', async () => {
    const member = await joined();
    const note = (number: number) => ({
      id: `not_00${number}`,
      text: `note ${number} ${'é'.repeat(1_900)}`,
      authorId: 'stf_1',
      authorName: 'Olivia',
      createdAtMs: joinedAtMs + number,
    });
    for (const number of [1, 2, 3]) await world.add(member.id, note(number), entryFor(member, 'member.noted'));
    expect(await world.newest(member.id, { limit: 2 })).toEqual([note(3), note(2)]);
    expect(await world.newest(member.id, { before: 'not_002', limit: 2 })).toEqual([note(1)]);
    expect(await recorded(member)).toEqual(['member.noted', 'member.noted', 'member.noted']);
  });

  it('keeps a card that waits, and takes no other for it', async () => {
    const member = await joined();
    expect(await world.cards.submit(cardOf(member), member, entryFor(member, 'kyc.submitted'))).toBe('kept');
    expect(await world.cards.get(member.id)).toEqual(cardOf(member));
    expect((await world.get(member.id))?.kyc).toBe('submitted');
    expect(await world.cards.waiting(everything, 10)).toEqual([member.id]);
    expect(await world.cards.submit(cardOf(member, { nikHash: 'hash-2' }), member, entryFor(member, 'kyc.again'))).toBe('settled');
    expect(await recorded(member)).toEqual(['kyc.submitted']);
  });

  it('tells the seal and the state of a card, as they are now', async () => {
    const member = await joined();
    expect(await world.sealedCards.get(member.id)).toBeUndefined();
    const card = cardOf(member);
    await world.cards.submit(card, member, entryFor(member, 'kyc.submitted'));
    expect(await world.sealedCards.get(member.id)).toMatchObject({ state: 'submitted', sealed: card.sealed });
    const approved = cardOf(member, { state: 'approved', decidedBy: 'stf_1', decidedByName: 'O', decidedAtMs: 5, reason: 'fits' });
    const waiting = { ...member, kyc: 'submitted' as const };
    const change = {
      member: waiting,
      to: verified(member.membership, { reason: 'fits', actor: 'staff:stf_1' }, joinedAtMs),
      kyc: 'approved' as const,
      endsTokens: false,
    };
    expect(await world.cards.decide(approved, change, entryFor(member, 'kyc.approved'))).toBe(true);
    expect(await world.sealedCards.get(member.id)).toMatchObject({ state: 'approved', sealed: card.sealed });
  });

  it('gives a number to one of five members who claim it at once', async () => {
    const members = await Promise.all(Array.from({ length: 5 }, (_, index) => joined({ id: memberIdAt(joinedAtMs, index) })));
    const outcomes = await Promise.all(
      members.map((member) => world.cards.submit(cardOf(member), member, entryFor(member, 'kyc.submitted'))),
    );
    expect(outcomes.toSorted()).toEqual(['kept', 'nik-taken', 'nik-taken', 'nik-taken', 'nik-taken']);
    expect(await world.cards.waiting(everything, 10)).toEqual([members[outcomes.indexOf('kept')]!.id]);
  });

  it('frees the number of a rejected card, and takes a new card of the same member', async () => {
    const [member, other] = [await joined({ id: memberIdAt(joinedAtMs, 1) }), await joined({ id: memberIdAt(joinedAtMs, 2) })];
    await world.cards.submit(cardOf(member), member, entryFor(member, 'kyc.submitted'));
    const waiting = { ...member, kyc: 'submitted' as const };
    const rejected = cardOf(member, { state: 'rejected', decidedBy: 'stf_1', decidedByName: 'Olivia', decidedAtMs: 5, reason: 'blurred' });
    const change = { member: waiting, to: member.membership, kyc: 'rejected' as const, endsTokens: false };
    expect(await world.cards.decide(rejected, change, entryFor(member, 'kyc.rejected'))).toBe(true);
    expect(await world.cards.waiting(everything, 10)).toEqual([]);
    expect(await world.cards.get(member.id)).toEqual(rejected);
    expect(await world.cards.submit(cardOf(other), other, entryFor(other, 'kyc.submitted'))).toBe('kept');
    const again = { ...member, kyc: 'rejected' as const };
    expect(await world.cards.submit(cardOf(member), again, entryFor(member, 'kyc.taken'))).toBe('nik-taken');
    expect(await world.cards.submit(cardOf(member, { nikHash: 'hash-2' }), again, entryFor(member, 'kyc.submitted'))).toBe('kept');
  });

  it('lets one of two decisions about a card through, and verifies the member with it', async () => {
    const member = await joined();
    await world.cards.submit(cardOf(member), member, entryFor(member, 'kyc.submitted'));
    const waiting = { ...member, kyc: 'submitted' as const };
    const to = verified(member.membership, { reason: 'fits', actor: 'staff:stf_1' }, joinedAtMs + 1_000);
    const approve = () =>
      world.cards.decide(
        cardOf(member, { state: 'approved', decidedBy: 'stf_1', decidedByName: 'O', decidedAtMs: 5, reason: 'fits' }),
        { member: waiting, to, kyc: 'approved', endsTokens: false },
        entryFor(member, 'kyc.approved'),
      );
    expect((await Promise.all([approve(), approve()])).filter(Boolean)).toHaveLength(1);
    expect(await world.get(member.id)).toMatchObject({ kyc: 'approved', membership: { status: 'verified' } });
    expect(await world.withStatus('verified', everything, 10)).toEqual([member.id]);
    expect((await recorded(member)).filter((action) => action === 'kyc.approved')).toHaveLength(1);
  });

  it('erases a card with the claim on its number', async () => {
    const [member, other] = [await joined({ id: memberIdAt(joinedAtMs, 1) }), await joined({ id: memberIdAt(joinedAtMs, 2) })];
    await world.cards.submit(cardOf(member), member, entryFor(member, 'kyc.submitted'));
    await world.cards.erase(member.id);
    await world.cards.erase(member.id);
    expect(await world.cards.get(member.id)).toBeUndefined();
    expect(await world.cards.submit(cardOf(other), other, entryFor(other, 'kyc.submitted'))).toBe('kept');
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listMembers } from '#shared/identity/administration/list-members.ts';
import { movedTo } from '#shared/identity/administration/membership-status.ts';
import type { MembershipStatus } from '#shared/identity/member.ts';
import type { MemberRecord } from '#shared/identity/member-record.ts';
import { fakeAuditLog } from '#test/fakes/fake-audit-log.ts';
import { fakeClock } from '#test/fakes/clock.ts';
import { fakeMembers } from '#test/fakes/fake-members.ts';
import { memberIdAt, sampleCard, sampleMember } from '#test/fakes/identity-samples.ts';

const nowMs = Date.UTC(2026, 10, 21, 12);
const day = 86_400_000;

function world() {
  const clock = fakeClock(nowMs);
  const members = fakeMembers(fakeAuditLog(clock));
  let loaded = 0;
  const counted = {
    ...members,
    load: (ids: readonly string[]) => {
      loaded += ids.length;
      return members.load(ids);
    },
  };
  return { members, clock, deps: { members: counted, cards: members.cards, clock }, loaded: () => loaded };
}

type Filter = Omit<Parameters<typeof listMembers>[1], 'limit' | 'cursor'>;

async function walk(deps: Parameters<typeof listMembers>[0], filter: Filter, limit: number): Promise<string[][]> {
  const pages: string[][] = [];
  let cursor: string | undefined;
  do {
    const { members, nextCursor } = await listMembers(deps, { ...filter, limit, cursor });
    pages.push(members.map(({ id }) => id));
    cursor = nextCursor ?? undefined;
  } while (cursor !== undefined && pages.length < 500);
  return pages;
}

const to = (status: MembershipStatus, untilMs?: number) => (member: MemberRecord) => ({
  ...member,
  membership: movedTo(member.membership, { to: status, reason: 'because', actor: 'staff:stf_1', untilMs }, member.createdAtMs),
});

describe('members by time', () => {
  const made = fc.record({
    daysAgo: fc.integer({ min: 0, max: 300 }),
    status: fc.constantFrom<MembershipStatus>('basic', 'verified', 'suspended', 'banned'),
    endsAfterDays: fc.option(fc.integer({ min: 1, max: 300 }), { nil: undefined }),
  });
  const filters = fc.record(
    {
      status: fc.constantFrom<MembershipStatus>('basic', 'verified', 'premium', 'suspended', 'banned'),
      createdFrom: fc.integer({ min: 0, max: 300 }).map((days) => new Date(nowMs - days * day).toISOString().slice(0, 10)),
      createdTo: fc.integer({ min: 0, max: 300 }).map((days) => new Date(nowMs - days * day).toISOString().slice(0, 10)),
    },
    { requiredKeys: [] },
  );

  it('shows each member that the filter means once, newest first, whatever the size of a page', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(made, { maxLength: 60 }), filters, fc.integer({ min: 1, max: 9 }), async (makings, filter, limit) => {
        const { members, deps } = world();
        const all = makings.map(({ daysAgo, status, endsAfterDays }, index) => {
          const member = sampleMember({ id: memberIdAt(nowMs - daysAgo * day, index) });
          const ends = status === 'suspended' || status === 'banned' ? endsAfterDays : undefined;
          return status === 'basic' ? member : to(status, ends && member.createdAtMs + ends * day)(member);
        });
        for (const member of all) members.join(member);
        const pages = await walk(deps, filter, limit);
        expect(pages.flat()).toEqual(expectedOf(all, filter));
        // Full but for the last one: nobody clicks through empty pages.
        expect(pages.slice(0, -1).every((page) => page.length === limit)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  /** The same by looking at everybody. */
  function expectedOf(all: readonly MemberRecord[], { status, createdFrom, createdTo }: Filter): string[] {
    const dayOf = (ms: number): string => new Date(ms + 7 * 3_600_000).toISOString().slice(0, 10);
    const statusOf = ({ membership: { status, untilMs, before } }: MemberRecord) =>
      untilMs !== null && untilMs <= nowMs ? before!.status : status;
    return all
      .filter((member) => status === undefined || statusOf(member) === status)
      .filter(({ createdAtMs }) => createdFrom === undefined || dayOf(createdAtMs) >= createdFrom)
      .filter(({ createdAtMs }) => createdTo === undefined || dayOf(createdAtMs) <= createdTo)
      .map(({ id }) => id)
      .toSorted()
      .toReversed();
  }

  it('counts days in Jakarta', async () => {
    const { members, deps } = world();
    const ids = ['2026-11-19T16:59:59.999Z', '2026-11-19T17:00:00Z', '2026-11-20T16:59:59.999Z', '2026-11-20T17:00:00Z'].map((text) =>
      memberIdAt(Date.parse(text)),
    );
    for (const id of ids) members.join(sampleMember({ id }));
    expect(await walk(deps, { createdFrom: '2026-11-20', createdTo: '2026-11-20' }, 10)).toEqual([[ids[2], ids[1]]]);
  });

  it('shows a status that has run out as what it is now, before anybody wrote it down', async () => {
    const { members, deps, clock } = world();
    const member = to('suspended', nowMs + 1_000)(to('verified')(sampleMember({ id: memberIdAt(nowMs - day) })));
    members.join(member);
    expect(await walk(deps, { status: 'suspended' }, 5)).toEqual([[member.id]]);
    clock.advance(1_000);
    expect(await walk(deps, { status: 'suspended' }, 5)).toEqual([[]]);
    expect(await walk(deps, { status: 'verified' }, 5)).toEqual([[member.id]]);
    const { members: shown } = await listMembers(deps, { limit: 5 });
    expect(shown[0]).toMatchObject({ status: 'verified', statusUntil: null, statusReason: 'because' });
  });

  it('looks at a bounded number of members where few match, and goes on from there', async () => {
    const { members, deps, loaded } = world();
    const oldest = sampleMember({ id: memberIdAt(nowMs - 40 * day) });
    members.join(oldest);
    for (let number = 0; number < 2_500; number += 1) members.join(to('verified')(sampleMember({ id: memberIdAt(nowMs - day, number) })));
    const { members: none, nextCursor } = await listMembers(deps, { status: 'basic', limit: 10 });
    expect([none, typeof nextCursor]).toEqual([[], 'string']);
    expect(loaded()).toBeLessThanOrEqual(1_100);
    expect((await walk(deps, { status: 'basic' }, 10)).flat()).toEqual([oldest.id]);
  });

  it('shows whose cards wait', async () => {
    const { members, deps } = world();
    const [waiting, other] = [
      sampleMember({ id: memberIdAt(nowMs - day, 1), kyc: 'none' }),
      sampleMember({ id: memberIdAt(nowMs - day, 2) }),
    ];
    for (const member of [waiting, other]) members.join(member);
    const card = sampleCard(waiting.id);
    const subject = `member:${waiting.id}`;
    await members.cards.submit(card, waiting, { stream: subject, subject, actor: subject, action: 'kyc.submitted' });
    expect(await walk(deps, { kyc: 'submitted' }, 10)).toEqual([[waiting.id]]);
  });
});

describe('members by text', () => {
  const people = ['sari', 'Sari.Dewi', 'sarah', 's_1', 'budi', '081234567890'];

  function peopled() {
    const { members, deps } = world();
    const ids = people.map((handle, index) => {
      const phone = handle === 'budi' ? '+6281234567890' : null;
      const member = sampleMember({ id: memberIdAt(nowMs - day, index), handle, phone, email: `${index}@example.id` });
      members.join(member);
      return member.id;
    });
    const found = async (q: string, limit = 10) =>
      (await walk(deps, { q }, limit)).map((page) => page.map((id) => people[ids.indexOf(id)]));
    return { deps, ids, found };
  }

  it('finds handles by their beginning, in any case and in order, page by page', async () => {
    const { found } = peopled();
    expect(await found('SARI')).toEqual([['sari', 'Sari.Dewi']]);
    expect(await found('sa', 2)).toEqual([['sarah', 'sari'], ['Sari.Dewi']]);
    expect(await found('s', 1)).toEqual([['s_1'], ['sarah'], ['sari'], ['Sari.Dewi']]);
    expect(await found('zzz')).toEqual([[]]);
    expect(await found('no handle at all!')).toEqual([[]]);
  });

  it('finds a whole id, address or number before handles, and nobody twice', async () => {
    const { found, ids } = peopled();
    expect(await found(ids[4]!)).toEqual([['budi']]);
    expect(await found('2@EXAMPLE.id')).toEqual([['sarah']]);
    expect(await found('+62 812-3456-7890')).toEqual([['budi']]);
    expect(await found('081234567890')).toEqual([['budi', '081234567890']]);
    expect(await found('081234567890', 1)).toEqual([['budi'], ['081234567890']]);
  });

  it('holds to the other filters as well', async () => {
    const { deps } = peopled();
    expect(await walk(deps, { q: 'sari', status: 'banned' }, 5)).toEqual([[]]);
    expect(await walk(deps, { q: 'sari', createdTo: '2026-11-01' }, 5)).toEqual([[]]);
  });

  it('takes no cursor of the other list', async () => {
    const { deps } = peopled();
    const { nextCursor } = await listMembers(deps, { limit: 1 });
    await expect(listMembers(deps, { q: 's', limit: 1, cursor: nextCursor! })).rejects.toMatchObject({ code: 'request.cursor-invalid' });
  });
});

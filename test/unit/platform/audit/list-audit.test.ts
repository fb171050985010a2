import { beforeEach, describe, expect, it } from 'vitest';
import { fakeAuditLog, type FakeAuditLog } from '#test/fakes/fake-audit-log.ts';
import { fakeClock, type FakeClock } from '#test/fakes/clock.ts';
import { auditLimits, type AuditEntry } from '#shared/platform/audit/audit-record.ts';
import { auditRoutes } from '#shared/platform/audit/audit-routes.ts';
import { listAudit } from '#shared/platform/audit/list-audit.ts';

type Request = Parameters<typeof listAudit>[1];

let clock: FakeClock;
let audit: FakeAuditLog;
beforeEach(() => {
  // 06:00 in Jakarta.
  clock = fakeClock(Date.parse('2026-11-20T23:00:00Z'));
  audit = fakeAuditLog(clock);
});

const hourMs = 3_600_000;

async function append(subject: string, { actor = 'staff:stf_a', action = 'member.noted' }: Partial<AuditEntry> = {}) {
  const record = await audit.append({ stream: subject, subject, actor, action });
  clock.advance(hourMs);
  return `${record.stream}/${record.seq}`;
}

/** Every page of a list, with how many of them were cut short. */
async function all(request: Omit<Request, 'limit'> & { limit?: number }): Promise<{ ids: string[]; pages: number; partial: number }> {
  const ids: string[] = [];
  let [pages, partial] = [0, 0];
  let cursor: string | undefined;
  do {
    const page = auditRoutes.list.answer.parse(await listAudit({ audit }, { limit: 3, ...request, cursor }));
    ids.push(...page.records.map(({ id }) => id));
    pages += 1;
    partial += page.partial ? 1 : 0;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined && pages < 200);
  return { ids, pages, partial };
}

describe('the list of the audit log', () => {
  it('is newest first over all streams and days, page by page', async () => {
    const appended: string[] = [];
    for (let index = 0; index < 40; index += 1) appended.push(await append(`member:${index % 4}`));
    expect((await all({})).ids).toEqual(appended.toReversed());
    expect((await all({ limit: 40 })).pages).toBe(1);
  });

  it('takes whole days of Jakarta, both included', async () => {
    // Hours 0–17 are the 21st there, 18–41 the 22nd, the rest the 23rd.
    const appended: string[] = [];
    for (let index = 0; index < 50; index += 1) appended.push(await append(`member:${index}`));
    expect((await all({ from: '2026-11-22', to: '2026-11-22' })).ids).toEqual(appended.slice(18, 42).toReversed());
    expect((await all({ to: '2026-11-21' })).ids).toEqual(appended.slice(0, 18).toReversed());
    expect((await all({ from: '2026-11-23' })).ids).toEqual(appended.slice(42).toReversed());
    expect((await all({ from: '2026-11-23', to: '2026-11-21' })).ids).toEqual([]);
    expect((await all({ from: '2026-11-22', to: '2026-11-22', actor: 'staff:stf_a' })).ids).toEqual(appended.slice(18, 42).toReversed());
  });

  it.each<[string, Omit<Request, 'limit'>, number[]]>([
    ['an actor', { actor: 'staff:stf_b' }, [1, 3, 5, 7, 9, 11]],
    ['a member', { subject: 'member:0' }, [0, 4, 8]],
    ['another subject', { subject: 'invitation:inv_1' }, [3, 7, 11]],
    ['an actor and a member', { actor: 'staff:stf_a', subject: 'member:0' }, [0, 4, 8]],
    ['a whole action', { action: 'member.noted' }, [0, 1, 2, 4, 5, 6, 8, 9, 10]],
    ['the beginning of an action', { action: 'staff.' }, [3, 7, 11]],
    ['no beginning without a dot', { action: 'staff' }, []],
    ['nobody', { actor: 'staff:stf_c' }, []],
    ['a member within days', { subject: 'member:0', to: '2026-11-20' }, []],
  ])('filters by %s', async (_, filter, expected) => {
    const appended: string[] = [];
    for (let index = 0; index < 12; index += 1) {
      const isInvitation = index % 4 === 3;
      const actor = index % 2 === 0 ? 'staff:stf_a' : 'staff:stf_b';
      appended.push(
        await append(isInvitation ? 'invitation:inv_1' : `member:${index % 4}`, {
          actor,
          action: isInvitation ? 'staff.invited' : 'member.noted',
        }),
      );
    }
    expect((await all(filter)).ids).toEqual(expected.map((index) => appended[index]).toReversed());
  });

  it('has no further page behind the last record, also when that fills the page', async () => {
    for (let index = 0; index < 3; index += 1) await append('member:1');
    expect(await listAudit({ audit }, { limit: 3 })).toMatchObject({ nextCursor: null, partial: false });
    expect(await listAudit({ audit }, { limit: 2 })).toMatchObject({ nextCursor: expect.any(String), partial: false });
  });

  it('stops a search at its bounds, says so, and goes on from there', async () => {
    const wanted: string[] = [];
    const [first, last] = [0, auditLimits.recordsPerPageMax + 100];
    for (let index = 0; index <= last; index += 1) {
      const action = index === first || index === last ? 'member.banned' : 'member.noted';
      const { stream, seq } = await audit.append({ stream: 'member:1', subject: 'member:1', actor: 'staff:stf_a', action });
      if (action === 'member.banned') wanted.unshift(`${stream}/${seq}`);
      if (index % 500 === 0) clock.advance(24 * hourMs);
    }
    for (const filter of [{}, { subject: 'member:1' }, { actor: 'staff:stf_a' }])
      expect(await all({ ...filter, action: 'member.banned' })).toEqual({ ids: wanted, pages: 2, partial: 1 });
  });

  it('refuses a cursor of another list', async () => {
    const cursor = Buffer.from('["errors",{"at":"2026-11-21T00:00:00.000Z","id":""}]').toString('base64url');
    await expect(listAudit({ audit }, { limit: 3, cursor })).rejects.toMatchObject({ code: 'request.cursor-invalid' });
  });
});

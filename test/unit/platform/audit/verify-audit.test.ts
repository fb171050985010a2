import { beforeEach, describe, expect, it } from 'vitest';
import { fakeAuditLog, type FakeAuditLog } from '#test/fakes/fake-audit-log.ts';
import { fakeClock } from '#test/fakes/clock.ts';
import { auditLimits, hashOf } from '#shared/platform/audit/audit-record.ts';
import { verifyAll, verifyNewest, verifyWhole, type ChainReport, type Ends } from '#shared/platform/audit/verify-audit.ts';

let audit: FakeAuditLog;
beforeEach(() => {
  audit = fakeAuditLog(fakeClock());
});

async function append(stream: string, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) await audit.append({ stream, subject: stream, actor: 'system', action: 'member.noted' });
}

async function verified(ends: Ends = new Map()): Promise<ChainReport[]> {
  const reports: ChainReport[] = [];
  for await (const report of verifyAll({ audit }, ends)) reports.push(report);
  return reports;
}

const broken = (reports: readonly ChainReport[]) => reports.map(({ brokenAt }) => brokenAt).filter((id) => id !== null);
const endsOf = (reports: readonly ChainReport[]): Ends => new Map(reports.flatMap(({ stream, end }) => (end ? [[stream, end]] : [])));

describe('the verification of a chain', () => {
  it('finds what was written whole, also nothing', async () => {
    await append('member:1', 5);
    expect(await verifyNewest({ audit }, 'member:1')).toEqual({ state: 'whole', records: 5, brokenAt: null });
    expect(await verifyNewest({ audit }, 'member:2')).toEqual({ state: 'whole', records: 0, brokenAt: null });
    expect(await verifyWhole({ audit }, 'member:2')).toEqual({ stream: 'member:2', records: 0, brokenAt: null, end: undefined });
  });

  it('finds a record that was changed, also by somebody who computed its hash anew', async () => {
    await append('member:1', 5);
    audit.tamper('member:1/3', { reason: 'another' });
    expect(await verifyNewest({ audit }, 'member:1')).toEqual({ state: 'broken', records: 3, brokenAt: 'member:1/3' });
    const changed = audit.all()[2]!;
    audit.tamper('member:1/3', { hash: hashOf(changed) });
    expect(await verifyWhole({ audit }, 'member:1')).toMatchObject({ records: 4, brokenAt: 'member:1/4' });
  });

  it('finds a record that was taken out, at the next one', async () => {
    await append('member:1', 5);
    audit.tamper('member:1/2', 'remove');
    expect(await verifyNewest({ audit }, 'member:1')).toMatchObject({ state: 'broken', brokenAt: 'member:1/3' });
    expect(await verifyWhole({ audit }, 'member:1')).toMatchObject({ brokenAt: 'member:1/3' });
  });

  it('finds a beginning that was cut off', async () => {
    await append('member:1', 5);
    audit.tamper('member:1/1', 'remove');
    expect(await verifyNewest({ audit }, 'member:1')).toMatchObject({ state: 'broken', brokenAt: 'member:1/2' });
  });

  it('looks at the newest records for a request, and at all of them for the command', async () => {
    const count = auditLimits.recordsPerVerification + 5;
    await append('member:1', count);
    expect(await verifyNewest({ audit }, 'member:1')).toEqual({
      state: 'partial',
      records: auditLimits.recordsPerVerification,
      brokenAt: null,
    });
    expect(await verifyWhole({ audit }, 'member:1')).toMatchObject({ records: count, brokenAt: null, end: { seq: count } });
    audit.tamper('member:1/3', { reason: 'another' });
    expect(await verifyNewest({ audit }, 'member:1')).toMatchObject({ state: 'partial' });
    expect(await verifyWhole({ audit }, 'member:1')).toMatchObject({ brokenAt: 'member:1/3' });
  });

  it('looks at every stream, more than go side by side', async () => {
    for (let index = 0; index < auditLimits.streamsAtOnce * 2 + 1; index += 1) await append(`member:${index}`, 2);
    audit.tamper('member:3/1', { actor: 'staff:stf_b' });
    const reports = await verified();
    expect(reports).toHaveLength(auditLimits.streamsAtOnce * 2 + 1);
    expect(broken(reports)).toEqual(['member:3/1']);
  });
});

describe('the ends that were seen before', () => {
  it('are gone through by chains that went on', async () => {
    await append('member:1', 3);
    const ends = endsOf(await verified());
    expect(broken(await verified(ends))).toEqual([]);
    await append('member:1', 2);
    await append('member:2', 1);
    expect(broken(await verified(ends))).toEqual([]);
  });

  it.each<[string, (audit: FakeAuditLog) => void]>([
    ['was cut off', () => audit.tamper('member:1/3', 'remove')],
    ['is gone altogether', () => [1, 2, 3].forEach((seq) => audit.tamper(`member:1/${seq}`, 'remove'))],
  ])('show a chain that %s', async (_, tamper) => {
    await append('member:1', 3);
    await append('member:2', 1);
    const ends = endsOf(await verified());
    tamper(audit);
    expect(broken(await verified())).toEqual([]);
    expect(broken(await verified(ends))).toEqual(['member:1/3']);
  });

  it('show a chain that was written anew, whole in itself', async () => {
    await append('member:1', 3);
    const ends = endsOf(await verified());
    audit = fakeAuditLog(fakeClock());
    for (let index = 0; index < 4; index += 1)
      await audit.append({ stream: 'member:1', subject: 'member:1', actor: 'system', action: 'member.praised' });
    expect(broken(await verified())).toEqual([]);
    expect(broken(await verified(ends))).toEqual(['member:1/3']);
  });
});

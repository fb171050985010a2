import { describe, expect, it } from 'vitest';
import { auditId, auditLimits, firstHash, hashOf, placeOfAudit, sealed, type AuditEntry } from '#shared/platform/audit/audit-record.ts';

const now = Date.UTC(2026, 10, 21, 12);
const entry = (over: Partial<AuditEntry> = {}): AuditEntry => ({
  stream: 'member:1',
  action: 'member.status-changed',
  actor: 'staff:stf_a',
  subject: 'member:1',
  ...over,
});

describe('an audit record', () => {
  it('has a hash that changes with whatever changes in it', () => {
    const record = sealed(entry({ reason: 'Spam', before: { status: 'basic' }, after: { status: 'banned' } }), undefined, now);
    const changes: Partial<typeof record>[] = [
      { seq: 2 },
      { at: '2026-11-21T12:00:00.001Z' },
      { actor: 'staff:stf_b' },
      { reason: null },
      { before: { status: 'premium' } },
      { after: null },
      { previousHash: 'f'.repeat(64) },
      { address: '192.0.2.1' },
      { stream: 'member:2' },
    ];
    expect(hashOf(record)).toBe(record.hash);
    expect(record.previousHash).toBe(firstHash);
    expect(new Set([record.hash, ...changes.map((change) => hashOf({ ...record, ...change }))]).size).toBe(changes.length + 1);
  });

  it('keeps its hash for as long as this code runs: every chain that was ever written depends on it', () => {
    const record = sealed(entry({ reason: 'Spam', after: { b: 1, a: [true, null] } }), undefined, now);
    expect(record.hash).toBe('12951c3d088eec9cd38d0660a0cc41e9a4540d910a47470109fed4f6b7c902cf');
  });

  it('takes the request’s id from the client unless it is said otherwise', () => {
    const client = { address: '192.0.2.1', userAgent: 'x'.repeat(1_000), requestId: 'req-1' };
    const record = sealed(entry({ client }), undefined, now);
    expect(record).toMatchObject({ address: '192.0.2.1', requestId: 'req-1' });
    expect(record.userAgent).toHaveLength(auditLimits.userAgentCharactersMax);
    expect(sealed(entry({ client, requestId: 'req-2' }), undefined, now).requestId).toBe('req-2');
  });

  it('says what JSON says of a state: dates as text, nothing of what is undefined', () => {
    const { after } = sealed(entry({ after: { until: new Date(now), gone: undefined, list: [1, undefined] } }), undefined, now);
    expect(after).toEqual({ until: '2026-11-21T12:00:00.000Z', list: [1, null] });
  });

  it('holds no half of a surrogate pair, which a store would turn into something else', () => {
    const { reason, actorName } = sealed(entry({ reason: `${'x'.repeat(499)}\u{1f600}`, actorName: 'a\ud83d' }), undefined, now);
    expect([reason, actorName].every((text) => text?.isWellFormed())).toBe(true);
  });

  it.each<[string, Partial<AuditEntry>, string]>([
    ['a password', { after: { password: 'hunter22' } }, 'takes no "password"'],
    ['a code, also deep inside and in another case', { after: { challenge: { Code: '123456' } } }, 'takes no "Code"'],
    ['a list of recovery codes', { before: { recoveryCodes: ['a-b'] } }, 'takes no "recoveryCodes"'],
    ['a state that is too long', { after: { text: 'x'.repeat(auditLimits.stateCharactersMax) } }, 'too long'],
    ['an action that is none', { action: 'Banned' }, 'action'],
    ['an actor that is none', { actor: 'the owner' }, 'actor'],
    ['what concerns a member, in another stream', { stream: 'system' }, 'own stream'],
    ['a number that is none', { after: { count: 1n } }, 'BigInt'],
  ])('never comes to be with %s', (_, over, message) => {
    expect(() => sealed(entry(over), undefined, now)).toThrow(message);
  });

  it('may tell how many secrets there are, and whether', () => {
    expect(sealed(entry({ after: { recoveryCodes: 10, password: true } }), undefined, now).after).toEqual({
      recoveryCodes: 10,
      password: true,
    });
  });

  it('is found by its id', () => {
    expect(placeOfAudit(auditId({ stream: 'member:1', seq: 12 }))).toEqual({ stream: 'member:1', seq: 12 });
    for (const id of ['', 'member:1', 'member:1/', 'member:1/0', 'member:1/01', 'a b/1', 'member:1/1234567890123'])
      expect(placeOfAudit(id)).toBeUndefined();
  });
});

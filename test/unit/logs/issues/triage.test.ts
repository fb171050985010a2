import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decided, seeAgain, statusAt, untouched, type Seen, type Triage, type TriageDecision } from '#shared/logs/issues/triage.ts';

const nowMs = Date.parse('2026-11-21T10:00:00.000Z');
const minuteMs = 60_000;
const at = (minutes: number): string => new Date(nowMs + minutes * minuteMs).toISOString();

const resolve: TriageDecision = { kind: 'resolve', inVersion: null, fixedAt: null };

const seen = (change: Partial<Seen> = {}): Seen => ({
  fileId: 'log_a',
  uploadedAtMs: nowMs + minuteMs,
  lastAt: at(1),
  total: 12,
  nowMs: nowMs + 2 * minuteMs,
  ...change,
});

function after(triage: Triage, ...decisions: TriageDecision[]): Triage {
  return decisions.reduce((one, decision) => decided(one, decision, { nowMs, total: 10 }) ?? one, triage);
}

describe('a decision', () => {
  it('resolves in a version, and says when', () => {
    const triage = after(untouched, { ...resolve, inVersion: '4.2.1' });
    expect(triage).toMatchObject({ status: 'resolved', resolution: { at: at(0), inVersion: '4.2.1', fixedAt: null }, revision: 1 });
  });

  it('leaves the owner alone when it is about the status, and the status when it is about the owner', () => {
    const triage = after(untouched, { kind: 'assign', assignee: 'stf_ann' }, { kind: 'mute', until: null, count: 5 });
    expect(triage).toMatchObject({ status: 'muted', assignee: 'stf_ann', mute: { count: 5, until: null, totalBefore: 10 } });
    expect(after(triage, { kind: 'assign', assignee: null })).toEqual({ ...triage, assignee: null, revision: 3 });
  });

  it('ends what stood there before: nothing is muted and resolved at once', () => {
    const muted = after(untouched, resolve, { kind: 'mute', until: at(60), count: null });
    expect(muted).toMatchObject({ status: 'muted', resolution: null });
    expect(after(muted, resolve)).toMatchObject({ status: 'resolved', mute: null });
    expect(after(muted, { kind: 'reopen' })).toMatchObject({ status: 'open', mute: null, resolution: null });
  });

  it('that changes nothing is none', () => {
    expect(decided(untouched, { kind: 'reopen' }, { nowMs, total: 0 })).toBeUndefined();
    expect(decided(untouched, { kind: 'assign', assignee: null }, { nowMs, total: 0 })).toBeUndefined();
  });

  it('to reopen takes the mark of a regression away', () => {
    const regressed = seeAgain(after(untouched, resolve), seen())?.triage ?? untouched;
    expect(regressed.regression).not.toBeNull();
    expect(after(regressed, { kind: 'reopen' })).toMatchObject({ status: 'open', regression: null });
  });
});

describe('seen again', () => {
  const resolved = after(untouched, { kind: 'assign', assignee: 'stf_ann' }, { ...resolve, inVersion: '4.2.1' });

  it('a resolved issue has regressed, and keeps its owner', () => {
    expect(seeAgain(resolved, seen())).toEqual({
      change: 'regressed',
      triage: {
        status: 'open',
        assignee: 'stf_ann',
        assigneeName: null,
        resolution: null,
        mute: null,
        regression: { at: at(2), fileId: 'log_a', inVersion: '4.2.1' },
        wake: null,
        revision: 3,
      },
    });
  });

  it('in a file from before the resolution it has not', () => {
    expect(seeAgain(resolved, seen({ uploadedAtMs: nowMs - 1 }))).toBeUndefined();
    expect(seeAgain(resolved, seen({ uploadedAtMs: nowMs }))).toBeUndefined();
  });

  it('before the fix went live it has not, however late the file comes', () => {
    const fixed = after(untouched, { ...resolve, fixedAt: at(-30) });
    expect(seeAgain(fixed, seen({ lastAt: at(-31) }))).toBeUndefined();
    expect(seeAgain(fixed, seen({ lastAt: at(-30) }))).toBeUndefined();
    expect(seeAgain(fixed, seen({ lastAt: at(-29) }))?.change).toBe('regressed');
  });

  it('an open one changes nothing', () => {
    expect(seeAgain(untouched, seen())).toBeUndefined();
  });

  it('a muted one wakes up when it was seen as often as was allowed, and not before', () => {
    const muted = after(untouched, { kind: 'mute', until: null, count: 5 });
    expect(seeAgain(muted, seen({ total: 14 }))).toBeUndefined();
    expect(seeAgain(muted, seen({ total: 15 }))).toMatchObject({
      change: 'mute-ended',
      triage: { status: 'open', mute: null, wake: { at: at(2), fileId: 'log_a' } },
    });
  });

  it('a muted one is open again when its time is up, by the clock alone', () => {
    const muted = after(untouched, { kind: 'mute', until: at(60), count: null });
    expect(statusAt(muted, nowMs + 60 * minuteMs - 1)).toBe('muted');
    expect(statusAt(muted, nowMs + 60 * minuteMs)).toBe('open');
    expect(seeAgain(muted, seen({ total: 1_000_000 }))).toBeUndefined();
  });

  it('in the same file told again changes nothing more', () => {
    const decision = fc.oneof(
      fc.constant<TriageDecision>(resolve),
      fc.integer({ min: 1, max: 30 }).map((count): TriageDecision => ({ kind: 'mute', until: null, count })),
      fc.constant<TriageDecision>({ kind: 'reopen' }),
    );
    const holds = () =>
      fc.assert(
        fc.property(fc.array(decision, { maxLength: 4 }), fc.integer({ min: 10, max: 60 }), (decisions, total) => {
          const before = after(untouched, ...decisions);
          const once = seeAgain(before, seen({ total }))?.triage ?? before;
          return seeAgain(once, seen({ total })) === undefined;
        }),
      );
    expect(holds).not.toThrow();
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { membershipStatuses, type MembershipStatus } from '#shared/identity/member.ts';
import {
  membershipAt,
  movedTo,
  movesOf,
  newMembership,
  rolesOfMember,
  verified,
  type Membership,
} from '#shared/identity/administration/membership-status.ts';

const startMs = Date.UTC(2026, 10, 21);
const day = 86_400_000;
const by = { reason: 'because', actor: 'staff:stf_1' };
const basic = newMembership('member:1', startMs);

/** Moves one after the other, all at the start unless a move says when it ends. */
function after(...steps: (MembershipStatus | { to: MembershipStatus; untilMs: number })[]): Membership {
  return steps.reduce(
    (membership, step) => movedTo(membership, { ...by, ...(typeof step === 'string' ? { to: step } : step) }, startMs),
    basic,
  );
}

const codeOf = (act: () => unknown): unknown => {
  try {
    act();
    return undefined;
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('moves of a membership', () => {
  it('leads from basic over verified to premium and back, and not past verified', () => {
    expect(after('verified', 'premium').status).toBe('premium');
    expect(after('verified', 'premium', 'verified', 'basic').status).toBe('basic');
    expect(codeOf(() => after('premium'))).toBe('identity.status-move-refused');
  });

  it('keeps who decided what, why and since when', () => {
    expect(movedTo(basic, { to: 'verified', reason: 'seen in person', actor: 'staff:stf_9' }, startMs + day)).toEqual({
      status: 'verified',
      reason: 'seen in person',
      actor: 'staff:stf_9',
      sinceMs: startMs + day,
      untilMs: null,
      before: null,
    });
  });

  it('gives the standing back that a sanction covered, and no other', () => {
    const suspended = after('verified', 'suspended');
    expect(movesOf(suspended, startMs)).toEqual(['verified', 'banned', 'deleted']);
    expect(after('verified', 'suspended', 'banned', 'verified').status).toBe('verified');
    expect(codeOf(() => after('verified', 'suspended', 'basic'))).toBe('identity.status-move-refused');
    expect(codeOf(() => after('verified', 'banned', 'premium'))).toBe('identity.status-move-refused');
  });

  it('takes no end for a status that has none, none that has passed, and none that is out of sight', () => {
    const invalid = (to: MembershipStatus, untilMs: number) => codeOf(() => movedTo(basic, { ...by, to, untilMs }, startMs));
    expect(invalid('verified', startMs + day)).toBe('request.invalid');
    expect(invalid('banned', startMs)).toBe('request.invalid');
    expect(invalid('banned', startMs + 11 * 366 * day)).toBe('request.invalid');
    expect(invalid('banned', startMs + 1)).toBeUndefined();
  });

  it('leaves nowhere from deleted', () => {
    expect(movesOf(after('deleted'), startMs)).toEqual([]);
    expect(codeOf(() => after('deleted', 'basic'))).toBe('identity.status-move-refused');
  });
});

describe('a membership that runs out', () => {
  it('is suspended until its end and what it was from there on', () => {
    const suspended = after('verified', { to: 'suspended', untilMs: startMs + day });
    expect(membershipAt(suspended, startMs + day - 1).status).toBe('suspended');
    expect(membershipAt(suspended, startMs + day)).toMatchObject({
      status: 'verified',
      actor: 'system',
      sinceMs: startMs + day,
      before: null,
    });
  });

  it('lets premium run out below a sanction, whether that ends by itself or is lifted', () => {
    const premium = [{ to: 'premium', untilMs: startMs + day }] as const;
    const suspended = after('verified', ...premium, { to: 'suspended', untilMs: startMs + 2 * day });
    expect(membershipAt(suspended, startMs + 2 * day).status).toBe('verified');
    const banned = after('verified', ...premium, 'banned');
    expect(movesOf(banned, startMs + day)).toEqual(['verified', 'suspended', 'deleted']);
    expect(movedTo(banned, { ...by, to: 'verified' }, startMs + day)).toMatchObject({ status: 'verified', untilMs: null });
    expect(movedTo(banned, { ...by, to: 'premium' }, startMs + day - 1)).toMatchObject({ status: 'premium', untilMs: startMs + day });
  });

  it('decides on what is true now: nobody lifts a suspension that has ended', () => {
    const suspended = after({ to: 'suspended', untilMs: startMs + day });
    expect(movesOf(suspended, startMs + day)).toEqual(['verified', 'suspended', 'banned', 'deleted']);
  });
});

describe('a verification', () => {
  it('verifies a basic member, and the standing below a sanction without lifting it', () => {
    expect(verified(basic, by, startMs).status).toBe('verified');
    const suspended = verified(after('suspended'), by, startMs);
    expect([suspended.status, suspended.before?.status]).toEqual(['suspended', 'verified']);
    expect(verified(after('verified', 'premium'), by, startMs).status).toBe('premium');
  });
});

describe('any row of decisions', () => {
  interface Step {
    readonly to: MembershipStatus;
    readonly days: number;
    readonly endsAfterDays: number | undefined;
  }
  const decision: fc.Arbitrary<Step> = fc.record({
    to: fc.constantFrom(...membershipStatuses),
    days: fc.integer({ min: 1, max: 30 }),
    endsAfterDays: fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined }),
  });
  const row = fc.array(decision, { maxLength: 30 });

  function walk(decisions: readonly Step[], look: (membership: Membership, nowMs: number) => void): void {
    let membership = basic;
    let nowMs = startMs;
    for (const { to, days, endsAfterDays } of decisions) {
      nowMs += days * day;
      const untilMs = endsAfterDays === undefined ? undefined : nowMs + endsAfterDays * day;
      const refused = codeOf(() => (membership = movedTo(membership, { ...by, to, untilMs }, nowMs)));
      expect([undefined, 'identity.status-move-refused', 'request.invalid']).toContain(refused);
      look(membership, nowMs);
    }
  }

  it('covers a standing exactly while a sanction lasts', () => {
    fc.assert(
      fc.property(row, (decisions) =>
        walk(decisions, (membership, nowMs) => {
          const { status, before } = membershipAt(membership, nowMs);
          expect(before !== null).toBe(status === 'suspended' || status === 'banned');
        }),
      ),
    );
  });

  it('takes every move that it offers and refuses every other', () => {
    fc.assert(
      fc.property(row, (decisions) =>
        walk(decisions, (membership, nowMs) => {
          const offered = movesOf(membership, nowMs);
          const taken = membershipStatuses.filter((to) => codeOf(() => movedTo(membership, { ...by, to }, nowMs)) === undefined);
          expect(taken.toSorted()).toEqual(offered.toSorted());
        }),
      ),
    );
  });

  it('never comes back from deleted, and settles once: looking twice changes nothing', () => {
    fc.assert(
      fc.property(row, fc.integer({ min: 0, max: 400 }), (decisions, laterDays) =>
        walk(decisions, (membership, nowMs) => {
          const laterMs = nowMs + laterDays * day;
          const later = membershipAt(membership, laterMs);
          expect(membershipAt(later, laterMs)).toEqual(later);
          expect(later.untilMs === null || later.untilMs > laterMs).toBe(true);
          expect(later.status === 'deleted').toBe(membership.status === 'deleted');
        }),
      ),
    );
  });

  it('lets no banned and no deleted member in, and a suspended one only to look', () => {
    fc.assert(
      fc.property(row, (decisions) =>
        walk(decisions, (membership, nowMs) => {
          const { status } = membershipAt(membership, nowMs);
          const roles = {
            suspended: ['suspended-member'],
            banned: [],
            deleted: [],
            basic: ['member'],
            verified: ['member'],
            premium: ['member'],
          };
          expect(rolesOfMember(membership, nowMs)).toEqual(roles[status]);
        }),
      ),
    );
  });
});

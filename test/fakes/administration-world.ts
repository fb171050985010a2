/**
 * Everything around the use cases of administration, in memory: members, staff, sessions, cards, messages and the audit log.
 */
import type { KycData } from '#shared/identity/kyc/kyc-data.ts';
import type { CardVault } from '#shared/identity/kyc/ports.ts';
import { seededChance } from './chance.ts';
import { fakeClock } from './clock.ts';
import { fakeAuditLog } from './fake-audit-log.ts';
import { fakeMembers } from './fake-members.ts';
import { fakeMessenger } from './fake-messenger.ts';
import { fakeRateLimits } from './fake-rate-limits.ts';
import { fakeStaff } from './fake-staff.ts';
import { fakeSubjectSessions } from './fake-subject-sessions.ts';
import { sampleStaff } from './identity-samples.ts';

/** Seals nothing, and still opens for the same member alone. */
export const openVault: CardVault = {
  seal: async (memberId, data) => ({ dataKey: memberId, data: JSON.stringify(data) }),
  async open(memberId, { dataKey, data }) {
    if (dataKey !== memberId) throw new Error('Sealed for somebody else');
    return JSON.parse(data) as KycData;
  },
};

export function administrationWorld() {
  const clock = fakeClock(Date.UTC(2026, 10, 21, 12));
  const audit = fakeAuditLog(clock);
  const members = fakeMembers(audit);
  const { staff, invitations, hire } = fakeStaff(audit);
  const owner = sampleStaff();
  hire(owner);
  const deps = {
    members,
    memberships: members,
    notes: members,
    cards: members.cards,
    vault: openVault,
    hashNik: (nik: string) => `hash of ${nik}`,
    sessions: fakeSubjectSessions(audit, clock),
    staff,
    invitations,
    messenger: fakeMessenger(),
    limits: fakeRateLimits(clock),
    backofficeOrigin: 'https://desk.example',
    audit,
    clock,
    chance: seededChance(),
  };
  const client = { address: '192.0.2.9', userAgent: 'Firefox' };
  return { deps, clock, audit, members, hire, owner, client, decider: { staffId: owner.id, client } };
}

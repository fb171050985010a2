/**
 * What the desk's pages are shown in journeys without the whole stack: people, decisions and logs that are the same every time.
 */
import type * as z from 'zod';
import type { kycView } from '#shared/identity/routes/member-routes.ts';
import type { invitationView, memberDetailView, noteView, sessionView, staffView } from '#shared/identity/routes/views.ts';
import type { auditView } from '#shared/platform/audit/audit-routes.ts';
import type { StaffRole } from '#shared/platform/permissions.ts';
import { type LogState, noLogs } from './desk-logs.ts';
import { type FakeDeposit, fakeDeposits } from './desk-deposits.ts';
import { type FakeException, fakeExceptions } from './desk-exceptions.ts';
import { seedMs } from './desk-seed.ts';
import { type FakeWithdrawal, fakeWithdrawals } from './desk-withdrawals.ts';

export type Member = z.infer<typeof memberDetailView>;
export type Session = z.infer<typeof sessionView>;
export type Staff = z.infer<typeof staffView> & { locale: 'id' | 'en'; recoveryCodesLeft: number; sessions: Session[] };
type AuditRecord = z.infer<typeof auditView>;
type Kyc = z.infer<typeof kycView>;

export const staffPassword = 'kopi-susu-gula-aren';
export const staffCode = '123456';
export const recoveryCode = 'k7mq-29xd-p4rt';
export const invitationToken = 'inv_open.secret';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const names = [
  ['sari.dewi', 'Sari Dewi Kusumawardhani'],
  ['budi', 'Budi Santoso'],
  ['ayu_lestari', 'Ayu Lestari'],
  ['joko.w', 'Joko Widjaja'],
  ['made', 'I Made Wirawan'],
  ['rina88', 'Rina'],
  ['togar', 'Togar Simanjuntak'],
  ['a.very.long.handle.of.a.member', 'Raden Mas Suryaningrat Adiwijaya Kusumonegoro'],
] as const;

const kycStates = ['submitted', 'approved', 'none', 'none'] as const;
const statuses = ['basic', 'verified', 'premium', 'basic', 'suspended', 'verified', 'banned', 'basic'] as const;

export interface DeskState {
  members: Member[];
  memberSessions: Map<string, Session[]>;
  notes: Map<string, z.infer<typeof noteView>[]>;
  kyc: Map<string, Kyc>;
  staff: Staff[];
  invitations: z.infer<typeof invitationView>[];
  audit: AuditRecord[];
  readonly logs: LogState;
  deposits: FakeDeposit[];
  withdrawals: FakeWithdrawal[];
  exceptions: FakeException[];
}

export function deskState(): DeskState {
  const members = Array.from({ length: 60 }, (_, index) => memberOf(index));
  return {
    members,
    memberSessions: new Map(members.map(({ id }) => [id, [sessionOf(`mse_${id}_1`, 1), sessionOf(`mse_${id}_2`, 9)]])),
    notes: new Map([
      [
        members[0]?.id ?? '',
        [noteOf('not_1', 'Menelepon soal isi saldo yang belum masuk. Sudah dibantu.'), noteOf('not_2', 'Minta ganti nomor.')],
      ],
    ]),
    kyc: new Map(members.filter(({ kyc }) => kyc !== 'none').map(({ id, kyc }) => [id, kycOf(kyc)])),
    staff: staffMembers(),
    invitations: [invitationOf('inv_open', 'open'), invitationOf('inv_old', 'expired'), invitationOf('inv_done', 'accepted')],
    audit: Array.from({ length: 90 }, (_, index) => auditOf(index, members)),
    logs: noLogs(),
    deposits: fakeDeposits(members),
    withdrawals: fakeWithdrawals(members),
    exceptions: fakeExceptions(),
  };
}

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

function memberOf(index: number): Member {
  const [handle, displayName] = names[index % names.length] ?? names[0];
  const round = Math.floor(index / names.length);
  const status = statuses[index % statuses.length] ?? 'basic';
  const createdMs = seedMs - index * 7 * 60 * minuteMs;
  return {
    id: String(BigInt(createdMs) << 16n),
    handle: round === 0 ? handle : `${handle}${round}`.slice(-30),
    displayName,
    email: index % 3 === 2 ? null : `${handle}${round}@example.id`,
    phone: index % 3 === 0 ? null : `+62812345678${String(index).padStart(2, '0')}`,
    status,
    ...restrictionOf(status),
    createdAt: iso(createdMs),
    lastSeenAt: iso(seedMs - index * 11 * minuteMs),
    moves: movesOf(status),
    hasPassword: index % 4 !== 3,
    hasSecondFactor: index % 4 === 0,
    kyc: kycStates[index % kycStates.length] ?? 'none',
    deletionAt: null,
    locale: index % 2 === 0 ? 'id' : 'en',
  };
}

function restrictionOf(status: Member['status']): Pick<Member, 'statusReason' | 'statusUntil' | 'statusBefore'> {
  if (status !== 'suspended' && status !== 'banned') return { statusReason: null, statusUntil: null, statusBefore: null };
  const until = status === 'suspended' ? iso(seedMs + 400 * dayMs) : null;
  return { statusReason: 'Menawarkan saldo di luar aplikasi', statusUntil: until, statusBefore: 'basic' };
}

export function movesOf(status: Member['status']): Member['moves'] {
  if (status === 'deleted') return [];
  const all = ['basic', 'verified', 'premium', 'suspended', 'banned'] as const;
  return all.filter((each) => each !== status);
}

export function sessionOf(id: string, daysAgo: number, current = false): Session {
  return {
    id,
    createdAt: iso(seedMs - daysAgo * dayMs),
    lastUsedAt: iso(seedMs - daysAgo * 5 * minuteMs),
    expiresAt: iso(seedMs + 400 * dayMs),
    address: daysAgo % 2 === 0 ? '203.0.113.24' : '2001:db8:85a3::8a2e:370:7334',
    userAgent: 'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36',
    current,
  };
}

export function noteOf(id: string, text: string): z.infer<typeof noteView> {
  return { id, text, authorId: 'stf_rina', authorName: 'Rina Support', createdAt: iso(seedMs - dayMs) };
}

function kycOf(state: Kyc['state']): Kyc {
  const data = {
    nik: '3171234507950001',
    fullName: 'Sari Dewi Kusumawardhani',
    birthDate: '1994-03-17',
    address: 'Jl. Melati No. 5, Kebayoran Baru, Jakarta Selatan',
  };
  const isDecided = state === 'approved';
  return {
    state,
    data,
    submittedAt: iso(seedMs - 2 * dayMs),
    decidedBy: isDecided ? 'stf_olivia' : null,
    decidedAt: isDecided ? iso(seedMs - dayMs) : null,
    reason: isDecided ? 'Cocok dengan kartu' : null,
  };
}

function staffMembers(): Staff[] {
  const person = (id: string, name: string, roles: StaffRole[]): Staff => ({
    id: `stf_${id}`,
    email: `${id}@xm.example`,
    name,
    roles,
    status: id === 'tono' ? 'disabled' : 'active',
    createdAt: iso(seedMs - 90 * dayMs),
    lastSeenAt: id === 'tono' ? null : iso(seedMs - 30 * minuteMs),
    locale: id === 'ari' ? 'en' : 'id',
    recoveryCodesLeft: 2,
    sessions: [],
  });
  return [
    person('olivia', 'Olivia Pemilik', ['owner']),
    person('rina', 'Rina Support', ['support']),
    person('ari', 'Ari Auditor', ['auditor']),
    person('oki', 'Oki Operasional', ['ops', 'finance']),
    person('tono', 'Tono Lama', ['merchandiser']),
  ];
}

export function invitationOf(
  id: string,
  status: 'open' | 'accepted' | 'withdrawn' | 'expired',
  email = `${id}@xm.example`,
): z.infer<typeof invitationView> {
  return {
    id,
    email,
    roles: ['support'],
    invitedBy: 'stf_olivia',
    invitedByName: 'Olivia Pemilik',
    createdAt: iso(seedMs - dayMs),
    expiresAt: iso(seedMs + 300 * dayMs),
    status,
  };
}

const actions = ['member.status-changed', 'sign-in.ok', 'member.noted', 'sign-in.refused', 'staff.roles-changed', 'kyc.approved'] as const;

function auditOf(index: number, members: readonly Member[]): AuditRecord {
  const action = actions[index % actions.length] ?? 'sign-in.ok';
  const member = members[index % members.length];
  const isChange = action.endsWith('changed');
  return {
    id: `member:${member?.id}/${index + 1}`,
    at: iso(seedMs - index * 43 * minuteMs),
    action,
    actor: 'staff:stf_rina',
    actorName: 'Rina Support',
    subject: `member:${member?.id}`,
    address: '203.0.113.24',
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Chrome/142.0',
    requestId: `req-${index}`,
    reason: isChange ? 'Menawarkan saldo di luar aplikasi' : null,
    before: isChange ? { status: 'basic', until: null } : null,
    after: isChange ? { status: 'banned', until: iso(seedMs + 30 * dayMs), sessions: 0 } : null,
    hash: 'a1b2c3d4'.repeat(8),
  };
}

/**
 * Notices of changes to an account, to wherever its owner can be reached.
 */
import type { Messenger } from '#shared/messaging/ports.ts';
import type { MemberRecord } from '../member-record.ts';
import { addressOfMember } from './identifier.ts';

export async function tellPasswordChanged(messenger: Messenger, member: MemberRecord, nowMs: number): Promise<void> {
  const values = { at: new Date(nowMs).toISOString() };
  await messenger.send({ ...addressOfMember(member), locale: member.locale, template: 'password-changed', values });
}

export async function tellSecondFactorChanged(
  messenger: Messenger,
  member: MemberRecord,
  change: { isOn: boolean; nowMs: number },
): Promise<void> {
  const values = { isOn: change.isOn, at: new Date(change.nowMs).toISOString() };
  await messenger.send({ ...addressOfMember(member), locale: member.locale, template: 'second-factor-changed', values });
}

/**
 * To the former address or number, which nobody else can be told by. Where there was none, to wherever the member could be reached so far: a number
 * that somebody adds to a stolen session is a way in.
 */
export async function tellIdentifierChanged(
  messenger: Messenger,
  former: MemberRecord,
  { field, nowMs }: { field: 'email' | 'phone'; nowMs: number },
): Promise<void> {
  const values = { kind: field, at: new Date(nowMs).toISOString() };
  const reached = addressOfMember(former, { field, value: former[field] ?? '' });
  await messenger.send({ ...reached, locale: former.locale, template: 'identifier-changed', values });
}

export async function tellDeletion(messenger: Messenger, member: MemberRecord, deletionAtMs: number): Promise<void> {
  const values = { at: new Date(deletionAtMs).toISOString() };
  await messenger.send({ ...addressOfMember(member), locale: member.locale, template: 'account-deletion', values });
}

import type { Messenger } from '#shared/messaging/ports.ts';
import type { MemberRecord } from '../member-record.ts';
import type { Membership } from './membership-status.ts';
import { instantOrNull } from './present-member.ts';

/** Tells a member of a suspension or ban, by e-mail where there is an address. Other statuses are no news by themselves. */
export async function tellMember(messenger: Messenger, { email, phone, locale }: MemberRecord, membership: Membership): Promise<void> {
  const { status, reason, untilMs } = membership;
  if (status !== 'suspended' && status !== 'banned') return;
  const values = { status, reason: reason ?? '', until: instantOrNull(untilMs) ?? ('' as const) };
  const content = { template: 'membership-sanctioned' as const, values, locale };
  if (email !== null) await messenger.send({ channel: 'email', to: email, ...content });
  else if (phone !== null) await messenger.send({ channel: 'sms', to: phone, ...content });
}

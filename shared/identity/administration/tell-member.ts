import { instantOrNull } from './present-member.ts';
import type { MemberRecord } from '../member-record.ts';
import type { Membership } from './membership-status.ts';

/** What members are told of decisions about them. */
export interface MemberMessenger {
  send(message: {
    readonly channel: 'email' | 'sms';
    readonly to: string;
    readonly template: 'membership-sanctioned';
    readonly locale: MemberRecord['locale'];
    readonly values: Readonly<Record<string, string>>;
  }): Promise<void>;
}

/** Tells a member of a suspension or ban, by e-mail where there is an address. */
export async function tellMember(messenger: MemberMessenger, member: MemberRecord, { status, reason, untilMs }: Membership): Promise<void> {
  const { email, phone, locale } = member;
  const to = email ?? phone;
  if (to === null) return;
  const values = { status, reason: reason ?? '', until: instantOrNull(untilMs) ?? '' };
  await messenger.send({ channel: email === null ? 'sms' : 'email', to, template: 'membership-sanctioned', locale, values });
}

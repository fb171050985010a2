/**
 * Codes on their way to members.
 */
import * as z from 'zod';
import type { Locale } from '#shared/messaging/message.ts';
import type { Messenger } from '#shared/messaging/ports.ts';
import { oneTimePurpose, type OpenedCode } from '../engine/one-time.ts';
import { localeSchema } from '../member.ts';
import type { challengeView } from '../routes/views.ts';
import type { Address } from './identifier.ts';

const codeSeconds = 600;
const ticketSeconds = 300;
const whose = z.object({ memberId: z.string() });
/** A code says where it went: see `stillReaches`. */
const sentTo = whose.extend({ to: z.string() });

export const purposes = {
  signUp: oneTimePurpose({
    name: 'sign-up',
    seconds: codeSeconds,
    data: z.object({
      handle: z.string(),
      displayName: z.string(),
      email: z.string().nullable(),
      phone: z.string().nullable(),
      locale: localeSchema,
      passwordHash: z.string().optional(),
    }),
  }),
  signIn: oneTimePurpose({ name: 'sign-in', seconds: codeSeconds, data: sentTo }),
  password: oneTimePurpose({ name: 'password', seconds: codeSeconds, data: sentTo }),
  proof: oneTimePurpose({ name: 'proof', seconds: codeSeconds, data: sentTo }),
  identifier: oneTimePurpose({
    name: 'identifier',
    seconds: codeSeconds,
    data: whose.extend({ field: z.enum(['email', 'phone']), value: z.string() }),
  }),
  /** Between password or code and second factor. `version` is the session guard's: what ends all sessions ends it too. */
  secondFactor: oneTimePurpose({ name: 'second-factor', seconds: ticketSeconds, data: whose.extend({ version: z.int() }) }),
} as const;

/** False once the member has another address or number: whoever reads messages to the former one is nobody any more. */
export const stillReaches = ({ to }: { to: string }, { email, phone }: { email: string | null; phone: string | null }): boolean =>
  to === email || to === phone;

type CodeTemplate = 'sign-up-code' | 'sign-in-code' | 'password-code' | 'proof-code' | 'identifier-code';

interface Sending {
  readonly address: Address;
  readonly locale: Locale;
  readonly template: CodeTemplate;
}

/** Puts a code on its way. */
export async function sendCode(messenger: Messenger, opened: OpenedCode, { address, locale, template }: Sending): Promise<void> {
  const values = { code: opened.code, minutes: codeSeconds / 60 };
  await messenger.send({ ...address, locale, template, values, expiresAt: new Date(opened.expiresAtMs).toISOString() });
}

/**
 * Does what `sendCode` does, except that nothing arrives: the message is over before it begins. So the answer takes as long for somebody who
 * is not there, and no stranger gets mail.
 */
export async function sendNothing(messenger: Messenger, opened: OpenedCode, sending: Sending): Promise<void> {
  await sendCode(messenger, { ...opened, expiresAtMs: 0, code: '000000' }, sending);
}

export function presentChallenge({ challengeId, expiresAtMs, resendAtMs }: OpenedCode): z.input<typeof challengeView> {
  return { challengeId, expiresAt: new Date(expiresAtMs).toISOString(), resendAt: new Date(resendAtMs).toISOString() };
}

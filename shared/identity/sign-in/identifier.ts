/**
 * What people sign in by: an e-mail address, a number as they write it, or a handle.
 */
import type { Identifier } from '../engine/subjects.ts';
import { emailSchema, phoneSchema } from '../member.ts';

/** Which of the three a text is. A text that is none of them is a handle that nobody has. */
export function identifierOf(text: string): Identifier {
  if (text.includes('@')) return { field: 'email', value: text.toLowerCase() };
  const phone = phoneSchema.safeParse(text);
  return phone.success ? { field: 'phone', value: phone.data } : { field: 'handle', value: text };
}

/** Where a message can go. */
export type Address = { readonly channel: 'email'; readonly to: string } | { readonly channel: 'sms'; readonly to: string };

/** What is reserved for never being anybody's (RFC 2606, 2). */
const nowhere: Address = { channel: 'email', to: 'nobody@xm.invalid' };

/** Where an identifier itself leads, or nowhere. */
export function addressOf({ field, value }: Identifier): Address {
  if (field === 'phone') return { channel: 'sms', to: value };
  return field === 'email' && emailSchema.safeParse(value).success ? { channel: 'email', to: value } : nowhere;
}

/** Where to reach a member: where they asked to be reached if it is theirs, by e-mail where there is an address else. */
export function addressOfMember({ email, phone }: { email: string | null; phone: string | null }, asked?: Identifier): Address {
  if (phone !== null && (asked?.field === 'phone' || email === null)) return { channel: 'sms', to: phone };
  return email === null ? nowhere : { channel: 'email', to: email };
}

/** For the audit log, which keeps it for ever: enough to recognise one's own, too little to write to. */
export function masked(identifier: string | null): string | null {
  if (identifier === null) return null;
  const at = identifier.indexOf('@');
  return at > 0 ? `${identifier.slice(0, 1)}***${identifier.slice(at)}` : `${identifier.slice(0, 5)}***${identifier.slice(-2)}`;
}

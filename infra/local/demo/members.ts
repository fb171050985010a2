/**
 * The demo's members: they sign up with a code that was sent, and two of them are decided about.
 */
import { ask, messageTo, type DemoApi } from './desk-client.ts';

export interface SignedUp {
  readonly accessToken: string;
  readonly account: { readonly id: string };
}

const handles = ['sari.dewi', 'budi', 'rina_k', 'agus.w', 'maya', 'joko99', 'putri.a', 'hendra'];
export const demoPassword = 'rahasia-demo-2026';
/** The last ones; the others' balances are for whoever tries the demo. */
const payingMembers = 3;

/** Every third one came by a phone number, and has no password. */
const identifierOf = (handle: string, index: number): { readonly phone: string } | { readonly email: string } =>
  index % 3 === 2 ? { phone: `+62812555000${String(index).padStart(2, '0')}` } : { email: emailOf(handle) };

const emailOf = (handle: string): string => `${handle}@contoh.id`;

/** Those who sign in with a password and whom nobody has decided against. Who has yet to pay in comes first. */
export const membersWithPassword = ['maya', 'putri.a', 'hendra', 'sari.dewi', 'budi'].map((handle) => ({ handle, email: emailOf(handle) }));

/** The owner's token has to be fresh: bans want a second factor of the last five minutes. Answers those who pay in. */
export async function signUpDemoMembers(api: DemoApi, ownerToken: string): Promise<SignedUp[]> {
  const members: SignedUp[] = [];
  // One after the other, so that their ids stand in this order.
  for (const [index, handle] of handles.entries()) members.push(await signUp(api, handle, index));
  const [, submitting, suspended, banned] = members;
  if (submitting === undefined || suspended === undefined || banned === undefined) throw new Error('The demo has too few members.');
  await ask(api, 'POST /api/xm/me/kyc', { token: submitting.accessToken, body: card });
  const until = new Date(api.now() + 7 * 24 * 3_600_000).toISOString();
  await decide(api, ownerToken, { member: suspended, to: 'suspended', reason: 'Laporan spam dari beberapa anggota', until });
  await decide(api, ownerToken, { member: banned, to: 'banned', reason: 'Penipuan transfer, dilaporkan dua kali' });
  return members.slice(-payingMembers);
}

const card = { nik: '3171234507950001', fullName: 'Budi Hartono', birthDate: '1995-07-05', address: 'Jl. Melati No. 7, Jakarta Selatan' };

async function signUp(api: DemoApi, handle: string, index: number): Promise<SignedUp> {
  const identifier = identifierOf(handle, index);
  const to = 'phone' in identifier ? identifier.phone : identifier.email;
  const how = 'phone' in identifier ? identifier : { ...identifier, password: demoPassword };
  const displayName = handle.replace(/[._\d]+/g, ' ').trim();
  const { challengeId } = await ask<{ challengeId: string }>(api, 'POST /api/xm/auth/sign-up', { body: { handle, displayName, ...how } });
  const code = await messageTo(api, to, /\b(\d{6})\b/);
  return ask(api, 'POST /api/xm/auth/sign-up/verify', { body: { challengeId, code } });
}

interface Decision {
  readonly member: SignedUp;
  readonly to: 'suspended' | 'banned';
  readonly reason: string;
  readonly until?: string;
}

async function decide(api: DemoApi, token: string, { member, ...decision }: Decision): Promise<void> {
  await ask(api, `POST /api/admin/members/${member.account.id}/status`, { token, body: { ...decision, from: 'basic' } });
}

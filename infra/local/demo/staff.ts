/**
 * The demo's staff: an owner and one person a role, who came as everybody does: invited, with a password and an authenticator app.
 */
import { randomBytes } from 'node:crypto';
import { staffRoles, type StaffRole } from '#shared/platform/permissions.ts';
import { appCode, ask, messageTo, type DemoApi } from './desk-client.ts';

/** Kept in the data folder, for whoever tries the demo. */
export interface DemoStaff {
  readonly email: string;
  readonly name: string;
  readonly role: StaffRole;
  readonly password: string;
  /** Base32: what the authenticator app was told. */
  readonly totpSecret: string;
}

const names: Readonly<Record<StaffRole, string>> = {
  owner: 'Ayu Lestari',
  finance: 'Bima Santoso',
  support: 'Citra Wulandari',
  merchandiser: 'Dewi Anggraini',
  ops: 'Eko Prasetyo',
  auditor: 'Fitri Handayani',
};

export const demoOwnerEmail = 'owner@xm.local';

interface Enrolled {
  readonly staff: DemoStaff;
  readonly accessToken: string;
}

/** `invitationToken` is that of the first owner. Answers everybody, and the owner's access token. */
export async function inviteDemoStaff(api: DemoApi, invitationToken: string): Promise<{ staff: DemoStaff[]; ownerToken: string }> {
  const owner = await join(api, { role: 'owner', email: demoOwnerEmail, invitationToken });
  const staff = [owner.staff];
  // One after the other: side by side, each would wait for an environment of its own to start.
  for (const role of staffRoles.filter((one) => one !== 'owner')) {
    const email = `${role}@xm.local`;
    await ask(api, 'POST /api/admin/staff/invitations', { body: { email, roles: [role] }, token: owner.accessToken });
    const joined = await join(api, { role, email, invitationToken: await messageTo(api, email, /accept\?token=(\S+)/) });
    staff.push(joined.staff);
  }
  return { staff, ownerToken: owner.accessToken };
}

async function join(
  api: DemoApi,
  { role, email, invitationToken }: { readonly role: StaffRole; readonly email: string; readonly invitationToken: string },
): Promise<Enrolled> {
  const [name, password] = [names[role], `xm-${randomBytes(9).toString('base64url')}`];
  const accepted = await ask<{ ticket: string; secret: string }>(api, 'POST /api/admin/auth/invitations/accept', {
    body: { token: invitationToken, name, password, locale: 'id' },
  });
  const { accessToken } = await ask<{ accessToken: string }>(api, 'POST /api/admin/auth/enrol', {
    body: { ticket: accepted.ticket, code: appCode(accepted.secret, api.now()) },
  });
  return { staff: { email, name, role, password, totpSecret: accepted.secret }, accessToken };
}

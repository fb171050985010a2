/**
 * The deposit page as a member of the demo opens it: with a link that a frontend would have asked for, made anew for each visit since links end.
 */
import { existsSync } from 'node:fs';
import { ask } from './desk-client.ts';
import { demoFile } from './demo-file.ts';
import { demoPassword, membersWithPassword } from './members.ts';

/** Where the API's host takes somebody to the page: as the first of these members, or as whom `?as=` names. */
export const depositPagePath = '/_local/deposit-page';

export interface DemoMember {
  readonly handle: string;
  readonly email: string;
  readonly password: string;
  readonly depositPage: string;
}

/** Members of the demo who sign in with a password; none without a demo. */
export function demoMembers(dataDirectory: string, apiUrl: string): DemoMember[] {
  if (!existsSync(demoFile(dataDirectory))) return [];
  return membersWithPassword.map(({ handle, email }) => {
    const depositPage = `${apiUrl}${depositPagePath}?as=${encodeURIComponent(handle)}`;
    return { handle, email, password: demoPassword, depositPage };
  });
}

/** A link that opens the page for a day, or why there is none. */
export async function demoDepositLink(apiUrl: string, { email, password }: DemoMember): Promise<string> {
  const signedIn = await ask<{ accessToken: string }>({ url: apiUrl }, 'POST /api/xm/auth/sign-in', {
    body: { identifier: email, password },
  });
  const { url } = await ask<{ url: string }>({ url: apiUrl }, 'POST /api/xm/deposit-links', { token: signedIn.accessToken, body: {} });
  return url;
}

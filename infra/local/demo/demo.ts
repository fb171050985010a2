/**
 * The demo of a first start: a log with errors, staff of every role, some members, and deposits of a few of them.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { LocalStack } from '../stack.ts';
import { demoFile } from './demo-file.ts';
import { openDemoDeposits } from './deposits.ts';
import { appCode, type DemoApi } from './desk-client.ts';
import { loadDemoLog } from './log.ts';
import { signUpDemoMembers } from './members.ts';
import { demoOwnerEmail, inviteDemoStaff, type DemoStaff } from './staff.ts';

/** Loads the demo into a stack that has none. A stack with an owner of its own gets no other staff. */
export async function loadDemo(stack: LocalStack): Promise<void> {
  await loadDemoLog(stack);
  if (existsSync(demoFile(stack.dataDirectory))) return;
  const { deploymentOf } = await import('../../commands/deployment.ts');
  const { inviteFirstOwner } = await import('../../commands/owners.ts');
  const invited = await inviteFirstOwner(await deploymentOf({ data: stack.dataDirectory }), demoOwnerEmail);
  if (invited === undefined) return;
  const api: DemoApi = { url: stack.urls.api, outbox: stack.outbox, now: () => stack.now() };
  await stack.outbox.quietly(async () => {
    const { staff, ownerToken } = await inviteDemoStaff(api, invited.token);
    // Before the members, so that an interrupted start leaves nobody whose password is known to no one.
    writeFileSync(demoFile(stack.dataDirectory), `${JSON.stringify({ staff }, null, 2)}\n`, { mode: 0o600 });
    await openDemoDeposits(api, stack.urls.sandbox, await signUpDemoMembers(api, ownerToken));
  });
}

/** The demo's staff with what their authenticator apps show now; none without a demo. */
export function demoPeople(dataDirectory: string, nowMs: number): (DemoStaff & { readonly code: string })[] {
  if (!existsSync(demoFile(dataDirectory))) return [];
  const { staff } = JSON.parse(readFileSync(demoFile(dataDirectory), 'utf8')) as { staff: DemoStaff[] };
  return staff.map((person) => Object.assign(person, { code: appCode(person.totpSecret, nowMs) }));
}

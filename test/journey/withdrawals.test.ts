import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '#infra/build.ts';
import { startLocalStack, until, type RunningStack } from './local-stack.ts';
import { walletPeople, type WalletPeople } from './wallet-people.ts';

const sari = '100000000000000001';

let stack: RunningStack;
let people: WalletPeople;

beforeAll(async () => {
  stack = await startLocalStack('--no-demo');
  people = walletPeople(stack);
});

afterAll(async () => {
  people?.close();
  await stack?.dispose();
});

interface Withdrawal {
  readonly id: string;
  readonly state: string;
  readonly amountRupiah: number;
  readonly reason: string | null;
  readonly timeline: readonly { readonly what: string }[];
  readonly postings: readonly { readonly id: string }[];
}

describe('a withdrawal, on the whole stack', () => {
  it('goes from the hold over a decision and the payout gateway to the ledger', async () => {
    await people.deposit(sari, 1_000_000, 'dep_seed1');
    const bankAccountId = await bankAccountOf(sari);
    const submitted = await submit(sari, { amountRupiah: 100_000, bankAccountId });
    expect(submitted).toMatchObject({ state: 'submitted', payoutRupiah: 97_500 });
    expect(await balanceOf(sari)).toMatchObject({ heldRupiah: 100_000, availableRupiah: 900_000 });

    const stale = await people.token('stf_olivia', { roles: ['finance'], secondFactorAgeSeconds: 301 });
    const refused = await send(`POST /api/admin/withdrawals/${submitted.id}/approve`, { token: stale, body: {} });
    expect([refused.status, await codeOf(refused)]).toEqual([403, 'auth.step-up-required']);
    expect(await decide(submitted.id, 'approve')).toMatchObject({ state: 'approved' });

    await until(async () => (await payoutsOf(submitted.id))[0]?.status === 'processed');
    await sandbox(`payouts/${submitted.id}/complete`);
    await until(async () => (await read(submitted.id)).state === 'completed');
    const done = await read(submitted.id);
    expect(done.timeline.map(({ what }) => what)).toEqual(['submitted', 'approved', 'attempt', 'sent', 'released-at-gateway', 'completed']);
    expect(done.postings.map(({ id }) => id)).toEqual([`hold:${submitted.id}`, `withdrawal:${submitted.id}`]);
    expect(await balanceOf(sari)).toMatchObject({ postedRupiah: 900_000, heldRupiah: 0 });
  });
});

describe('the ledger, at the end', () => {
  it('is whole', async () => {
    const command = [join(root, 'infra/commands/ledger-verify.ts'), '--data', stack.dataDirectory];
    const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: root });
    expect(stdout).toMatch(/together Rp 0: whole/);
  });
});

interface Sent {
  readonly token: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

async function send(route: string, { token, body, headers }: Sent): Promise<Response> {
  const [method = '', path = ''] = route.split(' ');
  return fetch(`${stack.api}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

async function ok<Answer>(route: string, sent: Sent): Promise<Answer> {
  const answer = await send(route, sent);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${route} answered ${answer.status}: ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as Answer;
}

const codeOf = async (answer: Response): Promise<string> => ((await answer.json()) as { code: string }).code;
const tokenOf = (memberId: string): Promise<string> => people.token(memberId, { roles: ['member'] });

async function bankAccountOf(memberId: string, over: object = {}): Promise<string> {
  const body = { bank: 'bca', accountNumber: '1234567890', accountName: 'Sari Dewi', ...over };
  const { id } = await ok<{ id: string }>('POST /api/xm/bank-accounts', { token: await tokenOf(memberId), body });
  return id;
}

let keys = 0;
async function submit(memberId: string, body: { readonly amountRupiah: number; readonly bankAccountId: string }): Promise<Withdrawal> {
  keys += 1;
  return ok('POST /api/xm/withdrawals', { token: await tokenOf(memberId), body, headers: { 'idempotency-key': `key-${keys}` } });
}

async function decide(
  id: string,
  what: string,
  { by = 'stf_olivia', body = {} }: { by?: string; body?: object } = {},
): Promise<Withdrawal> {
  return ok(`POST /api/admin/withdrawals/${id}/${what}`, { token: await people.token(by, { roles: ['finance'] }), body });
}

const read = async (id: string): Promise<Withdrawal> =>
  ok(`GET /api/admin/withdrawals/${id}`, { token: await people.token('stf_olivia', { roles: ['finance'] }) });

const balanceOf = async (memberId: string): Promise<object> => ok('GET /api/xm/balance', { token: await tokenOf(memberId) });

async function payoutsOf(reference: string): Promise<{ id: string; status: string }[]> {
  const { payouts } = (await (await fetch(`${stack.sandbox}/_sandbox/payouts?reference=${reference}`)).json()) as {
    payouts: { id: string; status: string }[];
  };
  return payouts;
}

async function sandbox(command: string, body: object = {}, method = 'POST'): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${stack.sandbox}/_sandbox/${command}`, { method, headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`The sandbox answered ${answer.status}: ${await answer.text()}`);
}

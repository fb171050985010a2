import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '#infra/build.ts';
import { startLocalStack, until, type RunningStack } from './local-stack.ts';
import { putMembers } from './wallet-members.ts';
import { walletPeople, type WalletPeople } from './wallet-people.ts';

const sari = '100000000000000001';
const budi = '100000000000000002';
const ratna = '100000000000000003';

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
    const refused = await ask(`POST /api/admin/withdrawals/${submitted.id}/approve`, { token: stale, body: {} });
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

describe('two pairs of eyes', () => {
  it('approve a large one, and neither of them alone', async () => {
    await people.deposit(sari, 10_000_000, 'dep_seed2');
    const { id } = await submit(sari, { amountRupiah: 6_000_000, bankAccountId: await bankAccountOf(sari) });
    expect(await decide(id, 'approve')).toMatchObject({ state: 'submitted', approvalsNeeded: 2, approvals: [{ staffId: 'stf_olivia' }] });
    const again = await ask(`POST /api/admin/withdrawals/${id}/approve`, { token: await staff('stf_olivia'), body: {} });
    expect([again.status, await codeOf(again)]).toEqual([409, 'withdrawals.second-person-needed']);
    const [one, other] = await Promise.all(
      ['stf_fina', 'stf_gita'].map(async (by) => ask(`POST /api/admin/withdrawals/${id}/approve`, { token: await staff(by), body: {} })),
    );
    expect([one?.status, other?.status].toSorted((a = 0, b = 0) => a - b)).toEqual([200, 409]);
    const { records } = await ok<{ records: { action: string }[] }>(`GET /api/admin/audit?subject=member:${sari}`, {
      token: await people.token('stf_auditor', { roles: ['auditor'] }),
    });
    expect(records.map(({ action }) => action).filter((action) => action.endsWith('approval'))).toHaveLength(1);
    await until(async () => (await payoutsOf(id))[0]?.status === 'processed');
    await sandbox(`payouts/${id}/fail`);
    await until(async () => (await read(id)).state === 'failed');
    expect(await balanceOf(sari)).toMatchObject({ heldRupiah: 0 });
  });

  it('reject with a reason that the member reads, and decide about many by name', async () => {
    const bankAccountId = await bankAccountOf(sari);
    const two = [await submit(sari, { amountRupiah: 30_000, bankAccountId }), await submit(sari, { amountRupiah: 40_000, bankAccountId })];
    const token = await staff('stf_olivia');
    const body = { decision: 'reject', ids: two.map(({ id }) => id), reason: 'Rekening atas nama orang lain' };
    const wrong = await ask('POST /api/admin/withdrawals/decisions', { token, body: { ...body, totalRupiah: 70_001 } });
    expect([wrong.status, await codeOf(wrong)]).toEqual([422, 'withdrawals.total-differs']);
    const { results } = await ok<{ results: { outcome: string }[] }>('POST /api/admin/withdrawals/decisions', {
      token,
      body: { ...body, totalRupiah: 70_000 },
    });
    expect(results.map(({ outcome }) => outcome)).toEqual(['done', 'done']);
    const own = await ok<Withdrawal>(`GET /api/xm/withdrawals/${two[0]?.id}`, { token: await tokenOf(sari) });
    expect(own).toMatchObject({ state: 'rejected', reason: 'Rekening atas nama orang lain' });
    const others = await ask(`GET /api/xm/withdrawals/${two[0]?.id}`, { token: await tokenOf(budi) });
    expect(others.status).toBe(404);
  });
});

describe('a payout', () => {
  it('that a bank gives back is the member\u2019s again, and one whose webhooks are lost is found by the sweep', async () => {
    await sandbox('settings', { copies: 0 }, 'PATCH');
    const before = await balanceOf(sari);
    const { id } = await submit(sari, { amountRupiah: 50_000, bankAccountId: await bankAccountOf(sari) });
    await decide(id, 'approve');
    await until(async () => (await payoutsOf(id))[0]?.status === 'processed');
    await sandbox(`payouts/${id}/complete`);
    await stack.advance('PT2M');
    await until(async () => (await read(id)).state === 'completed');
    await sandbox('settings', { copies: 3 }, 'PATCH');
    await sandbox(`payouts/${id}/reverse`);
    await until(async () => (await read(id)).state === 'reversed');
    expect(await balanceOf(sari)).toEqual({ ...before, serverTime: expect.any(String) });
    await sandbox('settings', { copies: 1 }, 'PATCH');
  });

  it('waits for a person while the member owes', async () => {
    await people.deposit(budi, 200_000, 'dep_seed3');
    const { id } = await submit(budi, { amountRupiah: 100_000, bankAccountId: await bankAccountOf(budi, { accountName: 'Budi Santoso' }) });
    await people.takeBack(budi, 150_000, 'dep_seed3');
    await decide(id, 'approve');
    await until(async () => (await read(id)).state === 'stalled');
    expect(await payoutsOf(id)).toEqual([]);
    expect(await decide(id, 'give-up', { body: { reason: 'Pembayaran ditarik kembali' } })).toMatchObject({ state: 'failed' });
    expect(await balanceOf(budi)).toMatchObject({ heldRupiah: 0, availableRupiah: 50_000 });
  });
});

describe('the name on an identity card', () => {
  const card = { nik: '3171230505900001', fullName: 'Ratna Kusumawardani', birthDate: '1990-05-05', address: 'Jl. Kebon Sirih 1, Jakarta' };

  it('is what a bank account is held against once staff have approved it: another holder is a risk, and no refusal', async () => {
    await putMembers(stack, [ratna]);
    await people.deposit(ratna, 500_000, 'dep_seed4');
    const before = await addAccount(ratna, { accountNumber: '1234567890', accountName: 'Rina Lestari' });
    await ok('POST /api/xm/me/kyc', { token: await tokenOf(ratna), body: card });
    const token = await people.token('stf_olivia', { roles: ['owner'] });
    await ok(`POST /api/admin/members/${ratna}/kyc/decision`, { token, body: { decision: 'approved', reason: 'Cocok' } });

    const after = await addAccount(ratna, { accountNumber: '1234567891', accountName: 'Ratna Kusumawardani' });
    expect([before.nameCheck, after.nameCheck]).toEqual(['different', 'different']);
    const ids: string[] = [];
    for (const bankAccountId of [before.id, after.id]) {
      const { id } = await submit(ratna, { amountRupiah: 20_000, bankAccountId });
      ids.push(id);
      expect(await read(id)).toMatchObject({
        state: 'submitted',
        destination: { nameCheck: 'different', checkedAgainst: 'identity-card' },
        risk: { signals: expect.arrayContaining(['name-differs']) },
      });
    }
    // The riskiest of all that wait, the older one first.
    const queue = await ok<{ withdrawals: { id: string }[]; nextCursor: string }>(
      'GET /api/admin/withdrawals?state=submitted&order=riskiest&limit=1',
      { token },
    );
    expect(queue.withdrawals.map(({ id }) => id)).toEqual([ids[0]]);
    const rest = await ok<{ withdrawals: { id: string }[] }>(
      `GET /api/admin/withdrawals?state=submitted&order=riskiest&limit=1&cursor=${queue.nextCursor}`,
      { token },
    );
    expect(rest.withdrawals.map(({ id }) => id)).toEqual([ids[1]]);
  });

  it('stands in no log', () => {
    const directory = join(stack.dataDirectory, 'logs');
    const logs = readdirSync(directory).map((name) => readFileSync(join(directory, name), 'utf8'));
    expect(logs.some((log) => log.includes('submitWithdrawal') || log.includes('POST /api/xm/withdrawals'))).toBe(true);
    for (const secret of [card.fullName, card.nik])
      expect(logs.some((log) => log.toLowerCase().includes(secret.toLowerCase()))).toBe(false);
  });
});

describe('reconciliation', () => {
  it('finds what the gateway does not know, and closes it with a reason', async () => {
    const token = await staff('stf_fina');
    const { now } = (await (await fetch(`${stack.api}/_local/clock`)).json()) as { now: string };
    const day = new Date(Date.parse(now) + 7 * 3_600_000).toISOString().slice(0, 10);
    const iris = await ok<{ booked: number; findings: number }>('POST /api/admin/reconciliation/runs', {
      token,
      body: { gateway: 'iris', day },
    });
    expect(iris.findings).toBeLessThanOrEqual(iris.booked);
    const { csv } = (await (await fetch(`${stack.sandbox}/_sandbox/reports/midtrans?day=${day}`)).json()) as { csv: string };
    const seeded = await ok<{ findings: number }>('POST /api/admin/reconciliation/reports/midtrans', { token, body: { day, csv } });
    expect(seeded.findings).toBe(4);
    const run = await ok<{ exceptions: { state: string }[] }>(`GET /api/admin/reconciliation/runs/midtrans/${day}`, { token });
    expect(run).toMatchObject({ state: 'compared', findings: 4, askedBy: 'stf_fina' });
    expect(run.exceptions.map(({ state }) => state)).toEqual(['open', 'open', 'open', 'open']);
    const none = await ask('GET /api/admin/reconciliation/runs/xendit/2020-01-01', { token });
    expect([none.status, await codeOf(none)]).toEqual([404, 'reconciliation.run-not-found']);
    const { exceptions } = await ok<{ exceptions: { id: string; kind: string; reference: string }[] }>(
      'GET /api/admin/reconciliation/exceptions?gateway=midtrans',
      { token },
    );
    expect(
      exceptions.map(({ kind, reference }) => [kind, reference]).toSorted(([, one = ''], [, other = '']) => one.localeCompare(other)),
    ).toEqual([
      ['missing-there', 'dep_seed1'],
      ['missing-there', 'dep_seed2'],
      ['missing-there', 'dep_seed3'],
      ['missing-there', 'dep_seed4'],
    ]);
    const resolve = () =>
      ask(`POST /api/admin/reconciliation/exceptions/${exceptions[0]?.id}/resolve`, { token, body: { reason: 'Seeded by a test' } });
    expect((await resolve()).status).toBe(200);
    const again = await resolve();
    expect([again.status, await codeOf(again)]).toEqual([409, 'reconciliation.already-resolved']);
  });
});

describe('the statement of a member', () => {
  it('adds up, page by page and as a file', async () => {
    const token = await people.token('stf_auditor', { roles: ['auditor'] });
    const path = `/api/admin/ledger/accounts/${encodeURIComponent(`member:${sari}`)}`;
    const time = 'from=2026-01-01T00:00:00Z&to=2100-01-01T00:00:00Z';
    const amounts: number[] = [];
    let behind: number | null = 0;
    let closing = 0;
    while (behind !== null) {
      const page: Statement = await ok(`GET ${path}/statement?${time}&limit=2&behind=${behind}`, { token });
      amounts.push(...page.rows.map(({ amountRupiah }) => amountRupiah));
      [behind, closing] = [page.nextBehind, page.closingRupiah];
    }
    expect(amounts.length).toBeGreaterThan(3);
    expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBe(closing);
    const file = await ask(`GET ${path}/statement.csv?${time}`, { token });
    expect(file.headers.get('content-type')).toMatch(/^text\/csv/);
    const lines = (await file.text()).trim().split('\r\n');
    expect(lines).toHaveLength(amounts.length + 3);
    expect(lines.at(-1)).toMatch(new RegExp(`,closing,,,,${closing}$`));
  });
});

describe('bad input', () => {
  const values = [null, -1, 0, 1.5, 10 ** 18, '100000', 'x'.repeat(70_000), [], {}, true, 'IDR', '\u0000'];

  it('is told with pointers at every route of withdrawals, and never is a failure of ours', async () => {
    const [member, desk] = [await tokenOf(sari), await staff('stf_olivia')];
    const ofMembers = ['POST /api/xm/withdrawals', 'POST /api/xm/bank-accounts'].map((route) => [route, member] as const);
    const ofDesk = [
      'POST /api/admin/withdrawals/decisions',
      'POST /api/admin/withdrawals/none/reject',
      'POST /api/admin/reconciliation/runs',
      'POST /api/admin/reconciliation/reports/midtrans',
      'POST /api/admin/reconciliation/exceptions/none/resolve',
    ].map((route) => [route, desk] as const);
    const names = [
      'amountRupiah',
      'bankAccountId',
      'bank',
      'accountNumber',
      'accountName',
      'ids',
      'decision',
      'totalRupiah',
      'reason',
      'day',
      'csv',
    ];
    const bodies = [...values, ...values.map((value) => Object.fromEntries(names.map((name) => [name, value])))];
    const answers: [string, number, string][] = [];
    for (const [route, token] of [...ofMembers, ...ofDesk]) {
      for (const body of bodies) {
        const answer = await ask(route, { token, body, headers: { 'idempotency-key': 'fuzz' } });
        const { code, errors } = (await answer.json()) as { code: string; errors?: { pointer: string }[] };
        answers.push([route, answer.status, code]);
        expect([route, answer.status, code, code !== 'request.invalid' || (errors?.length ?? 0) > 0]).toEqual([
          route,
          expect.toSatisfy((status: number) => status >= 400 && status < 500),
          expect.any(String),
          true,
        ]);
      }
    }
    expect(answers.length).toBe(7 * bodies.length);
  });

  it.each([
    'limit=0',
    'limit=x',
    'cursor=x',
    'state=paid',
    'from=yesterday',
    'riskMin=101',
    'unknown=1',
    'order=random',
    'order=riskiest',
    'order=riskiest&state=sent',
    'limit=1&limit=2',
  ])('?%s is refused', async (query) => {
    const answer = await ask(`GET /api/admin/withdrawals?${query}`, { token: await staff('stf_olivia') });
    expect(answer.status).toBe(400);
  });

  it('needs a key for what may be repeated', async () => {
    const answer = await ask('POST /api/xm/withdrawals', {
      token: await tokenOf(sari),
      body: { amountRupiah: 20_000, bankAccountId: 'bnk_1' },
    });
    expect(await answer.json()).toMatchObject({ code: 'request.invalid', errors: [{ pointer: '/header/idempotency-key' }] });
  });
});

describe('the ledger, at the end', () => {
  it('is whole', async () => {
    const command = [join(root, 'infra/commands/ledger-verify.ts'), '--data', stack.dataDirectory];
    const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: root });
    expect(stdout).toMatch(/together Rp 0: whole/);
  });
});

interface Statement {
  readonly rows: readonly { readonly amountRupiah: number }[];
  readonly closingRupiah: number;
  readonly nextBehind: number | null;
}

interface Sent {
  readonly token: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

async function ask(route: string, { token, body, headers }: Sent): Promise<Response> {
  const [method = '', path = ''] = route.split(' ');
  return fetch(`${stack.api}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

async function ok<Answer>(route: string, sent: Sent): Promise<Answer> {
  const answer = await ask(route, sent);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${route} answered ${answer.status}: ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as Answer;
}

const codeOf = async (answer: Response): Promise<string> => ((await answer.json()) as { code: string }).code;
const staff = (staffId: string): Promise<string> => people.token(staffId, { roles: ['finance'] });
const tokenOf = (memberId: string): Promise<string> => people.token(memberId, { roles: ['member'] });

async function addAccount(memberId: string, over: object): Promise<{ readonly id: string; readonly nameCheck: string }> {
  const body = { bank: 'bca', accountNumber: '1234567890', accountName: 'Sari Dewi', ...over };
  return ok('POST /api/xm/bank-accounts', { token: await tokenOf(memberId), body });
}

const bankAccountOf = async (memberId: string, over: object = {}): Promise<string> => (await addAccount(memberId, over)).id;

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
  return ok(`POST /api/admin/withdrawals/${id}/${what}`, { token: await staff(by), body });
}

const read = async (id: string): Promise<Withdrawal> => ok(`GET /api/admin/withdrawals/${id}`, { token: await staff('stf_olivia') });

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

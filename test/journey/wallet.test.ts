/**
 * Money in, over the whole stack by HTTP: members, the gateways' sandbox with its webhooks, staff, the clock, and the ledger at the end.
 */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '#infra/build.ts';
import { functionLog, startLocalStack, until, type RunningStack } from './local-stack.ts';
import { walletPeople, type WalletPeople } from './wallet-people.ts';

let stack: RunningStack;
let people: WalletPeople;
let memberId: string;

beforeAll(async () => {
  stack = await startLocalStack('--no-demo');
  people = walletPeople(stack);
  memberId = await signUp('sari.wallet@contoh.id');
});

afterAll(async () => {
  people?.close();
  await stack?.dispose();
});

interface Deposit {
  readonly id: string;
  readonly status: string;
  readonly totalRupiah: number;
  readonly creditedRupiah: number;
  readonly isUnderReview: boolean;
  readonly expiresAt: string;
  readonly serverTime: string;
  readonly instructions: { readonly kind: string } | null;
}

interface DeskDeposit extends Deposit {
  readonly version: number;
  readonly suspenseRupiah: number;
  readonly underReview: { readonly paymentId: string; readonly issue: string } | null;
  readonly payments: readonly { readonly paymentId: string; readonly place: string }[];
  readonly refunds: readonly { readonly state: string }[];
  readonly timeline: readonly { readonly kind: string; readonly actor: string; readonly detail: string | null }[];
  readonly postings: readonly { readonly id: string }[];
}

describe('a deposit', () => {
  it('is one for one key, also for ten requests at once, and answered the same for ever', async () => {
    const key = randomUUID();
    const wish = { amountRupiah: 150_000, method: 'qris' };
    const answers = await Promise.all(Array.from({ length: 10 }, () => open(wish, key)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    const bodies = new Set(await Promise.all(answers.map((answer) => answer.text())));
    expect(bodies.size).toBe(1);
    const [first = ''] = bodies;
    const deposit = JSON.parse(first) as Deposit;
    expect(deposit).toMatchObject({ status: 'pending', instructions: { kind: 'qr' } });
    expect((await chargesOf(deposit.id)).length).toBe(1);

    const other = await open({ ...wish, amountRupiah: 150_001 }, key);
    expect([other.status, await codeOf(other)]).toEqual([422, 'deposits.key-reused']);
    await cancel(deposit.id);
    const later = await open(wish, key);
    expect([await later.text(), later.headers.get('idempotency-replayed')]).toEqual([first, 'true']);
  });

  it('is credited once when it is paid, by a webhook that comes three times', async () => {
    const before = await available();
    const deposit = await opened({ amountRupiah: 200_000, method: 'va-bca' });
    await sandbox(`charges/midtrans/${deposit.id}/pay`, { webhook: { copies: 3 } });
    await becomes(deposit.id, 'paid');
    await until(async () => (await webhooksOf(deposit.id)).every(({ state }) => state === 'delivered'));
    expect(await available()).toBe(before + 200_000);
    const detail = await deskRead(deposit.id);
    expect(detail.postings.map(({ id }) => id.split(':')[0])).toEqual(['deposit']);
    expect(detail.timeline.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['opened', 'charged', 'webhook', 'payment']));
  });

  it('is not credited by a forged webhook, nor by a genuine signature on a forged claim', async () => {
    const before = await available();
    const deposit = await opened({ amountRupiah: 100_000, method: 'qris' });
    await sandbox(`charges/midtrans/${deposit.id}/forge`, { how: 'wrong-key' });
    await sandbox(`charges/midtrans/${deposit.id}/forge`, { how: 'refund-signature' });
    await until(async () => (await webhooksOf(deposit.id)).every(({ attempts }) => attempts.length > 0));
    const answers = (await webhooksOf(deposit.id)).flatMap(({ attempts }) => attempts.map(({ answer }) => answer));
    expect(answers.toSorted()).toEqual(['200', '401']);
    await until(async () => (await deskRead(deposit.id)).timeline.some(({ kind }) => kind === 'webhook'));
    expect([(await read(deposit.id)).status, await available()]).toEqual(['pending', before]);
    await cancel(deposit.id);
  });

  it('ends at its deadline by the timer, and takes money that comes all the same', async () => {
    const before = await available();
    const deposit = await opened({ amountRupiah: 75_000, method: 'ewallet-dana' });
    await stack.advance('PT29M');
    expect((await read(deposit.id)).status).toBe('pending');
    await stack.advance('PT1M10S');
    const ended = await read(deposit.id);
    expect(ended).toMatchObject({ status: 'expired', instructions: null });
    const lateMs = /"lateMs":(\d+)/.exec(
      functionLog(stack, 'xm-deposits-expire')
        .split('\n')
        .findLast((line) => line.includes(deposit.id)) ?? '',
    );
    expect(Number(lateMs?.[1])).toBeLessThan(5_000);

    await sandbox(`charges/xendit/${deposit.id}/pay`);
    await becomes(deposit.id, 'paid_late');
    expect([(await read(deposit.id)).creditedRupiah, await available()]).toEqual([75_000, before + 75_000]);
  });

  it('keeps what was paid twice or wrong until somebody has decided, and takes back what the gateway takes back', async () => {
    const before = await available();
    const twice = await opened({ amountRupiah: 60_000, method: 'ewallet-dana' });
    await sandbox(`charges/xendit/${twice.id}/pay`);
    await becomes(twice.id, 'paid');
    await sandbox(`charges/xendit/${twice.id}/pay`);
    await until(async () => (await read(twice.id)).isUnderReview);
    const held = await deskRead(twice.id);
    expect(held).toMatchObject({ status: 'paid', suspenseRupiah: 60_000, underReview: { issue: 'paid-twice' } });

    const decision = {
      paymentId: held.underReview?.paymentId,
      decision: 'credit',
      reason: 'Anggota membayar dua kali',
      version: held.version,
    };
    const [one, other] = await Promise.all([1, 2].map(async () => desk(`POST /api/admin/deposits/${twice.id}/resolve`, decision)));
    expect([one?.status, other?.status].toSorted((a = 0, b = 0) => a - b)).toEqual([200, 409]);
    expect(await available()).toBe(before + 120_000);

    const reversed = await opened({ amountRupiah: 80_000, method: 'va-bni' });
    await sandbox(`charges/midtrans/${reversed.id}/pay`);
    await becomes(reversed.id, 'paid');
    await sandbox(`charges/midtrans/${reversed.id}/deny`);
    await becomes(reversed.id, 'reversed');
    expect(await available()).toBe(before + 120_000);
  });

  it('goes back to the member in part, once the bank has confirmed', async () => {
    const before = await available();
    const deposit = await opened({ amountRupiah: 90_000, method: 'qris' });
    await sandbox(`charges/midtrans/${deposit.id}/pay`);
    await becomes(deposit.id, 'paid');
    const { version, payments } = await deskRead(deposit.id);
    const refund = { paymentId: payments[0]?.paymentId, amountRupiah: 30_000, reason: 'Salah nominal', version };
    const stale = await people.token('stf_fina', { roles: ['finance'], secondFactorAgeSeconds: 301 });
    expect(await codeOf(await ask(`POST /api/admin/deposits/${deposit.id}/refund`, { token: stale, body: refund }))).toBe(
      'auth.step-up-required',
    );
    expect((await desk(`POST /api/admin/deposits/${deposit.id}/refund`, refund)).status).toBe(200);
    expect(await available()).toBe(before + 60_000);
    await sandbox(`charges/midtrans/${deposit.id}/confirm-refunds`);
    await until(async () => (await deskRead(deposit.id)).refunds[0]?.state === 'confirmed');
    expect(await deskRead(deposit.id)).toMatchObject({ status: 'paid', creditedRupiah: 60_000, refundedRupiah: 30_000 });
  });

  it('by transfer is recognised by its amount, and confirmed once for one reference on the statement', async () => {
    const before = await available();
    const [first, second] = [
      await opened({ amountRupiah: 50_000, method: 'manual-transfer' }),
      await opened({ amountRupiah: 50_000, method: 'manual-transfer' }),
    ];
    expect(new Set([first.totalRupiah, second.totalRupiah]).size).toBe(2);
    const confirm = async (deposit: Deposit) => {
      const { version } = await deskRead(deposit.id);
      const body = { bankReference: 'BCA/2026/0001', amountRupiah: deposit.totalRupiah, reason: 'Ada di mutasi', version };
      return desk(`POST /api/admin/deposits/${deposit.id}/confirm`, body);
    };
    expect((await confirm(first)).status).toBe(200);
    expect([(await read(first.id)).status, await available()]).toEqual(['paid', before + first.totalRupiah]);
    const again = await confirm(second);
    expect([again.status, await codeOf(again)]).toEqual([409, 'deposits.reference-taken']);
    await cancel(second.id);
    const { records } = (await (await desk(`GET /api/admin/audit?subject=member:${memberId}`, undefined, 'owner')).json()) as {
      records: { action: string }[];
    };
    expect(records.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['deposit.transfer-confirmed', 'deposit.refunded', 'deposit.credited']),
    );
  });

  it('beyond what the membership may take in is refused with what is left, and bad wishes with a pointer to what is wrong', async () => {
    const over = await open({ amountRupiah: 2_000_000, method: 'qris' });
    expect([over.status, await codeOf(over)]).toEqual([409, 'deposits.over-limit']);
    const wrong: [object, string][] = [
      [{ amountRupiah: 1.5, method: 'qris' }, '/amountRupiah'],
      [{ amountRupiah: '150000', method: 'qris' }, '/amountRupiah'],
      [{ amountRupiah: -1, method: 'qris' }, '/amountRupiah'],
      [{ amountRupiah: 1e18, method: 'qris' }, '/amountRupiah'],
      [{ amountRupiah: 150_000, method: 'cash' }, '/method'],
      [{ amountRupiah: 150_000, method: 'qris', currency: 'USD' }, '/currency'],
      [{ amountRupiah: 150_000, method: 'qris', note: 'x' }, '/note'],
    ];
    for (const [body, pointer] of wrong) {
      const answer = await open(body);
      const { errors } = (await answer.json()) as { errors: { pointer: string }[] };
      expect([answer.status, [...new Set(errors.map((error) => error.pointer))]]).toEqual([400, [pointer]]);
    }
  });
});

describe('at the end', () => {
  it('others have been told of what became of each deposit', async () => {
    await until(() => /deposit\.paid"/.test(functionLog(stack, 'xm-wallet-news-announce')));
    const told = new Set([...functionLog(stack, 'xm-wallet-news-announce').matchAll(/"type":"(deposit\.\w+)"/g)].map(([, type]) => type));
    for (const type of ['opened', 'paid', 'paid_late', 'expired', 'cancelled', 'reversed']) expect(told).toContain(`deposit.${type}`);
  });

  it('every rupiah is where the ledger says', async () => {
    const command = [join(root, 'infra/commands/ledger-verify.ts'), '--data', stack.dataDirectory];
    const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: root });
    expect(stdout).toMatch(/together Rp 0: whole/);
  });
});

interface Asked {
  readonly token?: string;
  readonly body?: object | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

function ask(route: string, { token, body, headers }: Asked): Promise<Response> {
  const [method = '', path = ''] = route.split(' ');
  return fetch(`${stack.api}${path}`, {
    method,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

const codeOf = async (answer: Response): Promise<string> => ((await answer.json()) as { code: string }).code;

async function asMember(route: string, asked: Omit<Asked, 'token'> = {}): Promise<Response> {
  return ask(route, { ...asked, token: await people.token(memberId, { roles: ['member'] }) });
}

async function desk(route: string, body: object | undefined, role: 'finance' | 'owner' = 'finance'): Promise<Response> {
  return ask(route, { body, token: await people.token(`stf_${role}`, { roles: [role] }) });
}

const open = (body: object, key: string = randomUUID()): Promise<Response> =>
  asMember('POST /api/xm/deposits', { body, headers: { 'idempotency-key': key } });

async function opened(body: object): Promise<Deposit> {
  const answer = await open(body);
  if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as Deposit;
}

const read = async (id: string): Promise<Deposit> => (await (await asMember(`GET /api/xm/deposits/${id}`)).json()) as Deposit;
const deskRead = async (id: string): Promise<DeskDeposit> =>
  (await (await desk(`GET /api/admin/deposits/${id}`, undefined)).json()) as DeskDeposit;
const becomes = (id: string, status: string): Promise<void> => until(async () => (await read(id)).status === status);
const available = async (): Promise<number> =>
  ((await (await asMember('GET /api/xm/balance')).json()) as { availableRupiah: number }).availableRupiah;

async function cancel(id: string): Promise<void> {
  const answer = await asMember(`POST /api/xm/deposits/${id}/cancel`);
  expect([answer.status, ((await answer.json()) as Deposit).status]).toEqual([200, 'cancelled']);
}

async function sandbox(path: string, body?: object): Promise<void> {
  const answer = await fetch(`${stack.sandbox}/_sandbox/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body ?? {}),
  });
  if (!answer.ok) throw new Error(`The sandbox answered ${answer.status}: ${await answer.text()}`);
}

async function inSandbox<Found>(path: string): Promise<Found> {
  return (await (await fetch(`${stack.sandbox}/_sandbox/${path}`)).json()) as Found;
}

const chargesOf = async (id: string) => (await inSandbox<{ charges: object[] }>(`charges?reference=${id}`)).charges;

interface SentWebhook {
  readonly state: string;
  readonly attempts: readonly { readonly answer: string }[];
}

const webhooksOf = async (id: string) => (await inSandbox<{ webhooks: SentWebhook[] }>(`webhooks?reference=${id}`)).webhooks;

/** Answers the member's id. */
async function signUp(email: string): Promise<string> {
  const body = { handle: 'sari.wallet', email, password: `kata-sandi-${randomUUID()}` };
  const { challengeId } = (await (await ask('POST /api/xm/auth/sign-up', { body })).json()) as { challengeId: string };
  let code: string | undefined;
  await until(async () => {
    const listed = await fetch(`${stack.api}/_local/outbox?to=${encodeURIComponent(email)}`, { headers: { accept: 'application/json' } });
    code = /\b(\d{6})\b/.exec(((await listed.json()) as { messages: { text: string }[] }).messages[0]?.text ?? '')?.[1];
    return code !== undefined;
  });
  const verified = await ask('POST /api/xm/auth/sign-up/verify', { body: { challengeId, code } });
  return ((await verified.json()) as { account: { id: string } }).account.id;
}

/**
 * kill -9 of the whole stack while 200 deposits are opened, paid and ended: afterwards every payment is credited once, everything else has
 * expired, and the ledger is whole.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '#infra/build.ts';
import { startLocalStack, until, type RunningStack } from './local-stack.ts';
import { putMembers } from './wallet-members.ts';
import { walletPeople, type WalletPeople } from './wallet-people.ts';

/** Five open deposits are the most that a member may have. */
const memberCount = 40;
const openedByEach = 5;
const atOnce = 50;
const amountRupiah = 20_000;
const members = Array.from({ length: memberCount }, (_, index) => `1000000000000001${String(index).padStart(2, '0')}`);

let stack: RunningStack;
let people: WalletPeople;

beforeAll(async () => {
  stack = await startLocalStack('--no-demo');
  people = walletPeople(stack);
  await putMembers(stack, members);
});

afterAll(async () => {
  people?.close();
  await stack?.dispose();
});

interface Deposit {
  readonly id: string;
  readonly memberId: string;
  readonly status: string;
  readonly expiresAt: string;
}

describe('kill -9 of the stack, amid 200 deposits', () => {
  it('loses no payment and no deadline, and credits nothing twice', async () => {
    const wishes = members.flatMap((memberId) =>
      Array.from({ length: openedByEach }, (_, number) => ({ memberId, key: `wish-${number}` })),
    );
    // Killed while they are opened: whoever got no answer asks again under the same key.
    const killing = sleep(1_500).then(() => stack.kill());
    const first = await Promise.all(side(wishes, (wish) => open(wish).catch(() => undefined)));
    await killing;
    expect(first.filter((deposit) => deposit === undefined).length).toBeGreaterThan(0);
    await again();
    // Until nobody waits any more for a charge whose process died.
    await stack.advance('PT30S');
    const deposits = await Promise.all(side(wishes, (wish) => opened(wish)));
    expect(first.map((deposit, index) => deposit?.id ?? deposits[index]?.id)).toEqual(deposits.map(({ id }) => id));
    expect(new Set(deposits.map(({ id }) => id)).size).toBe(200);

    // Half of them are paid in the last seconds, and the stack dies while their webhooks and the others' timers come in.
    const paid = deposits.filter((_, index) => index % 2 === 0);
    await toLastSeconds(deposits);
    await Promise.all(side(paid, ({ id }) => pay(id)));
    await stack.kill();
    await again();
    await until(async () => {
      await stack.advance('PT30S');
      return (await Promise.all(side(members, (memberId) => statusesOf(memberId)))).every(
        (all) => !all.includes('pending') && !all.includes('creating'),
      );
    }, 90_000);

    await expectExact(deposits, new Set(paid.map(({ id }) => id)));
    await expectWholeLedger();
  });
});

/** Each payment is where it belongs, once: in the balance of whoever paid, as a deposit that says so, as a posting that nobody repeats. */
async function expectExact(deposits: readonly Deposit[], paid: ReadonlySet<string>): Promise<void> {
  const found = (await Promise.all(side(members, (memberId) => listOf(memberId)))).flat();
  const counts = { paid: 0, paid_late: 0, expired: 0 };
  for (const { id, status } of found) {
    expect([id, paid.has(id)]).toEqual([id, status === 'paid' || status === 'paid_late']);
    counts[status as keyof typeof counts] += 1;
  }
  // Those whose time ran out between the payment and the look at it are late by the wall's clock, never lost.
  expect({ known: found.length, credited: counts.paid + counts.paid_late, expired: counts.expired }).toEqual({
    known: 200,
    credited: 100,
    expired: 100,
  });
  for (const memberId of members) {
    const own = deposits.filter((deposit) => deposit.memberId === memberId && paid.has(deposit.id)).length;
    const { postedRupiah, heldRupiah } = await ask<{ postedRupiah: number; heldRupiah: number }>(memberId, 'GET /api/xm/balance');
    expect({ memberId, postedRupiah, heldRupiah }).toEqual({ memberId, postedRupiah: own * amountRupiah, heldRupiah: 0 });
  }
}

async function expectWholeLedger(): Promise<void> {
  const command = [join(root, 'infra/commands/ledger-verify.ts'), '--data', stack.dataDirectory];
  const { stdout } = await promisify(execFile)(process.execPath, ['--disable-warning=ExperimentalWarning', ...command], { cwd: root });
  expect(stdout.trim().split('\n').at(-1)).toMatch(/ 100 postings, 100 claims, 0 holds; together Rp 0: whole$/);
}

/** At most so many at once. */
function side<In, Out>(all: readonly In[], work: (one: In) => Promise<Out>): Promise<Out>[] {
  const lanes: Promise<unknown>[] = Array.from({ length: atOnce }, () => Promise.resolve());
  return all.map((one, index) => {
    const lane = index % atOnce;
    const result = (lanes[lane] ?? Promise.resolve()).then(() => work(one));
    lanes[lane] = result.catch(() => {});
    return result;
  });
}

async function again(): Promise<void> {
  people.close();
  stack = await stack.restart();
  people = walletPeople(stack);
}

/** A member opens thirty an hour at most, so nobody asks more often than a person would. */
const triesMax = 5;

/** Asks again until somebody answers. */
async function opened(wish: { readonly memberId: string; readonly key: string }): Promise<Deposit> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await open(wish);
    } catch (error) {
      if (tries >= triesMax) throw error;
    }
    await sleep(2_000);
  }
}

async function open({ memberId, key }: { readonly memberId: string; readonly key: string }): Promise<Deposit> {
  const body = { method: 'qris', amountRupiah };
  return { ...(await ask<Deposit>(memberId, 'POST /api/xm/deposits', { body, key })), memberId };
}

async function toLastSeconds(deposits: readonly Deposit[]): Promise<void> {
  const first = Math.min(...deposits.map(({ expiresAt }) => Date.parse(expiresAt)));
  const left = Math.floor((first - (await nowMs())) / 1_000) - 10;
  await stack.advance(`PT${left}S`);
}

const nowMs = async (): Promise<number> => Date.parse(((await (await fetch(`${stack.api}/_local/clock`)).json()) as { now: string }).now);

async function pay(depositId: string): Promise<void> {
  const path = `${stack.sandbox}/_sandbox/charges/midtrans/${depositId}/pay`;
  const answer = await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
  if (!answer.ok) throw new Error(`The sandbox answered ${answer.status}: ${await answer.text()}`);
}

const listOf = async (memberId: string): Promise<Deposit[]> =>
  (await ask<{ deposits: Deposit[] }>(memberId, 'GET /api/xm/deposits?limit=20')).deposits;

const statusesOf = async (memberId: string): Promise<string[]> => (await listOf(memberId)).map(({ status }) => status);

async function ask<Answer>(memberId: string, route: string, wish?: { readonly body: object; readonly key: string }): Promise<Answer> {
  const [method = '', path = ''] = route.split(' ');
  const token = await people.token(memberId, { roles: ['member'] });
  const answer = await fetch(`${stack.api}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(wish !== undefined && { 'content-type': 'application/json', 'idempotency-key': wish.key }),
    },
    ...(wish !== undefined && { body: JSON.stringify(wish.body) }),
  });
  if (!answer.ok) throw new Error(`${route} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as Answer;
}

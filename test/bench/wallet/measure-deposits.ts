/**
 * Deposits through the local stack: how fast they are opened, and how late their timers end them while thousands wait.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { functionLog, startLocalStack, until, type RunningStack } from '#test/journey/local-stack.ts';
import { putMembers } from '#test/journey/wallet-members.ts';
import { walletPeople, type WalletPeople } from '#test/journey/wallet-people.ts';

export interface DepositNumbers {
  readonly opened: number;
  readonly perSecond: number;
  readonly medianMs: number;
  readonly p99Ms: number;
  /** From the deadline to the deposit being expired, all of them waiting at once. */
  readonly lateness: { readonly medianMs: number; readonly p99Ms: number; readonly mostMs: number };
}

/** What a member may have open. */
const openedByEach = 5;
const atOnce = 20;
const expiryMsMax = 15 * 60_000;

/** Starts a stack of its own. Throws when a deposit is refused, or does not end. */
export async function measureDeposits(count = 5_000): Promise<DepositNumbers> {
  const stack = await startLocalStack('--no-demo');
  const people = walletPeople(stack);
  try {
    const members = Array.from({ length: Math.ceil(count / openedByEach) }, (_, index) => String(100_000_000_000_000_000n + BigInt(index)));
    await putMembers(stack, members);
    const started = performance.now();
    const opened = await openAll({ stack, people }, members);
    const seconds = (performance.now() - started) / 1_000;
    const times = opened.map(({ ms }) => ms);
    const lateness = await latenessOf(stack, opened);
    return { opened: opened.length, perSecond: opened.length / seconds, medianMs: share(times, 0.5), p99Ms: share(times, 0.99), lateness };
  } finally {
    people.close();
    await stack.dispose();
  }
}

interface Opened {
  readonly ms: number;
  readonly expiresAt: string;
}

async function openAll(
  { stack, people }: { readonly stack: RunningStack; readonly people: WalletPeople },
  members: readonly string[],
): Promise<Opened[]> {
  const opened: Opened[] = [];
  const rest = members.values();
  const lane = async (): Promise<void> => {
    for (const memberId of rest) {
      const authorization = `Bearer ${await people.token(memberId, { roles: ['member'] })}`;
      for (let number = 0; number < openedByEach; number += 1) opened.push(await openOne(stack, { authorization, key: `bench-${number}` }));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return opened;
}

async function openOne(
  stack: RunningStack,
  { authorization, key }: { readonly authorization: string; readonly key: string },
): Promise<Opened> {
  const started = performance.now();
  const answer = await fetch(`${stack.api}/api/xm/deposits`, {
    method: 'POST',
    headers: { authorization, 'idempotency-key': key, 'content-type': 'application/json' },
    body: JSON.stringify({ method: 'qris', amountRupiah: 20_000 }),
  });
  if (!answer.ok) throw new Error(`A deposit was answered ${answer.status}: ${await answer.text()}`);
  const { expiresAt } = (await answer.json()) as Opened;
  return { ms: performance.now() - started, expiresAt };
}

/** The clock goes to the first deadline, and from there on as clocks do. */
async function latenessOf(stack: RunningStack, opened: readonly Opened[]): Promise<DepositNumbers['lateness']> {
  // Timers follow the stream: the last ones have to be started.
  await sleep(5_000);
  const first = Math.min(...opened.map(({ expiresAt }) => Date.parse(expiresAt)));
  const { now } = (await (await fetch(`${stack.api}/_local/clock`)).json()) as { now: string };
  await stack.advance(`PT${Math.floor((first - Date.parse(now)) / 1_000) - 2}S`);
  let late: number[] = [];
  await until(() => {
    const log = functionLog(stack, 'xm-deposits-expire');
    late = [...log.matchAll(/"status":"expired","lateMs":(-?\d+)/g)].map(([, milliseconds]) => Number(milliseconds));
    return late.length >= opened.length;
  }, expiryMsMax);
  return { medianMs: share(late, 0.5), p99Ms: share(late, 0.99), mostMs: Math.max(...late) };
}

/** The value that so large a share of all is not above. */
function share(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN;
}

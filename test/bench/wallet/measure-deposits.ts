/**
 * Deposits through the local stack: how fast members open them, and how late their timers end them while thousands wait. Twice: as they fall due when
 * members have opened them one after the other, and all in the same second.
 */
import { availableParallelism, loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SandboxWebhook } from '#infra/local/sandbox/items.ts';
import { synthesise } from '#infra/synthesis.ts';
import { startLocalStack, type RunningStack } from '#test/journey/local-stack.ts';
import { putMembers } from '#test/journey/wallet-members.ts';
import { walletPeople } from '#test/journey/wallet-people.ts';
import { distributionOf, type Distribution } from './distribution.ts';
import { openDueAtOnce } from './due-at-once.ts';
import { waitingDeposits, type WaitingDeposits } from './waiting-deposits.ts';

export interface DepositNumbers {
  /** Through the HTTP API, so many requests at once. */
  readonly opening: Distribution & { readonly atOnce: number; readonly perSecond: number; readonly askedAgain: number };
  /** From the deadline to the end that the deposit carries: never below zero. */
  readonly lateness: Distribution & { readonly dueWithinSeconds: number; readonly endedWithinSeconds: number };
  readonly latenessAtOnce: Distribution & { readonly endedWithinSeconds: number };
  /** Until a webhook was answered, while all of this went on: the first time that each was sent. */
  readonly webhooks: Distribution;
  /** Of the machine while it was measured: its cores, and how many processes wanted one in the minutes before. */
  readonly machine: { readonly cores: number; readonly loadBefore: number; readonly loadAfter: number };
}

/** What a member may have open. */
const openedByEach = 5;
const atOnce = 50;
const triesMax = 5;
const againMs = 1_000;
const dueAtOnceMax = 500;
const timersMsMax = 5 * 60_000;
const expiryMsMax = 15 * 60_000;
/** Where the clock is put before a deadline: near it first, since time goes on while it is moved, and then the rest of the way. */
const aheadSeconds = [180, 5] as const;
/**
 * When the gateway tells of a charge that has expired: Midtrans promises it within 90 s. Told in the same instant, as the sandbox does by itself, the news
 * would compete with the timers that are measured.
 */
const newsDelaySeconds = 30;

/** Starts a stack of its own. Throws when a deposit is refused, or does not end. */
export async function measureDeposits(count = 5_000): Promise<DepositNumbers> {
  await synthesise();
  const [loadBefore = Number.NaN] = loadavg();
  const stack = await startLocalStack('--no-demo');
  const waiting = waitingDeposits(stack);
  try {
    await delayNews(stack);
    const { opened, opening } = await openAll(stack, membersFrom(0, openedByEach + count));
    const lateness = await latenessOf({ stack, waiting }, opened);
    const latenessAtOnce = await latenessAtOnceOf({ stack, waiting }, Math.min(count, dueAtOnceMax));
    const [loadAfter = Number.NaN] = loadavg();
    const webhooks = await webhooksAnswered(stack, opened);
    return { opening, lateness, latenessAtOnce, webhooks, machine: { cores: availableParallelism(), loadBefore, loadAfter } };
  } finally {
    waiting.close();
    await stack.dispose();
  }
}

async function delayNews({ sandbox }: RunningStack): Promise<void> {
  const answer = await fetch(`${sandbox}/_sandbox/settings`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ delaySeconds: newsDelaySeconds }),
  });
  if (!answer.ok) throw new Error(`The sandbox answered ${answer.status}: ${await answer.text()}`);
}

interface Opened {
  readonly id: string;
  /** Until it was answered, other tries included. */
  readonly ms: number;
  readonly tries: number;
  readonly expiresAt: string;
}

interface Measured {
  readonly stack: RunningStack;
  readonly waiting: WaitingDeposits;
}

const membersFrom = (first: number, deposits: number): string[] =>
  Array.from({ length: Math.ceil(deposits / openedByEach) }, (_, index) => String(100_000_000_000_000_000n + BigInt(first + index)));

async function openAll(
  stack: RunningStack,
  members: readonly string[],
): Promise<{ readonly opened: Opened[]; readonly opening: DepositNumbers['opening'] }> {
  await putMembers(stack, members);
  const [first = '', ...tokens] = await tokensOf(stack, members);
  // What is loaded with the first request is measured elsewhere.
  await openOne(stack, { token: first, key: 'not-counted' });
  const opened: Opened[] = [];
  const rest = tokens.values();
  const started = performance.now();
  const lane = async (): Promise<void> => {
    for (const token of rest) {
      for (let number = 0; number < openedByEach; number += 1) opened.push(await openOne(stack, { token, key: `bench-${number}` }));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  const perSecond = opened.length / ((performance.now() - started) / 1_000);
  const askedAgain = opened.reduce((sum, { tries }) => sum + tries - 1, 0);
  return { opened, opening: { ...distributionOf(opened.map(({ ms }) => ms)), atOnce, perSecond, askedAgain } };
}

async function tokensOf(stack: RunningStack, members: readonly string[]): Promise<string[]> {
  const people = walletPeople(stack);
  const tokens: string[] = [];
  const rest = members.values();
  const lane = async (): Promise<void> => {
    for (const memberId of rest) tokens.push(await people.token(memberId, { roles: ['member'] }));
  };
  await Promise.all(Array.from({ length: 10 }, lane));
  people.close();
  return tokens;
}

/** Asks again under the same key when a machine that is very busy has not answered in time, as a client would. */
async function openOne(stack: RunningStack, { token, key }: { readonly token: string; readonly key: string }): Promise<Opened> {
  const started = performance.now();
  for (let tries = 1; ; tries += 1) {
    const answer = await fetch(`${stack.api}/api/xm/deposits`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'idempotency-key': key, 'content-type': 'application/json' },
      body: JSON.stringify({ method: 'qris', amountRupiah: 20_000 }),
    });
    if (answer.ok) {
      const { id, expiresAt } = (await answer.json()) as { readonly id: string; readonly expiresAt: string };
      return { id, expiresAt, tries, ms: performance.now() - started };
    }
    const text = await answer.text();
    if (answer.status < 500 || tries === triesMax) throw new Error(`A deposit was answered ${answer.status}: ${text}`);
    await sleep(againMs);
  }
}

/** The clock is put before the first deadline, and from there on time passes as it does. */
async function latenessOf({ stack, waiting }: Measured, opened: readonly Opened[]): Promise<DepositNumbers['lateness']> {
  const deadlines = opened.map(({ expiresAt }) => Date.parse(expiresAt));
  const [first, last] = [Math.min(...deadlines), Math.max(...deadlines)];
  await waiting.timersStarted(opened.length, timersMsMax);
  const endedWithinSeconds = await secondsToEnd({ stack, waiting }, first, last - first);
  const lateness = await waiting.lateness(new Set(opened.map(({ id }) => id)));
  return { ...lateness, dueWithinSeconds: (last - first) / 1_000, endedWithinSeconds };
}

async function latenessAtOnceOf({ stack, waiting }: Measured, count: number): Promise<DepositNumbers['latenessAtOnce']> {
  const members = membersFrom(1_000_000, count);
  await putMembers(stack, members);
  const nowMs = Math.floor((await stackNowMs(stack)) / 1_000) * 1_000;
  const { ids, deadlineMs } = await openDueAtOnce(stack, { members, each: openedByEach, nowMs });
  await waiting.timersStarted(ids.size, timersMsMax);
  const endedWithinSeconds = await secondsToEnd({ stack, waiting }, deadlineMs, 0);
  return { ...(await waiting.lateness(ids)), endedWithinSeconds };
}

/** From the first deadline on, of real time. */
async function secondsToEnd({ stack, waiting }: Measured, firstMs: number, spanMs: number): Promise<number> {
  for (const ahead of aheadSeconds) {
    const leftSeconds = Math.floor((firstMs - (await stackNowMs(stack))) / 1_000) - ahead;
    if (leftSeconds > 0) await stack.advance(`PT${leftSeconds}S`);
  }
  const leftMs = firstMs - (await stackNowMs(stack));
  const started = performance.now();
  await waiting.allEnded(spanMs + expiryMsMax);
  return (performance.now() - started - Math.max(leftMs, 0)) / 1_000;
}

/** Those of deposits that have expired, which are told after a while. */
async function webhooksAnswered({ sandbox }: RunningStack, opened: readonly Opened[]): Promise<Distribution> {
  const took: number[] = [];
  for (const { id } of opened) {
    const answer = await fetch(`${sandbox}/_sandbox/webhooks?reference=${id}`);
    const { webhooks } = (await answer.json()) as { readonly webhooks: readonly SandboxWebhook[] };
    for (const { attempts } of webhooks) if (attempts[0] !== undefined) took.push(attempts[0].tookMs);
  }
  return distributionOf(took);
}

const stackNowMs = async ({ api }: RunningStack): Promise<number> =>
  Date.parse(((await (await fetch(`${api}/_local/clock`)).json()) as { readonly now: string }).now);

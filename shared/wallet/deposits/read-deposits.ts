/**
 * A member's own deposits.
 */
import * as z from 'zod';
import { cursorOf } from '#shared/platform/paging.ts';
import type { ChargingDeps } from './charge-deposit.ts';
import { isOpen, type Deposit } from './deposit.ts';
import { depositLimits } from './deposit-limits.ts';
import { ownDeposit } from './end-deposit.ts';
import type { SettlingDeps } from './ports.ts';
import { answerWith, presentDeposit, type DepositAnswer, type DepositView } from './present-deposit.ts';
import { completeDeposit } from './sweep-deposits.ts';

const cursors = cursorOf('deposits', z.string().regex(/^dep_[0-9a-z]{22}$/));

/** Whoever looks at a deposit that is left behind its time has it seen to. A gateway that cannot be asked keeps nobody from looking. */
export async function readDeposit(
  deps: ChargingDeps & { readonly onFailed: (depositId: string, error: unknown) => void },
  request: { readonly depositId: string; readonly memberId: string },
): Promise<DepositAnswer> {
  const deposit = await ownDeposit(deps, request);
  const nowMs = deps.clock.now();
  if (!isLeftBehind(deposit, nowMs)) return answerWith(deposit, nowMs);
  try {
    const completed = await completeDeposit(deps, deposit, `member:${request.memberId}`);
    return answerWith(completed, deps.clock.now());
  } catch (error) {
    deps.onFailed(deposit.id, error);
    return answerWith(deposit, deps.clock.now());
  }
}

function isLeftBehind(deposit: Deposit, nowMs: number): boolean {
  if (!isOpen(deposit)) return false;
  if (nowMs >= deposit.expiresAtMs + depositLimits.timerGraceMs) return true;
  return deposit.charging !== null && deposit.charging.untilMs <= nowMs;
}

interface ListRequest {
  readonly memberId: string;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Newest first. */
export async function listDeposits(
  { deposits, clock }: Pick<SettlingDeps, 'deposits' | 'clock'>,
  { memberId, limit, cursor }: ListRequest,
): Promise<{ deposits: DepositView[]; nextCursor: string | null; serverTime: string }> {
  const before = cursor === undefined ? undefined : cursors.decode(cursor);
  const found = await deposits.ofMember(memberId, { before, limit: limit + 1 });
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const nowMs = clock.now();
  return {
    deposits: page.map((deposit) => presentDeposit(deposit, nowMs)),
    nextCursor: found.length > limit && last !== undefined ? cursors.encode(last.id) : null,
    serverTime: new Date(nowMs).toISOString(),
  };
}

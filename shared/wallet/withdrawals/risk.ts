/**
 * How carefully a withdrawal is to be looked at: a sum of plain signals, so that whoever approves sees why. It decides nothing by itself.
 */
import type { NameCheck } from './name-check.ts';

/** What each signal adds to the score, which ends at 100. */
const weights = {
  /** The holder of the bank account has another name than the member. */
  'name-differs': 50,
  /** Nobody could tell whose account it is. */
  'name-unknown': 15,
  /** The bank account was added within the last day. */
  'new-bank-account': 20,
  'first-withdrawal': 10,
  /** An amount that two people have to approve. */
  'large-amount': 20,
  /** At least half of the amount came in within the last day. */
  'recent-deposits': 15,
} as const;

export type RiskSignal = keyof typeof weights;
export const riskSignals = Object.keys(weights) as [RiskSignal, ...RiskSignal[]];

export interface RiskFacts {
  readonly nameCheck: NameCheck;
  readonly bankAccountAgeMs: number;
  readonly hasWithdrawnBefore: boolean;
  readonly needsSecondApproval: boolean;
  readonly amountRupiah: number;
  /** What came in within the last day. */
  readonly recentIncomingRupiah: number;
}

const dayMs = 86_400_000;

export function riskOf(facts: RiskFacts): { score: number; signals: RiskSignal[] } {
  const found: Readonly<Record<RiskSignal, boolean>> = {
    'name-differs': facts.nameCheck === 'different',
    'name-unknown': facts.nameCheck === 'unknown',
    'new-bank-account': facts.bankAccountAgeMs < dayMs,
    'first-withdrawal': !facts.hasWithdrawnBefore,
    'large-amount': facts.needsSecondApproval,
    'recent-deposits': facts.recentIncomingRupiah * 2 >= facts.amountRupiah,
  };
  const signals = riskSignals.filter((signal) => found[signal]);
  const sum = signals.reduce((score, signal) => score + weights[signal], 0);
  return { score: Math.min(100, sum), signals };
}

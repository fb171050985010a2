/**
 * How often what may be tried. Addresses are shared by many, in Indonesia by thousands of phones behind one carrier: limits per address stop a
 * flood, those per account or identifier stop guessing.
 */
import { networkOf } from '#shared/platform/rate-limit/network-of.ts';
import type { RateRule } from '#shared/platform/rate-limit/rate-rule.ts';
import type { RateCheck } from '#shared/platform/rate-limit/within-rate-limits.ts';

const minute = 60;
const hour = 3_600;
const day = 86_400;

const rules = {
  signIn: { name: 'sign-in-address', limit: 30, windowSeconds: minute },
  attempt: { name: 'code-attempt-address', limit: 60, windowSeconds: minute },
  refresh: { name: 'refresh-address', limit: 600, windowSeconds: minute },
  codesHere: { name: 'codes-identifier', limit: 5, windowSeconds: hour },
  codesTo: { name: 'codes-identifier-total', limit: 20, windowSeconds: hour },
  codesFrom: { name: 'codes-address', limit: 120, windowSeconds: hour },
  proof: { name: 'account-proof', limit: 20, windowSeconds: hour },
  card: { name: 'account-card', limit: 5, windowSeconds: day },
  export: { name: 'account-export', limit: 5, windowSeconds: day },
} as const satisfies Record<string, RateRule>;

/** Attempts at a password. */
export const signInFrom = (address: string): RateCheck => ({ rule: rules.signIn, key: networkOf(address) });
/** Attempts at codes and tickets, each of which takes five at most. */
export const attemptFrom = (address: string): RateCheck => ({ rule: rules.attempt, key: networkOf(address) });
export const refreshFrom = (address: string): RateCheck => ({ rule: rules.refresh, key: networkOf(address) });
/** Codes that leave for one address or number, and for any, asked for from one network. */
export const codeFor = (identifier: string, address: string): RateCheck[] => [
  { rule: rules.codesHere, key: `${identifier.toLowerCase()} ${networkOf(address)}` },
  { rule: rules.codesFrom, key: networkOf(address) },
];
/** Codes that leave for one address or number, wherever they are asked for: four networks that ask for all they may. */
export const codesTo = (identifier: string): RateCheck => ({ rule: rules.codesTo, key: identifier.toLowerCase() });
/** Proofs and codes within a member's own account. */
export const proofOf = (memberId: string): RateCheck => ({ rule: rules.proof, key: memberId });
/** Cards, each of which tells whether its number is another member's. */
export const cardOf = (memberId: string): RateCheck => ({ rule: rules.card, key: memberId });
export const exportOf = (memberId: string): RateCheck => ({ rule: rules.export, key: memberId });

/**
 * How often staff may try what. Guessing is stopped per account; the limits per address stop a flood.
 */
import { networkOf } from '#shared/platform/rate-limit/network-of.ts';
import type { RateRule } from '#shared/platform/rate-limit/rate-rule.ts';
import type { RateCheck } from '#shared/platform/rate-limit/within-rate-limits.ts';

const minute = 60;
const hour = 3_600;

const rules = {
  signIn: { name: 'desk-sign-in-address', limit: 20, windowSeconds: minute },
  attempt: { name: 'desk-attempt-address', limit: 30, windowSeconds: minute },
  refresh: { name: 'desk-refresh-address', limit: 300, windowSeconds: minute },
  linksHere: { name: 'desk-links-identifier', limit: 5, windowSeconds: hour },
  linksTo: { name: 'desk-links-identifier-total', limit: 20, windowSeconds: hour },
  linksFrom: { name: 'desk-links-address', limit: 30, windowSeconds: hour },
  stepUp: { name: 'desk-step-up', limit: 20, windowSeconds: 10 * minute },
} as const satisfies Record<string, RateRule>;

export const signInFrom = (address: string): RateCheck => ({ rule: rules.signIn, key: networkOf(address) });
/** Attempts at tickets and links. */
export const attemptFrom = (address: string): RateCheck => ({ rule: rules.attempt, key: networkOf(address) });
export const refreshFrom = (address: string): RateCheck => ({ rule: rules.refresh, key: networkOf(address) });
/** Links that leave for one address, and for any, asked for from one network. */
export const linkFor = (email: string, address: string): RateCheck[] => [
  { rule: rules.linksHere, key: `${email.toLowerCase()} ${networkOf(address)}` },
  { rule: rules.linksFrom, key: networkOf(address) },
];
/** Links that leave for one address, wherever they are asked for. */
export const linksTo = (email: string): RateCheck => ({ rule: rules.linksTo, key: email.toLowerCase() });
/** Passwords and codes that are asked for again within a session. */
export const stepUpOf = (staffId: string): RateCheck => ({ rule: rules.stepUp, key: staffId });

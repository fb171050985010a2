/**
 * Every bound of deposits, in one place.
 */
import type { PaymentMethod } from '#shared/payments/payment.ts';
import type { RateRule } from '#shared/platform/rate-limit/rate-rule.ts';

const minute = 60;
const hour = 60 * minute;

export const depositLimits = {
  /** Of one deposit, in rupiah; what a method and the member's own limits allow may be less. */
  amountRupiah: { min: 10_000, max: 40_000_000 },
  /** Deposits of one member that wait for a payment. */
  openPerMemberMax: 5,
  /**
   * How long a deposit waits, in seconds. Midtrans warned of less than 15 minutes for GoPay; a virtual account leaves time to walk to an
   * ATM, and no more: every deposit that waits is an open execution, of which an account may have a million.
   */
  lifetimeSeconds: {
    qris: 30 * minute,
    'va-bca': 3 * hour,
    'va-bni': 3 * hour,
    'va-bri': 3 * hour,
    'va-mandiri': 3 * hour,
    'va-permata': 3 * hour,
    'va-cimb': 3 * hour,
    'ewallet-gopay': 30 * minute,
    'ewallet-ovo': 15 * minute,
    'ewallet-dana': 30 * minute,
    'ewallet-shopeepay': 30 * minute,
    'manual-transfer': 3 * hour,
  } satisfies Record<PaymentMethod, number>,

  /** Added to a transfer, so that its amount names the deposit: 1 to 999. */
  uniqueCode: { min: 1, max: 999 },
  /** Codes that one opening tries; and how long after its end a deposit keeps its amount, for whoever pays late. */
  uniqueCodeAttemptsMax: 20,
  uniqueCodeKeptMs: 7 * 24 * 3_600_000,

  /** How long a charge may be on its way. Two calls of 10 s at most, so that nobody charges beside somebody who is at it. */
  chargeLeaseMs: 25_000,
  /** How long whoever sent the same wish twice waits for the first, and how often they look. */
  twinWaitMs: { every: 150, most: 20_000 },
  /** When a charge whose answer was lost is given up, if the gateway cannot tell of it. */
  lostChargeMs: 60_000,

  /** Looks at a gateway that does not say yet what its own webhook claims; 15 s in all by the queue's pauses, and then the claim is taken for untrue. */
  webhookLooksMax: 3,

  /** Changes that one look at the gateway leads to, and looks again because somebody else was faster. */
  stepsMax: 60,
  racesMax: 8,

  /** Whoever looks leaves a deposit to its timer for so long after the deadline. */
  timerGraceMs: 10_000,
  /** What the sweeper takes of each shard in a run, and how many at once: beside timers that are at it, it is hardly noticed. */
  sweptPerShardMax: 100,
  sweptAtOnce: 4,
  dueShards: 8,

  /**
   * How a refund is looked after that no gateway has confirmed: after a minute, then after twice as long each time, up to six hours. That is three
   * days in all: Midtrans knows a refund by its key for seven.
   */
  refundTries: { firstMs: 60_000, mostMs: 6 * 3_600_000, max: 20 },
  refundsSweptMax: 100,

  /** Of a deposit's timeline that is shown: the first ones. */
  eventsShownMax: 200,
  reasonCharacters: { min: 3, max: 500 },
  bankReferenceCharacters: { min: 4, max: 64 },
} as const;

/** A link to the deposit page lives as long as the longest deposit, and some. */
export const depositLinkLimits = { lifetimeMs: 24 * 3_600_000, tokenCharactersMax: 600 } as const;

export const depositRates = {
  open: { name: 'deposits-open', limit: 30, windowSeconds: hour },
  links: { name: 'deposit-links', limit: 60, windowSeconds: hour },
  /** Of one member, with however many pages open: a page asks every two seconds at most. */
  page: { name: 'deposit-page', limit: 300, windowSeconds: minute },
  /** Of one address that comes with links which are none, or not any more: whoever guesses them is slow. */
  wrongLinks: { name: 'deposit-page-links', limit: 120, windowSeconds: minute },
} as const satisfies Record<string, RateRule>;

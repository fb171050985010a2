/**
 * Every bound of talking with payment gateways, in one place.
 */
export const paymentLimits = {
  /** One amount, in rupiah: a thousand billion is beyond what any method takes, and far below where numbers lose their exactness. */
  amountRupiahMin: 1,
  amountRupiahMax: 1_000_000_000_000,

  /** One call with all its attempts, and one attempt at a question. A change is asked for once, with the whole time. */
  callMsMax: 10_000,
  attemptMsMax: 4_000,
  attemptsMax: 3,
  /** Full jitter between attempts: evenly spread up to the base, doubled each time, up to the last. */
  backoffMsBase: 200,
  backoffMsMax: 1_000,
  /** An answer, and a webhook's body. */
  answerBytesMax: 256 * 1024,
  webhookBytesMax: 256 * 1024,

  /** Failures in a row that open a circuit; how long it stays open, doubled with every probe that fails up to the last, and spread by half. */
  circuitFailures: 5,
  circuitOpenMsMin: 10_000,
  circuitOpenMsMax: 120_000,

  /** Characters of our own ids and of theirs, in paths and bodies. */
  idCharactersMax: 100,
  /** Midtrans silently ignores a longer `Idempotency-Key`; it keeps one for five minutes, so only attempts of one call may share it. */
  midtransKeyCharactersMax: 46,
  /** Midtrans takes no shorter expiry. */
  midtransExpirySecondsMin: 20,
  /** Payments and refunds of one charge that are read; a charge of ours is made to be paid once. */
  paymentsPerChargeMax: 50,
  /** Characters of what a gateway says for a refusal. */
  reasonCharactersMax: 200,

  /** QRIS: characters of the payload, and fields in it. An EMVCo code ends at 512. */
  qrisCharactersMax: 512,
  qrisFieldsMax: 64,
} as const;

/**
 * Every bound of the sandbox gateway, in one place.
 */
export const sandboxLimits = {
  bodyBytesMax: 64 * 1024,
  /** Charges, payouts and webhooks that are kept, each; the oldest go, a few at once. */
  itemsMax: 20_000,
  putsPerTrim: 100,
  listedMax: 200,
  /** Copies of one webhook, and how late it may be asked to come. */
  copiesMax: 20,
  delaySecondsMax: 90 * 24 * 3_600,
  /** Requests that one command may spoil. */
  misbehaviourCountMax: 10_000,
  misbehaviourDelayMsMax: 120_000,
  /** Longer than any client of ours reads. */
  hugeBytes: 512 * 1024,
} as const;

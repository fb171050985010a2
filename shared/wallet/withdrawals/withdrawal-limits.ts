/**
 * Every bound of withdrawals, in one place. What a withdrawal costs and who has to approve it is dated configuration in `withdrawal-terms.ts`.
 */
export const withdrawalLimits = {
  /** Bank accounts that a member keeps; withdrawals of a member that wait or are under way. */
  bankAccountsMax: 10,
  openMax: 5,
  /** Tries at a gateway, each by decision of staff but the first. */
  attemptsMax: 9,
  /** Withdrawals that one decision may name. */
  bulkMax: 50,
  /** After so long it begins no further one: the API waits thirty seconds for an answer. */
  bulkSeconds: 20,
  accountNameCharacters: { min: 2, max: 100 },
  reasonCharacters: { min: 3, max: 500 },
  idempotencyKeyCharactersMax: 64,

  /** Seconds between two questions about a payout that is under way: the last one from then on. */
  askSeconds: [20, 40, 60, 120, 300, 600, 1_800, 3_600],
  /** A completed payout is looked at again, in case a bank gave it back and no webhook came through: after a day each. */
  afterCompletionSeconds: 86_400,
  afterCompletionAsks: 3,
  /** How long Iris knows a payout by our id: until then, sending again tells what became of it. */
  irisRemembersMs: 24 * 3_600_000,
  /** Parallel partitions of what is due. */
  dueShards: 8,
  /** What one run of the sweep takes on, of each shard. */
  duePerShardMax: 50,
  timelineMax: 200,
} as const;

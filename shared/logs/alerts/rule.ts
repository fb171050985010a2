/**
 * Alert rules: about which patterns somebody wants to be told, when, and where.
 */
import * as z from 'zod';

export const alertLimits = {
  rulesMax: 100,
  ruleNameCharactersMax: 100,
  filterCharactersMax: 200,
  emailsMax: 10,
  urlCharactersMax: 2_000,
  /** Patterns of one file that are looked at: the most frequent ones. */
  patternsPerFileMax: 1_000,
  /** Alerts that one file raises by one rule, one by one; all others are told as one. */
  alertsPerFileMax: 20,
  /** Hours of a file that are judged: its last week. */
  hoursPerFileMax: 168,
  /** Patterns whose series are read side by side. */
  seriesAtOnce: 16,
  /** How long alerts are listed, in days. */
  alertDaysMax: 90,
  /** An attempt at a delivery takes no longer; until then nobody else tries. */
  deliverySecondsMax: 30,
  webhookTimeoutMs: 5_000,
  /** Of a webhook's answer; nothing in it is used. */
  webhookAnswerBytesMax: 64 * 1024,
} as const;

/**
 * What one can be told of.
 * - `new`: a pattern that was never seen before.
 * - `regressed`: a resolved one is back.
 * - `mute-ended`: a muted one was seen as often as was allowed.
 * - `spike`: far more in an hour than its past lets one expect.
 * - `volume`: at least so many in an hour, whatever its past.
 */
export const signalKinds = ['new', 'regressed', 'mute-ended', 'spike', 'volume'] as const;
export type SignalKind = (typeof signalKinds)[number];

export const channelKinds = ['slack', 'webhook', 'sns', 'email'] as const;
const url = z.url().max(alertLimits.urlCharactersMax);

/** Where alerts go, with what only the sender may know: a Slack webhook's address is its key, and a webhook's secret signs. */
export const channelSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('slack'), url }),
  z.object({ kind: z.literal('webhook'), url, secret: z.string().min(16) }),
  /** The topic of the deployment. */
  z.object({ kind: z.literal('sns') }),
  z.object({ kind: z.literal('email'), to: z.array(z.email().max(254)).min(1).max(alertLimits.emailsMax) }),
]);
export type Channel = z.infer<typeof channelSchema>;

const filterText = z.string().min(1).max(alertLimits.filterCharactersMax).nullable();

/** What all of a rule's alerts have in common; null lets everything through. */
export const ruleFilterSchema = z.object({
  level: z.enum(['error', 'fatal']).nullable(),
  /** A service (logger) that writes the pattern, by its whole name. */
  service: filterText,
  /** In the pattern's template, in any case. */
  text: filterText,
  /** The file's key begins so. */
  filePrefix: filterText,
});
export const ruleSchema = z.object({
  /** `alr_…`. */
  id: z.string(),
  name: z.string().min(1).max(alertLimits.ruleNameCharactersMax),
  isEnabled: z.boolean(),
  kinds: z.array(z.enum(signalKinds)).min(1),
  filter: ruleFilterSchema,
  /** For `volume`. */
  countPerHourMin: z.int().positive().nullable(),
  channel: channelSchema,
  createdAtMs: z.int(),
  updatedAtMs: z.int(),
  /** Grows with every change. */
  revision: z.int().positive(),
});
export type AlertRule = z.infer<typeof ruleSchema>;

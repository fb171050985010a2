/**
 * An alert rule as the API shows it: of the channel, never what only the sender may know.
 */
import * as z from 'zod';
import { channelKinds, ruleFilterSchema, signalKinds, type AlertRule, type Channel } from './rule.ts';

export const ruleView = z
  .object({
    id: z.string(),
    name: z.string(),
    isEnabled: z.boolean(),
    kinds: z.array(z.enum(signalKinds)),
    filter: ruleFilterSchema,
    countPerHourMin: z.int().positive().nullable(),
    channel: z.object({
      kind: z.enum(channelKinds),
      host: z.string().nullable().meta({ description: 'Of a webhook; the rest of its address is a key and is shown to nobody.' }),
      to: z.array(z.string()).meta({ description: 'Addresses of e-mails.' }),
    }),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    revision: z.int().positive(),
  })
  .meta({ id: 'LogAlertRule' });
export type RuleView = z.infer<typeof ruleView>;

export function presentRule({ channel, createdAtMs, updatedAtMs, ...rule }: AlertRule): RuleView {
  return {
    ...rule,
    channel: channelView(channel),
    createdAt: new Date(createdAtMs).toISOString(),
    updatedAt: new Date(updatedAtMs).toISOString(),
  };
}

function channelView(channel: Channel): RuleView['channel'] {
  const host = 'url' in channel ? new URL(channel.url).host : null;
  return { kind: channel.kind, host, to: 'to' in channel ? channel.to : [] };
}

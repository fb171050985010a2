import { answer, type Schemas } from '../../shell/api/client.ts';
import type { RecordSource } from '../../shell/capability.ts';

export type AlertRule = Schemas['LogAlertRule'];
export type Alert = Schemas['LogAlert'];
export type AlertKind = AlertRule['kinds'][number];
export type ChannelKind = AlertRule['channel']['kind'];

export const alertKinds = ['new', 'regressed', 'mute-ended', 'spike', 'volume'] as const satisfies readonly AlertKind[];
export const channelKinds = ['slack', 'webhook', 'email', 'sns'] as const satisfies readonly ChannelKind[];

/** There are at most 100 rules: all of them are one page. */
export const ruleSource: RecordSource = {
  async list(api, { signal }) {
    const { rules } = await answer(api.GET('/api/admin/logs/alert-rules', { signal: signal ?? null }));
    return { records: rules, nextCursor: null };
  },
};

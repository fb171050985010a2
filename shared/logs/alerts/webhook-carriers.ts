/**
 * Alerts as posts: to Slack in its own form, to any other webhook as signed JSON.
 */
import { createHmac } from 'node:crypto';
import type { Clock } from '#shared/platform/clock.ts';
import type { Alert } from './alert.ts';
import type { AlertMessage } from './alert-message.ts';
import type { AlertCarriers, ChannelOutcome } from './ports.ts';

export interface PostDeps {
  readonly post: (request: { url: string; headers: Readonly<Record<string, string>>; body: string }) => Promise<ChannelOutcome>;
  readonly clock: Clock;
}

/** Slack's incoming webhooks: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks */
export function slackCarrier({ post }: PostDeps): AlertCarriers['slack'] {
  return {
    send: ({ url }, _alert, message) =>
      post({ url, headers: { 'content-type': 'application/json' }, body: JSON.stringify(slackBody(message)) }),
  };
}

/**
 * `X-XM-Signature: t=<seconds>,v1=<hex>`: HMAC-SHA256 by the rule's secret over `<seconds>.<body>`. The time keeps a post that somebody recorded from
 * being sent again later; `X-XM-Alert` is the same for every attempt at one alert.
 */
export function webhookCarrier({ post, clock }: PostDeps): AlertCarriers['webhook'] {
  return {
    send({ url, secret }, alert, message) {
      const body = JSON.stringify(webhookBody(alert, message));
      const seconds = Math.floor(clock.now() / 1_000);
      const headers = {
        'content-type': 'application/json',
        'user-agent': 'XM-Alerts',
        'x-xm-alert': alert.id,
        'x-xm-signature': `t=${seconds},v1=${signatureOf({ secret, seconds, body })}`,
      };
      return post({ url, headers, body });
    },
  };
}

export function signatureOf({ secret, seconds, body }: { secret: string; seconds: number; body: string }): string {
  return createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
}

function slackBody({ headline, facts, link, patternLink }: AlertMessage): object {
  const lines = facts.map(({ name, value }) => `*${name}:* ${escaped(value)}`);
  const links = [`<${link}|Errors>`, ...(patternLink === null ? [] : [`<${patternLink}|Pattern>`])].join(' · ');
  const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text: text.slice(0, sectionCharactersMax) } });
  return { text: headline, blocks: [section(`*${escaped(headline)}*`), section(lines.join('\n')), section(links)] };
}

/** Slack's own bound is 3,000. */
const sectionCharactersMax = 2_900;

/** What would be markup: https://docs.slack.dev/messaging/formatting-message-text */
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function webhookBody(alert: Alert, { headline, link, patternLink }: AlertMessage): object {
  const { id, kind, ruleId, ruleName, patternId, template, level, services, count, total, expected, hour, file, raisedAtMs } = alert;
  return {
    id,
    kind,
    headline,
    rule: { id: ruleId, name: ruleName },
    pattern: patternId === null ? null : { id: patternId, template, level, services, total },
    count,
    expected,
    hour,
    file,
    raisedAt: new Date(raisedAtMs).toISOString(),
    link,
    patternLink,
  };
}

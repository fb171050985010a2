import { describe, expect, it } from 'vitest';
import { fakeClock } from '#test/fakes/clock.ts';
import { fakeAlertStore, fakeRuleStore } from '#test/fakes/fake-alert-stores.ts';
import { fakeAuditLog } from '#test/fakes/fake-audit-log.ts';
import { sampleFile } from '#test/fakes/log-samples.ts';
import { samplePattern, sampleRule } from '#test/fakes/pattern-samples.ts';
import { alertsOf, type Alert } from '#shared/logs/alerts/alert.ts';
import type { AlertMessage } from '#shared/logs/alerts/alert-message.ts';
import { deliverAlert } from '#shared/logs/alerts/deliver-alert.ts';
import { emailCarrier } from '#shared/logs/alerts/email-carrier.ts';
import type { AlertCarriers, ChannelOutcome } from '#shared/logs/alerts/ports.ts';
import type { Signal } from '#shared/logs/alerts/signals.ts';
import { signatureOf, slackCarrier, webhookCarrier } from '#shared/logs/alerts/webhook-carriers.ts';
import type { Message } from '#shared/messaging/message.ts';

const origin = 'https://backoffice.example.id';
const signal: Signal = {
  kind: 'spike',
  pattern: samplePattern({ template: 'Order <*> & <b>more</b>' }),
  count: 400,
  expected: 12.4,
  hour: '2026-11-21T11:00:00.000Z',
  window: '2026-11-21',
};

async function delivering(outcomes: readonly (ChannelOutcome | Error)[], different: Partial<Signal> = {}) {
  const clock = fakeClock();
  const rule = sampleRule();
  const rules = fakeRuleStore(fakeAuditLog(clock));
  await rules.write(rule, {
    stream: 'log-alert-rule:alr_1',
    subject: 'log-alert-rule:alr_1',
    action: 'log-alert-rule.made',
    actor: 'system',
  });
  const alerts = fakeAlertStore(fakeAuditLog(clock));
  const [alert] = alertsOf(rule, [{ ...signal, ...different }], { file: sampleFile(), nowMs: clock.now() });
  await alerts.raise(alert as Alert);
  const told: AlertMessage[] = [];
  const left = [...outcomes];
  const send = async (_channel: unknown, _alert: Alert, message: AlertMessage): Promise<ChannelOutcome> => {
    told.push(message);
    const outcome = left.shift() ?? { isSent: true };
    if (outcome instanceof Error) throw outcome;
    return outcome;
  };
  const carriers: AlertCarriers = { slack: { send }, webhook: { send }, sns: { send }, email: { send } };
  return { deps: { alerts, rules, carriers, clock, origin }, id: alert?.id ?? '', told, rule };
}

describe('an alert', () => {
  it('is told once, whatever the queue does', async () => {
    const { deps, id, told } = await delivering([]);
    const outcomes = await Promise.all([deliverAlert(deps, id), deliverAlert(deps, id), deliverAlert(deps, id)]);
    expect(outcomes.toSorted()).toEqual(['sent', 'taken', 'taken']);
    expect(await deliverAlert(deps, id)).toBe('sent');
    expect(told).toHaveLength(1);
    expect(await deps.alerts.get(id)).toMatchObject({ status: 'sent', settledAtMs: deps.clock.now(), detail: null });
  });

  it('is tried again when the channel fails, at once', async () => {
    const { deps, id, told } = await delivering([new Error('503')]);
    await expect(deliverAlert(deps, id)).rejects.toThrow('503');
    expect(await deliverAlert(deps, id)).toBe('sent');
    expect(told).toHaveLength(2);
  });

  it('is done with when the channel refuses it for good, or nobody knows its rule or itself', async () => {
    const { deps, id } = await delivering([{ isSent: false, reason: 'The webhook answered 404.' }]);
    expect(await deliverAlert(deps, id)).toBe('refused');
    expect(await deps.alerts.get(id)).toMatchObject({ status: 'refused', detail: 'The webhook answered 404.' });
    expect(await deliverAlert(deps, 'alt_none')).toBe('unknown');
    const other = await delivering([]);
    await other.deps.rules.remove(other.rule, { stream: 'x:1', subject: 'x:1', action: 'a.b', actor: 'system' });
    expect(await deliverAlert(other.deps, other.id)).toBe('refused');
  });

  it('links the errors of exactly its hour, or of its file, and its pattern', async () => {
    const spike = await delivering([]);
    await deliverAlert(spike.deps, spike.id);
    expect(spike.told[0]).toMatchObject({
      headline: 'Spike: error 400 times in an hour, 12 expected',
      link: `${origin}/#/log-errors?pattern=pat_1_a&window=custom&from=2026-11-21T11%3A00%3A00.000Z&to=2026-11-21T11%3A59%3A59.999Z`,
      patternLink: `${origin}/#/log-patterns/pat_1_a/show`,
    });
    const back = await delivering([], { kind: 'regressed', count: 1, hour: null, expected: null });
    await deliverAlert(back.deps, back.id);
    expect(back.told[0]).toMatchObject({
      headline: 'Back after it was resolved: error, seen once',
      link: `${origin}/#/log-errors?pattern=pat_1_a&file=${sampleFile().id}`,
    });
  });
});

describe('a channel', () => {
  const message: AlertMessage = {
    headline: 'New error, seen once',
    facts: [{ name: 'Pattern', value: 'Order <*> & <!channel>' }],
    link: `${origin}/#/log-errors?pattern=pat_1_a`,
    patternLink: null,
  };
  const [alert] = alertsOf(sampleRule(), [signal], { file: sampleFile(), nowMs: 0 }) as [Alert];

  function posting() {
    const posts: { url: string; headers: Readonly<Record<string, string>>; body: string }[] = [];
    const post = async (request: (typeof posts)[number]): Promise<ChannelOutcome> => {
      posts.push(request);
      return { isSent: true };
    };
    return { posts, post, clock: fakeClock() };
  }

  it('of Slack gets no markup out of a log line', async () => {
    const to = posting();
    await slackCarrier(to).send({ kind: 'slack', url: 'https://hooks.slack.com/x' }, alert, message);
    expect(to.posts[0]?.body).toContain('Order &lt;*&gt; &amp; &lt;!channel&gt;');
    expect(to.posts[0]?.body).not.toContain('<!channel>');
    expect(JSON.parse(to.posts[0]?.body ?? '')).toMatchObject({ text: message.headline });
  });

  it('of a webhook is signed over its time and its body', async () => {
    const to = posting();
    await webhookCarrier(to).send({ kind: 'webhook', url: 'https://example.com/', secret: 's'.repeat(16) }, alert, message);
    const { headers, body } = to.posts[0] ?? { headers: {}, body: '' };
    const seconds = Math.floor(to.clock.now() / 1_000);
    expect(headers).toMatchObject({
      'x-xm-alert': alert.id,
      'x-xm-signature': `t=${seconds},v1=${signatureOf({ secret: 's'.repeat(16), seconds, body })}`,
    });
    expect(JSON.parse(body)).toMatchObject({ id: alert.id, kind: 'spike', pattern: { id: 'pat_1_a', level: 'error' }, count: 400 });
    expect(body).not.toContain('ssss');
  });

  it('of e-mail writes to each address by itself', async () => {
    const sent: Message[] = [];
    const carrier = emailCarrier({ send: async (one) => void sent.push(one) });
    await carrier.send({ kind: 'email', to: ['a@example.id', 'b@example.id'] }, alert, message);
    expect(sent.map(({ to, template }) => [to, template])).toEqual([
      ['a@example.id', 'log-alert'],
      ['b@example.id', 'log-alert'],
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { seededChance } from '#test/fakes/chance.ts';
import { fakeClock } from '#test/fakes/clock.ts';
import { fakeRuleStore } from '#test/fakes/fake-alert-stores.ts';
import { fakeAuditLog } from '#test/fakes/fake-audit-log.ts';
import { ann, sampleRule } from '#test/fakes/pattern-samples.ts';
import { changeRule, listRules, makeRule, removeRule, type WantedRule } from '#shared/logs/alerts/change-rules.ts';
import { alertLimits } from '#shared/logs/alerts/rule.ts';

const url = 'https://hooks.example.com/T0/B0/key';
const wanted: WantedRule = {
  name: 'All of it',
  isEnabled: true,
  kinds: ['new'],
  filter: { level: null, service: null, text: null, filePrefix: null },
  countPerHourMin: null,
  channel: { kind: 'webhook', url },
};

function desk() {
  const clock = fakeClock();
  const audit = fakeAuditLog(clock);
  return { audit, deps: { rules: fakeRuleStore(audit), clock, chance: seededChance(), reach: 'public' as const } };
}

describe('an alert rule', () => {
  it('tells its secret once, and the audit log neither that nor the address', async () => {
    const { deps, audit } = desk();
    const made = await makeRule(deps, wanted, ann);
    expect(made.secret).toMatch(/^whs_[\w-]{43}$/);
    const changed = await changeRule(deps, { ruleId: made.id, revision: 1, change: { name: 'Some' } }, ann);
    expect(changed).toMatchObject({ name: 'Some', kinds: ['new'], revision: 2, secret: null });
    await removeRule(deps, { ruleId: made.id, revision: 2 }, ann);
    expect(audit.all().map(({ action, actor }) => [action, actor])).toEqual([
      ['log-alert-rule.made', 'staff:stf_ann'],
      ['log-alert-rule.changed', 'staff:stf_ann'],
      ['log-alert-rule.removed', 'staff:stf_ann'],
    ]);
    const said = JSON.stringify([audit.all(), await listRules(deps), changed]);
    expect(said).not.toContain(made.secret ?? '');
    expect(said).not.toContain('/T0/B0/key');
    expect(said).toContain('hooks.example.com');
  });

  it('keeps the secret while it stays a webhook, and gets a new one when it becomes one again', async () => {
    const { deps } = desk();
    const made = await makeRule(deps, wanted, ann);
    const moved = { kind: 'webhook', url: 'https://hooks.example.com/other' } as const;
    await changeRule(deps, { ruleId: made.id, revision: 1, change: { channel: moved } }, ann);
    expect((await deps.rules.get(made.id))?.channel).toEqual({ ...moved, secret: made.secret });
    await changeRule(deps, { ruleId: made.id, revision: 2, change: { channel: { kind: 'sns' } } }, ann);
    const again = await changeRule(deps, { ruleId: made.id, revision: 3, change: { channel: moved } }, ann);
    expect(again.secret).toMatch(/^whs_/);
    expect(again.secret).not.toBe(made.secret);
  });

  it('is changed and removed only upon what it says now', async () => {
    const { deps } = desk();
    const { id } = await makeRule(deps, wanted, ann);
    await changeRule(deps, { ruleId: id, revision: 1, change: { isEnabled: false } }, ann);
    await expect(changeRule(deps, { ruleId: id, revision: 1, change: {} }, ann)).rejects.toThrow('logs.alert-rule-changed');
    await expect(removeRule(deps, { ruleId: id, revision: 1 }, ann)).rejects.toThrow('logs.alert-rule-changed');
    await expect(removeRule(deps, { ruleId: 'alr_none', revision: 1 }, ann)).rejects.toThrow('logs.alert-rule-not-found');
  });

  it('posts to nothing inside of a network', async () => {
    const { deps } = desk();
    const inside = { ...wanted, channel: { kind: 'slack', url: 'https://169.254.169.254/' } as const };
    await expect(makeRule(deps, inside, ann)).rejects.toMatchObject({
      code: 'logs.webhook-refused',
      errors: [{ pointer: '/channel/url' }],
    });
  });

  it('is one of a hundred at most', async () => {
    const { deps, audit } = desk();
    const entry = { stream: 'log-alert-rule:x', subject: 'log-alert-rule:x', action: 'a.b', actor: 'system' };
    for (let index = 0; index < alertLimits.rulesMax; index += 1) await deps.rules.write(sampleRule({ id: `alr_${index}` }), entry);
    await expect(makeRule(deps, wanted, ann)).rejects.toThrow('logs.alert-rules-full');
    expect(audit.all()).toHaveLength(alertLimits.rulesMax);
  });
});

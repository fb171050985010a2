import { describe, expect, it } from 'vitest';
import { fakeClock } from '#test/fakes/clock.ts';
import { deliverMessage } from '#shared/messaging/deliver-message.ts';
import type { Message } from '#shared/messaging/message.ts';
import type { CarrierOutcome, Email, ShortText } from '#shared/messaging/ports.ts';

const refused: CarrierOutcome = { isSent: false, reason: 'gone' };

function world(outcomes: { email?: CarrierOutcome; sms?: CarrierOutcome; whatsapp?: CarrierOutcome | Error | null } = {}) {
  const carried: { by: string; what: Email | ShortText }[] = [];
  const carrier = (by: string, outcome: CarrierOutcome | Error = { isSent: true }) => ({
    async send(what: Email | ShortText) {
      if (outcome instanceof Error) throw outcome;
      carried.push({ by, what });
      return outcome;
    },
  });
  const whatsapp = outcomes.whatsapp === null ? undefined : carrier('whatsapp', outcomes.whatsapp);
  const clock = fakeClock();
  return { carried, clock, deps: { email: carrier('email', outcomes.email), sms: carrier('sms', outcomes.sms), whatsapp, clock } };
}

const mail: Message = {
  channel: 'email',
  to: 'sari@example.id',
  locale: 'en',
  template: 'sign-in-code',
  values: { code: '123456', minutes: 10 },
};
const toPhone = (channel: 'sms' | 'whatsapp'): Message => ({ ...mail, channel, to: '+6281234567890' });

describe('a delivery', () => {
  it('sends a mail with both bodies', async () => {
    const { deps, carried } = world();
    expect(await deliverMessage(deps, mail)).toEqual({ outcome: 'sent', by: 'email' });
    expect(carried).toMatchObject([{ by: 'email', what: { to: 'sari@example.id', subject: '123456 is your XM code' } }]);
  });

  it('sends one line to a phone, with the code by itself', async () => {
    const { deps, carried } = world();
    expect(await deliverMessage(deps, toPhone('sms'))).toEqual({ outcome: 'sent', by: 'sms' });
    expect(carried[0]?.what).toMatchObject({ to: '+6281234567890', code: '123456', text: expect.stringContaining('123456') });
  });

  it('sends by WhatsApp where that works, and by SMS where it does not reach the number or is not set up', async () => {
    const cases = [
      { whatsapp: { isSent: true }, by: ['whatsapp'] },
      { whatsapp: refused, by: ['whatsapp', 'sms'] },
      { whatsapp: null, by: ['sms'] },
    ] as const;
    for (const { whatsapp, by } of cases) {
      const { deps, carried } = world({ whatsapp });
      expect(await deliverMessage(deps, toPhone('whatsapp'))).toEqual({ outcome: 'sent', by: by.at(-1) });
      expect(carried.map((one) => one.by)).toEqual(by);
    }
  });

  it('does not send an SMS instead of what WhatsApp may take later', async () => {
    const { deps, carried } = world({ whatsapp: new Error('WhatsApp answered 503') });
    await expect(deliverMessage(deps, toPhone('whatsapp'))).rejects.toThrow('503');
    expect(carried).toEqual([]);
  });

  it('says why a message was refused for good', async () => {
    expect(await deliverMessage(world({ email: refused }).deps, mail)).toEqual({ outcome: 'refused', by: 'email', reason: 'gone' });
    expect(await deliverMessage(world({ sms: refused }).deps, toPhone('sms'))).toEqual({ outcome: 'refused', by: 'sms', reason: 'gone' });
  });

  it('sends no code that has expired', async () => {
    const { deps, carried, clock } = world();
    const expiring = { ...mail, expiresAt: new Date(clock.now() + 1_000).toISOString() };
    expect(await deliverMessage(deps, expiring)).toMatchObject({ outcome: 'sent' });
    clock.advance(1_000);
    expect(await deliverMessage(deps, expiring)).toEqual({ outcome: 'expired', by: 'email' });
    expect(carried).toHaveLength(1);
  });
});

/**
 * Takes a message to whoever carries it.
 */
import type { Clock } from '#shared/platform/clock.ts';
import type { Message } from './message.ts';
import type { CarrierOutcome, EmailCarrier, TextCarrier } from './ports.ts';
import { rendered } from './render.ts';

interface Deps {
  readonly email: EmailCarrier;
  readonly sms: TextCarrier;
  /** Absent where it is not set up. */
  readonly whatsapp: TextCarrier | undefined;
  readonly clock: Clock;
}

/** What became of a message. Whatever is thrown instead may work at another time. */
export interface DeliveryReport {
  readonly outcome: 'sent' | 'refused' | 'expired';
  /** What carried or refused it last. */
  readonly by: Message['channel'];
  readonly reason?: string;
}

export async function deliverMessage(deps: Deps, message: Message): Promise<DeliveryReport> {
  if (message.expiresAt !== undefined && Date.parse(message.expiresAt) <= deps.clock.now())
    return { outcome: 'expired', by: message.channel };
  if (message.channel === 'email') {
    const { subject, text, html } = rendered(message, message.locale);
    return reportOf('email', await deps.email.send({ to: message.to, subject, text, html }));
  }
  if (message.channel === 'whatsapp' && deps.whatsapp !== undefined) {
    const outcome = await deps.whatsapp.send(shortTextOf(message));
    // Not everybody has it. An SMS reaches the same person.
    if (outcome.isSent) return reportOf('whatsapp', outcome);
  }
  return reportOf('sms', await deps.sms.send(shortTextOf(message)));
}

function shortTextOf(message: Message) {
  const { short } = rendered(message, message.locale);
  const code = 'code' in message.values ? message.values.code : undefined;
  return { to: message.to, text: short, locale: message.locale, code };
}

const reportOf = (by: Message['channel'], outcome: CarrierOutcome): DeliveryReport =>
  outcome.isSent ? { outcome: 'sent', by } : { outcome: 'refused', by, reason: outcome.reason };

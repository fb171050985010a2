/**
 * What takes messages, and what carries them.
 */
import type { Locale, Message } from './message.ts';

/** What use cases know: a message is taken, and will arrive unless it cannot. */
export interface Messenger {
  send(message: Message): Promise<void>;
}

/** A refusal is for good: the address does not exist, the number takes no messages. What may work later is thrown instead. */
export type CarrierOutcome = { readonly isSent: true } | { readonly isSent: false; readonly reason: string };

export interface Email {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface EmailCarrier {
  send(email: Email): Promise<CarrierOutcome>;
}

/** A message to a phone. */
export interface ShortText {
  /** E.164. */
  readonly to: string;
  /** One line, the code included. */
  readonly text: string;
  readonly locale: Locale;
  /** The code alone, where there is one. */
  readonly code?: string | undefined;
}

export interface TextCarrier {
  send(text: ShortText): Promise<CarrierOutcome>;
}

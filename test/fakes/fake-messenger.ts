import type { Message } from '#shared/messaging/message.ts';
import { messageSchema } from '#shared/messaging/message.ts';
import type { Messenger } from '#shared/messaging/ports.ts';

/** Keeps what it is given, oldest first. Refuses what the queue would refuse. */
export function fakeMessenger(): Messenger & { readonly sent: Message[]; codeTo(to: string): string } {
  const sent: Message[] = [];
  return {
    sent,
    async send(message) {
      sent.push(messageSchema.parse(message));
    },
    /** The code of the newest message to somebody that has one. */
    codeTo(to) {
      const values = sent.findLast((message) => message.to === to && 'code' in message.values)?.values;
      if (values === undefined || !('code' in values)) throw new Error(`Nobody sent a code to ${to}`);
      return values.code;
    },
  };
}

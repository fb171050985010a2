import type { Messenger } from '#shared/messaging/ports.ts';
import type { AlertCarriers } from './ports.ts';

const factCharactersMax = 500;

/** Mail by the house's own messages. One message an address, so that no reader learns of the others. */
export function emailCarrier(messenger: Messenger): AlertCarriers['email'] {
  return {
    async send({ to }, _alert, { headline, facts, link }) {
      const values = { headline, facts: facts.map(({ name, value }) => `${name}: ${value}`.slice(0, factCharactersMax)), link };
      for (const address of to) await messenger.send({ channel: 'email', to: address, locale: 'en', template: 'log-alert', values });
      return { isSent: true };
    },
  };
}

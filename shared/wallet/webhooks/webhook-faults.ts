import { defineFaults, type FaultCatalogue } from '#shared/platform/fault.ts';

export const webhookFaultCatalogue = {
  'webhooks.signature-wrong': {
    kind: 'unauthenticated',
    publicMessage: 'The webhook is not signed with our key.',
    remedy: 'Check which key the gateway signs with, and which one is in the secret.',
  },
  'webhooks.malformed': {
    kind: 'invalid',
    publicMessage: 'The webhook is not in the shape that the gateway documents.',
    remedy: "Compare it with the gateway's documentation.",
  },
} as const satisfies FaultCatalogue;

export const webhookFault = defineFaults(webhookFaultCatalogue);

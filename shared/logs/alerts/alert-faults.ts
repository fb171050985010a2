import { defineFaults, type FaultCatalogue } from '#shared/platform/fault.ts';

export const alertFaultCatalogue = {
  'logs.alert-rule-not-found': {
    kind: 'not-found',
    publicMessage: 'There is no alert rule with this id.',
    remedy: 'List the rules; somebody may have removed it.',
  },
  'logs.alert-rule-changed': {
    kind: 'conflict',
    publicMessage: 'Somebody else has just changed this rule.',
    remedy: 'Read the rule again and decide on what it says now.',
  },
  'logs.alert-rules-full': {
    kind: 'conflict',
    publicMessage: 'There are as many alert rules as there may be.',
    remedy: 'Remove one that nobody needs: 100 can be kept.',
  },
  'logs.webhook-refused': {
    kind: 'invalid',
    publicMessage: 'The webhook cannot have this address.',
    remedy: 'Name an https address on the public internet, without a name or password in it.',
  },
} as const satisfies FaultCatalogue;

export const alertFault = defineFaults(alertFaultCatalogue);

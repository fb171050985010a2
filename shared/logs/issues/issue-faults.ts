import { defineFaults, type FaultCatalogue } from '#shared/platform/fault.ts';

export const issueFaultCatalogue = {
  'logs.pattern-not-found': {
    kind: 'not-found',
    publicMessage: 'There is no pattern with this id.',
    remedy: 'List the patterns.',
  },
  'logs.pattern-changed': {
    kind: 'conflict',
    publicMessage: 'Somebody else has just decided about this pattern.',
    remedy: 'Read the pattern again and decide on what it says now.',
  },
  'logs.pattern-merged': {
    kind: 'conflict',
    publicMessage: 'This pattern was merged into another one.',
    remedy: 'Decide about the pattern that `mergedInto` names.',
  },
  'logs.merge-too-large': {
    kind: 'conflict',
    publicMessage: 'The patterns have more fingerprints together than one pattern can count.',
    remedy: 'Merge fewer patterns; one counts 64 fingerprints.',
  },
  'logs.split-impossible': {
    kind: 'conflict',
    publicMessage: 'These fingerprints cannot be split off.',
    remedy: 'Name fingerprints that the pattern counts one by one, and leave it one at least.',
  },
} as const satisfies FaultCatalogue;

export const issueFault = defineFaults(issueFaultCatalogue);

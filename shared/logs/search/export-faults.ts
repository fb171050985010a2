import { defineFaults, type FaultCatalogue } from '#shared/platform/fault.ts';

export const exportFaultCatalogue = {
  'logs.export-not-found': {
    kind: 'not-found',
    publicMessage: 'There is no export with this id.',
    remedy: 'Ask for it again; exports are kept for 7 days.',
  },
} as const satisfies FaultCatalogue;

export const exportFault = defineFaults(exportFaultCatalogue);

import { defineFaults, type FaultCatalogue } from '#shared/platform/fault.ts';

export const reconciliationFaultCatalogue = {
  'reconciliation.exception-not-found': { kind: 'not-found', publicMessage: 'There is no such exception.', remedy: 'Check the id.' },
  'reconciliation.already-resolved': {
    kind: 'conflict',
    publicMessage: 'It has been resolved already.',
    remedy: 'See `errors` for by whom and when.',
  },
  'reconciliation.report-unreadable': {
    kind: 'unprocessable',
    publicMessage: 'The report cannot be read.',
    remedy: "Export it as CSV from the gateway's dashboard; `errors` says which line is wrong.",
  },
  'reconciliation.run-not-found': {
    kind: 'not-found',
    publicMessage: 'This day has not been compared with this gateway.',
    remedy: 'Have it compared, or upload its report.',
  },
  'reconciliation.not-asked': {
    kind: 'conflict',
    publicMessage: 'This gateway cannot be asked for a report.',
    remedy: 'Upload its export.',
  },
} as const satisfies FaultCatalogue;

export const reconciliationFault = defineFaults(reconciliationFaultCatalogue);

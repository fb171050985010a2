import { defineFaults, type FaultCatalogue } from '#shared/platform/fault.ts';

export const uploadFaultCatalogue = {
  'logs.upload-duplicate': {
    kind: 'conflict',
    publicMessage: 'This very file was uploaded before.',
    remedy: 'Look at the file that is there, or ask again with `again: true` to have it scanned once more.',
  },
  'logs.upload-gone': {
    kind: 'not-found',
    publicMessage: 'There is no such upload any more.',
    remedy: 'Begin a new one; uploads that nobody completes are cleared after 7 days.',
  },
  'logs.upload-incomplete': {
    kind: 'conflict',
    publicMessage: 'Parts of the upload are missing, or have another size than was said.',
    remedy: 'List the parts that have arrived and send the others.',
  },
} as const satisfies FaultCatalogue;

export const uploadFault = defineFaults(uploadFaultCatalogue);

import { defineFaults, type FaultCatalogue } from '#shared/platform/fault.ts';

export const logFaultCatalogue = {
  'logs.file-not-found': {
    kind: 'not-found',
    publicMessage: 'There is no log file with this id.',
    remedy: 'List the files; they are kept for 90 days after the upload.',
  },
  'logs.error-not-found': {
    kind: 'not-found',
    publicMessage: 'There is no error with this id.',
    remedy: 'List the errors; they are kept for 30 days after the upload of their file, fatal ones for 90, where it was not set otherwise.',
  },
  'logs.window-invalid': {
    kind: 'invalid',
    publicMessage: 'The window ends before it begins, or is too long.',
    remedy: 'Ask for at most 396 days.',
  },
  'logs.original-gone': {
    kind: 'not-found',
    publicMessage: 'The original file is not in the bucket any more, or was replaced.',
    remedy: 'The error itself is still there; its surroundings are not.',
  },
  'logs.context-out-of-reach': {
    kind: 'conflict',
    publicMessage: 'The error lies too deep in a compressed file to read around it.',
    remedy: 'Download the file and decompress it; the error says at which offset it is.',
  },
} as const satisfies FaultCatalogue;

export const logFault = defineFaults(logFaultCatalogue);

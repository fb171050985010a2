import type { InLanguages } from '../shell/language.ts';

const id = {
  'logs.file-not-found': 'Berkas ini tidak ada. Mungkin sudah dihapus setelah 90 hari.',
  'logs.error-not-found': 'Kesalahan ini tidak ada. Mungkin sudah dihapus setelah 90 hari.',
  'logs.original-gone': 'Berkas aslinya sudah tidak ada di bucket atau sudah diganti.',
  'logs.context-out-of-reach': 'Letaknya terlalu dalam di berkas terkompresi untuk dibaca.',
};

const en: Record<keyof typeof id, string> = {
  'logs.file-not-found': 'There is no such file. It may have been removed after 90 days.',
  'logs.error-not-found': 'There is no such error. It may have been removed after 90 days.',
  'logs.original-gone': 'The original file has gone from the bucket, or was replaced.',
  'logs.context-out-of-reach': 'It stands too deep in a compressed file to be read.',
};

export const logFaults: InLanguages<Readonly<Record<string, string>>> = { id, en };

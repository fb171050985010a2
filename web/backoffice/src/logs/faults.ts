import type { InLanguages } from '../shell/language.ts';

const id = {
  'logs.file-not-found': 'Berkas ini tidak ada. Mungkin sudah dihapus setelah 90 hari.',
  'logs.error-not-found': 'Kesalahan ini tidak ada. Mungkin masa simpannya sudah lewat: biasanya 30 hari, yang fatal 90.',
  'logs.original-gone': 'Berkas aslinya sudah tidak ada di bucket atau sudah diganti.',
  'logs.context-out-of-reach': 'Letaknya terlalu dalam di berkas terkompresi untuk dibaca.',
  'logs.window-invalid': 'Rentang waktunya terbalik atau lebih dari 396 hari.',
  'logs.upload-duplicate': 'Berkas yang sama sudah pernah diunggah.',
  'logs.upload-gone': 'Unggahan ini sudah tidak ada. Mulai dari awal.',
  'logs.upload-incomplete': 'Ada bagian yang belum sampai. Coba lagi.',
  'logs.export-not-found': 'Ekspor ini tidak ada; disimpan 7 hari.',
  'logs.pattern-not-found': 'Pola ini tidak ada.',
  'logs.pattern-changed': 'Orang lain baru saja memutuskan tentang pola ini. Muat ulang dan lihat lagi.',
  'logs.pattern-merged': 'Pola ini sudah digabung ke pola lain.',
  'logs.merge-too-large': 'Sidiknya terlalu banyak untuk satu pola. Gabungkan lebih sedikit.',
  'logs.split-impossible': 'Sidik ini tidak dapat dipisahkan.',
  'logs.alert-rule-not-found': 'Aturan ini tidak ada. Mungkin sudah dihapus.',
  'logs.alert-rule-changed': 'Orang lain baru saja mengubah aturan ini. Muat ulang dan lihat lagi.',
  'logs.alert-rules-full': 'Sudah ada 100 aturan. Hapus yang tidak diperlukan.',
  'logs.webhook-refused': 'Webhook tidak boleh beralamat ini: harus https di internet publik, tanpa nama atau kata sandi.',
};

const en: Record<keyof typeof id, string> = {
  'logs.file-not-found': 'There is no such file. It may have been removed after 90 days.',
  'logs.error-not-found': 'There is no such error. It may have been kept as long as it is: usually 30 days, fatal ones 90.',
  'logs.original-gone': 'The original file has gone from the bucket, or was replaced.',
  'logs.context-out-of-reach': 'It stands too deep in a compressed file to be read.',
  'logs.window-invalid': 'The window is the wrong way round, or longer than 396 days.',
  'logs.upload-duplicate': 'This very file was uploaded before.',
  'logs.upload-gone': 'This upload is not there any more. Begin anew.',
  'logs.upload-incomplete': 'Some parts have not arrived. Try again.',
  'logs.export-not-found': 'There is no such export; they are kept for 7 days.',
  'logs.pattern-not-found': 'There is no such pattern.',
  'logs.pattern-changed': 'Somebody else has just decided about this pattern. Load it again and have another look.',
  'logs.pattern-merged': 'This pattern was merged into another one.',
  'logs.merge-too-large': 'They have too many fingerprints for one pattern. Merge fewer.',
  'logs.split-impossible': 'These fingerprints cannot be split off.',
  'logs.alert-rule-not-found': 'There is no such rule. Somebody may have removed it.',
  'logs.alert-rule-changed': 'Somebody else has just changed this rule. Load it again and have another look.',
  'logs.alert-rules-full': 'There are 100 rules already. Remove one that nobody needs.',
  'logs.webhook-refused': 'A webhook cannot have this address: it takes https on the public internet, without a name or password.',
};

export const logFaults: InLanguages<Readonly<Record<string, string>>> = { id, en };

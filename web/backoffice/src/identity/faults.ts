import type { InLanguages } from '../shell/language.ts';

/** What identity refuses, in the words of the desk. */
const id = {
  'identity.credentials-wrong': 'Surel atau kata sandi salah.',
  'identity.code-wrong': 'Kode salah, sudah dipakai, atau kedaluwarsa.',
  'identity.ticket-invalid': 'Langkah ini kedaluwarsa atau sudah dipakai. Mulai dari awal.',
  'identity.session-ended': 'Sesi berakhir. Masuk lagi.',
  'identity.csrf': 'Permintaan tidak datang dari halaman ini. Muat ulang halaman.',
  'identity.password-breached': 'Kata sandi ini pernah bocor. Pilih yang lain.',
  'identity.member-not-found': 'Anggota ini tidak ada.',
  'identity.status-move-refused': 'Status ini tidak dapat dipindahkan ke sana.',
  'identity.status-changed-meanwhile': 'Statusnya sudah diubah orang lain. Tutup, lihat lagi, lalu putuskan.',
  'identity.kyc-settled': 'Tidak ada yang perlu diputuskan; mungkin sudah diputuskan orang lain.',
  'identity.session-not-found': 'Sesi ini sudah berakhir.',
  'identity.staff-not-found': 'Akun staf ini tidak ada.',
  'identity.staff-exists': 'Sudah ada akun staf dengan alamat ini. Ubah saja perannya.',
  'identity.invitation-invalid': 'Undangan kedaluwarsa, ditarik, atau sudah diterima. Minta yang baru.',
  'identity.not-oneself': 'Tidak ada yang memutuskan tentang akunnya sendiri. Minta pemilik lain.',
  'identity.last-owner': 'Pemilik terakhir harus tetap pemilik.',
};

const en: Record<keyof typeof id, string> = {
  'identity.credentials-wrong': 'E-mail or password is wrong.',
  'identity.code-wrong': 'The code is wrong, was used before, or has expired.',
  'identity.ticket-invalid': 'This step has expired or was done before. Begin again.',
  'identity.session-ended': 'The session has ended. Sign in again.',
  'identity.csrf': 'The request did not come from this page. Load it again.',
  'identity.password-breached': 'This password is known from a breach. Take another one.',
  'identity.member-not-found': 'There is no such member.',
  'identity.status-move-refused': 'A member of this status cannot be moved there.',
  'identity.status-changed-meanwhile': 'Somebody else has changed the status. Close this, have another look, and decide then.',
  'identity.kyc-settled': 'There is nothing to decide; somebody else may have.',
  'identity.session-not-found': 'This session has ended before.',
  'identity.staff-not-found': 'There is no such staff account.',
  'identity.staff-exists': 'There is a staff account with this address. Change its roles instead.',
  'identity.invitation-invalid': 'The invitation has expired, was withdrawn, or was accepted before. Ask for another one.',
  'identity.not-oneself': 'Nobody decides about their own account. Ask another owner.',
  'identity.last-owner': 'The last owner has to stay one.',
};

export const identityFaults: InLanguages<Readonly<Record<string, string>>> = { id, en };

import { instantWriter, type Text, type Texts } from './texts.ts';

const written = instantWriter('id-ID');

const ignore = 'Jika Anda tidak memintanya, abaikan pesan ini. Jangan berikan kode ini kepada siapa pun, juga tidak kepada kami.';
const notYou = 'Jika bukan Anda yang melakukannya, segera atur ulang kata sandi dan hubungi kami.';

/** A code, what it is for, and for how long. */
function codeText(purpose: string, { code, minutes }: { readonly code: string; readonly minutes: number }): Text {
  return {
    subject: `${code} adalah kode XM Anda`,
    paragraphs: [`Kode untuk ${purpose}:`, { code }, `Kode berlaku ${minutes} menit dan hanya dapat dipakai satu kali.`, ignore],
    short: `XM: ${code} adalah kode untuk ${purpose}. Berlaku ${minutes} menit. Jangan berikan kepada siapa pun.`,
  };
}

export const textsId: Texts = {
  'sign-up-code': (values) => codeText('mendaftar', values),
  'sign-up-existing': () => ({
    subject: 'Anda sudah memiliki akun XM',
    paragraphs: [
      'Seseorang mencoba mendaftar di XM dengan alamat ini, tetapi alamat ini sudah memiliki akun.',
      'Jika itu Anda, silakan masuk. Jika Anda lupa kata sandi, atur ulang di halaman masuk.',
      'Jika bukan Anda, tidak ada yang perlu dilakukan.',
    ],
    short: 'XM: Anda sudah memiliki akun. Silakan masuk, atau atur ulang kata sandi di halaman masuk.',
  }),
  'sign-in-code': (values) => codeText('masuk', values),
  'password-code': (values) => codeText('mengatur ulang kata sandi', values),
  'proof-code': (values) => codeText('memastikan bahwa ini Anda', values),
  'identifier-code': (values) => codeText('memakai alamat atau nomor ini', values),
  'identifier-changed': ({ kind, at }) => {
    const what = kind === 'email' ? 'Alamat email' : 'Nomor telepon';
    return {
      subject: `${what} akun XM Anda telah diganti`,
      paragraphs: [`${what} akun XM Anda diganti pada ${written(at)}.`, notYou],
      short: `XM: ${what} akun Anda diganti pada ${written(at)}. Bukan Anda? Hubungi kami.`,
    };
  },
  'password-changed': ({ at }) => ({
    subject: 'Kata sandi XM Anda telah diganti',
    paragraphs: [`Kata sandi akun XM Anda diganti pada ${written(at)}. Semua perangkat lain telah dikeluarkan.`, notYou],
    short: `XM: Kata sandi Anda diganti pada ${written(at)}. Bukan Anda? Hubungi kami.`,
  }),
  'second-factor-changed': ({ isOn, at }) => {
    const what = isOn ? 'dinyalakan' : 'dimatikan';
    return {
      subject: `Verifikasi dua langkah XM telah ${what}`,
      paragraphs: [`Verifikasi dua langkah akun XM Anda ${what} pada ${written(at)}.`, notYou],
      short: `XM: Verifikasi dua langkah ${what} pada ${written(at)}. Bukan Anda? Hubungi kami.`,
    };
  },
  'new-sign-in': ({ device, address, at }) => ({
    subject: 'Masuk baru ke akun XM Anda',
    paragraphs: [`Akun XM Anda dibuka pada ${written(at)}.`, `Perangkat: ${device}. Alamat jaringan: ${address}.`, notYou],
    short: `XM: Akun Anda dibuka pada ${written(at)}. Bukan Anda? Hubungi kami.`,
  }),
  'staff-invitation': ({ link, invitedBy, hours }) => ({
    subject: 'Undangan ke backoffice XM',
    paragraphs: [
      `${invitedBy} mengundang Anda ke backoffice XM.`,
      { link, label: 'Terima undangan' },
      `Tautan berlaku ${hours} jam. Siapkan aplikasi autentikator.`,
    ],
    short: 'XM: Anda diundang ke backoffice. Periksa email Anda.',
  }),
  'staff-password-reset': ({ link, minutes }) => ({
    subject: 'Atur ulang kata sandi backoffice XM',
    paragraphs: [
      'Seseorang meminta kata sandi baru untuk akun backoffice Anda.',
      { link, label: 'Atur ulang kata sandi' },
      `Tautan berlaku ${minutes} menit. Jika Anda tidak memintanya, abaikan pesan ini.`,
    ],
    short: 'XM: Tautan kata sandi backoffice telah dikirim ke email Anda.',
  }),
  'staff-second-factor-reset': ({ link, hours }) => ({
    subject: 'Pasang ulang autentikator backoffice XM',
    paragraphs: [
      'Autentikator akun backoffice Anda telah dilepas, dan semua sesi diakhiri.',
      { link, label: 'Pasang autentikator baru' },
      `Tautan berlaku ${hours} jam. Jika Anda tidak memintanya, hubungi pemilik sistem.`,
    ],
    short: 'XM: Autentikator backoffice dilepas. Periksa email Anda.',
  }),
  'account-deletion': ({ at }) => ({
    subject: 'Akun XM Anda akan dihapus',
    paragraphs: [
      `Sesuai permintaan, akun XM Anda akan dihapus pada ${written(at)}.`,
      'Sampai saat itu Anda dapat membatalkannya: masuk dan pilih batalkan penghapusan.',
    ],
    short: `XM: Akun Anda akan dihapus pada ${written(at)}. Masuk untuk membatalkan.`,
  }),
  'membership-sanctioned': ({ status, reason, until }) => {
    const what = status === 'banned' ? 'diblokir' : 'ditangguhkan';
    const end = until === '' ? 'tanpa batas waktu' : `sampai ${written(until)}`;
    return {
      subject: `Akun XM Anda telah ${what}`,
      paragraphs: [`Akun XM Anda ${what} ${end}.`, `Alasan: ${reason}`, 'Jika menurut Anda ini keliru, hubungi kami.'],
      short: `XM: Akun Anda ${what} ${end}. Hubungi kami bila keliru.`,
    };
  },
  'log-alert': ({ headline, facts, link }) => ({
    subject: `Log XM: ${headline}`,
    paragraphs: [headline, ...facts, { link, label: 'Buka kesalahan ini di backoffice' }],
    short: `Log XM: ${headline}`,
  }),
};

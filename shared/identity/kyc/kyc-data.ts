/**
 * What an Indonesian identity card says of somebody.
 */
import * as z from 'zod';

/**
 * Nomor Induk Kependudukan: six digits of the place of registration, six of the date of birth (DDMMYY; 40 is added to a woman's day), four of a
 * running number (Permendagri 40/2019).
 */
export const nikSchema = z
  .string()
  .regex(/^\d{16}$/, 'Sixteen digits.')
  .refine(isPlausible, 'Not a number that an identity card can have.')
  .meta({ description: 'Nomor Induk Kependudukan, as on the identity card.' });

export const kycDataSchema = z.object({
  nik: nikSchema,
  fullName: z.string().trim().min(2).max(100),
  birthDate: z.iso.date(),
  address: z.string().trim().min(5).max(300),
});

export type KycData = z.output<typeof kycDataSchema>;

const womensDays = 40;

/**
 * The running number begins at 1, and the date is one that there was. Whether it is the date that the member gave is for whoever decides: cards with
 * a wrong date have been issued, and changing one changes no number.
 */
function isPlausible(nik: string): boolean {
  const [, day = '', month = '', year = '', running = ''] = /^\d{6}(\d\d)(\d\d)(\d\d)(\d{4})$/.exec(nik) ?? [];
  const dayOfMonth = Number(day) > womensDays ? Number(day) - womensDays : Number(day);
  return running !== '0000' && [1900, 2000].some((century) => isDate(century + Number(year), Number(month), dayOfMonth));
}

function isDate(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/**
 * A member: who somebody is to the others, and what they may.
 */
import * as z from 'zod';

export const membershipStatuses = ['basic', 'verified', 'premium', 'suspended', 'banned', 'deleted'] as const;
export const membershipStatusSchema = z.enum(membershipStatuses);
export type MembershipStatus = z.output<typeof membershipStatusSchema>;

/** Whether the data of the identity card were given, and what was decided. */
export const kycStateSchema = z.enum(['none', 'submitted', 'approved', 'rejected']);
export type KycState = z.output<typeof kycStateSchema>;

export const identityLimits = {
  handleCharacters: { min: 3, max: 30 },
  displayNameCharactersMax: 60,
  passwordCharacters: { min: 10, max: 128 },
  reasonCharacters: { min: 3, max: 500 },
  noteCharactersMax: 2_000,
} as const;

export const emailSchema = z
  .email()
  .max(254)
  .transform((email) => email.toLowerCase())
  .meta({ description: 'E-mail address.', example: 'sari@example.id' });

/** An Indonesian mobile number as people write it (`0812…`, `62812…`, `+62 812-…`), answered in E.164. */
export const phoneSchema = z
  .string()
  .max(24)
  .transform((text) => text.replace(/[\s().-]/g, '').replace(/^(?:\+?62|0)(?=8)/, '+62'))
  .pipe(z.string().regex(/^\+628[1-9]\d{7,10}$/, 'An Indonesian mobile number, such as +6281234567890.'))
  .meta({ description: 'Indonesian mobile number; E.164 in answers.', example: '+6281234567890' });

/** Unique whatever its case; shown as it was written. Letters, digits and single underscores or dots inside. */
export const handleSchema = z
  .string()
  .min(identityLimits.handleCharacters.min)
  .max(identityLimits.handleCharacters.max)
  .regex(/^[a-z0-9]+(?:[._][a-z0-9]+)*$/i, 'Letters and digits, with single dots or underscores between them.')
  // Sign-in tells handles and numbers apart by how they look.
  .refine((handle) => !phoneSchema.safeParse(handle).success, 'Not a telephone number.')
  .meta({ description: 'Name by which members find each other; unique whatever its case.', example: 'sari.dewi' });

export const passwordSchema = z
  .string()
  .min(identityLimits.passwordCharacters.min)
  .max(identityLimits.passwordCharacters.max)
  .meta({ description: 'Any characters. Passwords known from breaches are refused.', format: 'password' });

export const localeSchema = z.enum(['id', 'en']).meta({ description: 'Language of messages and pages.' });

/**
 * Shapes that several routes of identity answer.
 */
import * as z from 'zod';
import { staffRoles } from '#shared/platform/permissions.ts';
import { handleSchema, localeSchema, membershipStatusSchema } from '../member.ts';

const instant = z.iso.datetime();

export const reason = z.string().trim().min(3).max(500).meta({ description: 'Why; kept in the audit log.' });
export const memberId = z
  .string()
  .regex(/^\d{1,19}$/)
  .meta({ description: 'Id of a member.', example: '123456789012345678' });
export const staffId = z.string().max(64).meta({ description: 'Id of a staff account.', example: 'stf_0mi8c3k2w3x9p2c7hq4t0a' });
export const sessionId = z.string().max(64).meta({ description: 'Id of a session.' });

/** What a member sees of the own account. */
export const accountView = z
  .object({
    id: memberId,
    handle: handleSchema,
    displayName: z.string(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    status: membershipStatusSchema,
    statusReason: z.string().nullable(),
    statusUntil: instant.nullable(),
    hasPassword: z.boolean(),
    hasSecondFactor: z.boolean(),
    locale: localeSchema,
    createdAt: instant,
    /** When the account will be erased; null unless its deletion was asked for. */
    deletionAt: instant.nullable(),
  })
  .meta({ id: 'Account' });

/** What staff see of a member in a list. */
export const memberView = z
  .object({
    id: memberId,
    handle: z.string(),
    displayName: z.string(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    status: membershipStatusSchema,
    statusReason: z.string().nullable(),
    statusUntil: instant.nullable(),
    createdAt: instant,
    lastSeenAt: instant.nullable(),
  })
  .meta({ id: 'Member' });

export const memberDetailView = memberView
  .extend({
    statusBefore: membershipStatusSchema.nullable().meta({ description: 'What the member is again when a suspension or ban ends.' }),
    /** States that the member may be moved to, by somebody with the permission. */
    moves: z.array(membershipStatusSchema),
    hasPassword: z.boolean(),
    hasSecondFactor: z.boolean(),
    kyc: z.enum(['none', 'submitted', 'approved', 'rejected']),
    deletionAt: instant.nullable(),
    locale: localeSchema,
  })
  .meta({ id: 'MemberDetail' });

export const sessionView = z
  .object({
    id: sessionId,
    createdAt: instant,
    lastUsedAt: instant,
    expiresAt: instant,
    address: z.string(),
    userAgent: z.string(),
    current: z.boolean().meta({ description: 'True for the session that asks.' }),
  })
  .meta({ id: 'Session' });

export const noteView = z
  .object({ id: z.string(), text: z.string(), authorId: z.string(), authorName: z.string(), createdAt: instant })
  .meta({ id: 'MemberNote' });

export const staffView = z
  .object({
    id: staffId,
    email: z.string(),
    name: z.string(),
    roles: z.array(z.enum(staffRoles)),
    status: z.enum(['active', 'disabled']),
    createdAt: instant,
    lastSeenAt: instant.nullable(),
  })
  .meta({ id: 'Staff' });

export const invitationView = z
  .object({
    id: z.string(),
    email: z.string(),
    roles: z.array(z.enum(staffRoles)),
    invitedBy: z.string(),
    invitedByName: z.string(),
    createdAt: instant,
    expiresAt: instant,
    status: z.enum(['open', 'accepted', 'withdrawn', 'expired']),
  })
  .meta({ id: 'Invitation' });

/** A code was sent, or would have been: the answer is the same for accounts there are and there are not. */
export const challengeView = z
  .object({
    challengeId: z.string().meta({ description: 'Give it back with the code.' }),
    expiresAt: instant,
    resendAt: instant.meta({ description: 'From then on another code can be asked for.' }),
  })
  .meta({ id: 'Challenge' });

/** A member's session: tokens for a frontend that keeps them. */
export const tokensView = z
  .object({
    next: z.literal('done'),
    accessToken: z.string(),
    tokenType: z.literal('Bearer'),
    expiresInSeconds: z.int(),
    refreshToken: z.string().meta({ description: 'Good for one refresh. Using it twice ends the session.' }),
    refreshExpiresAt: instant,
    account: accountView,
  })
  .meta({ id: 'MemberTokens' });

/** The password was right, and a second factor is asked for. */
export const secondFactorNeeded = z
  .object({
    next: z.literal('second-factor'),
    ticket: z.string().meta({ description: 'Give it back with the code, within five minutes.' }),
  })
  .meta({ id: 'SecondFactorNeeded' });

/** A staff session: the refresh token is in a cookie that scripts cannot read. */
export const deskSessionView = z
  .object({
    next: z.literal('done'),
    accessToken: z.string(),
    tokenType: z.literal('Bearer'),
    expiresInSeconds: z.int(),
    secondFactorAt: instant.meta({ description: 'When the second factor was given last; five minutes of it open decisions.' }),
    staff: z.object({
      id: staffId,
      email: z.string(),
      name: z.string(),
      roles: z.array(z.enum(staffRoles)),
      locale: localeSchema,
      recoveryCodesLeft: z.int(),
    }),
  })
  .meta({ id: 'DeskSession' });

export const totpEnrolmentView = z
  .object({
    secret: z.string().meta({ description: 'Base32, to type into an authenticator app.' }),
    uri: z.string().meta({ description: '`otpauth://totp/…`, to show as a QR code.' }),
  })
  .meta({ id: 'TotpEnrolment' });

export const recoveryCodesView = z
  .object({ recoveryCodes: z.array(z.string()).meta({ description: 'Each good once. They are shown this one time.' }) })
  .meta({ id: 'RecoveryCodes' });

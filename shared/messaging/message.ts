/**
 * Messages to people: which template, with what in it, to whom and in which language. Never a text: those stand with the templates.
 */
import * as z from 'zod';

/** Indonesian first: it is what somebody speaks of whom nothing else is known. */
export const locales = ['id', 'en'] as const;
export type Locale = (typeof locales)[number];

const code = z.string().regex(/^\d{6}$/);
const instant = z.iso.datetime();
const sentCode = z.object({ code, minutes: z.int().positive() });
const nothing = z.object({});

/** What each template has to be told. */
export const templateValues = {
  /** To somebody who signs up. */
  'sign-up-code': sentCode,
  /** To somebody who signs up with an address that has an account already. Nobody else learns of it. */
  'sign-up-existing': nothing,
  'sign-in-code': sentCode,
  /** To set a new password by. */
  'password-code': sentCode,
  /** To prove to be the owner of an account before something that cannot be undone. */
  'proof-code': sentCode,
  /** To a new address or number, before it becomes an account's. */
  'identifier-code': sentCode,
  /** To the former address or number. */
  'identifier-changed': z.object({ kind: z.enum(['email', 'phone']), at: instant }),
  'password-changed': z.object({ at: instant }),
  'second-factor-changed': z.object({ isOn: z.boolean(), at: instant }),
  'new-sign-in': z.object({ device: z.string().max(100), address: z.string().max(64), at: instant }),
  'staff-invitation': z.object({ link: z.url(), invitedBy: z.string().max(100), hours: z.int().positive() }),
  'staff-password-reset': z.object({ link: z.url(), minutes: z.int().positive() }),
  'staff-second-factor-reset': z.object({ link: z.url(), hours: z.int().positive() }),
  /** The account will be erased at that time. */
  'account-deletion': z.object({ at: instant }),
  /** A suspension or a ban; `until` is empty when it has no end. */
  'membership-sanctioned': z.object({
    status: z.enum(['suspended', 'banned']),
    reason: z.string().max(500),
    until: z.union([z.literal(''), instant]),
  }),
  /** To whoever a rule names, about a pattern of errors. */
  'log-alert': z.object({ headline: z.string().max(200), facts: z.array(z.string().max(500)).max(10), link: z.url() }),
} as const;

export type Template = keyof typeof templateValues;
export type ValuesOf<T extends Template> = z.output<(typeof templateValues)[T]>;

const emailAddress = z.email().max(254);
const phoneNumber = z.string().regex(/^\+[1-9]\d{6,14}$/, 'E.164');

const headSchema = z.intersection(
  z.discriminatedUnion('channel', [
    z.object({ channel: z.literal('email'), to: emailAddress }),
    /** WhatsApp where it is set up and reaches the number, SMS where not. */
    z.object({ channel: z.enum(['sms', 'whatsapp']), to: phoneNumber }),
  ]),
  z.object({
    locale: z.enum(locales),
    /** From then on the message is worth nothing, and is not sent any more: a code that has expired. */
    expiresAt: instant.optional(),
  }),
);

/** A template with its values, as a type per template. */
export type Content = { [T in Template]: { readonly template: T; readonly values: ValuesOf<T> } }[Template];
export type Message = Readonly<z.output<typeof headSchema>> & Content;

const contents = Object.entries(templateValues).map(([template, values]) => z.object({ template: z.literal(template), values }));
const [first, ...others] = contents as [(typeof contents)[number], ...typeof contents];

/** A message as it comes out of a queue. */
export const messageSchema = z.intersection(
  headSchema,
  z.discriminatedUnion('template', [first, ...others]),
) as unknown as z.ZodType<Message>;

import * as z from 'zod';
import { oneTimePurpose } from '../../engine/one-time.ts';
import { localeSchema } from '../../member.ts';

const minute = 60;

/** `version` is the session guard's: what ends all sessions ends the ticket too. */
const whose = z.object({ staffId: z.string(), version: z.int() });
const newFactor = z.object({ staffId: z.string(), sealedSecret: z.string() });

/** Tickets between two steps of a flow of staff. */
export const deskPurposes = {
  secondFactor: oneTimePurpose({ name: 'second-factor', seconds: 5 * minute, data: whose }),
  password: oneTimePurpose({ name: 'password', seconds: 30 * minute, data: whose }),
  /** Long enough to install an app. Five wrong codes end it; the link is still good then. */
  enrolment: oneTimePurpose({
    name: 'enrolment',
    seconds: 15 * minute,
    data: z.discriminatedUnion('kind', [
      newFactor.extend({
        kind: z.literal('invitation'),
        invitationId: z.string(),
        name: z.string(),
        locale: localeSchema,
        passwordHash: z.string(),
      }),
      newFactor.extend({ kind: z.literal('renewal'), linkHash: z.string() }),
    ]),
  }),
} as const;

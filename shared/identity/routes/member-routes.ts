/**
 * Members as staff see them: `/api/admin/members`.
 */
import * as z from 'zod';
import { route } from '#shared/platform/http/route.ts';
import { nextCursor, pageQuery } from '#shared/platform/paging.ts';
import { kycDataSchema } from '../kyc/kyc-data.ts';
import { identityLimits, kycStateSchema, membershipStatusSchema } from '../member.ts';
import { memberDetailView, memberId, memberView, noteView, reason, sessionId, sessionView } from './views.ts';

const nothing = z.undefined();
const pathParameters = z.object({ memberId });
export const kycView = z
  .object({
    state: kycStateSchema,
    data: kycDataSchema.nullable(),
    submittedAt: z.iso.datetime().nullable(),
    decidedBy: z.string().nullable(),
    decidedAt: z.iso.datetime().nullable(),
    reason: z.string().nullable(),
  })
  .meta({ id: 'Kyc' });

export const memberRoutes = {
  list: route({
    operationId: 'listMembers',
    method: 'GET',
    path: '/api/admin/members',
    summary: 'Members, newest first',
    permission: 'members:read',
    query: z.object({
      status: membershipStatusSchema.optional(),
      q: z
        .string()
        .trim()
        .min(1)
        .max(254)
        .optional()
        .meta({ description: 'Beginning of a handle; or a whole id, e-mail address or phone number.' }),
      createdFrom: z.iso.date().optional().meta({ description: 'First day of joining, in Asia/Jakarta.' }),
      createdTo: z.iso.date().optional().meta({ description: 'Last day of joining, in Asia/Jakarta.' }),
      kyc: z.enum(['submitted']).optional().meta({ description: 'Members whose data wait for a decision.' }),
      ...pageQuery,
    }),
    status: 200,
    answer: z.object({ members: z.array(memberView), nextCursor }),
    faults: [],
  }),
  read: route({
    operationId: 'readMember',
    method: 'GET',
    path: '/api/admin/members/{memberId}',
    summary: 'A member',
    permission: 'members:read',
    pathParameters,
    status: 200,
    answer: memberDetailView,
    faults: ['identity.member-not-found'],
  }),
  changeStatus: route({
    operationId: 'changeMembershipStatus',
    method: 'POST',
    path: '/api/admin/members/{memberId}/status',
    summary: 'Moves a member to another membership status',
    permission: 'members:decide',
    stepUp: true,
    pathParameters,
    body: z.object({
      to: z.enum(['basic', 'verified', 'premium', 'suspended', 'banned']),
      reason,
      until: z.iso.datetime().optional().meta({ description: 'When it ends by itself; suspensions, bans and premium only.' }),
      from: membershipStatusSchema.meta({ description: 'What the decision was made on; another one meanwhile is refused.' }),
    }),
    status: 200,
    answer: memberDetailView,
    faults: ['identity.member-not-found', 'identity.status-move-refused', 'identity.status-changed-meanwhile'],
  }),
  listSessions: route({
    operationId: 'listMemberSessions',
    method: 'GET',
    path: '/api/admin/members/{memberId}/sessions',
    summary: 'Where a member is signed in',
    permission: 'members:read',
    pathParameters,
    status: 200,
    answer: z.object({ sessions: z.array(sessionView) }),
    faults: ['identity.member-not-found'],
  }),
  endSession: route({
    operationId: 'endMemberSession',
    method: 'DELETE',
    path: '/api/admin/members/{memberId}/sessions/{sessionId}',
    summary: 'Signs a member out of one session',
    permission: 'members:decide',
    pathParameters: pathParameters.extend({ sessionId }),
    status: 204,
    answer: nothing,
    faults: ['identity.member-not-found', 'identity.session-not-found'],
  }),
  endAllSessions: route({
    operationId: 'endAllMemberSessions',
    method: 'DELETE',
    path: '/api/admin/members/{memberId}/sessions',
    summary: 'Signs a member out everywhere',
    permission: 'members:decide',
    pathParameters,
    status: 204,
    answer: nothing,
    faults: ['identity.member-not-found'],
  }),
  listNotes: route({
    operationId: 'listMemberNotes',
    method: 'GET',
    path: '/api/admin/members/{memberId}/notes',
    summary: 'What staff noted about a member, newest first',
    permission: 'members:read',
    pathParameters,
    query: z.object(pageQuery),
    status: 200,
    answer: z.object({ notes: z.array(noteView), nextCursor }),
    faults: ['identity.member-not-found'],
  }),
  addNote: route({
    operationId: 'addMemberNote',
    method: 'POST',
    path: '/api/admin/members/{memberId}/notes',
    summary: 'Notes something about a member',
    permission: 'members:note',
    pathParameters,
    body: z.object({ text: z.string().trim().min(1).max(identityLimits.noteCharactersMax) }),
    status: 201,
    answer: noteView,
    faults: ['identity.member-not-found'],
  }),
  readKyc: route({
    operationId: 'readKyc',
    method: 'GET',
    path: '/api/admin/members/{memberId}/kyc',
    summary: 'The identity card data of a member; each look is kept in the audit log',
    permission: 'kyc:read',
    stepUp: true,
    pathParameters,
    status: 200,
    answer: kycView,
    faults: ['identity.member-not-found'],
  }),
  decideKyc: route({
    operationId: 'decideKyc',
    method: 'POST',
    path: '/api/admin/members/{memberId}/kyc/decision',
    summary: 'Approves or rejects the data; approval verifies the member',
    permission: 'kyc:decide',
    stepUp: true,
    pathParameters,
    body: z.object({ decision: z.enum(['approved', 'rejected']), reason }),
    status: 200,
    answer: memberDetailView,
    faults: ['identity.member-not-found', 'identity.kyc-settled'],
  }),
} as const;

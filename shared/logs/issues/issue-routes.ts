/**
 * Patterns as issues: `/api/admin/logs/patterns`.
 */
import * as z from 'zod';
import { route } from '#shared/platform/http/route.ts';
import { nextCursor, pageQuery } from '#shared/platform/paging.ts';
import { activityLimits, activitySchema } from './activity.ts';
import { issueLimits } from './ports.ts';
import { issueDetailView, issueInListView, issueView } from './present-issue.ts';
import { triageLimits } from './triage.ts';

const patternId = z.string().max(100).meta({ description: 'Id of a pattern.', example: 'pat_1_0hjv4q8z2m6t1c5x' });
const pathParameters = z.object({ patternId });
const name = z.string().min(1).max(issueLimits.filterTextCharactersMax).optional();

/** An ISO 8601 instant with zone, as text in UTC with milliseconds. */
const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString());

const decision = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('resolve'),
    inVersion: z.string().trim().min(1).max(triageLimits.versionCharactersMax).nullable().default(null),
    fixedAt: instant
      .nullable()
      .default(null)
      .meta({ description: 'When the fix went live. Errors with a time before it are no return, however late their file comes.' }),
  }),
  z
    .object({
      kind: z.literal('mute'),
      until: instant.nullable().default(null),
      count: z
        .int()
        .positive()
        .max(triageLimits.muteCountMax)
        .nullable()
        .default(null)
        .meta({ description: 'Ends when it was seen so many times more.' }),
    })
    .refine(({ until, count }) => until !== null || count !== null, { error: 'A mute ends some time: name until, count, or both.' }),
  z.object({ kind: z.literal('reopen') }),
  z.object({
    kind: z.literal('assign'),
    assignee: z
      .string()
      .regex(/^[\w-]{1,64}$/)
      .nullable()
      .meta({ description: 'Id of a person of the staff; null for nobody.' }),
  }),
]);

const decisionFaults = ['logs.pattern-not-found', 'logs.pattern-merged', 'logs.pattern-changed'] as const;

export const issueRoutes = {
  list: route({
    operationId: 'listLogPatterns',
    method: 'GET',
    path: '/api/admin/logs/patterns',
    summary: 'Patterns of errors, the latest seen or the most frequent first',
    permission: 'logs:read',
    query: z.object({
      level: z.enum(['error', 'fatal']).optional(),
      state: z.enum(['open', 'assigned', 'resolved', 'muted']).optional().meta({ description: '`open` has the assigned ones too.' }),
      flag: z.enum(['new', 'regressed', 'spiking']).optional(),
      service: name,
      file: name.meta({ description: 'Id of a log file that has them.' }),
      assignee: name,
      text: name.meta({ description: 'Templates that contain this, in any case.' }),
      exclude: name.meta({ description: 'Templates that do not contain this, in any case.' }),
      firstFrom: instant.optional().meta({ description: 'First seen at or after this instant.' }),
      from: instant.optional().meta({ description: 'Last seen at or after this instant.' }),
      to: instant.optional().meta({ description: 'Last seen at or before this instant.' }),
      sort: z.enum(['last-seen', 'count']).default('last-seen'),
      ...pageQuery,
    }),
    status: 200,
    answer: z.object({
      patterns: z.array(issueInListView),
      nextCursor,
      partial: z.boolean().meta({
        description:
          'True when a page looked at as many patterns as it may: by last seen the cursor goes on from there, by count the rest is unseen.',
      }),
    }),
    faults: [],
  }),
  read: route({
    operationId: 'readLogPattern',
    method: 'GET',
    path: '/api/admin/logs/patterns/{patternId}',
    summary: 'A pattern with its past, files, fingerprints and history',
    permission: 'logs:read',
    pathParameters,
    status: 200,
    answer: issueDetailView,
    faults: ['logs.pattern-not-found'],
  }),
  listActivities: route({
    operationId: 'listLogPatternActivities',
    method: 'GET',
    path: '/api/admin/logs/patterns/{patternId}/activities',
    summary: 'What happened to a pattern, newest first',
    permission: 'logs:read',
    pathParameters,
    query: z.object(pageQuery),
    status: 200,
    answer: z.object({ activities: z.array(activitySchema), nextCursor }),
    faults: ['logs.pattern-not-found'],
  }),
  decide: route({
    operationId: 'decideLogPattern',
    method: 'POST',
    path: '/api/admin/logs/patterns/{patternId}/decisions',
    summary: 'Resolve, mute, reopen or assign a pattern',
    permission: 'logs:decide',
    pathParameters,
    body: z.object({
      decision,
      revision: z
        .int()
        .nonnegative()
        .optional()
        .meta({ description: 'Of the pattern as it was read; without it the decision is made upon whatever stands there.' }),
    }),
    status: 200,
    answer: issueView,
    faults: decisionFaults,
  }),
  comment: route({
    operationId: 'commentOnLogPattern',
    method: 'POST',
    path: '/api/admin/logs/patterns/{patternId}/comments',
    summary: 'Comment on a pattern',
    permission: 'logs:decide',
    pathParameters,
    body: z.object({ text: z.string().trim().min(1).max(activityLimits.commentCharactersMax) }),
    status: 201,
    answer: activitySchema,
    faults: ['logs.pattern-not-found', 'logs.pattern-merged'],
  }),
  merge: route({
    operationId: 'mergeLogPatterns',
    method: 'POST',
    path: '/api/admin/logs/patterns/{patternId}/merges',
    summary: 'Merge other patterns into this one, for good',
    permission: 'logs:decide',
    pathParameters,
    body: z.object({ patterns: z.array(patternId).min(1).max(issueLimits.mergedAtOnceMax) }),
    status: 200,
    answer: issueView,
    faults: [...decisionFaults, 'logs.merge-too-large'],
  }),
  split: route({
    operationId: 'splitLogPattern',
    method: 'POST',
    path: '/api/admin/logs/patterns/{patternId}/splits',
    summary: 'Split fingerprints off into a pattern of their own, which is answered',
    permission: 'logs:decide',
    pathParameters,
    body: z.object({ fingerprints: z.array(z.string().max(100)).min(1).max(issueLimits.placedAtOnceMax) }),
    status: 201,
    answer: issueView,
    faults: [...decisionFaults, 'logs.split-impossible'],
  }),
} as const;

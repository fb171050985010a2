/**
 * Alert rules and the alerts they raised: `/api/admin/logs/alert-rules`, `/api/admin/logs/alerts`.
 */
import * as z from 'zod';
import { route } from '#shared/platform/http/route.ts';
import { nextCursor, pageQuery } from '#shared/platform/paging.ts';
import { alertView } from './list-alerts.ts';
import { ruleView } from './present-rule.ts';
import { testRate } from './test-rule.ts';
import { alertLimits, channelSchema, ruleFilterSchema, ruleSchema, signalKinds } from './rule.ts';

const ruleId = z.string().max(100).meta({ description: 'Id of an alert rule.' });
const pathParameters = z.object({ ruleId });
const revision = z.int().positive().meta({ description: 'Of the rule as it was read.' });

const [slack, webhook, sns, email] = channelSchema.options;
/** A webhook's secret is made here, and shown once. */
const wantedChannel = z.discriminatedUnion('kind', [slack, webhook.omit({ secret: true }), sns, email]);

const filter = z.object({
  level: ruleFilterSchema.shape.level.default(null),
  service: ruleFilterSchema.shape.service.default(null),
  text: ruleFilterSchema.shape.text.default(null),
  filePrefix: ruleFilterSchema.shape.filePrefix.default(null),
});

const kinds = z
  .array(z.enum(signalKinds))
  .min(1)
  .max(signalKinds.length)
  .transform((all) => [...new Set(all)]);
const countPerHourMin = ruleSchema.shape.countPerHourMin;

const madeRule = z.object({
  ...ruleView.shape,
  secret: z.string().nullable().meta({ description: 'Signs the posts of a new webhook. Shown this once.' }),
});

const changeFaults = ['logs.alert-rule-not-found', 'logs.alert-rule-changed'] as const;
const needsCount = { error: 'Alerts of volume need countPerHourMin.', path: ['countPerHourMin'] };

export const alertRoutes = {
  listRules: route({
    operationId: 'listLogAlertRules',
    method: 'GET',
    path: '/api/admin/logs/alert-rules',
    summary: 'Alert rules, in the order in which they were made; at most 100',
    permission: 'logs:read',
    status: 200,
    answer: z.object({ rules: z.array(ruleView) }),
    faults: [],
  }),
  makeRule: route({
    operationId: 'makeLogAlertRule',
    method: 'POST',
    path: '/api/admin/logs/alert-rules',
    summary: 'Make an alert rule',
    permission: 'logs:decide',
    body: z
      .object({
        name: ruleSchema.shape.name.trim(),
        isEnabled: z.boolean().default(true),
        kinds,
        filter: filter.default({ level: null, service: null, text: null, filePrefix: null }),
        countPerHourMin: countPerHourMin.default(null),
        channel: wantedChannel,
      })
      .refine((rule) => !rule.kinds.includes('volume') || rule.countPerHourMin !== null, needsCount),
    status: 201,
    answer: madeRule,
    faults: ['logs.alert-rules-full', 'logs.webhook-refused', 'logs.alert-rule-changed'],
  }),
  readRule: route({
    operationId: 'readLogAlertRule',
    method: 'GET',
    path: '/api/admin/logs/alert-rules/{ruleId}',
    summary: 'An alert rule',
    permission: 'logs:read',
    pathParameters,
    status: 200,
    answer: ruleView,
    faults: ['logs.alert-rule-not-found'],
  }),
  changeRule: route({
    operationId: 'changeLogAlertRule',
    method: 'PATCH',
    path: '/api/admin/logs/alert-rules/{ruleId}',
    summary: 'Change an alert rule; what is not named stays',
    permission: 'logs:decide',
    pathParameters,
    body: z
      .object({
        revision,
        name: ruleSchema.shape.name.trim().optional(),
        isEnabled: z.boolean().optional(),
        kinds: kinds.optional(),
        filter: filter.optional(),
        countPerHourMin: countPerHourMin.optional(),
        channel: wantedChannel.optional(),
      })
      .refine((rule) => rule.kinds?.includes('volume') !== true || typeof rule.countPerHourMin === 'number', needsCount),
    status: 200,
    answer: madeRule,
    faults: [...changeFaults, 'logs.webhook-refused'],
  }),
  removeRule: route({
    operationId: 'removeLogAlertRule',
    method: 'DELETE',
    path: '/api/admin/logs/alert-rules/{ruleId}',
    summary: 'Remove an alert rule',
    permission: 'logs:decide',
    pathParameters,
    query: z.object({ revision: z.coerce.number().pipe(revision) }),
    status: 204,
    answer: z.undefined(),
    faults: changeFaults,
  }),
  testRule: route({
    operationId: 'testLogAlertRule',
    method: 'POST',
    path: '/api/admin/logs/alert-rules/{ruleId}/tests',
    summary: `Send a message marked as a test by the rule's channel; ${testRate.limit} in ${testRate.windowSeconds / 60} minutes`,
    permission: 'logs:decide',
    pathParameters,
    status: 202,
    answer: z.object({
      alert: alertView,
      seeAt: z.string().meta({ description: 'Where to see whether the channel took it.' }),
    }),
    faults: ['logs.alert-rule-not-found'],
  }),
  listAlerts: route({
    operationId: 'listLogAlerts',
    method: 'GET',
    path: '/api/admin/logs/alerts',
    summary: `Alerts of the last ${alertLimits.alertDaysMax} days, newest first`,
    permission: 'logs:read',
    query: z.object({
      id: z.string().min(1).max(100).optional().meta({ description: 'Only the alert with this id, to see what has become of it.' }),
      ...pageQuery,
    }),
    status: 200,
    answer: z.object({ alerts: z.array(alertView), nextCursor }),
    faults: [],
  }),
} as const;

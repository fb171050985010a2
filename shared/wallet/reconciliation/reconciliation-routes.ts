/**
 * Reconciliation: `/api/admin/reconciliation`.
 */
import * as z from 'zod';
import { reportLimits } from '#shared/payments/report.ts';
import { route } from '#shared/platform/http/route.ts';
import { nextCursor, pageQuery, partial } from '#shared/platform/paging.ts';
import { exceptionKinds, exceptionLimits } from './exception.ts';
import { runLimits, runStates } from './run.ts';

const instant = z.iso.datetime();
const day = z.iso.date();
const { min, max } = exceptionLimits.reasonCharacters;

export const exceptionView = z
  .object({
    id: z.string(),
    kind: z.enum(exceptionKinds).meta({
      description:
        '`missing-here`: the gateway has it, and nothing is booked. `missing-there`: booked, and not in the report. `late`: money came or went after the matter was closed. `unclear`: nobody knows what became of it.',
    }),
    gateway: z.string(),
    reference: z.string().nullable().meta({ description: 'Our id of the deposit or the withdrawal.' }),
    gatewayReference: z.string().nullable(),
    amountRupiah: z.int().nullable().meta({ description: 'Booked or expected here.' }),
    gatewayAmountRupiah: z.int().nullable(),
    detail: z.string(),
    createdAt: instant,
    state: z.enum(['open', 'resolved']),
    resolution: z.object({ staffId: z.string(), name: z.string(), at: instant, reason: z.string() }).nullable(),
  })
  .meta({ id: 'ReconciliationException' });

/** Whose reports are compared, under the names of the ledger's books. */
export const reportGateways = ['midtrans', 'xendit', 'iris'] as const;
const gateway = z.enum(reportGateways);

export const runView = z
  .object({
    id: z.string().meta({ description: 'Gateway and day.', example: 'iris:2026-11-21' }),
    gateway: z.string(),
    day,
    state: z.enum(runStates).meta({ description: '`failed`: the report could not be had, and nothing was compared.' }),
    trouble: z.string().nullable().meta({ description: 'Code of the fault of one that failed.' }),
    lines: z.int().meta({ description: 'Of the report, of the day and the one before.' }),
    matched: z.int().meta({ description: 'Lines that are booked, and with their amount.' }),
    booked: z.int().meta({ description: 'Postings of the day.' }),
    findings: z.int(),
    askedBy: z.string().nullable().meta({ description: 'Name of whoever of the staff had it done; null by the clock.' }),
    at: instant,
  })
  .meta({ id: 'ReconciliationRun' });

export const runDetail = runView
  .extend({
    exceptions: z.array(exceptionView).meta({
      description: `The first ${runLimits.exceptionsNamed} of its findings, as they stand now; one that an earlier comparison found is among them.`,
    }),
  })
  .meta({ id: 'ReconciliationRunDetail' });

const pathParameters = z.object({ exceptionId: z.string().max(64) });

export const reconciliationRoutes = {
  list: route({
    operationId: 'listReconciliationExceptions',
    method: 'GET',
    path: '/api/admin/reconciliation/exceptions',
    summary: 'What is not the same here and at a gateway, newest first',
    permission: 'reconciliation:read',
    query: z.object({
      state: z.enum(['open', 'resolved']).default('open'),
      kind: z.enum(exceptionKinds).optional(),
      gateway: z.string().max(32).optional(),
      from: day.optional().meta({ description: 'First day on which it was found, in Asia/Jakarta; any without it.' }),
      to: day.optional().meta({ description: 'Last day; any without it.' }),
      ...pageQuery,
    }),
    status: 200,
    answer: z.object({ exceptions: z.array(exceptionView), nextCursor, partial }),
    faults: [],
  }),
  read: route({
    operationId: 'readReconciliationException',
    method: 'GET',
    path: '/api/admin/reconciliation/exceptions/{exceptionId}',
    summary: 'An exception',
    permission: 'reconciliation:read',
    pathParameters,
    status: 200,
    answer: exceptionView,
    faults: ['reconciliation.exception-not-found'],
  }),
  resolve: route({
    operationId: 'resolveReconciliationException',
    method: 'POST',
    path: '/api/admin/reconciliation/exceptions/{exceptionId}/resolve',
    summary: 'Closes an exception with what was found out; books nothing',
    permission: 'reconciliation:decide',
    stepUp: true,
    pathParameters,
    body: z.strictObject({ reason: z.string().trim().min(min).max(max) }),
    status: 200,
    answer: exceptionView,
    faults: ['reconciliation.exception-not-found', 'reconciliation.already-resolved'],
  }),
  runs: route({
    operationId: 'listReconciliationRuns',
    method: 'GET',
    path: '/api/admin/reconciliation/runs',
    summary: `Days that were compared, latest first: ${runLimits.shown} of each gateway`,
    permission: 'reconciliation:read',
    query: z.object({ gateway: gateway.optional() }),
    status: 200,
    answer: z.object({ runs: z.array(runView) }),
    faults: [],
  }),
  readRun: route({
    operationId: 'readReconciliationRun',
    method: 'GET',
    path: '/api/admin/reconciliation/runs/{gateway}/{day}',
    summary: 'What came of comparing a day',
    permission: 'reconciliation:read',
    pathParameters: z.object({ gateway, day }),
    status: 200,
    answer: runDetail,
    faults: ['reconciliation.run-not-found'],
  }),
  run: route({
    operationId: 'runReconciliation',
    method: 'POST',
    path: '/api/admin/reconciliation/runs',
    summary: 'Compares a day now with the report that the gateway is asked for; it is done every night for the day before',
    permission: 'reconciliation:decide',
    body: z.strictObject({ gateway, day }),
    status: 200,
    answer: runView,
    faults: ['reconciliation.not-asked', 'payments.gateway-unavailable', 'payments.answer-wrong'],
  }),
  upload: route({
    operationId: 'uploadReconciliationReport',
    method: 'POST',
    path: '/api/admin/reconciliation/reports/midtrans',
    summary: "Compares a day with Midtrans' export of its dashboard, of the day and the one before",
    permission: 'reconciliation:decide',
    body: z.strictObject({ day, csv: z.string().min(1).max(reportLimits.csvBytesMax) }),
    bodyBytesMax: reportLimits.csvBytesMax + 64 * 1024,
    status: 200,
    answer: runView,
    faults: ['reconciliation.report-unreadable'],
  }),
} as const;

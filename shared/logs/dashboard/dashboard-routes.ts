/**
 * The dashboard of the Log Scanner.
 */
import * as z from 'zod';
import { route } from '#shared/platform/http/route.ts';
import { fileView } from '../present-file.ts';
import { levelCountsView, patternView } from '../rollup/present-pattern.ts';

export const dashboardLimits = {
  /** Longest window, in days. */
  daysMax: 396,
  /** Days that are shown by hour. */
  hourlyDaysMax: 3,
  /** Window without `from`, in days. */
  daysDefault: 7,
  /** Services, files and patterns with a series of their own. */
  seriesMax: 5,
  /** Patterns in each of the lists. */
  patternsMax: 20,
  /** Files in flight that are shown. */
  filesMax: 20,
} as const;

const count = z.int().nonnegative();
const instant = z.iso.datetime();

const pointView = levelCountsView.extend({ at: instant.meta({ description: 'Start of the hour or day.' }) });
export type PointView = z.infer<typeof pointView>;

/** `2026-11-21`, or an ISO 8601 instant, of which the day counts where the window is shown by day. */
const edge = z.union([z.iso.date(), z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString())]);

const rankedPattern = patternView.extend({ inWindow: levelCountsView.meta({ description: 'Records in the window.' }) });

export const dashboardView = z
  .object({
    from: instant,
    to: instant.meta({ description: 'End of the last hour or day that is shown.' }),
    step: z.enum(['hour', 'day']).meta({ description: `By hour up to ${dashboardLimits.hourlyDaysMax} days, by day beyond.` }),
    totals: levelCountsView,
    series: z.object({
      all: z.array(pointView).meta({ description: 'A point a step; steps without records are there, with zeros.' }),
      services: z.array(z.object({ service: z.string(), totals: levelCountsView, points: z.array(pointView) })),
      files: z.array(z.object({ fileId: z.string(), key: z.string().nullable(), totals: levelCountsView, points: z.array(pointView) })),
      patterns: z.array(z.object({ patternId: z.string(), template: z.string(), totals: levelCountsView, points: z.array(pointView) })),
    }),
    patterns: z.object({
      top: z.array(rankedPattern).meta({ description: 'The most frequent in the window.' }),
      new: z.array(patternView).meta({ description: 'First seen in the window.' }),
      regressed: z.array(patternView).meta({ description: 'Seen again in the window after they had been resolved.' }),
    }),
    scan: z.object({
      files: count.meta({ description: 'Files of the latest ones that were closed in the window.' }),
      failed: count,
      bytes: count,
      lines: count,
      records: count,
      bytesPerSecond: z.number().nonnegative().nullable().meta({ description: 'Median over these files, from plan to close.' }),
      lagSeconds: z
        .object({ median: z.number().nonnegative(), worst: z.number().nonnegative() })
        .nullable()
        .meta({ description: 'From the upload until its errors were in patterns and dashboard.' }),
      waiting: count.meta({ description: 'Closed files that are not in patterns and dashboard yet.' }),
      inFlight: z.array(fileView).meta({ description: 'Open files with their progress, newest first.' }),
    }),
  })
  .meta({ id: 'LogDashboard' });
export type DashboardView = z.infer<typeof dashboardView>;

export const dashboardRoutes = {
  readDashboard: route({
    operationId: 'readLogDashboard',
    method: 'GET',
    path: '/api/admin/logs/dashboard',
    summary: 'Errors over time, top, new and regressed patterns, and how scanning goes',
    permission: 'logs:read',
    query: z.object({
      from: edge.optional().meta({ description: `First day, or instant; ${dashboardLimits.daysDefault} days before the end without it.` }),
      to: edge.optional().meta({ description: 'Last day (included), or instant; now without it.' }),
      level: z.enum(['error', 'fatal']).optional(),
      service: z
        .string()
        .min(1)
        .max(128)
        .optional()
        .meta({ description: 'Logger. Patterns are those it has written, with all their records.' }),
      file: z.string().optional().meta({ description: 'Id of a log file. Patterns are those of the file, with its records.' }),
    }),
    status: 200,
    answer: dashboardView,
    faults: ['logs.file-not-found', 'logs.window-invalid'],
  }),
} as const;

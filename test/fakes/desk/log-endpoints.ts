/** The Log Scanner, in the fake: lists filtered as the API filters them, decisions that are kept. */
import { alertFault } from '#shared/logs/alerts/alert-faults.ts';
import { alertRoutes } from '#shared/logs/alerts/alert-routes.ts';
import { dashboardRoutes } from '#shared/logs/dashboard/dashboard-routes.ts';
import { issueFault } from '#shared/logs/issues/issue-faults.ts';
import { issueRoutes } from '#shared/logs/issues/issue-routes.ts';
import { decided, statusAt } from '#shared/logs/issues/triage.ts';
import { logFault } from '#shared/logs/log-faults.ts';
import { logRoutes } from '#shared/logs/log-routes.ts';
import type { ErrorView } from '#shared/logs/present-error.ts';
import { matches, type ErrorFilter } from '#shared/logs/search/error-filter.ts';
import { exportFault } from '#shared/logs/search/export-faults.ts';
import { searchRoutes } from '#shared/logs/search/search-routes.ts';
import { beginUpload, completeUpload, listParts, signParts } from '#shared/logs/uploads/multipart-upload.ts';
import { uploadRoutes } from '#shared/logs/uploads/upload-routes.ts';
import { type Endpoint, on, required } from '#shared/platform/http/http-handler.ts';
import { activityOf, dashboardOf, testOf, type FakePattern, type LogState } from './desk-logs.ts';
import { pageOf } from './desk-seed.ts';

type State = { readonly logs: LogState };

export function logEndpoints(state: State): Endpoint[] {
  return [
    ...fileEndpoints(state),
    ...errorEndpoints(state),
    ...patternEndpoints(state),
    ...alertEndpoints(state),
    ...uploadEndpoints(state),
  ];
}

function fileEndpoints(state: State): Endpoint[] {
  return [
    on(logRoutes.listFiles, async ({ query }) => {
      const { items, nextCursor } = pageOf(
        state.logs.files.filter(({ status }) => query.status === undefined || status === query.status),
        query,
      );
      return { files: items, nextCursor };
    }),
    on(logRoutes.readFile, async ({ path }) => {
      const file = state.logs.files.find(({ id }) => id === path.fileId);
      if (file === undefined) throw logFault('logs.file-not-found');
      return file;
    }),
    on(dashboardRoutes.readDashboard, async ({ query }) => {
      const toMs = query.to === undefined ? Date.now() : Date.parse(query.to);
      return dashboardOf(state.logs, { fromMs: query.from === undefined ? toMs - 7 * 86_400_000 : Date.parse(query.from), toMs });
    }),
  ];
}

function errorEndpoints(state: State): Endpoint[] {
  const found = (id: string): ErrorView => {
    const error = state.logs.errors.find((each) => each.id === id);
    if (error === undefined) throw logFault('logs.error-not-found');
    return error;
  };
  const wanted = (filter: ErrorFilter): ErrorView[] =>
    state.logs.errors.filter((error) => {
      const { file, pattern, from = '', to = '9' } = filter;
      const isThere = (file === undefined || error.file.id === file) && (pattern === undefined || error.patternId === pattern);
      const time = error.time ?? '';
      return isThere && time >= from && time <= to && matches(filter, error as never);
    });
  return [
    on(searchRoutes.search, async ({ query }) => {
      if (query.pattern !== undefined && state.logs.patterns.every(({ id }) => id !== query.pattern))
        throw issueFault('logs.pattern-not-found');
      const { items, nextCursor } = pageOf(wanted(query), query);
      return { errors: items, nextCursor, partial: false };
    }),
    on(logRoutes.listErrors, async ({ query }) => {
      const { items, nextCursor } = pageOf(wanted({ ...query, include: query.text === undefined ? [] : [query.text], exclude: [] }), query);
      return { errors: items, nextCursor, partial: false };
    }),
    on(searchRoutes.askForExport, async ({ body }) => {
      const records = wanted(body.filter).length;
      const at = new Date().toISOString();
      const bytes = records * 400;
      const made = {
        id: `exp_${state.logs.exports.length}`,
        format: body.format,
        status: 'done' as const,
        records,
        bytes,
        partial: false,
        url: '/bucket/export',
        createdAt: at,
        finishedAt: at,
        expiresAt: at,
      };
      state.logs.exports.push(made);
      return { ...made, status: 'queued' as const, url: null };
    }),
    on(searchRoutes.readExport, async ({ path }) => {
      const made = state.logs.exports.find(({ id }) => id === path.exportId);
      if (made === undefined) throw exportFault('logs.export-not-found');
      return made;
    }),
    on(logRoutes.readError, async ({ path }) => {
      const error = found(path.errorId);
      return { ...error, pattern: state.logs.patterns.find(({ id }) => id === error.patternId)?.id ?? null };
    }),
    on(logRoutes.readContext, async ({ path, query }) => {
      const error = found(path.errorId);
      const first = error.line ?? 1;
      const line = (number: number, text: string) => ({ line: number, text, cut: false });
      const around = (from: number) =>
        Array.from({ length: query.lines }, (_, at) => line(from + at, `INFO request ${from + at} took 12 ms`));
      const record = [error.message, ...(error.stack?.split('\n') ?? [])].map((text, at) => line(first + at, text));
      return {
        errorId: error.id,
        fileId: error.file.id,
        before: around(first - query.lines),
        record,
        after: around(first + record.length),
      };
    }),
  ];
}

function patternEndpoints({ logs }: State): Endpoint[] {
  const found = (id: string): FakePattern => {
    const pattern = logs.patterns.find((each) => each.id === id);
    if (pattern === undefined) throw issueFault('logs.pattern-not-found');
    return pattern;
  };
  const tell = (pattern: FakePattern, said: Omit<Parameters<typeof activityOf>[1], 'id'>): FakePattern['activities'][number] => {
    const activity = activityOf(pattern.id, { ...said, id: `act_made_${pattern.activities.length}` }, Date.now());
    pattern.activities.unshift(activity);
    return activity;
  };
  return [
    on(issueRoutes.list, async ({ query }) => {
      const { level, state, flag, service, file, assignee, text = '', exclude, sort, firstFrom = '', from = '', to = '9' } = query;
      const tests: ((pattern: FakePattern) => boolean)[] = [
        (pattern) => pattern.mergedInto === null && (level === undefined || pattern.level === level),
        (pattern) => state === undefined || pattern.state === state || (state === 'open' && pattern.state === 'assigned'),
        (pattern) => flag === undefined || pattern.flags[flag],
        (pattern) => service === undefined || pattern.services.includes(service),
        (pattern) => file === undefined || pattern.inFiles.some(({ fileId }) => fileId === file),
        (pattern) => assignee === undefined || pattern.assignee === assignee,
        ({ template }) => template.toLowerCase().includes(text.toLowerCase()),
        ({ template }) => exclude === undefined || !template.toLowerCase().includes(exclude.toLowerCase()),
        ({ firstSeen, lastSeen }) => firstSeen >= firstFrom && lastSeen >= from && lastSeen <= to,
      ];
      const wanted = logs.patterns.filter((pattern) => tests.every((test) => test(pattern)));
      const ordered = wanted.toSorted((a, b) => (sort === 'count' ? b.total - a.total : a.lastSeen < b.lastSeen ? 1 : -1));
      const { items, nextCursor } = pageOf(ordered, query);
      return { patterns: items.map((pattern) => Object.assign({}, pattern, { sparkline: pattern.hours })), nextCursor, partial: false };
    }),
    on(issueRoutes.read, async ({ path }) => found(path.patternId)),
    on(issueRoutes.listActivities, async ({ path, query }) => {
      const { items, nextCursor } = pageOf(found(path.patternId).activities, query);
      return { activities: items, nextCursor };
    }),
    on(issueRoutes.decide, async ({ path, body, caller }) => {
      const pattern = found(path.patternId);
      if (body.revision !== pattern.revision) throw issueFault('logs.pattern-changed');
      const triage = decided(pattern.triage, body.decision, { nowMs: Date.now(), total: pattern.total });
      if (triage === undefined) return pattern;
      const kinds = { resolve: 'resolved', mute: 'muted', reopen: 'reopened', assign: 'assigned' } as const;
      const { kind, ...details } = body.decision;
      tell(pattern, { kind: kinds[kind], by: required(caller).subject, details });
      const status = statusAt(triage, Date.now());
      const { assignee, assigneeName, resolution, mute, regression, revision } = triage;
      const state = status === 'open' && assignee !== null ? 'assigned' : status;
      const flags = { ...pattern.flags, regressed: regression !== null };
      return Object.assign(pattern, { triage, status, state, assignee, assigneeName, resolution, mute, regression, revision, flags });
    }),
    on(issueRoutes.comment, async ({ path, body, caller }) =>
      tell(found(path.patternId), { kind: 'commented', by: required(caller).subject, text: body.text }),
    ),
    on(issueRoutes.merge, async ({ path, body }) => {
      for (const id of body.patterns) found(id).mergedInto = path.patternId;
      const into = found(path.patternId);
      into.total += body.patterns.reduce((sum, id) => sum + found(id).total, 0);
      return into;
    }),
    on(issueRoutes.split, async ({ path, body }) => {
      const whole = found(path.patternId);
      const taken = whole.fingerprints.filter(({ id }) => body.fingerprints.includes(id));
      const part: FakePattern = { ...whole, id: `${whole.id}part`, template: taken[0]?.template ?? '', fingerprints: taken, byHand: true };
      whole.fingerprints = whole.fingerprints.filter((one) => !taken.includes(one));
      logs.patterns.push(part);
      return part;
    }),
  ];
}

function alertEndpoints({ logs }: State): Endpoint[] {
  const found = (id: string) => {
    const rule = logs.rules.find((each) => each.id === id);
    if (rule === undefined) throw alertFault('logs.alert-rule-not-found');
    return rule;
  };
  const channelOf = (channel: { kind: 'slack' | 'webhook' | 'sns' | 'email'; url?: string; to?: string[] }) => ({
    kind: channel.kind,
    host: channel.url === undefined ? null : new URL(channel.url).host,
    to: channel.to ?? [],
  });
  const secretOf = (kind: string | undefined) => (kind === 'webhook' ? 'whsec_fake_fake_fake' : null);
  return [
    on(alertRoutes.listRules, async () => ({ rules: logs.rules })),
    on(alertRoutes.readRule, async ({ path }) => found(path.ruleId)),
    on(alertRoutes.makeRule, async ({ body }) => {
      if ('url' in body.channel && body.channel.url.includes('localhost')) throw alertFault('logs.webhook-refused');
      const now = new Date().toISOString();
      const rule = {
        ...body,
        id: `alr_${logs.rules.length}`,
        channel: channelOf(body.channel),
        createdAt: now,
        updatedAt: now,
        revision: 1,
      };
      logs.rules.push(rule);
      return { ...rule, secret: secretOf(body.channel.kind) };
    }),
    on(alertRoutes.changeRule, async ({ path, body: { revision, channel, ...change } }) => {
      const rule = found(path.ruleId);
      if (revision !== rule.revision) throw alertFault('logs.alert-rule-changed');
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      Object.assign(rule, given, channel && { channel: channelOf(channel) }, { revision: revision + 1 });
      return { ...rule, secret: secretOf(channel?.kind) };
    }),
    on(alertRoutes.removeRule, async ({ path }) => {
      logs.rules = logs.rules.filter(({ id }) => id !== path.ruleId);
      return undefined;
    }),
    on(alertRoutes.testRule, async ({ path }) => {
      const alert = testOf(found(path.ruleId));
      logs.alerts.unshift(alert);
      return { alert, seeAt: `/api/admin/logs/alerts?id=${alert.id}` };
    }),
    on(alertRoutes.listAlerts, async ({ query }) => {
      const { id } = query;
      const { items, nextCursor } = pageOf(id === undefined ? logs.alerts : logs.alerts.filter((alert) => alert.id === id), query);
      return { alerts: items, nextCursor };
    }),
  ];
}

/** The use cases themselves, over a bucket that a test fills: what a page puts to `/bucket/…` is for the test to take. */
function uploadEndpoints({ logs }: State): Endpoint[] {
  const { uploads } = logs;
  const deps = { uploads, clock: { now: () => Date.now() } };
  return [
    on(uploadRoutes.begin, ({ body }) => beginUpload(deps, body)),
    on(uploadRoutes.sign, async ({ body }) => {
      const { parts, expiresAt } = await signParts(deps, body);
      return { parts: parts.map(({ part }) => ({ part, url: `/bucket/${body.uploadId}/${part}` })), expiresAt };
    }),
    on(uploadRoutes.listParts, ({ query }) => listParts(deps, query)),
    on(uploadRoutes.complete, async ({ body }) => {
      await completeUpload(deps, body);
      return { key: body.key };
    }),
    on(uploadRoutes.abort, async ({ query }) => {
      await uploads.abort(query);
      return undefined;
    }),
  ];
}

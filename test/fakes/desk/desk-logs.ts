/**
 * What the Log Scanner's pages are shown in journeys without the whole stack. It is empty unless a test fills it.
 */
import type * as z from 'zod';
import { type FakeMultipartUploads, fakeMultipartUploads } from '#test/fakes/fake-multipart-uploads.ts';
import type { AlertView } from '#shared/logs/alerts/list-alerts.ts';
import type { RuleView } from '#shared/logs/alerts/present-rule.ts';
import type { DashboardView, PointView } from '#shared/logs/dashboard/dashboard-routes.ts';
import type { issueDetailView } from '#shared/logs/issues/present-issue.ts';
import { type Triage, untouched } from '#shared/logs/issues/triage.ts';
import type { ErrorView } from '#shared/logs/present-error.ts';
import type { searchRoutes } from '#shared/logs/search/search-routes.ts';
import type { FileDetailView } from '#shared/logs/present-file.ts';

export type FakePattern = z.infer<typeof issueDetailView> & { triage: Triage };

export interface LogState {
  files: FileDetailView[];
  errors: ErrorView[];
  patterns: FakePattern[];
  rules: RuleView[];
  alerts: AlertView[];
  readonly uploads: FakeMultipartUploads;
  exports: z.infer<typeof searchRoutes.readExport.answer>[];
}

export const noLogs = (): LogState => ({
  files: [],
  errors: [],
  patterns: [],
  rules: [],
  alerts: [],
  uploads: fakeMultipartUploads(),
  exports: [],
});

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const fileNames = ['gateway-7f9c.log', 'kasir malam.log.gz', 'nginx/error.log', 'worker-antrean.log'] as const;
const loggers = ['com.xm.wallet.DepositService', 'gateway.http', 'nginx', 'queue.worker'] as const;
const templates = [
  'Timeout after <*> ms while charging order <*> at gateway <*>',
  'redeeming for order <*> failed: promo <*> has expired',
  'upstream timed out (<*>: Connection timed out) while reading response header from upstream, client: <*>, server: <*>, request: "POST /api/xm/deposits HTTP/1.1"',
  'java.lang.NullPointerException: Cannot invoke "com.xm.wallet.Balance.rupiah()" because "<*>" is null',
  'Message <*> was received <*> times and goes to the dead-letter queue',
  'disk usage of /var/log is <*>%',
] as const;
const padded = (value: number, digits: number): string => value.toString(36).padStart(digits, '0');
const fileIdOf = (index: number): string => `log_${padded(Date.UTC(2026, 10, 21), 9)}${padded(index + 7, 16)}`;
const errorIdOf = (index: number): string => `err_${fileIdOf(index % fileNames.length).slice(4)}${padded(index * 977, 11)}`;
const patternIdOf = (index: number): string => `pat_1_${padded(index + 40, 16)}`;

const stack = [
  'java.lang.NullPointerException: Cannot invoke "com.xm.wallet.Balance.rupiah()" because "balance" is null',
  '\tat com.xm.wallet.DepositService.settle(DepositService.java:118)',
  '\tat com.xm.wallet.DepositService.lambda$open$3(DepositService.java:74)',
  '\tat java.base/java.util.concurrent.FutureTask.run(FutureTask.java:264)',
  '\tat java.base/java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1136)',
  '\tat java.base/java.lang.Thread.run(Thread.java:840)',
  'Caused by: java.sql.SQLTimeoutException: query took longer than 5000 ms',
  '\tat org.postgresql.jdbc.PgStatement.execute(PgStatement.java:412)',
  '\tat com.xm.wallet.BalanceRepository.read(BalanceRepository.java:41)',
  '\t... 5 more',
].join('\n');

/** Files, errors and patterns that all hang together, seen up to now. */
export function sampleLogs(nowMs: number): Omit<LogState, 'uploads' | 'exports'> {
  return {
    files: fileNames.map((_, index) => fileOf(index, nowMs)),
    errors: Array.from({ length: 40 }, (_, index) => errorOf(index, nowMs)),
    patterns: templates.map((_, index) => patternOf(index, nowMs)),
    rules: [ruleOf(0, nowMs), ruleOf(1, nowMs)],
    alerts: [alertOf(0, nowMs), alertOf(1, nowMs)],
  };
}

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

const statuses = ['scanning', 'done', 'failed', 'done'] as const;
const failure = { reason: 'corrupt-gzip' as const, detail: 'incorrect data check', offset: 481_036 };

function fileOf(index: number, nowMs: number): FileDetailView {
  const status = statuses[index] ?? 'done';
  const [isOpen, isFailed] = [status === 'scanning', status === 'failed'];
  const [sizeBytes, rangesTotal] = [Math.round(1_200_000_000 / (index + 1)), Math.ceil(18 / (index + 1))];
  const rangesDone = isOpen ? 11 : rangesTotal;
  const uploadedMs = nowMs - (index * 5 + 0.05) * hourMs;
  return {
    id: fileIdOf(index),
    bucket: 'xm-logs',
    key: `uploads/2026/11/21/upl_${padded(index, 22)}-${(fileNames[index] ?? '').replace('nginx/', '').replace(' ', '_')}`,
    versionId: null,
    sizeBytes,
    uploadedAt: iso(uploadedMs),
    plannedAt: iso(uploadedMs + 1_000),
    ...(isOpen ? { closedAt: null, rolledUpAt: null } : { closedAt: iso(uploadedMs + 42_000), rolledUpAt: iso(uploadedMs + 45_000) }),
    status,
    failure: isFailed ? failure : null,
    compression: index === 1 ? 'gzip' : 'none',
    encoding: 'utf-8',
    counts: { lines: 9_120_441, bytes: sizeBytes, records: 1_204 + index, byLevel: { error: 1_190, fatal: 14 + index } },
    ...(isOpen ? { recordsFrom: null, recordsTo: null } : { recordsFrom: iso(uploadedMs - 26 * hourMs), recordsTo: iso(uploadedMs) }),
    progress: { rangesDone, rangesTotal, bytesDone: Math.round((sizeBytes * rangesDone) / rangesTotal), bytesTotal: sizeBytes },
    ranges: { rangeBytes: 67_108_864, ...rangesOf(rangesTotal, { rangesDone, isFailed }) },
  };
}

/** Done from the first one on, then three that are being scanned; of a failed file, its fourth has failed. */
function rangesOf(
  ranges: number,
  { rangesDone, isFailed }: { rangesDone: number; isFailed: boolean },
): Omit<FileDetailView['ranges'], 'rangeBytes'> {
  const stateOf = (range: number) =>
    isFailed && range === 3 ? 'failed' : range < rangesDone ? 'done' : range < rangesDone + 3 ? 'scanning' : 'waiting';
  const cells = Array.from({ length: ranges }, (_, range) =>
    Object.assign({ waiting: 0, scanning: 0, done: 0, failed: 0, records: range < rangesDone ? 60 + range : 0 }, { [stateOf(range)]: 1 }),
  );
  const failures = isFailed ? [{ ...failure, range: 3, start: 201_326_592, end: 268_435_456 }] : [];
  return { failed: failures.length, failures, map: { rangesPerCell: 1, cells } };
}

function errorOf(index: number, nowMs: number): ErrorView {
  const kind = index % templates.length;
  const template = templates[kind] ?? templates[0];
  let blank = 0;
  const message = template.replaceAll('<*>', () => String(((index + 3) * 7_919 * (blank += 1)) % 90_000));
  const file = fileOf(index % fileNames.length, nowMs);
  return {
    id: errorIdOf(index),
    file: { id: file.id, bucket: file.bucket, key: file.key, versionId: null },
    offset: index * 977,
    length: 412,
    line: 1_200 + index * 13,
    level: kind === 4 ? 'fatal' : 'error',
    time: iso(nowMs - index * 37 * 60_000),
    timeAssumed: kind === 2 ? ['zone'] : [],
    logger: loggers[kind % loggers.length] ?? null,
    message,
    stack: kind === 3 ? stack : null,
    patternId: patternIdOf(kind),
    template,
    truncated: false,
    cut: false,
  };
}

/** What is special about one of the patterns: each says something else of itself. */
function specialOf(index: number, nowMs: number) {
  const regression = { at: iso(nowMs - 2 * hourMs), fileId: fileIdOf(0), inVersion: '2.14.0' };
  const spike = { hour: iso(nowMs - 3 * hourMs), count: 812, expected: 41.3, foundAt: iso(nowMs - 2 * hourMs) };
  return {
    isNew: index === 1,
    regression: index === 3 ? regression : null,
    spike: index === 0 ? spike : null,
    assignee: index === 2 ? 'stf_oki' : null,
    level: index === 4 ? ('fatal' as const) : ('error' as const),
    isQuiet: index === 5,
  };
}

function pastOf(index: number, nowMs: number): Pick<FakePattern, 'hours' | 'days'> {
  const { isQuiet } = specialOf(index, nowMs);
  return {
    hours: Array.from({ length: 24 }, (_, hour) => (isQuiet ? 0 : ((hour + 3) * (index + 5)) % 17)),
    days: Array.from({ length: 30 }, (_, day) => ({
      day: iso(nowMs - (29 - day) * dayMs).slice(0, 10),
      count: ((day + 2) * (index + 3)) % 61,
    })),
  };
}

function patternOf(index: number, nowMs: number): FakePattern {
  const { isNew, regression, spike, assignee, level } = specialOf(index, nowMs);
  const [id, template, total] = [patternIdOf(index), templates[index] ?? '', 48_211 >> index];
  const firstSeen = iso(nowMs - (isNew ? 5 * hourMs : (index + 4) * 5 * dayMs));
  const lastSeen = iso(nowMs - (index + 1) * 17 * 60_000);
  const assigneeName = assignee === null ? null : 'Oki Prasetya';
  const triage: Triage = { ...untouched, regression, assignee, assigneeName, revision: index };
  return {
    id,
    template,
    level,
    basis: regression === null ? 'message' : 'trace',
    total,
    counts: { error: 0, fatal: 0, [level]: total },
    files: 4 - (index % 3),
    services: [loggers[index % loggers.length] ?? ''],
    firstSeen,
    lastSeen,
    sampleErrorId: errorIdOf(index),
    status: 'open',
    state: assignee === null ? 'open' : 'assigned',
    assignee,
    assigneeName,
    regressedAt: regression === null ? null : regression.at,
    resolution: null,
    mute: null,
    regression,
    wake: null,
    revision: triage.revision,
    flags: { new: isNew, regressed: regression !== null, spiking: spike !== null },
    spike,
    mergedInto: null,
    ...pastOf(index, nowMs),
    fingerprints: shapesOf({ id, template, total, firstSeen, lastSeen }, spike === null ? 1 : 3),
    inFiles: [0, 1].map((file) => ({ fileId: fileIdOf(file), total: 400 - file, firstSeen, lastSeen })),
    activities: regression === null ? [] : activitiesOf(id, nowMs),
    byHand: false,
    triage,
  };
}

type Shape = FakePattern['fingerprints'][number];

const shapesOf = (whole: Shape, count: number): Shape[] =>
  Array.from({ length: count }, (_, shape) =>
    Object.assign({}, whole, {
      id: `${whole.id}${shape}`,
      template: shape === 0 ? whole.template : `${whole.template} (attempt ${shape})`,
      total: Math.floor(whole.total / (shape + 1)),
    }),
  );

type Activity = FakePattern['activities'][number];

type Said = Pick<Activity, 'kind' | 'id'> & Partial<Activity>;

export function activityOf(patternId: string, said: Said, atMs: number): Activity {
  return { patternId, at: iso(atMs), by: 'stf_oki', byName: 'Oki Prasetya', text: null, details: {}, ...said };
}

function activitiesOf(id: string, nowMs: number): Activity[] {
  const text = 'Sudah dilaporkan ke tim dompet.\nTiketnya 1182.';
  return [
    activityOf(
      id,
      { id: 'act_3', kind: 'regressed', by: null, byName: null, details: { fileId: fileIdOf(0), count: 12 } },
      nowMs - 2 * hourMs,
    ),
    activityOf(id, { id: 'act_2', kind: 'commented', by: 'stf_olivia', byName: 'Olivia Hartono', text }, nowMs - 7 * hourMs),
    activityOf(id, { id: 'act_1', kind: 'resolved', details: { inVersion: '2.14.0', fixedAt: null } }, nowMs - 8 * hourMs),
  ];
}

function ruleOf(index: number, nowMs: number): RuleView {
  const isFirst = index === 0;
  return {
    id: `alr_${index}`,
    name: isFirst ? 'Pola baru di dompet' : 'Gateway terlalu sering gagal',
    isEnabled: isFirst,
    kinds: isFirst ? ['new', 'regressed'] : ['spike', 'volume'],
    filter: { level: isFirst ? null : 'fatal', service: isFirst ? 'com.xm.wallet.DepositService' : null, text: null, filePrefix: null },
    countPerHourMin: isFirst ? null : 200,
    channel: isFirst ? { kind: 'slack', host: 'hooks.slack.com', to: [] } : { kind: 'email', host: null, to: ['ops@xm.example'] },
    createdAt: iso(nowMs - 40 * dayMs),
    updatedAt: iso(nowMs - 3 * dayMs),
    revision: 3,
  };
}

function alertOf(index: number, nowMs: number): AlertView {
  const isSent = index === 0;
  return {
    id: `alt_${index}`,
    ruleId: 'alr_0',
    ruleName: 'Pola baru di dompet',
    channel: 'slack',
    kind: isSent ? 'new' : 'spike',
    patternId: patternIdOf(index),
    template: templates[index] ?? null,
    level: 'error',
    services: ['com.xm.wallet.DepositService'],
    count: 12,
    total: 41,
    expected: isSent ? null : 3.2,
    hour: isSent ? null : iso(nowMs - 3 * hourMs),
    file: { id: fileIdOf(index), key: `uploads/${fileNames[index]}` },
    raisedAt: iso(nowMs - (index + 1) * hourMs),
    settledAt: iso(nowMs - (index + 1) * hourMs + 900),
    status: isSent ? 'sent' : 'refused',
    detail: isSent ? null : 'The webhook answered 410.',
  };
}

/** A test that is on its way. */
export function testOf({ id: ruleId, name: ruleName, channel }: RuleView): AlertView {
  const nothing = { patternId: null, template: null, level: null, services: [], total: null, expected: null, hour: null, file: null };
  const raised = { raisedAt: iso(Date.now()), settledAt: null, status: 'pending' as const, detail: null };
  return { id: 'alt_test', ruleId, ruleName, channel: channel.kind, kind: 'test', count: 0, ...nothing, ...raised };
}

/** The dashboard of a window, made of the same patterns and files. */
export function dashboardOf(state: LogState, { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number }): DashboardView {
  const step = toMs - fromMs <= 3 * dayMs ? 'hour' : 'day';
  const stepMs = step === 'hour' ? hourMs : dayMs;
  const first = Math.floor(fromMs / stepMs) * stepMs;
  const count = Math.ceil((toMs - first) / stepMs);
  const share = (weight: number): PointView[] =>
    Array.from({ length: count }, (_, at) => ({
      at: iso(first + at * stepMs),
      error: state.errors.length === 0 ? 0 : (at * 13 * weight) % (41 * weight),
      fatal: state.errors.length === 0 ? 0 : (at * weight) % 5,
    }));
  const totalsOf = (points: readonly PointView[]) => ({
    error: points.reduce((sum, { error }) => sum + error, 0),
    fatal: points.reduce((sum, { fatal }) => sum + fatal, 0),
  });
  const part = (weight: number) => ({ points: share(weight), totals: totalsOf(share(weight)) });
  const all = share(6);
  return {
    from: iso(first),
    to: iso(first + count * stepMs),
    step,
    totals: totalsOf(all),
    series: {
      all,
      services: state.errors.length === 0 ? [] : loggers.map((service, at) => Object.assign(part(4 - at), { service })),
      files: state.files.map(({ id, key }, at) => Object.assign(part(4 - at), { fileId: id, key })),
      patterns: state.patterns.slice(0, 5).map(({ id, template }, at) => Object.assign(part(5 - at), { patternId: id, template })),
    },
    patterns: {
      top: state.patterns.map((pattern) => Object.assign({}, pattern, { inWindow: { error: pattern.total >> 3, fatal: 0 } })),
      new: state.patterns.filter(({ firstSeen }) => Date.parse(firstSeen) >= fromMs),
      regressed: state.patterns.filter(({ flags }) => flags.regressed),
    },
    scan: {
      files: state.files.filter(({ closedAt }) => closedAt !== null).length,
      failed: state.files.filter(({ status }) => status === 'failed').length,
      bytes: 2_914_000_000,
      lines: 27_000_000,
      records: 3_612,
      bytesPerSecond: state.files.length === 0 ? null : 74_200_000,
      lagSeconds: state.files.length === 0 ? null : { median: 44, worst: 131 },
      waiting: 0,
      inFlight: state.files.filter(({ status }) => status === 'scanning'),
    },
  };
}

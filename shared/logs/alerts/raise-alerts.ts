/**
 * What a file that was rolled up says by the alert rules. Every write may be repeated: an alert is raised once, a finding noted once, and what was
 * raised but not yet delivered is sent for delivery again.
 */
import type { Clock } from '#shared/platform/clock.ts';
import { findingOf } from '../issues/activity.ts';
import type { IssueStore } from '../issues/ports.ts';
import type { LogFile } from '../log-file.ts';
import type { AggregateReader } from '../rollup/ports.ts';
import { totalOf, type FilePattern, type Pattern } from '../rollup/pattern.ts';
import { alertsOf, type Alert } from './alert.ts';
import { hoursOf } from './pattern-hours.ts';
import type { AlertQueue, AlertStore, RuleStore } from './ports.ts';
import { alertLimits, type AlertRule } from './rule.ts';
import { asksFor, signalsOf, volumeOf, type Sighting, type Signal } from './signals.ts';
import { spikeSettings } from './spike.ts';

export interface RaiseDeps {
  readonly rules: RuleStore;
  readonly alerts: AlertStore;
  readonly queue: AlertQueue;
  readonly issues: Pick<IssueStore, 'note' | 'markSpike'>;
  readonly aggregates: AggregateReader;
  readonly clock: Clock;
}

/** A file with its patterns as they are once it is rolled up. */
export interface RolledUpFile {
  readonly file: LogFile;
  readonly patterns: readonly { readonly pattern: Pattern; readonly inFile: FilePattern }[];
}

/** Answers the alerts that are on their way. */
export async function raiseAlerts(deps: RaiseDeps, { file, patterns }: RolledUpFile): Promise<Alert[]> {
  const nowMs = deps.clock.now();
  const rules = await deps.rules.all();
  const sightings = await sightingsOf(deps, file, patterns);
  const signals = sightings.flatMap((sighting) => signalsOf(sighting, nowMs));
  await Promise.all(signals.map((signal) => noteSignal(deps, signal, { file, nowMs })));
  const wanted = rules.flatMap((rule) => alertsOf(rule, signalsFor(rule, { signals, sightings, nowMs }), { file, nowMs }));
  const raised = await Promise.all(wanted.map((alert) => deps.alerts.raise(alert)));
  const pending = raised.filter(({ status }) => status === 'pending');
  await deps.queue.deliver(pending.map(({ id }) => id));
  return pending;
}

function signalsFor(rule: AlertRule, found: { signals: readonly Signal[]; sightings: readonly Sighting[]; nowMs: number }): Signal[] {
  const volumes = found.sightings.flatMap((sighting) => volumeOf(rule, sighting, found.nowMs) ?? []);
  const [first] = found.sightings;
  return first === undefined ? [] : [...found.signals, ...volumes].filter((signal) => asksFor(rule, signal, first.file));
}

/** The most frequent patterns of the file, with their past: only of those that are often enough in this file to be a spike by it. */
async function sightingsOf(deps: RaiseDeps, file: LogFile, patterns: RolledUpFile['patterns']): Promise<Sighting[]> {
  const loudest = patterns
    .filter(({ inFile }) => totalOf(inFile.counts) > 0)
    .toSorted((a, b) => totalOf(b.inFile.counts) - totalOf(a.inFile.counts))
    .slice(0, alertLimits.patternsPerFileMax);
  const sightings: Sighting[] = [];
  for (let from = 0; from < loudest.length; from += alertLimits.seriesAtOnce) {
    const some = loudest.slice(from, from + alertLimits.seriesAtOnce);
    sightings.push(...(await Promise.all(some.map((one) => sightingOf(deps, file, one)))));
  }
  return sightings;
}

const days = Math.ceil((spikeSettings.historyHoursMax + alertLimits.hoursPerFileMax) / 24);

async function sightingOf(
  { aggregates }: RaiseDeps,
  file: LogFile,
  { pattern, inFile }: RolledUpFile['patterns'][number],
): Promise<Sighting> {
  return { file, pattern, inFile, hours: await hoursOf(aggregates, pattern, { until: inFile.lastSeen, days }) };
}

/** Into the pattern's history, whether or not a rule asks for it; a spike also marks the pattern as spiking. */
async function noteSignal(
  { issues }: RaiseDeps,
  { kind, pattern, count, expected, hour, window }: Signal,
  { file, nowMs }: { file: LogFile; nowMs: number },
): Promise<void> {
  const said = { patternId: pattern.id, details: { fileId: file.id, count } };
  if (kind === 'regressed' || kind === 'mute-ended') await issues.note(findingOf(window, { ...said, kind }));
  if (kind !== 'spike' || hour === null || expected === null) return;
  await issues.note(findingOf(hour, { ...said, kind: 'spiked', details: { fileId: file.id, count, expected, hour } }));
  await issues.markSpike({ patternId: pattern.id, hour, count, expected, foundAtMs: nowMs });
}

/**
 * Patterns, rules and alerts to test with: valid, and different where the test says so.
 */
import { untouched } from '#shared/logs/issues/triage.ts';
import type { FilePattern, Member, Pattern } from '#shared/logs/rollup/pattern.ts';
import type { AlertRule } from '#shared/logs/alerts/rule.ts';

const sight = {
  counts: { error: 12, fatal: 0 },
  firstSeen: '2026-11-20T03:00:00.000Z',
  lastSeen: '2026-11-21T11:30:00.000Z',
  services: ['shop.orders'],
  sample: { fileId: 'log_0mi8c3k2w3x9p2c7hq4t0ab1z', range: 0, offset: 17 },
};

export function samplePattern(different: Partial<Pattern> = {}): Pattern {
  const id = different.id ?? 'pat_1_a';
  return {
    id,
    algorithm: 1,
    template: 'Order <*> could not be stored',
    basis: 'message',
    ...structuredClone(sight),
    files: 2,
    members: [id],
    createdAtMs: Date.UTC(2026, 10, 20, 4),
    byHand: false,
    mergedByHand: false,
    mergedInto: null,
    lastMove: 0,
    triage: untouched,
    revision: 1,
    ...different,
  };
}

export const sampleMember = (different: Partial<Member> = {}): Member => ({
  id: 'pat_1_a',
  template: 'Order <*> could not be stored',
  ...structuredClone(sight),
  revision: 1,
  ...different,
});

export const sampleInFile = (different: Partial<FilePattern> = {}): FilePattern => ({
  patternId: 'pat_1_a',
  fileId: sight.sample.fileId,
  ...structuredClone(sight),
  counts: { error: 3, fatal: 0 },
  firstSeen: '2026-11-21T11:00:00.000Z',
  ...different,
});

export const sampleRule = (different: Partial<AlertRule> = {}): AlertRule => ({
  id: 'alr_1',
  name: 'All of it',
  isEnabled: true,
  kinds: ['new', 'regressed', 'mute-ended', 'spike'],
  filter: { level: null, service: null, text: null, filePrefix: null },
  countPerHourMin: null,
  channel: { kind: 'sns' },
  createdAtMs: Date.UTC(2026, 10, 1),
  updatedAtMs: Date.UTC(2026, 10, 1),
  revision: 1,
  ...different,
});

/** A person of the staff, at a desk. */
export const ann = { id: 'stf_ann', client: { address: '192.0.2.7', userAgent: 'test' } };

/**
 * Patterns that turn out to be one, or several: what becomes of their history, their triage, their links, and of what people have decided.
 */
import { describe, expect, it } from 'vitest';
import { ann } from '#test/fakes/pattern-samples.ts';
import { groupsIn, rollupWorld } from '#test/fakes/rollup-world.ts';
import { commentOnIssue, decideIssue } from '#shared/logs/issues/decide-issue.ts';
import { mergeIssues } from '#shared/logs/issues/merge-issues.ts';
import { listActivities, patternOrPlaced } from '#shared/logs/issues/read-issue.ts';
import { splitIssue } from '#shared/logs/issues/split-issue.ts';
import { algorithmVersion } from '#shared/logs/patterns/fingerprint.ts';
import { resolvePatterns } from '#shared/logs/patterns/resolve.ts';
import { templateOf } from '#shared/logs/patterns/record-template.ts';
import { Corpus } from '#shared/logs/rollup/corpus.ts';
import { totalOf } from '#shared/logs/rollup/pattern.ts';
import { sketchOf } from '../patterns/mined.ts';

const access = (name: string): string => `no access of ${name} here`;
const idOf = (message: string): string => templateOf({ message, stack: null }).id;

/** A world in which these messages were seen, a file each. */
async function seen(...files: (readonly string[])[]) {
  const world = rollupWorld();
  for (const messages of files) await world.rollUpAll([await world.scanned([messages])]);
  return world;
}

describe('patterns whose leaves have become one group', () => {
  it('are one, with the counts of all and the history of the one that was seen first, to which the ids of the others lead', async () => {
    const world = await seen([access('ann'), access('ann')], [access('bob')], [access('carl')]);
    expect(await world.allPatterns()).toHaveLength(3);
    await commentOnIssue(world, { patternId: idOf(access('bob')), text: 'Badge reader?' }, ann);
    await world.rollUpAll([await world.scanned([[access('dora')]])]);

    expect(await world.allPatterns()).toHaveLength(1);
    const joined = await world.patternOf('no access of <*> here');
    const ids = ['ann', 'bob', 'carl', 'dora'].map((name) => idOf(access(name)));
    expect(joined).toMatchObject({ files: 4, counts: { error: 5, fatal: 0 }, members: ids.toSorted() });
    for (const id of ids) {
      const { mergedInto } = await patternOrPlaced(world.patterns, id);
      expect([null, joined.id]).toContain(mergedInto);
    }
    const said = await listActivities(world, { patternId: joined.id, limit: 20 });
    expect(said.activities.filter(({ kind }) => kind === 'commented').map(({ text }) => text)).toEqual(['Badge reader?']);
    expect(said.activities.filter(({ kind, by }) => kind === 'merged' && by === null).length).toBeGreaterThanOrEqual(2);
    // What nobody was asked for writes nothing into the audit log.
    expect(world.audit.all().map(({ action }) => action)).toEqual(['log-pattern.commented']);
  });

  it('take what comes later in, under one name', async () => {
    const world = await seen(['ann', 'bob', 'carl', 'dora'].map(access), [access('emil')]);
    expect((await world.allPatterns()).map(({ template, counts }) => [template, totalOf(counts)])).toEqual([['no access of <*> here', 5]]);
  });

  it('are as muted, resolved and owned as somebody has decided; what came after a resolution brings it back', async () => {
    const world = await seen([access('ann')], [access('bob')]);
    const resolve = { kind: 'resolve', inVersion: null, fixedAt: null } as const;
    await decideIssue(world, { patternId: idOf(access('ann')), decision: { kind: 'assign', assignee: 'stf_bo' } }, ann);
    world.clock.advance(150_000);
    await decideIssue(world, { patternId: idOf(access('ann')), decision: resolve }, ann);
    await world.rollUpAll([await world.scanned([[access('carl')]]), await world.scanned([[access('dora')]])]);
    const [joined, ...others] = await world.allPatterns();
    expect(others).toEqual([]);
    expect(joined?.triage).toMatchObject({ status: 'open', assignee: 'stf_bo' });
    expect(joined?.triage.regression).not.toBeNull();
  });

  it('stay apart where a person has split them, and take nobody in', async () => {
    const world = await seen(['ann', 'bob', 'carl', 'dora'].map(access));
    const [whole] = await world.allPatterns();
    const part = await splitIssue(world, { patternId: whole?.id ?? '', fingerprints: [idOf(access('ann'))] }, ann);
    await world.rollUpAll([await world.scanned([['ann', 'bob', 'emil', 'fred'].map(access)])]);
    const patterns = await world.allPatterns();
    expect(patterns.find(({ id }) => id === part.id)?.counts).toEqual({ error: 2, fatal: 0 });
    expect(patterns.find(({ id }) => id === whole?.id)?.counts).toEqual({ error: 4, fatal: 0 });
    const rest = patterns.filter(({ id }) => id !== part.id && id !== whole?.id);
    expect(rest.map(({ counts }) => totalOf(counts))).toEqual([2]);
  });
});

const unit = (word: string): string => `unit is "${word}" now`;
const words = ['ready', 'idle', 'gone', 'late'];
const prose = unit('not to be found');

describe('a pattern whose leaves have become several groups', () => {
  it('parts with them, each with its own counts and what was decided', async () => {
    const world = await seen(words.map(unit));
    const [whole] = await world.allPatterns();
    expect(whole?.template).toBe('unit is "<*>" now');
    await decideIssue(world, { patternId: whole?.id ?? '', decision: { kind: 'mute', until: null, count: 100 } }, ann);
    await world.rollUpAll([await world.scanned([[prose, unit('idle')]])]);
    const patterns = await world.allPatterns();
    const counts = Object.fromEntries(patterns.map((one) => [one.template, totalOf(one.counts)]));
    expect(counts).toEqual({ ...Object.fromEntries(words.map((word) => [unit(word), 1])), [unit('idle')]: 2, [prose]: 1 });
    const muted = patterns.filter(({ template }) => template !== prose).map(({ triage }) => triage.status);
    expect(muted).toEqual(['muted', 'muted', 'muted', 'muted']);
    expect(await groupsIn(world)).toEqual(await groupsIn(await seen([prose, unit('idle')], words.map(unit))));
  });

  it('stays whole where a person has merged something into it', async () => {
    const world = await seen([...words.map(unit), 'disk is full']);
    const whole = await world.patternOf('unit is "<*>" now');
    const disk = await world.patternOf('disk is full');
    await mergeIssues(world, { into: whole.id, from: [disk.id] }, ann);
    await world.rollUpAll([await world.scanned([[prose, 'disk is full', unit('busy')]])]);
    const patterns = await world.allPatterns();
    // The prose, and what was never part of it, stand by themselves.
    const totals = Map.groupBy(patterns, ({ id }) => id === whole.id);
    expect(totals.get(true)?.map(({ counts }) => totalOf(counts))).toEqual([6]);
    expect(totals.get(false)?.map(({ counts }) => totalOf(counts))).toEqual([1, 1]);
  });
});

describe('more different messages than a bucket holds', () => {
  const crowd = Array.from({ length: 150 }, (_, at) => access(at.toString(2).replaceAll('0', 'ka').replaceAll('1', 'mo')));
  const files = [0, 50, 100].map((from) => crowd.slice(from, from + 50));

  it('are one pattern that counts all of them, in any order of files', async () => {
    const orders = [files, files.toReversed(), [files[1] ?? [], files[2] ?? [], files[0] ?? []]];
    for (const order of orders) {
      const patterns = await (await seen(...order)).allPatterns();
      expect(patterns.map(({ template, counts }) => [template, totalOf(counts)])).toEqual([['no access of <*> here', 150]]);
    }
  });
});

describe('another version of the algorithm', () => {
  it('goes on from what the last one knew: the history stays with what it calls the same', async () => {
    const world = await seen(['order 17 failed'], ['disk is full']);
    const [order, disk] = [await world.patternOf('order <*> failed'), await world.patternOf('disk is full')];
    await commentOnIssue(world, { patternId: order.id, text: 'Known.' }, ann);
    // As an earlier version has left it: it knew other ids, and did not mask what the present one masks.
    const older = await world.corpora.read(algorithmVersion);
    const data = JSON.parse(JSON.stringify(older?.data).replaceAll('<*>', 'a1b2c3d4e5')) as NonNullable<typeof older>['data'];
    const upgraded = rollupWorld();
    await upgraded.corpora.write(algorithmVersion - 1, { revision: 1, data });
    for (const pattern of [order, disk]) await upgraded.patterns.addPattern({ ...pattern, id: pattern.id });
    await upgraded.rollUpAll([await upgraded.scanned([['order 4 failed', 'disk is full', 'new here']])]);
    const ids = new Map((await upgraded.allPatterns()).map(({ template, id }) => [template, id]));
    expect(ids.get('order <*> failed')).toBe(order.id);
    expect(ids.get('disk is full')).toBe(disk.id);
    expect(ids.size).toBe(3);
  });

  it('reads what it has left as it reads messages: the corpus of this version stays what it is', () => {
    const messages = [
      'order 17 of user 4 failed',
      'Receiving blk_-123 src: /10.0.0.1:80 dest: /10.9.9.9:5070',
      'took 12.5 ms, 874.3 KB at 2026-11-21 08:00:01',
      'GET https://shop.example/items/42?page=2 500 in 3 s',
      'worker-17 of part-00003: state=true, host web-1.acme.test',
      'mail from ann@acme.test for /srv/data/a.txt',
    ];
    const corpus = new Corpus();
    corpus.takeIn(sketchOf(messages));
    const groups = (of: Corpus): string[] =>
      of
        .groups()
        .map(({ template }) => template)
        .toSorted();
    expect(groups(corpus.regrown())).toEqual(groups(corpus));
    expect(groups(corpus)).toEqual(
      resolvePatterns(sketchOf(messages))
        .patterns.map(({ template }) => template)
        .toSorted(),
    );
  });
});

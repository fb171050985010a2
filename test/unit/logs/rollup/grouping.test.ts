/**
 * Which errors are one pattern, over all files: a matter of what was seen, never of the order, the cut or the crashes.
 */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupsIn, rollupWorld, type Said } from '#test/fakes/rollup-world.ts';
import { calm, weatherOf, type Weather } from '#test/fakes/weather.ts';
import { groupLeaves } from '#shared/logs/patterns/resolve.ts';
import { fingerprintOfLeaf } from '#shared/logs/rollup/found-patterns.ts';
import { sketchOf } from '../patterns/mined.ts';

const names = ['ann', 'bob', 'carl', 'dora', 'emil', 'fred'];
const said = [
  ...names.map((name) => `no access of ${name} here`),
  ...['ready', 'idle', 'gone', 'late', 'busy'].map((word) => `unit is "${word}" now`),
  // Prose between the same quotes: then the single words are no values either.
  'unit is "not to be found" now',
  ...['alpha', 'beta', 'gamma', 'delta'].map((word) => `queue=${word} is full`),
  'order 17 failed',
  'order 4 failed',
  'ask to delete blk_1',
  'ask to delete blk_1 blk_2 blk_3',
  'link eth0 is down',
  'link eth1 is down',
];
const trace = 'java.io.IOException: reset\n\tat a.B.c(B.java:1)';
const records: readonly Said[] = [...said, { message: 'refused', stack: trace }, { message: 'refused again', stack: trace }];

/** Files of ranges of records. */
const uploads = fc.array(fc.array(fc.array(fc.constantFrom(...records), { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 3 }), {
  minLength: 2,
  maxLength: 5,
});

/** A roll-up calls its ports about a hundred times. */
const storms = fc.record({ seed: fc.nat(), deaths: fc.constantFrom(0, 0.003, 0.01), doubles: fc.constantFrom(0, 0.5) });

async function rolledUp(files: readonly (readonly (readonly Said[])[])[], weather: Weather, order?: readonly number[]) {
  const world = rollupWorld(weather);
  const ids: string[] = [];
  for (const ranges of files) ids.push(await world.scanned(ranges));
  await world.rollUpAll(order === undefined ? ids : order.map((at) => ids[at] ?? ''));
  return groupsIn(world);
}

/** The groups of fingerprints that one process makes of all messages at once. */
function groupsOfAll(files: readonly (readonly (readonly Said[])[])[]): string[] {
  const messages = files.flat(2).filter((one) => typeof one === 'string');
  const groups = groupLeaves(
    sketchOf(messages)
      .leaves()
      .map(({ key }) => key),
  );
  return groups.map(({ keys }) => [...new Set(keys.map(fingerprintOfLeaf))].toSorted().join(' ')).toSorted();
}

const fingerprintsOf = (members: readonly string[]): string =>
  members.map((member) => member.slice(0, 'pat_1_abcdefghijklmnop'.length)).join(' ');

describe('the patterns of all files', () => {
  it('are the same in any order of files, rolled up side by side, twice, by workers that die between any two calls', async () => {
    const cases = uploads.chain((files) =>
      fc.tuple(fc.constant(files), fc.shuffledSubarray([...files.keys()], { minLength: files.length }), storms),
    );
    await fc.assert(
      fc.asyncProperty(cases, async ([files, order, storm]) => {
        const one = await rolledUp(files, calm);
        expect(await rolledUp(files, weatherOf(storm), order)).toEqual(one);
        const messages = one.filter(({ members }) => !members.some((member) => member.includes('refused')));
        expect(messages.map(({ members }) => fingerprintsOf(members)).toSorted()).toEqual(groupsOfAll(files));
      }),
      { numRuns: 40 },
    );
  }, 240_000);
});

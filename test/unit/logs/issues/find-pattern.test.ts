import { describe, expect, it } from 'vitest';
import { fakePatternStores } from '#test/fakes/fake-rollup-stores.ts';
import { samplePattern } from '#test/fakes/pattern-samples.ts';
import { patternOrPlaced } from '#shared/logs/issues/read-issue.ts';

describe('a pattern', () => {
  it('is found by its id, and by a fingerprint that it counts, which is all that an error knows of it', async () => {
    const { patterns } = fakePatternStores();
    const pattern = samplePattern({ id: 'pat_1_a', members: ['pat_1_a', 'pat_1_b'] });
    const placement = { fingerprint: 'pat_1_b', patternId: 'pat_1_a', countedAs: 'pat_1_b', byHand: false };
    await patterns.commit({ patterns: [pattern], placements: [placement] });
    expect((await patternOrPlaced(patterns, 'pat_1_a')).id).toBe('pat_1_a');
    expect((await patternOrPlaced(patterns, 'pat_1_b')).id).toBe('pat_1_a');
    await expect(patternOrPlaced(patterns, 'pat_1_c')).rejects.toThrow('logs.pattern-not-found');
  });
});

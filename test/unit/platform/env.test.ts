import { afterEach, describe, expect, it, vi } from 'vitest';
import { requireCountEnv, requireEnv } from '#shared/platform/env.ts';

afterEach(() => vi.unstubAllEnvs());

describe('required environment', () => {
  it('is read by name', () => {
    vi.stubEnv('LOGS_TABLE', 'logs');
    expect(requireEnv('LOGS_TABLE')).toEqual({ LOGS_TABLE: 'logs' });
  });

  it('names all that is missing at once; an empty one is missing', () => {
    vi.stubEnv('B_EMPTY', '');
    expect(() => requireEnv('A_MISSING', 'B_EMPTY')).toThrow('A_MISSING, B_EMPTY');
  });

  it.each(['0', '-1', '1.5', 'many', '9007199254740993'])('refuses %s where a count is needed', (value) => {
    vi.stubEnv('A_COUNT', value);
    expect(() => requireCountEnv('A_COUNT')).toThrow('A_COUNT');
  });

  it('reads a count', () => {
    vi.stubEnv('A_COUNT', '3');
    expect(requireCountEnv('A_COUNT')).toBe(3);
  });
});

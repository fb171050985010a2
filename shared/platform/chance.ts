import { randomBytes } from 'node:crypto';

/** Chance as a dependency: tests pass a seeded one. */
export interface Chance {
  /** Unpredictable bytes. */
  bytes(count: number): Uint8Array;
  /** Evenly spread in [0, 1), for jitter. */
  fraction(): number;
}

export const systemChance: Chance = {
  bytes: (count) => randomBytes(count),
  fraction: () => randomBytes(4).readUInt32BE() / 2 ** 32,
};

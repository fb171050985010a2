/**
 * What workers go through: they wait for each other in any order, get messages twice, and die between any two calls.
 */
import * as fc from 'fast-check';
import { seededChance } from './chance.ts';

export interface Weather {
  /** Chance in [0, 1). */
  fraction(): number;
  /** Share of port calls at which a worker dies: before it or right behind it. */
  readonly deaths: number;
  /** Share of messages that are delivered once more. */
  readonly doubles: number;
  /** Waits for this call's turn among those of other workers. */
  turn(): Promise<void>;
}

export const calm: Weather = { fraction: () => 0.5, deaths: 0, doubles: 0, turn: () => Promise.resolve() };

interface Storm {
  readonly seed: number;
  readonly deaths: number;
  readonly doubles: number;
}

export const storms: fc.Arbitrary<Storm> = fc.record({
  seed: fc.nat(),
  deaths: fc.constantFrom(0, 0.01, 0.03),
  doubles: fc.constantFrom(0, 0.3, 0.9),
});

export function weatherOf({ seed, deaths, doubles }: Storm): Weather {
  const chance = seededChance(seed);
  const turn = async (): Promise<void> => {
    for (let waits = Math.floor(chance.fraction() * 6); waits > 0; waits -= 1) await Promise.resolve();
  };
  return { fraction: () => chance.fraction(), deaths, doubles, turn };
}

class Death extends Error {}

/** Port calls of one worker. From the call at which it dies on none has an effect, so no `catch` of it can do anything either. */
export function mortal(weather: Weather) {
  let isDead = false;
  const die = (): void => {
    if (isDead || weather.fraction() < weather.deaths / 2) {
      isDead = true;
      throw new Death();
    }
  };
  return {
    // Every member of a port is a function that answers a promise.
    call<Port extends object>(port: Port): Port {
      const wrapped = Object.entries(port).map(([name, member]) => [
        name,
        async (...given: unknown[]) => {
          await weather.turn();
          die();
          const answer: unknown = await (member as (...all: unknown[]) => unknown)(...given);
          die();
          return answer;
        },
      ]);
      return Object.fromEntries(wrapped) as Port;
    },
  };
}

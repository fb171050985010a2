/**
 * Keeps a gateway that is down from being asked again and again: after some failures in a row, calls fail at once; after a while one call
 * may try, and its outcome decides. One circuit an operation: a gateway whose charges hang may still answer questions.
 *
 * State lives as long as the process. Each Lambda instance learns by itself, which costs it a few calls and needs no store.
 */
import type { Chance } from '#shared/platform/chance.ts';
import type { Clock } from '#shared/platform/clock.ts';
import { paymentLimits } from './payment-limits.ts';

export interface CircuitBreaker {
  /** Whether to go ahead; true exactly once while half open. Whoever is let through has to tell how it went. */
  admits(operation: string): boolean;
  succeeded(operation: string): void;
  failed(operation: string): void;
  stateOf(operation: string): CircuitState;
}

type CircuitState = 'closed' | 'open' | 'half-open';

interface Circuit {
  failures: number;
  /** Openings in a row: each lasts twice as long. */
  openings: number;
  opensUntilMs: number | null;
  /** Until when the one that tries has the right to; past it, another may: it may have died without telling. */
  probeUntilMs: number | null;
}

const { circuitFailures, circuitOpenMsMin, circuitOpenMsMax, callMsMax } = paymentLimits;

export function circuitBreaker({ clock, chance }: { readonly clock: Clock; readonly chance: Chance }): CircuitBreaker {
  const circuits = new Map<string, Circuit>();
  const circuitOf = (operation: string): Circuit => {
    const known = circuits.get(operation) ?? { failures: 0, openings: 0, opensUntilMs: null, probeUntilMs: null };
    circuits.set(operation, known);
    return known;
  };
  const stateOf = (operation: string): CircuitState => {
    const { opensUntilMs } = circuitOf(operation);
    if (opensUntilMs === null) return 'closed';
    return clock.now() < opensUntilMs ? 'open' : 'half-open';
  };
  return {
    stateOf,
    admits(operation) {
      const state = stateOf(operation);
      if (state !== 'half-open') return state === 'closed';
      const circuit = circuitOf(operation);
      if (circuit.probeUntilMs !== null && clock.now() < circuit.probeUntilMs) return false;
      circuit.probeUntilMs = clock.now() + 2 * callMsMax;
      return true;
    },
    succeeded(operation) {
      circuits.delete(operation);
    },
    failed(operation) {
      const circuit = circuitOf(operation);
      // What was under way when the circuit opened tells nothing new.
      if (stateOf(operation) === 'open') return;
      circuit.failures += 1;
      if (circuit.opensUntilMs === null && circuit.failures < circuitFailures) return;
      const openMs = Math.min(circuitOpenMsMin * 2 ** circuit.openings, circuitOpenMsMax);
      circuit.openings = Math.min(circuit.openings + 1, 16);
      // Spread, so that a hundred instances do not come back in the same instant.
      circuit.opensUntilMs = clock.now() + Math.ceil(openMs * (0.5 + chance.fraction() / 2));
      circuit.probeUntilMs = null;
    },
  };
}

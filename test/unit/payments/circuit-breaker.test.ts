import { expect, it } from 'vitest';
import { circuitBreaker } from '#shared/payments/circuit-breaker.ts';
import { fakeClock } from '#test/fakes/clock.ts';

const last = { fraction: () => 0.999_999, bytes: () => new Uint8Array() };

function world() {
  const clock = fakeClock();
  const circuit = circuitBreaker({ clock, chance: last });
  const fail = (times: number, operation = 'charge'): void => {
    for (let time = 0; time < times; time += 1) circuit.failed(operation);
  };
  return { clock, circuit, fail };
}

it('opens with the fifth failure in a row, for its own operation alone', () => {
  const { circuit, fail } = world();
  fail(4);
  circuit.succeeded('charge');
  fail(4);
  expect(circuit.admits('charge')).toBe(true);
  fail(1);
  expect(circuit.admits('charge')).toBe(false);
  expect(circuit.admits('status')).toBe(true);
});

it('lets exactly one try after its rest, and closes when that goes well', () => {
  const { clock, circuit, fail } = world();
  fail(5);
  clock.advance(9_999);
  expect(circuit.admits('charge')).toBe(false);
  clock.advance(1);
  expect(circuit.stateOf('charge')).toBe('half-open');
  expect([circuit.admits('charge'), circuit.admits('charge'), circuit.admits('charge')]).toEqual([true, false, false]);
  circuit.succeeded('charge');
  expect([circuit.admits('charge'), circuit.admits('charge')]).toEqual([true, true]);
  expect(circuit.stateOf('charge')).toBe('closed');
});

it('rests twice as long after every try that fails, up to two minutes', () => {
  const { clock, circuit, fail } = world();
  fail(5);
  const rests = Array.from({ length: 6 }, () => {
    const from = clock.now();
    while (!circuit.admits('charge')) clock.advance(1_000);
    circuit.failed('charge');
    return (clock.now() - from) / 1_000;
  });
  expect(rests).toEqual([10, 20, 40, 80, 120, 120]);
});

it('lets another one try when the first never told how it went', () => {
  const { clock, circuit, fail } = world();
  fail(5);
  clock.advance(10_000);
  expect(circuit.admits('charge')).toBe(true);
  clock.advance(20_000);
  expect(circuit.admits('charge')).toBe(true);
});

it('rests at least half as long as it may, so that not all come back at once', () => {
  const clock = fakeClock();
  const circuit = circuitBreaker({ clock, chance: { ...last, fraction: () => 0 } });
  for (let time = 0; time < 5; time += 1) circuit.failed('charge');
  clock.advance(5_000);
  expect(circuit.admits('charge')).toBe(true);
});

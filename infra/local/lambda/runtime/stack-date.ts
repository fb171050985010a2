/**
 * Makes `Date` follow the stack's clock, which `POST /_local/clock` moves. Timers, `performance` and the clock inside Node (an outgoing `Date`
 * header, certificate checks) stay with the machine.
 */
export function followStackClock(offsetMs: () => number): void {
  const MachineDate = globalThis.Date;
  const now = () => MachineDate.now() + offsetMs();
  function StackDate(this: unknown, ...parts: unknown[]): unknown {
    if (!new.target) return new MachineDate(now()).toString();
    return Reflect.construct(MachineDate, parts.length === 0 ? [now()] : parts, new.target);
  }
  // The same prototype on both sides keeps `instanceof`, `structuredClone` and dates made inside Node working.
  Object.defineProperties(StackDate, {
    ...Object.getOwnPropertyDescriptors(MachineDate),
    now: { value: now, writable: true, configurable: true },
  });
  MachineDate.prototype.constructor = StackDate;
  globalThis.Date = StackDate as unknown as DateConstructor;
}

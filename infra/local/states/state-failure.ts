/** A state that failed, as Retry and Catch see it: an error name and why. */
export class StateFailure extends Error {
  override readonly name = 'StateFailure';
  readonly error: string;
  readonly reason: string;

  constructor(error: string, reason: string) {
    super(`${error}: ${reason}`);
    this.error = error;
    this.reason = reason;
  }
}

/** The failure that no Retry and no Catch reaches: the definition does not fit its input. */
export function runtimeFailure(reason: string): StateFailure {
  return new StateFailure('States.Runtime', reason);
}

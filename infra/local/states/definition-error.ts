/** A definition that is refused when the stack starts. */
export class DefinitionError extends Error {
  override readonly name = 'DefinitionError';
  /** State and field, for example `Charge.Retry[0]`; empty for the machine itself. */
  readonly place: string;
  readonly reason: string;

  constructor(place: string, reason: string) {
    super(place === '' ? reason : `${place}: ${reason}`);
    this.place = place;
    this.reason = reason;
  }
}

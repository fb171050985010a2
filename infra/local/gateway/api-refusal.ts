/** What a service answers when it will not do what it was asked; handlers throw it. */
export class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal';
  /** For example `ExecutionAlreadyExists`: SDKs make it the error's name. */
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

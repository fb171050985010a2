/** Reads a text from left to right, for the small languages within state machines. Failures name the text and the place. */
export class Scanner {
  readonly #text: string;
  readonly #Failure: new (message: string) => Error;
  #position = 0;

  constructor(text: string, Failure: new (message: string) => Error) {
    this.#text = text;
    this.#Failure = Failure;
  }

  get done(): boolean {
    return this.#position >= this.#text.length;
  }

  at(piece: string): boolean {
    return this.#text.startsWith(piece, this.#position);
  }

  /** Moves past the piece when it stands here. */
  take(piece: string): boolean {
    if (!this.at(piece)) return false;
    this.#position += piece.length;
    return true;
  }

  expect(piece: string): void {
    if (!this.take(piece)) this.fail(`${piece} is missing`);
  }

  /** What a sticky expression matches here, moving past it. */
  match(expression: RegExp): string | undefined {
    expression.lastIndex = this.#position;
    const found = expression.exec(this.#text)?.[0];
    this.#position += found?.length ?? 0;
    return found;
  }

  space(): void {
    this.match(/\s*/y);
  }

  integer(): number | undefined {
    this.space();
    const digits = this.match(/-?\d{1,9}/y);
    return digits === undefined ? undefined : Number(digits);
  }

  /** A text in single or double quotes, in which a backslash takes the next character for itself. */
  quoted(): string {
    return this.quotedRaw().replaceAll(/\\(.)/gs, '$1');
  }

  /** The same with its backslashes. */
  quotedRaw(): string {
    const text = this.match(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/sy);
    return text === undefined ? this.fail('a text in quotes is missing') : text.slice(1, -1);
  }

  fail(reason: string): never {
    throw new this.#Failure(`${this.#text}: ${reason} at character ${this.#position + 1}`);
  }
}

/**
 * Reads a browser's form (`multipart/form-data`, RFC 7578) as it arrives: the fields before the file into memory, the file as a stream.
 */
import { s3Limits } from './config.ts';
import { S3Error } from './errors.ts';

interface FormFile {
  readonly name: string;
  /** Ends where the file does; what comes behind it is ignored, as S3 does. */
  readonly chunks: AsyncIterable<Buffer>;
}

export interface Form {
  /** Lower-case names. */
  readonly fields: ReadonlyMap<string, string>;
  readonly file: FormFile;
}

/** The boundary of a form's content type; undefined when it is none. */
export function boundaryOf(contentType: string | undefined): string | undefined {
  const [, quoted, plain] = /^multipart\/form-data\b.*;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType ?? '') ?? [];
  return quoted ?? plain;
}

/** Throws MalformedPOSTRequest, MaxPostPreDataLengthExceededError, and InvalidArgument when there is no file. */
export async function readForm(source: AsyncIterable<Buffer>, boundary: string): Promise<Form> {
  const reader = new PartReader(source, boundary);
  const fields = new Map<string, string>();
  await reader.skipPreamble();
  for (;;) {
    const head = await reader.nextHead();
    if (!head) {
      throw new S3Error('InvalidArgument', {
        message: 'POST requires exactly one file upload per request.',
        details: { ArgumentName: 'file' },
      });
    }
    if (head.name === 'file') return { fields, file: { name: head.fileName ?? '', chunks: reader.content() } };
    if (fields.has(head.name)) throw new S3Error('InvalidArgument', { message: `The form has the field ${head.name} more than once` });
    fields.set(head.name, await reader.fieldText());
  }
}

interface PartHead {
  /** Lower-case. */
  readonly name: string;
  readonly fileName: string | undefined;
}

class PartReader {
  readonly #source: AsyncIterator<Buffer>;
  readonly #delimiter: Buffer;
  #pending = Buffer.alloc(0);
  #ended = false;
  #fieldBytes = 0;

  constructor(source: AsyncIterable<Buffer>, boundary: string) {
    this.#source = source[Symbol.asyncIterator]();
    this.#delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1');
  }

  /** A body may begin with the boundary, or with a line break before it. */
  async skipPreamble(): Promise<void> {
    this.#pending = Buffer.concat([Buffer.from('\r\n'), this.#pending]);
    await this.#readUntil(this.#delimiter);
  }

  /** Undefined at the closing boundary. */
  async nextHead(): Promise<PartHead | undefined> {
    const afterBoundary = await this.#readUntil(Buffer.from('\r\n'), { orEnd: true });
    if (afterBoundary.toString('latin1').startsWith('--')) return undefined;
    const head = (await this.#readUntil(Buffer.from('\r\n\r\n'))).toString('utf8');
    const disposition = /^content-disposition:\s*form-data\s*;(.*)$/im.exec(head)?.[1] ?? '';
    const name = parameter(disposition, 'name');
    if (name === undefined) throw new S3Error('MalformedPOSTRequest');
    return { name: name.toLowerCase(), fileName: parameter(disposition, 'filename') };
  }

  async fieldText(): Promise<string> {
    return (await this.#readUntil(this.#delimiter)).toString('utf8');
  }

  async *content(): AsyncGenerator<Buffer> {
    for (;;) {
      const at = this.#pending.indexOf(this.#delimiter);
      if (at >= 0) {
        yield this.#pending.subarray(0, at);
        return;
      }
      // The end of what is there may be the beginning of the delimiter.
      const safe = Math.max(0, this.#pending.length - this.#delimiter.length + 1);
      if (safe > 0) yield this.#pending.subarray(0, safe);
      this.#pending = this.#pending.subarray(safe);
      if (!(await this.#more())) throw new S3Error('MalformedPOSTRequest');
    }
  }

  /** What comes before the mark, which is consumed. Counts towards the bound of a form's fields. */
  async #readUntil(mark: Buffer, { orEnd = false } = {}): Promise<Buffer> {
    let at = this.#pending.indexOf(mark);
    while (at < 0) {
      if (this.#fieldBytes + this.#pending.length > s3Limits.formBytesMax + mark.length) throw tooLong();
      if (await this.#more()) at = this.#pending.indexOf(mark);
      else if (orEnd) at = this.#pending.length;
      else throw new S3Error('MalformedPOSTRequest');
    }
    const read = this.#pending.subarray(0, at);
    this.#pending = this.#pending.subarray(at + mark.length);
    this.#fieldBytes += read.length;
    if (this.#fieldBytes > s3Limits.formBytesMax) throw tooLong();
    return read;
  }

  async #more(): Promise<boolean> {
    if (this.#ended) return false;
    const next = await this.#source.next();
    this.#ended = next.done === true;
    if (next.done) return false;
    this.#pending = Buffer.concat([this.#pending, next.value]);
    return true;
  }
}

function tooLong(): S3Error {
  return new S3Error('MaxPostPreDataLengthExceededError', { details: { MaxPostPreDataLengthBytes: String(s3Limits.formBytesMax) } });
}

/** Browsers write quotes and line breaks in names as percent escapes. */
function parameter(disposition: string, name: string): string | undefined {
  const value = new RegExp(`(?:^|;)\\s*${name}="((?:[^"\\\\]|\\\\.)*)"`, 'i').exec(disposition)?.[1];
  return value
    ?.replaceAll(/\\(.)/g, '$1')
    .replaceAll('%22', '"')
    .replaceAll(/%0[dD]|%0[aA]/g, ' ');
}

/**
 * Files on their way to the bucket. They go on while one looks at other pages of the desk.
 */

import { uploadLimits } from '#shared/logs/uploads/upload-limits.ts';

/** `checking`: its content is read, to see whether it was sent before. `duplicate`: it was. */
type UploadState = 'waiting' | 'checking' | 'sending' | 'sent' | 'failed' | 'cancelled' | 'too-large' | 'duplicate';

export interface Upload {
  readonly id: number;
  readonly name: string;
  readonly bytes: number;
  readonly state: UploadState;
  /** Of those that are checked, or sent. */
  readonly bytesDone: number;
}

/** The part of a browser's `File` that an upload needs. */
export interface UploadFile {
  readonly name: string;
  readonly size: number;
}

export interface Uploads<File extends UploadFile> {
  readonly current: () => readonly Upload[];
  readonly watch: (listener: () => void) => () => void;
  add(files: Iterable<File>, send: Send<File>): void;
  cancel(id: number): void;
  retry(id: number): void;
  /** Sends what was sent before. */
  sendAgain(id: number): void;
  dismiss(id: number): void;
}

export interface Sending {
  readonly stop: AbortSignal;
  readonly checked: (bytes: number) => void;
  readonly progressed: (bytes: number) => void;
  /** Whether it is sent although the bucket has it. */
  readonly again: boolean;
}

/** Sends one file; tells how far it is, and gives up when it is told to stop. Rejects with `DuplicateUpload` for one that the bucket has. */
export type Send<File> = (file: File, sending: Sending) => Promise<void>;

export class DuplicateUpload extends Error {
  override readonly name = 'DuplicateUpload';
}

export const uploadBytesMax = uploadLimits.bytesMax;
/** Uploads at once share one line; two keep it busy while one is being signed. */
const atOnceMax = 2;

interface Job<File> {
  upload: Upload;
  readonly file: File;
  readonly send: Send<File>;
  stop: AbortController;
  again: boolean;
}

export function uploadQueue<File extends UploadFile>(): Uploads<File> {
  let jobs: readonly Job<File>[] = [];
  let shown: readonly Upload[] = [];
  let count = 0;
  const listeners = new Set<() => void>();
  const tell = (): void => {
    shown = jobs.map(({ upload }) => upload);
    for (const listener of listeners) listener();
  };
  const change = (job: Job<File>, changed: Partial<Upload>): void => {
    job.upload = { ...job.upload, ...changed };
    tell();
  };
  const run = async (job: Job<File>): Promise<void> => {
    const { stop, again } = job;
    change(job, { state: 'sending', bytesDone: 0 });
    try {
      await job.send(job.file, {
        stop: stop.signal,
        again,
        checked: (bytesDone) => change(job, { state: 'checking', bytesDone }),
        progressed: (bytesDone) => change(job, { state: 'sending', bytesDone }),
      });
      change(job, { state: 'sent' });
    } catch (error) {
      change(job, { state: stop.signal.aborted ? 'cancelled' : error instanceof DuplicateUpload ? 'duplicate' : 'failed' });
    }
    pump();
  };
  const pump = (): void => {
    const free = atOnceMax - jobs.filter(isRunning).length;
    for (const job of jobs.filter(({ upload }) => upload.state === 'waiting').slice(0, Math.max(0, free))) void run(job);
  };
  const startAnew = (id: number, again: boolean): void => {
    const job = jobOf(id);
    if (job === undefined || isRunning(job)) return;
    job.stop = new AbortController();
    job.again = again;
    change(job, { state: 'waiting' });
    pump();
  };
  const jobOf = (id: number): Job<File> | undefined => jobs.find(({ upload }) => upload.id === id);
  return {
    current: () => shown,
    watch(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    add(files, send) {
      const added = [...files].map((file): Job<File> => {
        count += 1;
        return newJob(count, file, send);
      });
      jobs = [...jobs, ...added];
      tell();
      pump();
    },
    cancel(id) {
      const job = jobOf(id);
      job?.stop.abort();
      if (job?.upload.state === 'waiting') change(job, { state: 'cancelled' });
    },
    retry: (id) => startAnew(id, false),
    sendAgain: (id) => startAnew(id, true),
    dismiss(id) {
      jobs = jobs.filter(({ upload }) => upload.id !== id || isRunning({ upload }));
      tell();
    },
  };
}

const isRunning = ({ upload: { state } }: { readonly upload: Upload }): boolean => state === 'sending' || state === 'checking';

function newJob<File extends UploadFile>(id: number, file: File, send: Send<File>): Job<File> {
  const state = file.size > uploadBytesMax ? 'too-large' : 'waiting';
  return { upload: { id, name: file.name, bytes: file.size, state, bytesDone: 0 }, file, send, stop: new AbortController(), again: false };
}

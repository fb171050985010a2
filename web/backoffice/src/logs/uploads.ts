/**
 * Files on their way to the bucket. They go on while one looks at other pages of the desk.
 */

type UploadState = 'waiting' | 'sending' | 'sent' | 'failed' | 'cancelled' | 'too-large';

export interface Upload {
  readonly id: number;
  readonly name: string;
  readonly bytes: number;
  readonly state: UploadState;
  readonly bytesSent: number;
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
  dismiss(id: number): void;
}

/** Sends one file; tells how far it is, and gives up when it is told to stop. */
export type Send<File> = (
  file: File,
  how: { readonly stop: AbortSignal; readonly progressed: (bytesSent: number) => void },
) => Promise<void>;

/** One PUT takes no more; the API refuses to sign one. */
export const uploadBytesMax = 5 * 1024 ** 3;
/** Uploads at once share one line; two keep it busy while one is being signed. */
const atOnceMax = 2;

interface Job<File> {
  upload: Upload;
  readonly file: File;
  readonly send: Send<File>;
  stop: AbortController;
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
    const { stop } = job;
    change(job, { state: 'sending', bytesSent: 0 });
    try {
      await job.send(job.file, { stop: stop.signal, progressed: (bytesSent) => change(job, { bytesSent }) });
      change(job, { state: 'sent' });
    } catch {
      change(job, { state: stop.signal.aborted ? 'cancelled' : 'failed' });
    }
    pump();
  };
  const pump = (): void => {
    const free = atOnceMax - jobs.filter(({ upload }) => upload.state === 'sending').length;
    for (const job of jobs.filter(({ upload }) => upload.state === 'waiting').slice(0, Math.max(0, free))) void run(job);
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
        const state = file.size > uploadBytesMax ? 'too-large' : 'waiting';
        return { upload: { id: count, name: file.name, bytes: file.size, state, bytesSent: 0 }, file, send, stop: new AbortController() };
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
    retry(id) {
      const job = jobOf(id);
      if (job === undefined || job.upload.state === 'sending') return;
      job.stop = new AbortController();
      change(job, { state: 'waiting' });
      pump();
    },
    dismiss(id) {
      jobs = jobs.filter(({ upload }) => upload.id !== id || upload.state === 'sending');
      tell();
    },
  };
}

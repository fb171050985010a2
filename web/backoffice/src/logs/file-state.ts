import type { Schemas } from '../shell/api/client.ts';

export type LogFile = Schemas['LogFile'];
export type LogError = Schemas['LogError'];
export type LogErrorDetail = Schemas['LogErrorDetail'];

export function isOpen({ status }: Pick<LogFile, 'status'>): boolean {
  return status === 'planned' || status === 'scanning';
}

/** The last part of an object's key, without the id that an upload puts before the name. */
export function fileName(key: string): string {
  const last = key.split('/').findLast((part) => part !== '') ?? key;
  return last.replace(/^upl_[0-9a-z]{22}-/, '');
}

/** Whether a key was made by an upload: it says nothing to people but the name at its end. */
export const isMadeKey = (key: string): boolean => /^uploads\/(?:sha256|\d{4})\//.test(key);

/** How much of a file has been scanned, from 0 to 1. */
export function shareDone({ progress }: Pick<LogFile, 'progress'>): number {
  return progress.bytesTotal === 0 ? 0 : progress.bytesDone / progress.bytesTotal;
}

/** The message's first line that says something; of a bare trace, the exception. */
export function firstLine({ message, stack }: Pick<LogError, 'message' | 'stack'>): string {
  const line = `${message}\n${stack ?? ''}`.split('\n').find((text) => text.trim() !== '');
  return line?.trim() ?? '—';
}

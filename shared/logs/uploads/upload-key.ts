/**
 * Keys of files that go up in parts. The hash of the content is in it, so that the bucket itself knows whether it has a file, and nobody keeps a list.
 */
import { limits } from '../limits.ts';

const folder = 'uploads/sha256';
const pattern = new RegExp(`^${folder}/[0-9a-f]{64}-[0-9]{1,13}/[\\w.-]{1,${limits.uploadNameCharactersMax}}$`);

export function uploadKey({ hash, bytes, name }: { readonly hash: string; readonly bytes: number; readonly name: string }): string {
  return `${folder}/${hash}-${bytes}/${plainName(name)}`;
}

/** Whether a key is one that uploads in parts have: nobody may write to any other by their way. */
export const isUploadKey = (key: string): boolean => pattern.test(key);

/** The name's last part, in characters that need no quoting in a URL or a shell. */
export function plainName(name: string): string {
  return (name.split(/[\\/]/).at(-1) ?? '').replaceAll(/[^\w.-]+/g, '_').slice(-limits.uploadNameCharactersMax) || 'log';
}

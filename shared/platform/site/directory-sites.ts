import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Sites } from './ports.ts';

/** Sites built into `<directory>/<site>/`. */
export function directorySites(directory: string): Sites {
  return {
    async list(site) {
      const entries = await readdir(join(directory, site), { recursive: true, withFileTypes: true });
      return entries
        .filter((entry) => entry.isFile())
        .map((entry) => relative(join(directory, site), join(entry.parentPath, entry.name)).split(sep).join('/'))
        .toSorted();
    },
    read: (site, path) => readFile(join(directory, site, path)),
  };
}

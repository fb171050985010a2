/**
 * The pages of `web/<site>/` as they are deployed: what the template's assembly holds, which is made once and not by each file of tests.
 */
import { cpSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesise } from '#infra/synthesis.ts';

export interface BuiltSites {
  /** Folder of `web/<site>`, built. */
  folder(site: string): string;
  remove(): void;
}

/** A copy of one's own: the assembly is replaced when a source changes while tests run. */
export async function builtSites(): Promise<BuiltSites> {
  const { directory } = await synthesise();
  const [sites] = globSync('asset.*/sites', { cwd: directory });
  if (sites === undefined) throw new Error(`No asset of ${directory} holds sites: is there still a function that publishes them?`);
  const copy = mkdtempSync(join(tmpdir(), 'xm-sites-'));
  cpSync(join(directory, sites), copy, { recursive: true });
  return {
    folder: (site) => join(copy, site),
    remove: () => rmSync(copy, { recursive: true, force: true }),
  };
}

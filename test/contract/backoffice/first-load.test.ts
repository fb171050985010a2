import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { builtSites } from '#test/built-sites.ts';

const sites = await builtSites();
const assets = join(sites.folder('backoffice'), 'assets');
const kilobyte = 1_000;

afterAll(() => sites.remove());

describe('the first load of the backoffice', () => {
  it('is at most 380 kB of compressed script, with the first list in it', () => {
    const entry = scriptOf('main');
    const toSignIn = loadedWith([entry]);
    const toTheFirstList = loadedWith([entry, scriptOf('member-list-page')]);
    expect(compressed(toSignIn)).toBeGreaterThan(250 * kilobyte);
    expect(compressed(toTheFirstList)).toBeLessThan(380 * kilobyte);
  });

  it('leaves the pages of each capability for when they are opened', () => {
    const loaded = loadedWith([scriptOf('main')]).map((script) => basename(script));
    expect(loaded.filter((script) => script.includes('-page-'))).toEqual([]);
  });
});

function scriptOf(name: string): string {
  const [found] = globSync(join(assets, `${name}-*.js`));
  if (found === undefined) throw new Error(`No script was built from ${name}.`);
  return found;
}

/** The scripts and what they import, at whatever depth; not what they import later. */
function loadedWith(scripts: readonly string[]): string[] {
  const loaded = new Set<string>();
  const load = (script: string): void => {
    if (loaded.has(script)) return;
    loaded.add(script);
    const imports = readFileSync(script, 'utf8').matchAll(/(?:from|import)"\/assets\/([^"]+\.js)"/g);
    for (const [, imported = ''] of imports) load(join(assets, imported));
  };
  scripts.forEach(load);
  return [...loaded];
}

function compressed(scripts: readonly string[]): number {
  return scripts.reduce((sum, script) => sum + gzipSync(readFileSync(script)).length, 0);
}

import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { builtSites } from '#test/built-sites.ts';

const sites = await builtSites();
const site = sites.folder('deposit');
const kilobyte = 1_000;

afterAll(() => sites.remove());

describe('the deposit page', () => {
  it('is less than 40 kB of compressed script, all of it, and less than 5 kB of style', () => {
    expect(compressed('js')).toBeGreaterThan(10 * kilobyte);
    expect(compressed('js')).toBeLessThan(40 * kilobyte);
    expect(compressed('css')).toBeLessThan(5 * kilobyte);
  });

  it('has nothing inline, and names no other host', () => {
    const html = readFileSync(join(site, 'index.html'), 'utf8');
    expect(html).not.toMatch(/<style|<script(?! type="module" src="\/assets\/)|\son\w+=|\sstyle=|https?:/);
    expect(html.match(/\/assets\/[\w.-]+/g)).toHaveLength(3);
  });
});

function compressed(ending: string): number {
  return globSync(join(site, 'assets', `*.${ending}`)).reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0);
}

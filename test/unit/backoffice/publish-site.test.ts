import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { afterAll, describe, expect, it } from 'vitest';
import { applyCustomResource } from '#shared/platform/custom-resource.ts';
import { directorySites } from '#shared/platform/site/directory-sites.ts';
import { publishSite } from '#shared/platform/site/publish-site.ts';

const folder = mkdtempSync(join(tmpdir(), 'xm-sites-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('publishing a site', () => {
  it('puts assets before the page that names them, each with the type a browser insists on', async () => {
    const published = await publish('site', ['index.html', 'assets/app-1.js', 'assets/app-2.css', 'assets/icon-3.svg']);
    expect(published).toEqual([
      ['site-bucket', 'assets/app-1.js', 'text/javascript; charset=utf-8'],
      ['site-bucket', 'assets/app-2.css', 'text/css; charset=utf-8'],
      ['site-bucket', 'assets/icon-3.svg', 'image/svg+xml'],
      ['site-bucket', 'index.html', 'text/html; charset=utf-8'],
    ]);
  });

  it('refuses a file of an unknown type, and a site without a page, before anybody sees them', async () => {
    await expect(publish('odd', ['index.html', 'assets/app.wasm'])).rejects.toThrow('app.wasm');
    await expect(publish('pageless', ['assets/app.js'])).rejects.toThrow('pageless has no page');
  });
});

describe('a custom resource', () => {
  it('keeps one id from creation on, so that an update never replaces it', async () => {
    const created = await applyCustomResource(request('Create'), () => Promise.resolve());
    expect(created).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'Published', RequestId: 'r-1', LogicalResourceId: 'Published' });
    const updated = await applyCustomResource(request('Update'), () => Promise.resolve());
    expect(updated).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'first-id' });
  });

  it('answers with the reason of a failure instead of failing unheard', async () => {
    const failed = await applyCustomResource(request('Update'), () => Promise.reject(new Error('no such bucket'.repeat(500))));
    expect(failed.Status).toBe('FAILED');
    expect(failed.Reason).toMatch(/^Error: no such bucket/);
    expect(JSON.stringify(failed).length).toBeLessThan(4_096);
  });

  it('lets go without touching anything when it is deleted', async () => {
    const deleted = await applyCustomResource(request('Delete'), () => Promise.reject(new Error('must not run')));
    expect(deleted.Status).toBe('SUCCESS');
  });
});

async function publish(site: string, files: readonly string[]): Promise<[bucket: string, key: string, contentType: string][]> {
  mkdirSync(join(folder, site, 'assets'), { recursive: true });
  for (const file of files) writeFileSync(join(folder, site, file), file);
  const published: [string, string, string][] = [];
  const buckets = {
    put: (bucket: string, { key, body, contentType }: { key: string; body: Uint8Array; contentType: string }) => {
      expect(Buffer.from(body).toString()).toBe(key);
      published.push([bucket, key, contentType]);
      return Promise.resolve();
    },
  };
  await publishSite({ sites: directorySites(folder), buckets }, { Site: site, BucketName: 'site-bucket', ContentHash: '1' });
  return published;
}

function request(RequestType: 'Create' | 'Update' | 'Delete'): CloudFormationCustomResourceEvent {
  return {
    RequestType,
    RequestId: 'r-1',
    StackId: 's-1',
    LogicalResourceId: 'Published',
    PhysicalResourceId: 'first-id',
    ResourceProperties: { ServiceToken: 'arn' },
  } as unknown as CloudFormationCustomResourceEvent;
}

import { extname } from 'node:path/posix';
import * as z from 'zod';
import type { SiteBuckets, Sites } from './ports.ts';

/** What a deployment asks for. CloudFormation hands over every value as a string and adds its own. */
export const SiteProperties = z.object({
  /** Folder of the build. */
  Site: z.string(),
  BucketName: z.string(),
  /** Changes with the files, so that CloudFormation asks again. */
  ContentHash: z.string(),
});

interface Deps {
  readonly sites: Sites;
  readonly buckets: SiteBuckets;
}

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.woff2': 'font/woff2',
};

/**
 * Puts a site's files into its bucket: pages last, so that a page never names an asset that is not there yet. Files of former
 * versions stay, because a page that was opened before still asks for them; a site's build is some hundred kilobytes.
 */
export async function publishSite({ sites, buckets }: Deps, { Site, BucketName }: z.infer<typeof SiteProperties>): Promise<void> {
  const paths = await sites.list(Site);
  const [pages, assets] = [paths.filter(isPage), paths.filter((path) => !isPage(path))];
  if (pages.length === 0) throw new Error(`The site ${Site} has no page.`);
  for (const path of [...assets, ...pages]) {
    await buckets.put(BucketName, { key: path, body: await sites.read(Site, path), contentType: contentTypeOf(path) });
  }
}

function isPage(path: string): boolean {
  return path.endsWith('.html');
}

/** Throws for an ending it does not know: browsers refuse a script of an unknown type, and they are told not to guess. */
function contentTypeOf(path: string): string {
  const contentType = contentTypes[extname(path)];
  if (contentType === undefined) throw new Error(`No content type is known for ${path}.`);
  return contentType;
}

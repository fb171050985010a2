/**
 * CloudFormation custom resource: puts the pages of a site into its bucket. The built sites lie in this function's own bundle, below `sites/`.
 */
import { fileURLToPath } from 'node:url';
import { S3Client } from '@aws-sdk/client-s3';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { applyCustomResource, type CustomResourceAnswer } from '#shared/platform/custom-resource.ts';
import { log } from '#shared/platform/log.ts';
import { directorySites } from '#shared/platform/site/directory-sites.ts';
import { publishSite, SiteProperties } from '#shared/platform/site/publish-site.ts';
import { s3SiteBuckets } from '#shared/platform/site/s3-site-buckets.ts';

const deps = { sites: directorySites(fileURLToPath(new URL('sites/', import.meta.url))), buckets: s3SiteBuckets(new S3Client()) };

export async function handler(event: CloudFormationCustomResourceEvent): Promise<void> {
  const answer = await applyCustomResource(event, (properties) => publishSite(deps, SiteProperties.parse(properties)));
  log.info('site published', { logicalId: event.LogicalResourceId, request: event.RequestType, ...answer });
  await tell(event.ResponseURL, answer);
}

/** The address is a presigned PUT that was signed without a content type. */
async function tell(responseUrl: string, answer: CustomResourceAnswer): Promise<void> {
  const response = await fetch(responseUrl, { method: 'PUT', headers: { 'content-type': '' }, body: JSON.stringify(answer) });
  if (!response.ok) throw new Error(`CloudFormation did not take the answer: ${response.status}`);
}

import { beforeAll, describe, expect, it } from 'vitest';
import { buildAccess, type LocalAccess } from '#infra/local/iam/access.ts';
import type { Resource } from '#infra/local/ports.ts';
import { loadModel, type LocalModel } from '#infra/local/template.ts';
import { synthesise } from '#infra/synthesis.ts';

let directory: string;
let model: LocalModel;
let access: LocalAccess;

beforeAll(async () => {
  ({ directory } = await synthesise());
  model = resolved({});
  access = buildAccess(model, { seed: 'test' });
});

describe.each([
  { site: 'backoffice', name: 'Backoffice' },
  { site: 'deposit', name: 'DepositPage' },
])('the deployed site $site', ({ site, name }) => {
  it('has a host of its own with TLS 1.2 once there is a certificate, and the one that CloudFront names until then', () => {
    const certificate = 'arn:aws:acm:us-east-1:000000000000:certificate/1';
    const own = resolved({ [`${name}Origin`]: `https://${site}.example.id`, [`${name}CertificateArn`]: certificate });
    expect(configOf(own)).toMatchObject({
      Aliases: [`${site}.example.id`],
      ViewerCertificate: { AcmCertificateArn: certificate, MinimumProtocolVersion: 'TLSv1.2_2021', SslSupportMethod: 'sni-only' },
    });
    expect(configOf(model)).toMatchObject({ ViewerCertificate: { CloudFrontDefaultCertificate: true } });
    expect(configOf(model)).not.toHaveProperty('Aliases');
  });

  it('lets its own distribution read the pages, and no other', () => {
    const mayRead = (arn: string) =>
      access.mayService('cloudfront.amazonaws.com', {
        action: 's3:GetObject',
        resource: `${pages().arn}/index.html`,
        context: { 'aws:SourceArn': [arn] },
      });
    const others = model.ofType('AWS::CloudFront::Distribution').filter((other) => other !== distributionOf(model));
    expect(others.length).toBeGreaterThan(0);
    expect(mayRead(distributionOf(model).arn)).toBe(true);
    expect(others.map(({ arn }) => mayRead(arn))).toEqual(others.map(() => false));
  });

  const distributionOf = (from: LocalModel): Resource => {
    const found = from
      .ofType('AWS::CloudFront::Distribution')
      .find(({ properties }) => (properties['DistributionConfig'] as { Comment: string }).Comment === `XM ${site}`);
    if (found === undefined) throw new Error(`There is no distribution of ${site}.`);
    return found;
  };
  const configOf = (from: LocalModel): unknown => distributionOf(from).properties['DistributionConfig'];
  const pages = (): Resource => pagesOf(publishedSites().find(({ properties }) => properties['Site'] === site));
});

describe('the function that publishes sites', () => {
  it('may put files into the buckets of their pages, and do nothing else with any bucket', () => {
    const publishers = new Set(publishedSites().map(({ properties }) => String(properties['ServiceToken'])));
    expect(publishers.size).toBe(1);
    const publisher = model.byArn([...publishers].join(''));
    if (publisher === undefined) throw new Error('Nobody publishes the site.');
    const principal = access.principalOfFunction(publisher);
    const denied = model.ofType('AWS::S3::Bucket').flatMap(({ arn }) =>
      ['s3:PutObject', 's3:GetObject', 's3:DeleteObject', 's3:ListBucket'].map((action) => {
        const request = { action, resource: action === 's3:ListBucket' ? arn : `${arn}/index.html`, context: {} };
        return [action, arn, access.denied(principal, [request]) !== undefined] as const;
      }),
    );
    const allowed = denied.filter(([, , isDenied]) => !isDenied).map(([action, arn]) => `${action} ${arn}`);
    expect(allowed.toSorted()).toEqual(
      publishedSites()
        .map((published) => `s3:PutObject ${pagesOf(published).arn}`)
        .toSorted(),
    );
    expect(allowed).toHaveLength(2);
    expect(denied.length).toBeGreaterThan(12);
  });
});

function resolved(parameters: Readonly<Record<string, string>>): LocalModel {
  return loadModel(directory, {
    region: 'ap-southeast-3',
    accountId: '000000000000',
    addresses: { queueUrl: (name) => `http://queues/${name}`, apiEndpoint: () => 'http://api', distributionDomain: () => 'site' },
    parameters,
  });
}

function publishedSites(): Resource[] {
  return model.ofType('Custom::PublishedSite');
}

function pagesOf(published: Resource | undefined): Resource {
  const bucket = model.ofType('AWS::S3::Bucket').find(({ physicalName }) => physicalName === published?.properties['BucketName']);
  if (bucket === undefined) throw new Error('The pages have no bucket.');
  return bucket;
}

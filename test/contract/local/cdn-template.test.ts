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

describe('the deployed backoffice', () => {
  it('has a host of its own with TLS 1.2 once there is a certificate, and the one that CloudFront names until then', () => {
    const certificate = 'arn:aws:acm:us-east-1:000000000000:certificate/1';
    const own = resolved({ BackofficeOrigin: 'https://backoffice.example.id', BackofficeCertificateArn: certificate });
    expect(configOf(own)).toMatchObject({
      Aliases: ['backoffice.example.id'],
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
    expect([mayRead(distributionOf(model).arn), mayRead('arn:aws:cloudfront::000000000000:distribution/another')]).toEqual([true, false]);
  });

  it('is published by a function that may put files into the bucket of its pages and do nothing else with any bucket', () => {
    const [published] = model.ofType('Custom::PublishedSite');
    const publisher = model.byArn(String(published?.properties['ServiceToken']));
    if (publisher === undefined) throw new Error('Nobody publishes the site.');
    const principal = access.principalOfFunction(publisher);
    const denied = model.ofType('AWS::S3::Bucket').flatMap(({ arn }) =>
      ['s3:PutObject', 's3:GetObject', 's3:DeleteObject', 's3:ListBucket'].map((action) => {
        const request = { action, resource: action === 's3:ListBucket' ? arn : `${arn}/index.html`, context: {} };
        return [action, arn, access.denied(principal, [request]) !== undefined] as const;
      }),
    );
    expect(denied.filter(([, , isDenied]) => !isDenied)).toEqual([['s3:PutObject', pages().arn, false]]);
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

function distributionOf(from: LocalModel): Resource {
  const [distribution, ...others] = from.ofType('AWS::CloudFront::Distribution');
  if (distribution === undefined || others.length > 0) throw new Error('There is not one distribution.');
  return distribution;
}

function configOf(from: LocalModel): unknown {
  return distributionOf(from).properties['DistributionConfig'];
}

function pages(): Resource {
  const [published] = model.ofType('Custom::PublishedSite');
  const bucket = model.ofType('AWS::S3::Bucket').find(({ physicalName }) => physicalName === published?.properties['BucketName']);
  if (bucket === undefined) throw new Error('The pages have no bucket.');
  return bucket;
}

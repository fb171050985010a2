import type { StackModel } from '#infra/local/ports.ts';
import { modelOf, testRegion } from '#test/fakes/stack-model.ts';

/** A site with an API beside it, as the resolved template of `constructs/site.ts` describes one. */
export interface SiteSketch {
  readonly apiUrl: string;
  readonly publisher?: Readonly<Record<string, unknown>>;
  /** Replaces or adds properties of the distribution's configuration. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Replaces or adds properties of the behaviour of `/api/*`. */
  readonly api?: Readonly<Record<string, unknown>>;
  /** Of the API's origin. */
  readonly customHeaders?: Readonly<Record<string, string>>;
  /** Of `DefaultCacheBehavior`. */
  readonly pages?: Readonly<Record<string, unknown>>;
  readonly policyActions?: readonly string[];
}

export const bucketName = 'pages';
const distributionArn = 'arn:aws:cloudfront::000000000000:distribution/site';
export const addressFunctionArn = 'arn:aws:cloudfront::000000000000:function/address-of-viewer';
const functionArn = 'arn:aws:cloudfront::000000000000:function/page-for-paths';

export const cachingDisabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
export const allViewerExceptHost = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';

export function siteModel(sketch: SiteSketch): StackModel {
  return modelOf({
    Pages: { type: 'AWS::S3::Bucket', physicalName: bucketName },
    Uploads: { type: 'AWS::S3::Bucket', physicalName: 'uploads' },
    PagesPolicy: { type: 'AWS::S3::BucketPolicy', properties: bucketPolicy(sketch.policyActions ?? ['s3:GetObject', 's3:ListBucket']) },
    PageForPaths: {
      type: 'AWS::CloudFront::Function',
      arn: functionArn,
      properties: {
        Name: 'page-for-paths',
        FunctionCode: `function handler(event) {
          var request = event.request;
          if (request.querystring.moved) return { statusCode: 302, headers: { location: { value: '/new' } } };
          if (request.uri === '/throws') throw new Error('planted');
          if (request.uri === '/loops') for (;;);
          if (!/\\.[^/]*$/.test(request.uri)) request.uri = '/index.html';
          return request;
        }`,
        FunctionConfig: { Runtime: 'cloudfront-js-2.0', Comment: 'Paths that name no file get the page' },
      },
    },
    AddressOfViewer: {
      type: 'AWS::CloudFront::Function',
      arn: addressFunctionArn,
      properties: {
        Name: 'address-of-viewer',
        FunctionCode: `function handler(event) {
          event.request.headers['x-viewer-address'] = { value: event.viewer.ip };
          return event.request;
        }`,
        FunctionConfig: { Runtime: 'cloudfront-js-2.0' },
      },
    },
    PageHeaders: {
      type: 'AWS::CloudFront::ResponseHeadersPolicy',
      physicalName: 'page-headers',
      properties: {
        ResponseHeadersPolicyConfig: {
          Name: 'page-headers',
          SecurityHeadersConfig: {
            ContentSecurityPolicy: {
              ContentSecurityPolicy: `default-src 'none'; connect-src 'self' https://uploads.s3.${testRegion}.amazonaws.com`,
              Override: true,
            },
            ContentTypeOptions: { Override: true },
            FrameOptions: { FrameOption: 'DENY', Override: true },
            StrictTransportSecurity: { AccessControlMaxAgeSec: 63_072_000, IncludeSubdomains: true, Override: true },
          },
          CustomHeadersConfig: { Items: [{ Header: 'Cache-Control', Value: 'no-cache', Override: true }] },
          RemoveHeadersConfig: { Items: [{ Header: 'x-amz-request-id' }] },
        },
      },
    },
    ApiHeaders: {
      type: 'AWS::CloudFront::ResponseHeadersPolicy',
      physicalName: 'api-headers',
      properties: {
        ResponseHeadersPolicyConfig: {
          Name: 'api-headers',
          CustomHeadersConfig: { Items: [{ Header: 'Cache-Control', Value: 'no-store', Override: false }] },
        },
      },
    },
    Site: { type: 'AWS::CloudFront::Distribution', arn: distributionArn, properties: { DistributionConfig: distributionConfig(sketch) } },
    ...(sketch.publisher && { Published: { type: 'Custom::PublishedSite', properties: sketch.publisher } }),
  });
}

function distributionConfig({ apiUrl, config, pages, api, customHeaders = { 'X-From': 'site' } }: SiteSketch): Record<string, unknown> {
  return {
    Enabled: true,
    HttpVersion: 'http2and3',
    DefaultCacheBehavior: {
      TargetOriginId: 'pages',
      CachePolicyId: cachingDisabled,
      ResponseHeadersPolicyId: 'page-headers',
      ViewerProtocolPolicy: 'redirect-to-https',
      FunctionAssociations: [{ EventType: 'viewer-request', FunctionARN: functionArn }],
      ...pages,
    },
    CacheBehaviors: [
      {
        PathPattern: '/api/*',
        TargetOriginId: 'api',
        AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
        CachePolicyId: cachingDisabled,
        OriginRequestPolicyId: allViewerExceptHost,
        ResponseHeadersPolicyId: 'api-headers',
        ViewerProtocolPolicy: 'https-only',
        ...api,
      },
    ],
    Origins: [
      {
        Id: 'pages',
        DomainName: `${bucketName}.s3.${testRegion}.amazonaws.com`,
        OriginAccessControlId: 'access-control',
        S3OriginConfig: { OriginAccessIdentity: '' },
      },
      {
        Id: 'api',
        DomainName: new URL(apiUrl).host,
        CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginReadTimeout: 1 },
        OriginCustomHeaders: Object.entries(customHeaders).map(([HeaderName, HeaderValue]) => ({ HeaderName, HeaderValue })),
      },
    ],
    ...config,
  };
}

function bucketPolicy(actions: readonly string[]): Record<string, unknown> {
  return {
    Bucket: bucketName,
    PolicyDocument: {
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'cloudfront.amazonaws.com' },
          Action: actions,
          Resource: [`arn:aws:s3:::${bucketName}`, `arn:aws:s3:::${bucketName}/*`],
          Condition: { StringEquals: { 'AWS:SourceArn': distributionArn } },
        },
      ],
      Version: '2012-10-17',
    },
  };
}

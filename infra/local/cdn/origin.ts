import { GetObjectCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { LocalAccess } from '../iam/access.ts';
import { refusal } from '../template/properties.ts';
import { operator } from '../operator.ts';
import type { LocalClock, Resource, StackModel } from '../ports.ts';
import { withSecret } from '../secrets/dynamic-reference.ts';

/** What a behaviour lets through to its origin. */
interface OriginRequest {
  readonly method: string;
  /** With its leading slash, as the viewer or the viewer function wrote it. */
  readonly path: string;
  /** Without its question mark. */
  readonly query: string;
}

/** Where the origin's answer is fetched, or why it is not. */
type OriginTarget =
  | {
      /** Scheme, host and port. */
      readonly server: string;
      /** With its query, exactly as it is to be sent: an URL object would resolve `..` in it. */
      readonly path: string;
      readonly headers: Readonly<Record<string, string>>;
    }
  | { readonly refused: number };

export interface Origin {
  target(request: OriginRequest): Promise<OriginTarget>;
  /** The status a viewer gets for one of the origin's. */
  status(fromOrigin: number): number;
  /** Until the first byte of its answer. */
  readonly answerMsMax: number;
}

export interface OriginOptions {
  readonly model: StackModel;
  readonly distribution: Resource;
  readonly access: Pick<LocalAccess, 'mayService'>;
  /** Presigned addresses expire by the stack's clock. */
  readonly clock: Pick<LocalClock, 'now'>;
  /** What a secret holds that a custom header refers to. Throws for one there is not. */
  readonly secretValue: (secretId: string) => string;
  /** The local S3, for example `http://127.0.0.1:4512`. */
  readonly s3Url: string;
  /** The local HTTP API. */
  readonly apiUrl: string;
}

/** One entry of `Origins` of the distribution. */
export interface OriginConfig {
  readonly DomainName: string;
  readonly OriginPath: string;
  readonly S3OriginConfig?: unknown;
  readonly OriginAccessControlId?: string | undefined;
  readonly CustomOriginConfig?: { readonly OriginReadTimeout: number } | undefined;
  readonly OriginCustomHeaders: readonly { readonly HeaderName: string; readonly HeaderValue: string }[];
}

const service = 'cloudfront.amazonaws.com';
const defaultReadSeconds = 30;
const presignedSeconds = 60;

/** Throws `TemplateError` for a domain behind which the stack has neither a bucket nor its API. */
export function originOf(config: OriginConfig, options: OriginOptions): Origin {
  const bucket = options.model
    .ofType('AWS::S3::Bucket')
    .find(({ physicalName }) => config.DomainName === bucketDomain(options.model, physicalName));
  if (bucket !== undefined && config.S3OriginConfig !== undefined) return bucketOrigin(config, bucket, options);
  if (config.DomainName === new URL(options.apiUrl).host && config.CustomOriginConfig !== undefined) return apiOrigin(config, options);
  throw refusal(options.distribution, `Origins.DomainName ${config.DomainName} is neither a bucket nor the API of this stack`);
}

/** The host that AWS serves a bucket under. */
export function bucketDomain({ region }: StackModel, bucketName: string): string {
  return `${bucketName}.s3.${region}.amazonaws.com`;
}

/** Reads objects as the distribution, which the bucket's policy must allow; the signature itself is the operator's. */
function bucketOrigin(config: OriginConfig, bucket: Resource, options: OriginOptions): Origin {
  const { distribution, access, clock } = options;
  if (!config.OriginAccessControlId) throw refusal(distribution, 'Origins.OriginAccessControlId is missing: S3 would refuse every request');
  const client = new S3Client({ endpoint: options.s3Url, region: options.model.region, credentials: operator, forcePathStyle: true });
  const may = (action: string, resource: string) =>
    access.mayService(service, { action, resource, context: { 'aws:SourceArn': [distribution.arn] } });
  return {
    answerMsMax: defaultReadSeconds * 1000,
    async target({ method, path }) {
      const key = objectKey(config.OriginPath + path);
      if (key === undefined) return { refused: 400 };
      if (!may('s3:GetObject', `${bucket.arn}/${key}`)) return { refused: 403 };
      const command = { Bucket: bucket.physicalName, Key: key };
      const signing = { expiresIn: presignedSeconds, signingDate: new Date(clock.now()) };
      const signed =
        method === 'HEAD'
          ? await getSignedUrl(client, new HeadObjectCommand(command), signing)
          : await getSignedUrl(client, new GetObjectCommand(command), signing);
      return { server: options.s3Url, path: signed.slice(options.s3Url.length), headers: {} };
    },
    // Who may not list a bucket does not learn what is missing in it.
    status: (fromOrigin) => (fromOrigin === 404 && !may('s3:ListBucket', bucket.arn) ? 403 : fromOrigin),
  };
}

function objectKey(path: string): string | undefined {
  try {
    return decodeURIComponent(path.slice(1)) || undefined;
  } catch {
    return undefined;
  }
}

function apiOrigin(config: OriginConfig, options: OriginOptions): Origin {
  const { OriginPath, CustomOriginConfig } = config;
  const headers = customHeaders(config, options);
  return {
    answerMsMax: (CustomOriginConfig?.OriginReadTimeout ?? defaultReadSeconds) * 1000,
    target: ({ path, query }) =>
      Promise.resolve({ server: options.apiUrl, path: `${OriginPath}${path}${query === '' ? '' : `?${query}`}`, headers }),
    status: (fromOrigin) => fromOrigin,
  };
}

/**
 * Headers that CloudFront does not add: it refuses the distribution.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/add-origin-custom-headers.html
 */
const neverAdded =
  /^(?:x-amz-.*|x-edge-.*|x-real-ip|cache-control|connection|content-length|cookie|host|if-.*|max-forwards|pragma|proxy-.*|range|request-range|te|trailer|transfer-encoding|upgrade|via)$/;

function customHeaders({ OriginCustomHeaders }: OriginConfig, { distribution, secretValue }: OriginOptions): Record<string, string> {
  const headers = OriginCustomHeaders.map(({ HeaderName, HeaderValue }): [string, string] => {
    const name = HeaderName.toLowerCase();
    if (neverAdded.test(name)) throw refusal(distribution, `OriginCustomHeaders: CloudFront adds no ${HeaderName}`);
    return [name, withSecret(HeaderValue, secretValue)];
  });
  return Object.fromEntries(headers);
}

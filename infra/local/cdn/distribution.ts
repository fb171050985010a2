import { z } from 'zod';
import { propertiesOf, refusal } from '../template/properties.ts';
import type { Resource, StackModel } from '../ports.ts';
import { type Forwarding, forwardingOf } from './forwarding.ts';
import { type HeadersPolicy, headersPolicy } from './headers-policy.ts';
import { bucketDomain, type Origin, type OriginOptions, originOf } from './origin.ts';
import { pathTest } from './path-pattern.ts';
import { type ViewerFunction, viewerFunction } from './viewer-function.ts';

/** One cache behaviour, ready to serve. */
export interface Behavior {
  readonly matches: (path: string) => boolean;
  readonly methods: ReadonlySet<string>;
  readonly origin: Origin;
  readonly forwarding: Forwarding;
  readonly viewerFunction: ViewerFunction | undefined;
  readonly headersPolicy: HeadersPolicy;
}

interface ErrorPage {
  readonly path: string;
  readonly status: number;
}

export interface DistributionPlan {
  behaviorOf(path: string): Behavior;
  /** What a viewer gets in place of an origin's error, by its status. */
  readonly errorPages: ReadonlyMap<number, ErrorPage>;
}

const loopback = 'reached over the loopback only, in plain HTTP/1.1';
const nothingIsCached = 'the local stack caches nothing';
const forPeople = 'for people';

const config = 'DistributionConfig';
const behaviorPaths = [`${config}.DefaultCacheBehavior`, `${config}.CacheBehaviors`];
const behaviorProperties = [
  'AllowedMethods',
  'CachePolicyId',
  'FunctionAssociations',
  'OriginRequestPolicyId',
  'PathPattern',
  'ResponseHeadersPolicyId',
  'TargetOriginId',
];
const originProperties = [
  'CustomOriginConfig.OriginReadTimeout',
  'DomainName',
  'Id',
  'OriginAccessControlId',
  'OriginCustomHeaders',
  'OriginPath',
  'S3OriginConfig',
];
const inertOriginProperties = [
  'ConnectionAttempts',
  'ConnectionTimeout',
  'CustomOriginConfig.HTTPPort',
  'CustomOriginConfig.HTTPSPort',
  'CustomOriginConfig.OriginKeepaliveTimeout',
  'CustomOriginConfig.OriginProtocolPolicy',
  'CustomOriginConfig.OriginSSLProtocols',
  'OriginShield',
];

const known = {
  supported: [
    ...behaviorPaths.flatMap((path) => behaviorProperties.map((name) => `${path}.${name}`)),
    ...originProperties.map((name) => `${config}.Origins.${name}`),
    ...['ErrorCode', 'ResponseCode', 'ResponsePagePath'].map((name) => `${config}.CustomErrorResponses.${name}`),
    `${config}.Enabled`,
  ],
  inert: {
    ...Object.fromEntries(
      behaviorPaths.flatMap((path) => [
        [`${path}.CachedMethods`, nothingIsCached],
        [`${path}.Compress`, loopback],
        [`${path}.ViewerProtocolPolicy`, loopback],
      ]),
    ),
    ...Object.fromEntries(inertOriginProperties.map((name) => [`${config}.Origins.${name}`, loopback])),
    [`${config}.Aliases`]: loopback,
    [`${config}.Comment`]: forPeople,
    [`${config}.CustomErrorResponses.ErrorCachingMinTTL`]: nothingIsCached,
    [`${config}.HttpVersion`]: loopback,
    [`${config}.IPV6Enabled`]: loopback,
    [`${config}.Logging`]: 'logs go to the terminal and to files',
    [`${config}.PriceClass`]: 'costs nothing here',
    [`${config}.Restrictions`]: 'the loopback lies in no country',
    [`${config}.ViewerCertificate`]: loopback,
    [`${config}.WebACLId`]: loopback,
    Tags: forPeople,
  },
};

const Association = z.object({ EventType: z.string(), FunctionARN: z.string() });
const BehaviorConfig = z.object({
  PathPattern: z.string().default('*'),
  TargetOriginId: z.string(),
  AllowedMethods: z.array(z.string()).default(['GET', 'HEAD']),
  CachePolicyId: z.string(),
  OriginRequestPolicyId: z.string().optional(),
  ResponseHeadersPolicyId: z.string().optional(),
  FunctionAssociations: z.array(Association).default([]),
});
const OriginEntry = z.object({
  Id: z.string(),
  DomainName: z.string(),
  OriginPath: z.string().default(''),
  S3OriginConfig: z.unknown().optional(),
  OriginAccessControlId: z.string().optional(),
  CustomOriginConfig: z.object({ OriginReadTimeout: z.number().default(30) }).optional(),
  OriginCustomHeaders: z.array(z.object({ HeaderName: z.string(), HeaderValue: z.string() })).default([]),
});
const Properties = z.object({
  [config]: z.object({
    Enabled: z.literal(true),
    DefaultCacheBehavior: BehaviorConfig,
    CacheBehaviors: z.array(BehaviorConfig).default([]),
    Origins: z.array(OriginEntry),
    CustomErrorResponses: z
      .array(z.object({ ErrorCode: z.number(), ResponseCode: z.number().optional(), ResponsePagePath: z.string().optional() }))
      .default([]),
  }),
});

/** Throws `TemplateError`, with logical id and property, for whatever would not be served here as on AWS. */
export function planOf(options: OriginOptions): DistributionPlan {
  const { model, distribution } = options;
  const parsed = propertiesOf(distribution, Properties, known)[config];
  const origins = new Map(parsed.Origins.map((entry) => [entry.Id, originOf(entry, options)]));
  const localAddresses = new Map(
    model.ofType('AWS::S3::Bucket').map(({ physicalName }) => [`https://${bucketDomain(model, physicalName)}`, options.s3Url]),
  );
  const behavior = (entry: z.infer<typeof BehaviorConfig>) => behaviorOf(entry, { model, distribution, origins, localAddresses });
  const special = parsed.CacheBehaviors.map(behavior);
  const fallback = behavior(parsed.DefaultCacheBehavior);
  return {
    behaviorOf: (path) => special.find(({ matches }) => matches(path)) ?? fallback,
    errorPages: new Map(
      parsed.CustomErrorResponses.flatMap(({ ErrorCode, ResponseCode, ResponsePagePath }) =>
        ResponsePagePath === undefined ? [] : [[ErrorCode, { path: ResponsePagePath, status: ResponseCode ?? ErrorCode }] as const],
      ),
    ),
  };
}

interface Surroundings {
  readonly model: StackModel;
  readonly distribution: Resource;
  readonly origins: ReadonlyMap<string, Origin>;
  readonly localAddresses: ReadonlyMap<string, string>;
}

function behaviorOf(entry: z.infer<typeof BehaviorConfig>, { model, distribution, origins, localAddresses }: Surroundings): Behavior {
  const origin = origins.get(entry.TargetOriginId);
  if (origin === undefined) throw refusal(distribution, `TargetOriginId ${entry.TargetOriginId} is not one of its origins`);
  return {
    matches: pathTest(entry.PathPattern),
    methods: new Set(entry.AllowedMethods),
    origin,
    forwarding: forwardingOf(model, { cachePolicyId: entry.CachePolicyId, originRequestPolicyId: entry.OriginRequestPolicyId }),
    viewerFunction: viewerFunctionOf(entry.FunctionAssociations, model, distribution),
    headersPolicy:
      entry.ResponseHeadersPolicyId === undefined
        ? (headers) => headers
        : headersPolicy(model, entry.ResponseHeadersPolicyId, localAddresses),
  };
}

function viewerFunctionOf(
  associations: readonly z.infer<typeof Association>[],
  model: StackModel,
  distribution: Resource,
): ViewerFunction | undefined {
  const [association] = associations;
  if (association === undefined) return undefined;
  if (associations.length > 1 || association.EventType !== 'viewer-request') {
    throw refusal(distribution, 'FunctionAssociations: the local stack runs viewer-request functions only');
  }
  const resource = model.byArn(association.FunctionARN);
  if (resource === undefined) throw refusal(distribution, `FunctionARN ${association.FunctionARN} is not in the template`);
  return viewerFunction(resource);
}

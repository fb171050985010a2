/**
 * Which headers, cookies and query strings of a viewer's request reach the origin: those that the cache policy makes part of the cache's
 * key, and those that the origin request policy adds.
 */
import { z } from 'zod';
import type { Resource, StackModel } from '../ports.ts';
import { propertiesOf, refusal } from '../template/properties.ts';

type Names = (name: string) => boolean;

export interface Forwarding {
  /** Asked with names in lower case. */
  readonly headers: Names;
  readonly cookies: Names;
  readonly queryStrings: Names;
}

const none: Names = () => false;
const all: Names = () => true;
const nothing: Forwarding = { headers: none, cookies: none, queryStrings: none };

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html */
const managedCachePolicies: Readonly<Record<string, Forwarding>> = {
  // CachingDisabled and CachingOptimized: neither passes anything on.
  '4135ea2d-6df8-44a3-9df3-4b5a84be39ad': nothing,
  '658327ea-f89d-4fab-a63d-7e88639e58f6': nothing,
};

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html */
const managedOriginRequestPolicies: Readonly<Record<string, Forwarding>> = {
  // AllViewer and AllViewerExceptHostHeader.
  '216adef6-5c7f-47e4-b989-5492eafa07d3': { headers: all, cookies: all, queryStrings: all },
  'b689b0a8-53d0-40ab-baf2-68738e2966ac': { headers: (name) => name !== 'host', cookies: all, queryStrings: all },
};

export interface PolicyIds {
  readonly cachePolicyId: string;
  readonly originRequestPolicyId: string | undefined;
}

/** Throws `TemplateError` for a policy that is neither in the template nor known as a managed one. */
export function forwardingOf(model: StackModel, { cachePolicyId, originRequestPolicyId }: PolicyIds): Forwarding {
  const cached = managedCachePolicies[cachePolicyId] ?? cachePolicy(resourceOf(model, 'AWS::CloudFront::CachePolicy', cachePolicyId));
  if (originRequestPolicyId === undefined) return cached;
  const added =
    managedOriginRequestPolicies[originRequestPolicyId] ??
    originRequestPolicy(resourceOf(model, 'AWS::CloudFront::OriginRequestPolicy', originRequestPolicyId));
  return {
    headers: either(cached.headers, added.headers),
    cookies: either(cached.cookies, added.cookies),
    queryStrings: either(cached.queryStrings, added.queryStrings),
  };
}

function either(one: Names, other: Names): Names {
  return (name) => one(name) || other(name);
}

function resourceOf(model: StackModel, type: string, id: string): Resource {
  const found = model.ofType(type).find(({ physicalName }) => physicalName === id);
  if (found === undefined) throw refusal({ logicalId: id, type }, 'it is neither in the template nor a managed policy known here');
  return found;
}

const Config = z.looseObject({
  HeadersConfig: z.looseObject({ HeaderBehavior: z.string(), Headers: z.array(z.string()).default([]) }),
  CookiesConfig: z.looseObject({ CookieBehavior: z.string(), Cookies: z.array(z.string()).default([]) }),
  QueryStringsConfig: z.looseObject({ QueryStringBehavior: z.string(), QueryStrings: z.array(z.string()).default([]) }),
});

const cachedParameters = 'CachePolicyConfig.ParametersInCacheKeyAndForwardedToOrigin';
const nothingIsCached = 'the local stack caches nothing';

function cachePolicy(resource: Resource): Forwarding {
  const { CachePolicyConfig } = propertiesOf(
    resource,
    z.object({ CachePolicyConfig: z.object({ ParametersInCacheKeyAndForwardedToOrigin: Config }) }),
    {
      supported: ['HeadersConfig', 'CookiesConfig', 'QueryStringsConfig'].map((name) => `${cachedParameters}.${name}`),
      inert: {
        'CachePolicyConfig.Name': 'for people',
        'CachePolicyConfig.Comment': 'for people',
        'CachePolicyConfig.DefaultTTL': nothingIsCached,
        'CachePolicyConfig.MinTTL': nothingIsCached,
        'CachePolicyConfig.MaxTTL': nothingIsCached,
        [`${cachedParameters}.EnableAcceptEncodingGzip`]: nothingIsCached,
        [`${cachedParameters}.EnableAcceptEncodingBrotli`]: nothingIsCached,
      },
    },
  );
  return forwarding(resource, CachePolicyConfig.ParametersInCacheKeyAndForwardedToOrigin);
}

function originRequestPolicy(resource: Resource): Forwarding {
  const { OriginRequestPolicyConfig } = propertiesOf(resource, z.object({ OriginRequestPolicyConfig: Config }), {
    supported: ['HeadersConfig', 'CookiesConfig', 'QueryStringsConfig'].map((name) => `OriginRequestPolicyConfig.${name}`),
    inert: { 'OriginRequestPolicyConfig.Name': 'for people', 'OriginRequestPolicyConfig.Comment': 'for people' },
  });
  return forwarding(resource, OriginRequestPolicyConfig);
}

function forwarding(resource: Resource, { HeadersConfig, CookiesConfig, QueryStringsConfig }: z.infer<typeof Config>): Forwarding {
  const names = (behavior: string, listed: readonly string[]) => namesOf(resource, behavior, listed);
  return {
    headers: names(
      HeadersConfig.HeaderBehavior,
      HeadersConfig.Headers.map((name) => name.toLowerCase()),
    ),
    cookies: names(CookiesConfig.CookieBehavior, CookiesConfig.Cookies),
    queryStrings: names(QueryStringsConfig.QueryStringBehavior, QueryStringsConfig.QueryStrings),
  };
}

function namesOf(resource: Resource, behavior: string, listed: readonly string[]): Names {
  const set = new Set(listed);
  if (behavior === 'none') return none;
  if (behavior === 'all' || behavior === 'allViewer') return all;
  if (behavior === 'whitelist') return (name) => set.has(name);
  if (behavior === 'allExcept') return (name) => !set.has(name);
  throw refusal(resource, `behavior ${behavior} is not supported by the local stack`);
}

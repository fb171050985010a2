import { z } from 'zod';
import { propertiesOf, refusal } from '../template/properties.ts';
import type { Resource, StackModel } from '../ports.ts';
import type { KnownProperties } from '../template/check-properties.ts';
import { functionOf } from './function-uri.ts';
import { type IdentitySource, identitySource } from './identity-source.ts';

export interface AuthorizerDefinition {
  readonly logicalId: string;
  readonly id: string;
  readonly functionArn: string;
  /** What a request must carry, and what its result is kept under. */
  readonly identitySources: readonly IdentitySource[];
  /** How long a result is used again; 0 asks the function each time. */
  readonly ttlMs: number;
  /** `{ isAuthorized }` instead of a policy. */
  readonly simple: boolean;
}

const known: KnownProperties = {
  supported: [
    'ApiId',
    'AuthorizerPayloadFormatVersion',
    'AuthorizerResultTtlInSeconds',
    'AuthorizerType',
    'AuthorizerUri',
    'EnableSimpleResponses',
    'IdentitySource',
  ],
  inert: { Name: 'for people' },
};

const Authorizer = z.object({
  AuthorizerPayloadFormatVersion: z.literal('2.0'),
  AuthorizerResultTtlInSeconds: z.coerce.number().int().min(0).max(3_600).default(0),
  AuthorizerType: z.literal('REQUEST', 'only Lambda authorizers (REQUEST) run here'),
  AuthorizerUri: z.string(),
  EnableSimpleResponses: z.boolean().default(false),
  IdentitySource: z.array(z.string()).default([]),
});

/** The authorizers of an API by their id. */
export function readAuthorizers(model: StackModel, resources: readonly Resource[]): Map<string, AuthorizerDefinition> {
  return new Map(resources.map((resource) => [resource.physicalName, readAuthorizer(model, resource)]));
}

function readAuthorizer(model: StackModel, resource: Resource): AuthorizerDefinition {
  const properties = propertiesOf(resource, Authorizer, known);
  const ttlMs = properties.AuthorizerResultTtlInSeconds * 1000;
  if (ttlMs > 0 && properties.IdentitySource.length === 0) throw refusal(resource, 'its results cannot be kept without an identity source');
  return {
    logicalId: resource.logicalId,
    id: resource.physicalName,
    functionArn: functionOf(model, resource, properties.AuthorizerUri),
    identitySources: properties.IdentitySource.map((expression) => identitySource(resource, expression)),
    ttlMs,
    simple: properties.EnableSimpleResponses,
  };
}

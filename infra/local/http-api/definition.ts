/**
 * The HTTP API that the template describes: `AWS::ApiGatewayV2::Api` with its routes, integrations, authorizers and stage.
 */
import { z } from 'zod';
import { propertiesOf, refusal } from '../template/properties.ts';
import type { Resource, StackModel } from '../ports.ts';
import type { KnownProperties } from '../template/check-properties.ts';
import { type AuthorizerDefinition, readAuthorizers } from './authorizer-definition.ts';
import { type Cors, corsOf, CorsConfiguration } from './cors.ts';
import { functionOf } from './function-uri.ts';
import { parseRouteKey, type RoutePattern } from './route-key.ts';
import { readStage, type Stage } from './stage.ts';

export interface ApiDefinition {
  readonly apiId: string;
  readonly region: string;
  readonly accountId: string;
  readonly routes: readonly Route[];
  readonly stage: Stage;
  readonly cors: Cors | undefined;
}

export interface Route extends IntegrationDefinition {
  readonly logicalId: string;
  /** `GET /pets/{id}` or `$default`. */
  readonly key: string;
  readonly pattern: RoutePattern;
  readonly authorizer: AuthorizerDefinition | undefined;
}

const inertEverywhere = { Tags: 'for people and bills', Description: 'for people' };

const knownOfApi: KnownProperties = {
  supported: ['CorsConfiguration', 'ProtocolType', 'RouteSelectionExpression'],
  inert: {
    ...inertEverywhere,
    DisableExecuteApiEndpoint: 'there is one address here, whatever it is called',
    IpAddressType: 'the loopback is enough',
    Name: 'for people',
    Version: 'for people',
  },
};

const Api = z.object({
  CorsConfiguration: CorsConfiguration.optional(),
  ProtocolType: z.literal('HTTP'),
  RouteSelectionExpression: z
    .string()
    .regex(/^\$\{?request\.method\}? \$\{?request\.path\}?$/)
    .optional(),
});

const knownOfIntegration: KnownProperties = {
  supported: [
    'ApiId',
    'IntegrationMethod',
    'IntegrationType',
    'IntegrationUri',
    'PayloadFormatVersion',
    'TimeoutInMillis',
    'ConnectionType',
  ],
  inert: inertEverywhere,
};

const Integration = z.object({
  ConnectionType: z.literal('INTERNET').optional(),
  IntegrationMethod: z.literal('POST').optional(),
  IntegrationType: z.literal('AWS_PROXY'),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal('2.0'),
  TimeoutInMillis: z.coerce.number().int().min(50).max(30_000).default(30_000),
});

const knownOfRoute: KnownProperties = {
  supported: ['ApiId', 'AuthorizationType', 'AuthorizerId', 'RouteKey', 'Target', 'ApiKeyRequired'],
  inert: { OperationName: 'for people' },
};

const RouteProperties = z.object({
  ApiKeyRequired: z.literal(false).optional(),
  AuthorizationType: z.enum(['NONE', 'CUSTOM'], 'only NONE and CUSTOM (a Lambda authorizer) run here').default('NONE'),
  AuthorizerId: z.string().optional(),
  RouteKey: z.string(),
  Target: z.string().regex(/^integrations\/.+$/),
});

/** Reads one API of the template; the only one, unless a logical id names it. Throws `TemplateError` for what would not run here as on AWS. */
export function readApi(model: StackModel, logicalId?: string): ApiDefinition {
  const api = findApi(model, logicalId);
  const properties = propertiesOf(api, Api, knownOfApi);
  return {
    apiId: api.physicalName,
    region: model.region,
    accountId: model.accountId,
    routes: readRoutes(model, api),
    stage: readStage(model, api),
    cors: properties.CorsConfiguration ? corsOf(properties.CorsConfiguration) : undefined,
  };
}

/** Resources of a type that belong to one API. */
function partsOf(model: StackModel, api: Resource, type: string): Resource[] {
  return model.ofType(type).filter((resource) => resource.properties.ApiId === api.physicalName);
}

function findApi(model: StackModel, logicalId: string | undefined): Resource {
  const apis = model.ofType('AWS::ApiGatewayV2::Api').filter((api) => logicalId === undefined || api.logicalId === logicalId);
  const [api] = apis;
  if (!api || apis.length > 1) {
    throw new Error(
      `The template has ${apis.length} HTTP APIs${logicalId === undefined ? '' : ` named ${logicalId}`}: say which one to serve.`,
    );
  }
  return api;
}

function readRoutes(model: StackModel, api: Resource): Route[] {
  const integrations = readIntegrations(model, api);
  const authorizers = readAuthorizers(model, partsOf(model, api, 'AWS::ApiGatewayV2::Authorizer'));
  const routes = partsOf(model, api, 'AWS::ApiGatewayV2::Route').map((resource) => readRoute(resource, { integrations, authorizers }));
  refuseTwins(model, routes);
  return routes;
}

interface RouteTargets {
  readonly integrations: ReadonlyMap<string, IntegrationDefinition>;
  readonly authorizers: ReadonlyMap<string, AuthorizerDefinition>;
}

function readRoute(resource: Resource, { integrations, authorizers }: RouteTargets): Route {
  const { RouteKey, Target, AuthorizationType, AuthorizerId = '' } = propertiesOf(resource, RouteProperties, knownOfRoute);
  const integration = integrations.get(Target.slice('integrations/'.length));
  if (!integration) throw refusal(resource, `its target ${Target} is no integration of the API`);
  const authorizer = AuthorizationType === 'CUSTOM' ? authorizers.get(AuthorizerId) : undefined;
  if (AuthorizationType === 'CUSTOM' && !authorizer) throw refusal(resource, `its authorizer ${AuthorizerId} is no authorizer of the API`);
  return { logicalId: resource.logicalId, key: RouteKey, pattern: parseRouteKey(resource, RouteKey), ...integration, authorizer };
}

interface IntegrationDefinition {
  readonly functionArn: string;
  /** How long the function may take before the caller is told 503. */
  readonly timeoutMs: number;
}

function readIntegrations(model: StackModel, api: Resource): Map<string, IntegrationDefinition> {
  return new Map(
    partsOf(model, api, 'AWS::ApiGatewayV2::Integration').map((resource) => {
      const properties = propertiesOf(resource, Integration, knownOfIntegration);
      const functionArn = functionOf(model, resource, properties.IntegrationUri);
      return [resource.physicalName, { functionArn, timeoutMs: properties.TimeoutInMillis }];
    }),
  );
}

/** The names of path variables do not tell routes apart: API Gateway takes the second one for a conflict. */
function refuseTwins(model: StackModel, routes: readonly Route[]): void {
  const seen = new Map<string, string>();
  for (const { key, logicalId } of routes) {
    const nameless = key.replaceAll(/\{[^}+]+/g, '{');
    const twin = seen.get(nameless);
    if (twin !== undefined) throw refusal(model.resources.get(logicalId)!, `the route ${key} is the same as that of ${twin}`);
    seen.set(nameless, logicalId);
  }
}

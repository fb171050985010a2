import { refusal } from '../template/properties.ts';
import type { Resource } from '../ports.ts';
import type { EventParts } from './event.ts';

/** Reads what identifies a caller from a request; undefined or empty means that the request does not carry it. */
export type IdentitySource = (parts: EventParts) => string | undefined;

/** Context variables that an authorizer of this system could name (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html). */
const contextVariables: Readonly<Record<string, IdentitySource>> = {
  apiId: ({ api }) => api.apiId,
  domainName: ({ request }) => request.headers.host?.replace(/:\d+$/, ''),
  httpMethod: ({ request }) => request.method,
  path: ({ request }) => request.path,
  protocol: ({ request }) => request.protocol,
  routeKey: ({ match }) => match.route.key,
  stage: ({ api }) => api.stage.name,
  'identity.sourceIp': ({ request }) => request.sourceIp,
  'identity.userAgent': ({ request }) => request.headers['user-agent'],
};

/** `$request.header.Authorization`, `$request.querystring.token`, `$context.routeKey`, `$stageVariables.name`. */
export function identitySource(resource: Resource, expression: string): IdentitySource {
  const [, where, name = ''] = /^\$(request\.header|request\.querystring|context|stageVariables)\.(.+)$/.exec(expression) ?? [];
  if (where === 'request.header') {
    const lower = name.toLowerCase();
    return lower === 'cookie' ? ({ request }) => request.cookies.join('; ') : ({ request }) => request.headers[lower];
  }
  if (where === 'request.querystring') return ({ request }) => request.query[name];
  if (where === 'stageVariables') return ({ api }) => api.stage.variables[name];
  const variable = where === 'context' ? contextVariables[name] : undefined;
  if (!variable) throw refusal(resource, `the identity source ${expression} is not supported by the local stack`);
  return variable;
}

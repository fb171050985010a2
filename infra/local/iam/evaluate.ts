import type { AccessRequest, PolicyStatement } from '../ports.ts';
import { conditionsHold, contextValues, type RequestContext } from './conditions.ts';
import { arnMatches, globMatches } from './glob.ts';

/** True of every request here: the loopback stands for TLS, which the house demands of every bucket and queue. */
const ambient: RequestContext = { 'aws:SecureTransport': ['true'] };

/**
 * The first of the requests that the statements do not grant, or undefined when all are granted.
 * As in AWS: an explicit deny wins over any allow, and what nobody allows is denied. `statements` undefined grants everything.
 */
export function firstDenied(
  statements: readonly PolicyStatement[] | undefined,
  requests: readonly AccessRequest[],
): AccessRequest | undefined {
  if (statements === undefined) return undefined;
  return requests.find((request) => !isGranted(statements, request));
}

function isGranted(statements: readonly PolicyStatement[], request: AccessRequest): boolean {
  let allowed = false;
  for (const statement of statements) {
    if (!applies(statement, request)) continue;
    if (statement.effect === 'Deny') return false;
    allowed = true;
  }
  return allowed;
}

/** Whether a statement speaks of this request: its action, its resource, and all of its conditions. */
function applies(statement: PolicyStatement, request: AccessRequest): boolean {
  const action = request.action.toLowerCase();
  if (!statement.actions.some((pattern) => globMatches(pattern.toLowerCase(), action))) return false;
  const context = { ...ambient, ...request.context };
  if (!statement.resources.some((pattern) => resourceMatches(pattern, request.resource, context))) return false;
  if (statement.notResources?.some((pattern) => resourceMatches(pattern, request.resource, context)) === true) return false;
  return conditionsHold(withVariables(statement.conditions, context), context);
}

function resourceMatches(pattern: string, resource: string, context: RequestContext): boolean {
  return arnMatches(fillVariables(pattern, context) ?? '', resource);
}

function withVariables(conditions: PolicyStatement['conditions'], context: RequestContext): PolicyStatement['conditions'] {
  if (!JSON.stringify(conditions).includes('${')) return conditions;
  const fill = (values: readonly string[]) => values.map((value) => fillVariables(value, context)).filter((value) => value !== undefined);
  return mapValues(conditions, (keys) => mapValues(keys, fill));
}

/** `${aws:PrincipalAccount}` and its like; undefined when the request has no such key, and then the value matches nothing. */
function fillVariables(value: string, context: RequestContext): string | undefined {
  if (!value.includes('${')) return value;
  let missing = false;
  const filled = value.replaceAll(/\$\{([^}]*)\}/g, (_, name: string) => {
    const [first] = contextValues(context, name.trim()) ?? [];
    missing ||= first === undefined;
    return first ?? '';
  });
  return missing ? undefined : filled;
}

function mapValues<From, To>(record: Readonly<Record<string, From>>, map: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}

import type { PolicyStatement } from '../ports.ts';
import { TemplateError } from '../template/template-error.ts';
import { isConditionOperator } from './conditions.ts';

/** Whom a statement of a resource's policy speaks of. `*` in `identities` means everyone. */
interface Principals {
  /** For example `s3.amazonaws.com`. */
  readonly services: readonly string[];
  /** ARNs, account ids, or `*`. */
  readonly identities: readonly string[];
}

/** A statement of a queue's, bucket's or function's own policy. */
export interface ResourceStatement extends PolicyStatement {
  readonly principals: Principals;
}

type Raw = Readonly<Record<string, unknown>>;

const elements = ['Sid', 'Effect', 'Action', 'Resource', 'NotResource', 'Condition'];

/** Statements of a role's policy. Throws with the logical id for an element or operator this stack would otherwise ignore. */
export function identityStatements(document: unknown, logicalId: string): PolicyStatement[] {
  return rawStatements(document, logicalId).map((raw) => {
    refuseUnknown(raw, elements, logicalId);
    return statement(raw, logicalId);
  });
}

/** Statements of a policy that hangs on a resource and says whom it speaks of. */
export function resourceStatements(document: unknown, logicalId: string): ResourceStatement[] {
  return rawStatements(document, logicalId).map((raw) => {
    refuseUnknown(raw, [...elements, 'Principal'], logicalId);
    return Object.assign(statement(raw, logicalId), { principals: principals(raw['Principal'], logicalId) });
  });
}

/** Services that a role's trust policy lets assume it. */
export function trustedServices(document: unknown, logicalId: string): string[] {
  return rawStatements(document, logicalId)
    .filter((raw) => raw['Effect'] === 'Allow')
    .flatMap((raw) => principals(raw['Principal'], logicalId).services);
}

function rawStatements(document: unknown, logicalId: string): Raw[] {
  if (!isRecord(document)) throw new TemplateError(`${logicalId}: a policy document must be an object`);
  const statements = document['Statement'];
  const list = Array.isArray(statements) ? (statements as unknown[]) : [statements];
  return list.map((raw) => {
    if (!isRecord(raw)) throw new TemplateError(`${logicalId}: a policy statement must be an object`);
    return raw;
  });
}

function refuseUnknown(raw: Raw, known: readonly string[], logicalId: string): void {
  const unknown = Object.keys(raw).find((element) => !known.includes(element));
  if (unknown !== undefined) throw new TemplateError(`${logicalId}: policy element ${unknown} is not supported by the local stack`);
}

function statement(raw: Raw, logicalId: string): PolicyStatement {
  const effect = raw['Effect'];
  if (effect !== 'Allow' && effect !== 'Deny') throw new TemplateError(`${logicalId}: a statement must Allow or Deny`);
  return {
    effect,
    actions: strings(raw['Action'], `${logicalId}: Action`),
    ...resourcesOf(raw, logicalId),
    conditions: conditions(raw['Condition'] ?? {}, logicalId),
  };
}

/** With `NotResource` a statement speaks of everything else. */
function resourcesOf(raw: Raw, logicalId: string): Pick<PolicyStatement, 'resources' | 'notResources'> {
  if (raw['NotResource'] === undefined) return { resources: strings(raw['Resource'], `${logicalId}: Resource`) };
  return { resources: ['*'], notResources: strings(raw['NotResource'], `${logicalId}: NotResource`) };
}

function conditions(raw: unknown, logicalId: string): PolicyStatement['conditions'] {
  if (!isRecord(raw)) throw new TemplateError(`${logicalId}: Condition must be an object`);
  return Object.fromEntries(
    Object.entries(raw).map(([operator, keys]) => {
      if (!isConditionOperator(operator))
        throw new TemplateError(`${logicalId}: condition operator ${operator} is not supported by the local stack`);
      if (!isRecord(keys)) throw new TemplateError(`${logicalId}: Condition.${operator} must be an object`);
      return [
        operator,
        Object.fromEntries(Object.entries(keys).map(([key, values]) => [key, strings(values, `${logicalId}: ${operator}.${key}`)])),
      ];
    }),
  );
}

function principals(raw: unknown, logicalId: string): Principals {
  if (raw === '*') return { services: [], identities: ['*'] };
  if (!isRecord(raw)) throw new TemplateError(`${logicalId}: Principal must name somebody`);
  const unknown = Object.keys(raw).find((kind) => kind !== 'AWS' && kind !== 'Service');
  if (unknown !== undefined) throw new TemplateError(`${logicalId}: Principal.${unknown} is not supported by the local stack`);
  return {
    services: strings(raw['Service'] ?? [], `${logicalId}: Principal.Service`),
    identities: strings(raw['AWS'] ?? [], `${logicalId}: Principal.AWS`),
  };
}

function strings(value: unknown, at: string): string[] {
  const list = Array.isArray(value) ? (value as unknown[]) : [value];
  return list.map((entry) => {
    if (typeof entry === 'string') return entry;
    if (typeof entry === 'number' || typeof entry === 'boolean') return String(entry);
    throw new TemplateError(`${at} must be a string or a list of strings`);
  });
}

function isRecord(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

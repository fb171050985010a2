/**
 * Types of the API for its clients, made of the API description: an `interface paths` of the shape that openapi-fetch reads.
 *
 * openapi-typescript makes the same, but needs the compiler API of TypeScript 5. This knows the part of OpenAPI 3.1 that our own routes
 * use, and throws on anything else rather than guess.
 */
import { format } from 'oxfmt';

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly description?: string;
}

interface Parameter {
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly name: string;
  readonly required?: boolean;
  readonly schema: Schema;
  readonly description?: string;
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
}

interface Operation {
  readonly operationId: string;
  readonly summary?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
}

/** What of an OpenAPI document becomes types. */
export interface ApiDescription {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;
const places = ['query', 'header', 'path', 'cookie'] as const;

const head = `/**
 * Made of the routes by infra/api-types.ts; a test renews it: \`npx vitest run openapi --update\`.
 */
`;

/** The module's text, formatted. Throws when the description holds what this does not know. */
export async function apiTypes({ paths, components }: ApiDescription): Promise<string> {
  const pathTypes = Object.entries(paths).map(([path, operations]) => `${quoted(path)}: ${pathType(operations)};`);
  const schemaTypes = Object.entries(components?.schemas ?? {}).map(([name, schema]) => property(name, { schema, required: true }));
  const text = [
    head,
    `export interface paths { ${pathTypes.join('\n')} }`,
    `export interface components { schemas: { ${schemaTypes.join('\n')} } }`,
  ].join('\n');
  const { code, errors } = await format('schema.d.ts', text, { printWidth: 140, singleQuote: true });
  if (errors.length > 0) throw new Error(`The types do not parse: ${errors[0]?.message}`);
  return code;
}

function pathType(operations: Readonly<Record<string, Operation>>): string {
  const none = places.map((place) => `${place}?: never;`).join(' ');
  const each = methods.map((method) => {
    const operation = operations[method];
    return operation === undefined ? `${method}?: never;` : `${comment(operation.summary)}${method}: ${operationType(operation)};`;
  });
  return `{ parameters: { ${none} }; ${each.join('\n')} }`;
}

function operationType({ parameters = [], requestBody, responses }: Operation): string {
  const placed = places.map((place) => {
    const here = parameters.filter((parameter) => parameter.in === place);
    if (here.length === 0) return `${place}?: never;`;
    const optional = here.every(({ required }) => required !== true) ? '?' : '';
    return `${place}${optional}: { ${here.map(({ name, schema, required = false }) => property(name, { schema, required })).join('\n')} };`;
  });
  const body = requestBody === undefined ? 'requestBody?: never;' : `requestBody: { ${contentType(requestBody)} };`;
  const answers = Object.entries(responses).map(
    ([status, response]) => `${status}: { headers: { [name: string]: unknown }; ${contentType(response)} };`,
  );
  return `{ parameters: { ${placed.join(' ')} }; ${body} responses: { ${answers.join('\n')} } }`;
}

function contentType({ content }: Content): string {
  if (content === undefined) return 'content?: never;';
  const types = Object.entries(content).map(([mediaType, { schema }]) => `${quoted(mediaType)}: ${typeOf(schema)};`);
  return `content: { ${types.join(' ')} };`;
}

function property(name: string, { schema, required }: { readonly schema: Schema; readonly required: boolean }): string {
  return `${comment(schema.description)}${quoted(name)}${required ? '' : '?'}: ${typeOf(schema)};`;
}

/** TypeScript for a schema. An empty one is anything: `unknown`. */
export function typeOf(schema: Schema): string {
  const { $ref } = schema;
  if ($ref !== undefined) return `components['schemas'][${quoted($ref.replace('#/components/schemas/', ''))}]`;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return union(schema.enum.map((value) => JSON.stringify(value)));
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives !== undefined) return union(alternatives.map(typeOf));
  if (schema.allOf !== undefined) return schema.allOf.map((part) => `(${typeOf(part)})`).join(' & ');
  if (Array.isArray(schema.type)) return union(schema.type.map((type: string) => ofType(type, schema)));
  return typeof schema.type === 'string' ? ofType(schema.type, schema) : ofNoType(schema);
}

function ofType(type: string, schema: Schema): string {
  switch (type) {
    case 'string':
    case 'boolean':
    case 'null':
    case 'number':
      return type;
    case 'integer':
      return 'number';
    case 'array':
      return `(${typeOf(schema.items ?? {})})[]`;
    case 'object':
      return objectType(schema);
    default:
      throw new Error(`A schema has the type ${type}, which is not known here.`);
  }
}

function ofNoType(schema: Schema): string {
  const known = new Set(['description', 'title', 'example', 'examples', 'default', 'deprecated']);
  const unknown = Object.keys(schema).find((keyword) => !known.has(keyword));
  if (unknown !== undefined) throw new Error(`A schema says ${unknown}, which is not known here.`);
  return 'unknown';
}

function objectType({ properties = {}, required = [], additionalProperties }: Schema): string {
  const named = Object.entries(properties).map(([name, schema]) => property(name, { schema, required: required.includes(name) }));
  if (named.length > 0) return `{ ${named.join('\n')} }`;
  if (additionalProperties === false) return 'Record<string, never>';
  return `Record<string, ${typeof additionalProperties === 'object' ? typeOf(additionalProperties) : 'unknown'}>`;
}

const union = (types: readonly string[]): string => `(${[...new Set(types)].join(' | ')})`;
const quoted = (name: string): string => JSON.stringify(name);
const comment = (text: string | undefined): string => (text === undefined ? '' : `\n/** ${text.replaceAll('*/', '*\\/')} */\n`);

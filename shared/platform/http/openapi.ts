/**
 * The API description (OpenAPI 3.1), made of the routes' own schemas.
 */
import * as z from 'zod';
import { createDocument, type ZodOpenApiOperationObject } from 'zod-openapi';
import type { FaultCatalogue } from '../fault.ts';
import { httpOfKind } from './problem.ts';
import { stepUpSecondsMax, type Route } from './route.ts';

/** One capability's part of the API. */
export interface DescribedRoutes {
  /** How the description groups them. */
  readonly tag: string;
  readonly routes: readonly Route[];
  readonly faults: FaultCatalogue;
}

const problem = z
  .object({
    type: z.literal('about:blank'),
    title: z.string(),
    status: z.int(),
    code: z.string().meta({ description: 'Stable; docs/faults.md lists them.' }),
    detail: z.string(),
    errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
    requestId: z.string(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details.' });

/** The document as JSON. `anyRequest` are the faults that every route may answer. */
export function openApiDocument(parts: readonly DescribedRoutes[], anyRequest: FaultCatalogue): object {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const { tag, routes, faults } of parts) {
    for (const route of routes) {
      const operation = operationOf(route, { tag, faults: { ...anyRequest, ...faults }, always: Object.keys(anyRequest) });
      paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation };
    }
  }
  return createDocument({
    openapi: '3.1.0',
    info: { title: 'XM', version: '1', description: 'Every error answer is a problem document with a stable code.' },
    paths,
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
  });
}

interface Surroundings {
  readonly tag: string;
  readonly faults: FaultCatalogue;
  readonly always: readonly string[];
}

function operationOf(route: Route, { tag, faults, always }: Surroundings): ZodOpenApiOperationObject {
  const { pathParameters, query, body, permission } = route;
  const takesBody = body !== undefined && hasBody(body);
  return {
    operationId: route.operationId,
    tags: [tag],
    summary: route.summary,
    ...(permission ? { security: [{ bearer: [] }] } : {}),
    description: whoMay(route),
    requestParams: { ...(pathParameters ? { path: pathParameters } : {}), ...(query ? { query } : {}) },
    ...(takesBody ? { requestBody: { required: true, content: { 'application/json': { schema: body } } } } : {}),
    responses: {
      [String(route.status)]: {
        description: route.summary,
        ...(hasBody(route.answer) && { content: { [mediaTypeOf(route)]: { schema: route.answer } } }),
      },
      ...problemsOf([...new Set([...always, ...route.faults])], faults),
    },
  };
}

/** Without its parameters. */
const mediaTypeOf = ({ mediaType = 'application/json' }: Route): string => mediaType.split(';', 1)[0] ?? mediaType;

const hasBody = (schema: z.ZodType): boolean => !(schema instanceof z.ZodUndefined);

/** Who may call it, in a sentence. */
function whoMay({ permission, stepUp }: Route): string {
  if (permission === undefined) return 'Open to anybody.';
  return `Needs the permission \`${permission}\`${stepUp ? ` and a second factor of the last ${stepUpSecondsMax / 60} minutes` : ''}.`;
}

function problemsOf(codes: readonly string[], faults: FaultCatalogue): ZodOpenApiOperationObject['responses'] {
  const statuses = Map.groupBy(codes, (code) => String(httpOfKind[faults[code]?.kind ?? 'invalid'].status));
  return Object.fromEntries(
    [...statuses].map(([status, found]) => [
      status,
      {
        description: found.map((code) => `\`${code}\``).join(', '),
        content: { 'application/problem+json': { schema: problemWith(found, faults) } },
      },
    ]),
  );
}

/** The problem document, with what some of these faults tell besides. */
function problemWith(codes: readonly string[], faults: FaultCatalogue): z.ZodType {
  const extensions = codes.flatMap((code) => {
    const extension = faults[code]?.extension;
    return extension === undefined ? [] : [{ code, ...extension }];
  });
  if (extensions.length === 0) return problem;
  const members = extensions.map(({ code, name, schema, description }) => [
    name,
    schema.optional().meta({ description: `With \`${code}\`. ${description}` }),
  ]);
  return z.intersection(problem, z.object(Object.fromEntries(members) as Record<string, z.ZodType>));
}

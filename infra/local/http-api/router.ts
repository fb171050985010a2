import { methods, pathSegments, type RoutePattern, type Segment } from './route-key.ts';

export interface RouteMatch<Route> {
  readonly route: Route;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** Finds the route of a request. `path` is decoded. */
export type Router<Route> = (method: string, path: string) => RouteMatch<Route> | undefined;

/**
 * The most specific route wins: one that matches the whole path before one with a greedy variable, before `$default`
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html#http-api-develop-routes.evaluation).
 * What AWS does not write down was observed: then an exact method wins over `ANY`, then, from left to right, a literal segment over a variable.
 */
export function routerOf<Route extends { readonly pattern: RoutePattern }>(routes: readonly Route[]): Router<Route> {
  const bySpecificity = routes.toSorted((a, b) => compare(rank(a.pattern), rank(b.pattern)));
  return (method, path) => {
    const given = pathSegments(path);
    for (const route of bySpecificity) {
      const pathParameters = match(route.pattern, method, given);
      if (pathParameters) return { route, pathParameters };
    }
    return undefined;
  };
}

const segmentRanks = { literal: 0, variable: 1, greedy: 2 };

function rank(pattern: RoutePattern): number[] {
  if (pattern.isDefault) return [2];
  const kinds = pattern.segments.map((segment) => segment.kind);
  return [kinds.includes('greedy') ? 1 : 0, pattern.method === 'ANY' ? 1 : 0, ...kinds.map((kind) => segmentRanks[kind])];
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function match(pattern: RoutePattern, method: string, given: readonly string[]): Record<string, string> | undefined {
  if (pattern.isDefault) return {};
  const isAllowed = pattern.method === 'ANY' ? (methods as readonly string[]).includes(method) : pattern.method === method;
  return isAllowed ? matchSegments(pattern.segments, given) : undefined;
}

function matchSegments(wanted: readonly Segment[], given: readonly string[]): Record<string, string> | undefined {
  const last = wanted.at(-1);
  const isLongEnough = last?.kind === 'greedy' ? given.length >= wanted.length : given.length === wanted.length;
  if (!isLongEnough) return undefined;
  const found: [string, string][] = [];
  for (const [index, segment] of wanted.entries()) {
    const text = segment.kind === 'greedy' ? given.slice(index).join('/') : given[index]!;
    if (!segmentMatches(segment, text, index)) return undefined;
    if (segment.kind !== 'literal') found.push([segment.name, text]);
  }
  return Object.fromEntries(found);
}

/** `/pets/` reaches `/pets/{proxy+}` with nothing in the variable, but `/` does not reach `/{proxy+}`. */
function segmentMatches(segment: Segment, text: string, index: number): boolean {
  if (segment.kind === 'literal') return segment.text === text;
  return text !== '' || (segment.kind === 'greedy' && index > 0);
}

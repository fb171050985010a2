import { refusal } from '../template/properties.ts';
import type { Resource } from '../ports.ts';

/** What a request may have in one place of its path. */
export type Segment =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: string }
  /** `{proxy+}`: this and all that follows. */
  | { readonly kind: 'greedy'; readonly name: string };

/** `method` is `ANY` or one of `methods`; a `$default` route has neither method nor path. */
export type RoutePattern =
  | { readonly isDefault: false; readonly method: string; readonly path: string; readonly segments: readonly Segment[] }
  | { readonly isDefault: true };

/** What a route can be keyed with, and what `ANY` stands for (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html). */
export const methods = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'] as const;

const literal = /^[A-Za-z0-9._:~%@$+-]*$/;
const variable = /^\{([A-Za-z0-9._:-]+)(\+?)\}$/;

/** Throws `TemplateError` for a key that API Gateway refuses. */
export function parseRouteKey(resource: Resource, key: string): RoutePattern {
  if (key === '$default') return { isDefault: true };
  const [method = '', path = '', ...rest] = key.split(' ');
  const isKnownMethod = method === 'ANY' || (methods as readonly string[]).includes(method);
  if (!isKnownMethod || !path.startsWith('/') || rest.length > 0 || (path !== '/' && path.endsWith('/'))) {
    throw refusal(resource, `${key} is no route key`);
  }
  const segments = pathSegments(path).map((segment, index, all) => parseSegment(resource, segment, index === all.length - 1));
  return { isDefault: false, method, path, segments };
}

/** `/a/b` → `a`, `b`; a slash at the end leaves an empty last segment, which only counts where it is asked for. */
export function pathSegments(path: string): string[] {
  return path.slice(1).split('/');
}

function parseSegment(resource: Resource, text: string, isLast: boolean): Segment {
  const [, name, greedy] = variable.exec(text) ?? [];
  if (name === undefined) {
    if (!literal.test(text)) throw refusal(resource, `${text} is no part of a route's path`);
    return { kind: 'literal', text };
  }
  if (greedy === '') return { kind: 'variable', name };
  if (!isLast) throw refusal(resource, `${text} takes all that follows, so it must be the end of the path`);
  return { kind: 'greedy', name };
}

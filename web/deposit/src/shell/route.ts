/** The places of this page. */
export type Route = { readonly name: 'list' } | { readonly name: 'open' } | { readonly name: 'deposit'; readonly id: string };

/** Anything that is no place of this page is its beginning. */
export function routeOf(path: string): Route {
  if (path === '/new') return { name: 'open' };
  const id = /^\/deposits\/([\w-]+)$/.exec(path)?.[1];
  return id === undefined ? { name: 'list' } : { name: 'deposit', id };
}

export function pathOf(route: Route): string {
  if (route.name === 'deposit') return `/deposits/${route.id}`;
  return route.name === 'open' ? '/new' : '/';
}

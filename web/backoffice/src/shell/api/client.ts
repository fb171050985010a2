import createClient, { type Client } from 'openapi-fetch';
import type { components, paths } from '../../../../api/schema.d.ts';

/** The API's routes, typed by its own description. */
export type Api = Client<paths>;
export type Schemas = components['schemas'];

/** Query of a list's route. */
export type QueryOf<Path extends keyof paths> = paths[Path] extends { get: { parameters: { query?: infer Query } } } ? Query : never;

export function apiClient(origin: string, fetch: (request: Request) => Promise<Response>): Api {
  return createClient<paths>({ baseUrl: origin, fetch });
}

/** What a call answered. Refusals never get here: the client's fetch throws them. */
export async function answer<Value>(call: Promise<{ readonly data?: Value }>): Promise<Value> {
  const { data } = await call;
  return data as Value;
}

import { required } from '#shared/platform/http/http-handler.ts';
import type { Caller, Client } from '#shared/platform/http/request.ts';
import type { Decider } from './decider.ts';

/** Of a request to a route that only staff may use. */
export function deciderOf({ caller, client }: { readonly caller: Caller | undefined; readonly client: Client }): Decider {
  return { staffId: required(caller).subject, client };
}

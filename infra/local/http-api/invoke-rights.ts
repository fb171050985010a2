import type { MayInvoke } from '../lambda/permissions.ts';
import { refusal } from '../template/properties.ts';
import type { StackModel } from '../ports.ts';
import type { ApiDefinition, Route } from './definition.ts';
import { methods } from './route-key.ts';

/** Throws `TemplateError` for a route or an authorizer whose function does not let the API invoke it: on AWS every request would end as 500. */
export function checkInvokeRights(model: StackModel, api: ApiDefinition, mayInvoke: MayInvoke): void {
  const prefix = `arn:aws:execute-api:${api.region}:${api.accountId}:${api.apiId}`;
  const check = (logicalId: string, functionArn: string, source: string): void => {
    if (mayInvoke('apigateway.amazonaws.com', `${prefix}/${source}`, functionArn)) return;
    throw refusal(
      model.resources.get(logicalId)!,
      `no AWS::Lambda::Permission lets API Gateway invoke ${functionArn} for ${prefix}/${source}`,
    );
  };
  for (const route of api.routes) {
    for (const source of sourcesOf(api, route)) check(route.logicalId, route.functionArn, source);
    if (route.authorizer) check(route.authorizer.logicalId, route.authorizer.functionArn, `authorizers/${route.authorizer.id}`);
  }
}

/** A permission is written for the route's pattern, not for the path of a request; `ANY` stands for every method. */
function sourcesOf({ stage }: ApiDefinition, { pattern }: Route): string[] {
  if (pattern.isDefault) return [`${stage.name}/$default`];
  return (pattern.method === 'ANY' ? methods : [pattern.method]).map((method) => `${stage.name}/${method}${pattern.path}`);
}

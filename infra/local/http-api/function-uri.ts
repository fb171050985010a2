import { refusal } from '../template/properties.ts';
import type { Resource, StackModel } from '../ports.ts';

/** The function that an integration or authorizer names, by its ARN or inside API Gateway's path to it. */
export function functionOf(model: StackModel, resource: Resource, uri: string): string {
  const arn = /:lambda:path\/2015-03-31\/functions\/(.+)\/invocations$/.exec(uri)?.[1] ?? uri;
  if (model.byArn(arn)?.type !== 'AWS::Lambda::Function') throw refusal(resource, `${uri} names no function of the template`);
  return arn;
}

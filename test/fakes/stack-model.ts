import type { Resource, StackModel } from '#infra/local/ports.ts';

export type ResourceSketch = Pick<Resource, 'logicalId' | 'type'> & Partial<Resource>;

export const testRegion = 'ap-southeast-3';
export const testAccount = '000000000000';

/** ARNs of the types whose ARN matters to the code under test; anything else gets one that is merely unique. */
const arnOf: Record<string, (name: string) => string> = {
  'AWS::Lambda::Function': (name) => `arn:aws:lambda:${testRegion}:${testAccount}:function:${name}`,
  'AWS::ApiGatewayV2::Api': (name) => `arn:aws:apigateway:${testRegion}::/apis/${name}`,
  'AWS::SQS::Queue': (name) => `arn:aws:sqs:${testRegion}:${testAccount}:${name}`,
};

/** A stack model of a few resources: names are logical ids in lower case unless given. */
export function stackModel(sketches: readonly ResourceSketch[]): StackModel {
  const resources = new Map(sketches.map((sketch) => [sketch.logicalId, resourceOf(sketch)]));
  const all = [...resources.values()];
  return {
    stackName: 'test',
    region: testRegion,
    accountId: testAccount,
    resources,
    outputs: {},
    ofType: (type) => all.filter((resource) => resource.type === type),
    byArn: (arn) => all.find((resource) => resource.arn === arn),
  };
}

function resourceOf(sketch: ResourceSketch): Resource {
  const physicalName = sketch.physicalName ?? sketch.logicalId.toLowerCase();
  const arn = arnOf[sketch.type]?.(physicalName) ?? `arn:aws:test:::${sketch.type}/${physicalName}`;
  return { properties: {}, ...sketch, physicalName, arn: sketch.arn ?? arn };
}

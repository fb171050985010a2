import type { Resource, StackModel } from '#infra/local/ports.ts';

/** A resolved resource as a test writes it: by default its name is its logical id in lower case. */
export type Sketch = Pick<Resource, 'type'> & Partial<Resource>;
export type ResourceSketch = Sketch & Pick<Resource, 'logicalId'>;

export const testRegion = 'ap-southeast-3';
export const testAccount = '000000000000';

/** ARNs of the types whose ARN matters to the code under test; anything else gets one that is merely unique. */
const arnOf: Readonly<Record<string, (name: string) => string>> = {
  'AWS::ApiGatewayV2::Api': (name) => `arn:aws:apigateway:${testRegion}::/apis/${name}`,
  'AWS::DynamoDB::GlobalTable': (name) => `arn:aws:dynamodb:${testRegion}:${testAccount}:table/${name}`,
  'AWS::IAM::Role': (name) => `arn:aws:iam::${testAccount}:role/${name}`,
  'AWS::Lambda::Function': (name) => `arn:aws:lambda:${testRegion}:${testAccount}:function:${name}`,
  'AWS::S3::Bucket': (name) => `arn:aws:s3:::${name}`,
  'AWS::SQS::Queue': (name) => `arn:aws:sqs:${testRegion}:${testAccount}:${name}`,
};

/** A stack model of a few resources, without a template behind it. */
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

/** The same with logical ids as keys. */
export function modelOf(sketches: Readonly<Record<string, Sketch>>): StackModel {
  return stackModel(Object.entries(sketches).map(([logicalId, sketch]) => Object.assign({ logicalId }, sketch)));
}

function resourceOf(sketch: ResourceSketch): Resource {
  const physicalName = sketch.physicalName ?? sketch.logicalId.toLowerCase();
  const arn = arnOf[sketch.type]?.(physicalName) ?? `arn:aws:test:::${sketch.type}/${physicalName}`;
  return { properties: {}, ...sketch, physicalName, arn: sketch.arn ?? arn };
}

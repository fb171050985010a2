import type { Resource, StackModel } from '#infra/local/ports.ts';

/** A resolved resource as a test writes it: by default its name is its logical id in lower case, and its ARN says nothing. */
export type Sketch = Pick<Resource, 'type'> & Partial<Resource>;

const region = 'ap-southeast-3';
const accountId = '000000000000';

const arns: Readonly<Record<string, (name: string) => string>> = {
  'AWS::DynamoDB::GlobalTable': (name) => `arn:aws:dynamodb:${region}:${accountId}:table/${name}`,
  'AWS::SQS::Queue': (name) => `arn:aws:sqs:${region}:${accountId}:${name}`,
  'AWS::Lambda::Function': (name) => `arn:aws:lambda:${region}:${accountId}:function:${name}`,
  'AWS::IAM::Role': (name) => `arn:aws:iam::${accountId}:role/${name}`,
  'AWS::S3::Bucket': (name) => `arn:aws:s3:::${name}`,
};

/** A model of the local stack without a template behind it. */
export function modelOf(sketches: Readonly<Record<string, Sketch>>): StackModel {
  const resources = new Map(
    Object.entries(sketches).map(([logicalId, sketch]) => {
      const physicalName = sketch.physicalName ?? logicalId.toLowerCase();
      const arn = arns[sketch.type]?.(physicalName) ?? `arn:aws:local:::${logicalId}`;
      const resource: Resource = { logicalId, physicalName, arn, properties: {}, ...sketch };
      return [logicalId, resource];
    }),
  );
  return {
    stackName: 'Xm',
    region,
    accountId,
    resources,
    outputs: {},
    ofType: (type) => [...resources.values()].filter((resource) => resource.type === type),
    byArn: (arn) => [...resources.values()].find((resource) => resource.arn === arn),
  };
}

/** The same from a list, in the order of a template. */
export function stackModel(sketches: readonly (Sketch & Pick<Resource, 'logicalId'>)[]): StackModel {
  return modelOf(Object.fromEntries(sketches.map((sketch) => [sketch.logicalId, sketch])));
}

import type { PolicyStatement } from '../ports.ts';

const allow = (...actions: string[]): PolicyStatement => ({ effect: 'Allow', actions, resources: ['*'], conditions: {} });

const logs = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];

/** What the AWS-managed policies that CDK attaches grant, by the part of their ARN after `policy/` (AWS Managed Policy Reference). */
const policies: Readonly<Record<string, readonly PolicyStatement[]>> = {
  'service-role/AWSLambdaBasicExecutionRole': [allow(...logs)],
  'service-role/AWSLambdaSQSQueueExecutionRole': [allow('sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', ...logs)],
  'service-role/AWSLambdaDynamoDBExecutionRole': [
    allow('dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams', ...logs),
  ],
  'service-role/AmazonAPIGatewayPushToCloudWatchLogs': [
    allow(...logs, 'logs:DescribeLogGroups', 'logs:DescribeLogStreams', 'logs:GetLogEvents', 'logs:FilterLogEvents'),
  ],
  AWSXRayDaemonWriteAccess: [
    allow(
      'xray:PutTraceSegments',
      'xray:PutTelemetryRecords',
      'xray:GetSamplingRules',
      'xray:GetSamplingTargets',
      'xray:GetSamplingStatisticSummaries',
    ),
  ],
};

/** Statements of an AWS-managed policy, or undefined for one this stack does not know. */
export function awsManagedPolicy(arn: string): readonly PolicyStatement[] | undefined {
  const name = /^arn:aws[^:]*:iam::aws:policy\/(.+)$/.exec(arn)?.[1];
  return name === undefined || !Object.hasOwn(policies, name) ? undefined : policies[name];
}

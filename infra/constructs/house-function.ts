import { existsSync } from 'node:fs';
import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, MathExpression, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { type AddToPrincipalPolicyResult, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { bundleDirectory } from '../build.ts';
import { alarmTopicOf } from './alarm-topic.ts';

export interface HouseFunctionProps {
  /** Path below `functions/` without the ending, for example `logs/plan-file`. */
  readonly entry: string;
  /** Who cannot do what while this function fails; it becomes the alarm's text. */
  readonly errorImpact: string;
  /** The alarm counts from this share of failed invocations on, among twenty at least; without it, from any two failures in five minutes on. */
  readonly errorsPercentMin?: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** Default 10 s; an HTTP API answers its caller after 30 s in any case. */
  readonly timeout?: Duration;
  /** Default 512 MB, which is 0.29 of a core. */
  readonly memoryMegabytes?: number;
}

/**
 * A Lambda function with the defaults of the house: Node 24 on arm64, its own log group and role, and an alarm that says what its failure means.
 * Its role grants nothing but its own log; the capability adds narrow grants.
 */
export class HouseFunction extends LambdaFunction {
  readonly houseRole: Role;

  constructor(scope: Construct, id: string, props: HouseFunctionProps) {
    const logGroup = new LogGroup(scope, `${id}Log`, { retention: RetentionDays.ONE_MONTH });
    const role = new HouseRole(scope, `${id}Role`, `Runs ${props.entry}`);
    super(scope, id, {
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: codeOf(props.entry),
      description: `${props.entry}: while it fails, ${props.errorImpact}`,
      environment: { POWERTOOLS_SERVICE_NAME: props.entry, ...props.environment },
      timeout: props.timeout ?? Duration.seconds(10),
      memorySize: props.memoryMegabytes ?? 512,
      loggingFormat: LoggingFormat.JSON,
      logGroup,
      role,
    });
    this.houseRole = role;
    this.addToRolePolicy(
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
      }),
    );
    this.alarmOnErrors(props);
  }

  private alarmOnErrors({ errorImpact, errorsPercentMin }: HouseFunctionProps): void {
    const every = { period: Duration.minutes(1), statistic: 'Sum' };
    const errors = this.metricErrors(every);
    const share = new MathExpression({
      expression: 'IF(invocations >= 20, 100 * errors / invocations, 0)',
      usingMetrics: { errors, invocations: this.metricInvocations(every) },
      period: every.period,
    });
    new Alarm(this, 'Errors', {
      alarmDescription: `While this lasts, ${errorImpact}.`,
      metric: errorsPercentMin === undefined ? errors : share,
      threshold: errorsPercentMin ?? 1,
      evaluationPeriods: 5,
      datapointsToAlarm: 2,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(alarmTopicOf(this));
  }
}

/** Carries its grants itself. A policy of its own for every role is what the CDK makes, and a stack may have no more than 500 resources. */
class HouseRole extends Role {
  private readonly granted: PolicyDocument;

  constructor(scope: Construct, id: string, description: string) {
    const granted = new PolicyDocument();
    super(scope, id, { assumedBy: new ServicePrincipal('lambda.amazonaws.com'), description, inlinePolicies: { Grants: granted } });
    this.granted = granted;
  }

  override addToPrincipalPolicy(statement: PolicyStatement): AddToPrincipalPolicyResult {
    this.granted.addStatements(statement);
    return { statementAdded: true, policyDependable: this };
  }
}

function codeOf(entry: string): Code {
  const directory = bundleDirectory(entry);
  if (!existsSync(directory)) throw new Error(`functions/${entry}.ts has no bundle: is the path right, and has buildFunctions() run?`);
  return Code.fromAsset(directory);
}

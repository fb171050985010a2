import { existsSync } from 'node:fs';
import { z } from 'zod';
import type { Resource } from '../ports.ts';
import type { KnownProperties } from '../template/check-properties.ts';
import { propertiesOf, refusal } from '../template/properties.ts';

/** One `AWS::Lambda::Function` as the local stack runs it. */
export interface FunctionConfig {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly handler: string;
  /** `nodejs24.x` */
  readonly runtime: string;
  readonly timeoutMs: number;
  readonly memoryMegabytes: number;
  /** Events at once; undefined takes what the account has left. */
  readonly reservedConcurrency: number | undefined;
  readonly variables: Readonly<Record<string, string>>;
  readonly logGroupName: string;
  /** Folder of the bundle. */
  readonly taskRoot: string;
}

const known: KnownProperties = {
  supported: [
    'Code',
    'DeadLetterConfig',
    'Environment',
    'FunctionName',
    'Handler',
    'LoggingConfig',
    'MemorySize',
    'PackageType',
    'ReservedConcurrentExecutions',
    'Role',
    'Runtime',
    'Timeout',
  ],
  inert: {
    Architectures: 'a bundle of JavaScript runs on any',
    CodeSigningConfigArn: 'checked when code is deployed',
    Description: 'for people',
    EphemeralStorage: 'the disk of this machine is what there is',
    KmsKeyArn: 'encrypts the variables at rest in AWS',
    RecursiveLoop: 'AWS breaks loops between its services; here a loop is seen in the log',
    RuntimeManagementConfig: 'the runtime is the Node that runs the stack',
    Tags: 'for people and bills',
    TracingConfig: 'there is no X-Ray here',
  },
};

/** Variables that Lambda sets itself and refuses in a template (https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html). */
const reservedVariables =
  /^(_HANDLER|_X_AMZN_TRACE_ID|AWS_(DEFAULT_)?REGION|AWS_EXECUTION_ENV|AWS_LAMBDA_.*|AWS_ACCESS_KEY(_ID)?|AWS_SECRET_ACCESS_KEY|AWS_SESSION_TOKEN|LAMBDA_TASK_ROOT|LAMBDA_RUNTIME_DIR)$/;
/** All names and values together, as Lambda counts them. */
const variablesBytesMax = 4 * 1024;

const Properties = z.object({
  Code: z.record(z.string(), z.unknown()),
  Environment: z.object({ Variables: z.record(z.string(), z.string()).default({}) }).prefault({}),
  Handler: z.string(),
  LoggingConfig: z
    .object({ LogGroup: z.string().optional(), LogFormat: z.string().optional(), ApplicationLogLevel: z.string().optional() })
    .prefault({}),
  MemorySize: z.coerce.number().int().min(128).max(10_240).default(128),
  PackageType: z.literal('Zip').optional(),
  ReservedConcurrentExecutions: z.coerce.number().int().min(0).optional(),
  Runtime: z.string().regex(/^nodejs\d+\.x$/, 'only Node runtimes run here'),
  Timeout: z.coerce.number().int().min(1).max(900).default(3),
});

/** Throws `TemplateError` for a function that would not run here as on AWS. */
export function functionConfig(resource: Resource, taskRoot: string): FunctionConfig {
  const data = propertiesOf(resource, Properties, known);
  if ('ImageUri' in data.Code) throw refusal(resource, 'container images are not run here');
  if (!existsSync(taskRoot)) throw refusal(resource, `its code is not at ${taskRoot}`);
  return {
    logicalId: resource.logicalId,
    name: resource.physicalName,
    arn: resource.arn,
    handler: data.Handler,
    runtime: data.Runtime,
    timeoutMs: data.Timeout * 1000,
    memoryMegabytes: data.MemorySize,
    reservedConcurrency: data.ReservedConcurrentExecutions,
    variables: { ...checkedVariables(resource, data.Environment.Variables), ...loggingVariables(data.LoggingConfig) },
    logGroupName: data.LoggingConfig.LogGroup ?? `/aws/lambda/${resource.physicalName}`,
    taskRoot,
  };
}

/** Lambda sets them from the logging configuration; Powertools takes its level from there. */
function loggingVariables({ LogFormat, ApplicationLogLevel }: z.infer<typeof Properties>['LoggingConfig']): Record<string, string> {
  return {
    ...(LogFormat === undefined ? {} : { AWS_LAMBDA_LOG_FORMAT: LogFormat }),
    ...(ApplicationLogLevel === undefined ? {} : { AWS_LAMBDA_LOG_LEVEL: ApplicationLogLevel }),
  };
}

function checkedVariables(resource: Resource, variables: Record<string, string>): Record<string, string> {
  const reserved = Object.keys(variables).find((name) => reservedVariables.test(name));
  if (reserved !== undefined) throw refusal(resource, `the variable ${reserved} belongs to Lambda, which refuses it`);
  const bytes = Object.entries(variables).reduce((sum, pair) => sum + Buffer.byteLength(pair.join('')), 0);
  if (bytes > variablesBytesMax) throw refusal(resource, `its variables take ${bytes} bytes, and Lambda allows ${variablesBytesMax}`);
  return variables;
}

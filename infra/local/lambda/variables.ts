import type { Principal } from '../ports.ts';
import type { FunctionConfig } from './function-config.ts';

export interface VariableSources {
  readonly region: string;
  readonly principal: Pick<Principal, 'accessKeyId' | 'secretAccessKey'>;
  /** Where the services are: `AWS_ENDPOINT_URL_S3` and its like. */
  readonly endpoints: Readonly<Record<string, string>>;
}

/** Every variable a function sees. Nothing of this machine's own environment is among them. */
export function functionVariables(config: FunctionConfig, logStreamName: string, sources: VariableSources): Record<string, string> {
  return {
    LANG: 'en_US.UTF-8',
    PATH: '/usr/local/bin:/usr/bin:/bin',
    TZ: 'UTC',
    // A folder that does not exist, as on AWS: the SDK must not find somebody's ~/.aws.
    HOME: '/home/sbx_user1051',
    ...sources.endpoints,
    ...config.variables,
    AWS_REGION: sources.region,
    AWS_DEFAULT_REGION: sources.region,
    AWS_ACCESS_KEY_ID: sources.principal.accessKeyId,
    AWS_SECRET_ACCESS_KEY: sources.principal.secretAccessKey,
    AWS_EXECUTION_ENV: `AWS_Lambda_${config.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: config.name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(config.memoryMegabytes),
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: config.logGroupName,
    AWS_LAMBDA_LOG_STREAM_NAME: logStreamName,
    LAMBDA_TASK_ROOT: config.taskRoot,
    _HANDLER: config.handler,
  };
}

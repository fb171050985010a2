import { describe, expect, it } from 'vitest';
import { asyncSettings } from '#infra/local/lambda/async-settings.ts';
import { functionConfig } from '#infra/local/lambda/function-config.ts';
import { invokePermissions } from '#infra/local/lambda/permissions.ts';
import { functionVariables } from '#infra/local/lambda/variables.ts';
import { stackModel } from '#test/fakes/stack-model.ts';

const here = import.meta.dirname;
const scanArn = 'arn:aws:lambda:ap-southeast-3:000000000000:function:scan';
const apiArn = 'arn:aws:execute-api:ap-southeast-3:000000000000:api';

function configOf(properties: Record<string, unknown> = {}, folder = here) {
  const sound = { Code: { S3Key: 'hash.zip' }, Handler: 'index.handler', Role: 'role', Runtime: 'nodejs24.x' };
  const model = stackModel([{ logicalId: 'Scan', type: 'AWS::Lambda::Function', properties: { ...sound, ...properties } }]);
  return functionConfig(model.resources.get('Scan')!, folder);
}

describe('a function of the template', () => {
  it('has the defaults of AWS', () => {
    expect(configOf()).toMatchObject({
      name: 'scan',
      timeoutMs: 3_000,
      memoryMegabytes: 128,
      reservedConcurrency: undefined,
      variables: {},
      logGroupName: '/aws/lambda/scan',
    });
  });

  it('takes what the template says, numbers as text too', () => {
    expect(
      configOf({
        Timeout: '900',
        MemorySize: 1024,
        ReservedConcurrentExecutions: 0,
        Environment: { Variables: { A: '1' } },
        LoggingConfig: { LogFormat: 'JSON', LogGroup: '/own', ApplicationLogLevel: 'DEBUG', SystemLogLevel: 'INFO' },
        Architectures: ['arm64'],
        Tags: [],
        TracingConfig: { Mode: 'Active' },
      }),
    ).toMatchObject({
      timeoutMs: 900_000,
      memoryMegabytes: 1024,
      reservedConcurrency: 0,
      logGroupName: '/own',
      variables: { A: '1', AWS_LAMBDA_LOG_FORMAT: 'JSON', AWS_LAMBDA_LOG_LEVEL: 'DEBUG' },
    });
  });

  it.each([
    ['layers', { Layers: ['arn'] }, /Scan \(AWS::Lambda::Function\).*Layers/],
    ['a network', { VpcConfig: { SubnetIds: [] } }, /VpcConfig/],
    ['a file system', { FileSystemConfigs: [{}] }, /FileSystemConfigs/],
    ['an image', { Code: { ImageUri: 'x' } }, /container images/],
    ['a package type other than Zip', { PackageType: 'Image' }, /PackageType/],
    ['a runtime other than Node', { Runtime: 'python3.13' }, /only Node runtimes/],
    ['a timeout over 15 minutes', { Timeout: 901 }, /Timeout/],
    ['variables that belong to Lambda', { Environment: { Variables: { AWS_REGION: 'x' } } }, /AWS_REGION belongs to Lambda/],
    ['more than 4 KB of variables', { Environment: { Variables: { BIG: 'x'.repeat(4_096) } } }, /4099 bytes/],
    ['a property nobody knows', { Teleport: true }, /Teleport/],
  ])('is refused with %s', (...[, properties, message]) => {
    expect(() => configOf(properties)).toThrow(message);
  });

  it('is refused when its code is not there', () => {
    expect(() => configOf({}, `${here}/absent`)).toThrow(/Scan .* its code is not at .*absent/);
  });

  it('cannot set the key it runs under', () => {
    const variables = functionVariables(configOf(), 'stream', {
      region: 'ap-southeast-3',
      principal: { accessKeyId: 'KEY', secretAccessKey: 'SECRET' },
      endpoints: { AWS_ACCESS_KEY_ID: 'other', AWS_ENDPOINT_URL_SQS: 'http://127.0.0.1:1' },
    });
    expect(variables).toMatchObject({ AWS_ACCESS_KEY_ID: 'KEY', AWS_ENDPOINT_URL_SQS: 'http://127.0.0.1:1' });
  });
});

describe('permissions to invoke', () => {
  const grants = (properties: Record<string, unknown>) => {
    const sound = { Action: 'lambda:InvokeFunction', FunctionName: scanArn, Principal: 'apigateway.amazonaws.com' };
    const model = stackModel([{ logicalId: 'P', type: 'AWS::Lambda::Permission', properties: { ...sound, ...properties } }]);
    return invokePermissions(model);
  };
  const asked = `${apiArn}/$default/GET/files/{id}`;

  it('grants what the template names, with wildcards', () => {
    expect(grants({ SourceArn: `${apiArn}/*/*/files/{id}` })('apigateway.amazonaws.com', asked, scanArn)).toBe(true);
    expect(grants({ SourceArn: `${apiArn}/*` })('apigateway.amazonaws.com', asked, scanArn)).toBe(true);
    expect(grants({ FunctionName: 'scan', SourceAccount: '000000000000' })('apigateway.amazonaws.com', asked, scanArn)).toBe(true);
  });

  it('grants nothing else', () => {
    expect(grants({ SourceArn: `${apiArn}/*/*/other` })('apigateway.amazonaws.com', asked, scanArn)).toBe(false);
    expect(grants({ SourceArn: `${apiArn}/*` })('events.amazonaws.com', asked, scanArn)).toBe(false);
    expect(grants({ FunctionName: 'can' })('apigateway.amazonaws.com', asked, scanArn)).toBe(false);
    expect(grants({ SourceAccount: '111111111111' })('apigateway.amazonaws.com', asked, scanArn)).toBe(false);
    expect(grants({ Action: 'lambda:GetFunction' })('apigateway.amazonaws.com', asked, scanArn)).toBe(false);
    expect(invokePermissions(stackModel([]))('apigateway.amazonaws.com', asked, scanArn)).toBe(false);
  });

  it('refuses conditions that nothing here can check', () => {
    expect(() => grants({ PrincipalOrgID: 'o-1' })).toThrow(/P \(AWS::Lambda::Permission\).*PrincipalOrgID/);
  });
});

describe('settings of events nobody waits for', () => {
  it('are those of AWS unless the template says otherwise', () => {
    const model = stackModel([
      { logicalId: 'Scan', type: 'AWS::Lambda::Function', properties: { DeadLetterConfig: { TargetArn: 'arn:dead' } } },
      { logicalId: 'Plan', type: 'AWS::Lambda::Function' },
      {
        logicalId: 'Config',
        type: 'AWS::Lambda::EventInvokeConfig',
        properties: {
          FunctionName: 'plan',
          Qualifier: '$LATEST',
          MaximumRetryAttempts: 0,
          DestinationConfig: { OnFailure: { Destination: 'arn:failed' } },
        },
      },
    ]);
    expect(asyncSettings(model)(scanArn)).toEqual({
      retriesMax: 2,
      eventAgeSecondsMax: 21_600,
      onFailureArn: undefined,
      deadLetterArn: 'arn:dead',
    });
    expect(asyncSettings(model)(scanArn.replace('scan', 'plan'))).toMatchObject({
      retriesMax: 0,
      onFailureArn: 'arn:failed',
      deadLetterArn: undefined,
    });
  });
});

import { z } from 'zod';
import type { StackModel } from '../ports.ts';
import type { KnownProperties } from '../template/check-properties.ts';
import { propertiesOf } from '../template/properties.ts';

/** How Lambda treats events that a service hands over without waiting for the answer. The room that delivers such events follows it. */
export interface AsyncSettings {
  /** Attempts after the first one; Lambda's default is 2. */
  readonly retriesMax: number;
  /** Age at which an event is given up; Lambda's default is 6 hours. */
  readonly eventAgeSecondsMax: number;
  /** Where a given-up event goes as Lambda's record of the failure. */
  readonly onFailureArn: string | undefined;
  /** Where a given-up event goes as it was. */
  readonly deadLetterArn: string | undefined;
}

const known: KnownProperties = {
  supported: ['DestinationConfig', 'FunctionName', 'MaximumEventAgeInSeconds', 'MaximumRetryAttempts', 'Qualifier'],
};

const EventInvoke = z.object({
  DestinationConfig: z.strictObject({ OnFailure: z.strictObject({ Destination: z.string() }).optional() }).optional(),
  FunctionName: z.string(),
  MaximumEventAgeInSeconds: z.coerce.number().int().min(60).max(21_600).default(21_600),
  MaximumRetryAttempts: z.coerce.number().int().min(0).max(2).default(2),
  Qualifier: z.literal('$LATEST'),
});

const DeadLetters = z.object({ TargetArn: z.string().optional() });

/** Reads `AWS::Lambda::EventInvokeConfig` and the functions' dead-letter queues; answers the settings by function ARN. */
export function asyncSettings(model: StackModel): (functionArn: string) => AsyncSettings {
  const configs = model.ofType('AWS::Lambda::EventInvokeConfig').map((resource) => propertiesOf(resource, EventInvoke, known));
  return (functionArn) => {
    const resource = model.byArn(functionArn);
    const config = configs.find(({ FunctionName }) => FunctionName === functionArn || FunctionName === resource?.physicalName);
    return {
      retriesMax: config?.MaximumRetryAttempts ?? 2,
      eventAgeSecondsMax: config?.MaximumEventAgeInSeconds ?? 21_600,
      onFailureArn: config?.DestinationConfig?.OnFailure?.Destination,
      deadLetterArn: DeadLetters.safeParse(resource?.properties.DeadLetterConfig).data?.TargetArn,
    };
  };
}

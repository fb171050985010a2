import { z } from 'zod';
import { propertiesOf, refusal } from '../template/properties.ts';
import type { Resource, StackModel } from '../ports.ts';
import type { KnownProperties } from '../template/check-properties.ts';
import { accountRate, type Rate } from './throttle.ts';

export interface Stage {
  readonly name: '$default';
  readonly variables: Readonly<Record<string, string>>;
  /** The limits of one route. */
  rateOf(routeKey: string): Rate;
}

const known: KnownProperties = {
  supported: ['ApiId', 'DefaultRouteSettings', 'RouteSettings', 'StageName', 'StageVariables', 'AutoDeploy'],
  inert: {
    AccessLogSettings: 'the access log is .local/logs/api.log',
    DeploymentId: 'what the template says is deployed',
    Description: 'for people',
    Tags: 'for people and bills',
  },
};

const RouteSettings = z.looseObject({
  ThrottlingBurstLimit: z.coerce.number().min(0).optional(),
  ThrottlingRateLimit: z.coerce.number().min(0).optional(),
});

const StageProperties = z.object({
  DefaultRouteSettings: RouteSettings.default({}),
  RouteSettings: z.record(z.string(), RouteSettings).default({}),
  StageName: z.literal('$default', 'only the $default stage, at the root of the host, is served here'),
  StageVariables: z.record(z.string(), z.string()).default({}),
});

/** The stage of an API. Throws `TemplateError` when there is none, or more than `$default`. */
export function readStage(model: StackModel, api: Resource): Stage {
  const stages = model.ofType('AWS::ApiGatewayV2::Stage').filter((stage) => stage.properties.ApiId === api.physicalName);
  const [stage] = stages;
  if (!stage) throw refusal(api, 'it has no stage, so AWS would answer 404 to everything');
  const [properties] = stages.map((each) => propertiesOf(each, StageProperties, known));
  return {
    name: '$default',
    variables: properties!.StageVariables,
    rateOf: (routeKey) => {
      const settings = { ...properties!.DefaultRouteSettings, ...properties!.RouteSettings[routeKey] };
      return {
        burst: settings.ThrottlingBurstLimit ?? accountRate.burst,
        perSecond: settings.ThrottlingRateLimit ?? accountRate.perSecond,
      };
    },
  };
}

import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { CfnStage, CorsHttpMethod, HttpApi, HttpMethod, HttpNoneAuthorizer, HttpRoute, HttpRouteKey } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaAuthorizer, HttpLambdaResponseType } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { Route } from '#shared/platform/http/route.ts';
import { HouseFunction } from '../constructs/house-function.ts';
import { HouseTable } from '../constructs/house-table.ts';
import { argued } from '../constructs/nag.ts';

export interface ApiProps {
  readonly jwtIssuer: string;
  readonly jwtAudience: string;
  /** Origins whose pages may call the API from a browser. */
  readonly origins: readonly string[];
}

const openRoute = 'Whoever signs in or looks a key up has no token yet; such routes are limited per address and account.';

/** The HTTP API at the root of its host. Every route stands behind the authorizer unless it says otherwise. */
export class Api extends Construct {
  readonly httpApi: HttpApi;
  /** What the authorizer reads beside a token: the public keys, and what ended a session early. Identity writes it. */
  readonly guards: HouseTable;
  /** What a distribution in front of the API shows it, so that it is believed whose request it passes on. */
  readonly originKey: Secret;
  private readonly authorizer: HttpLambdaAuthorizer;
  private readonly integrations = new Map<IFunction, HttpLambdaIntegration>();

  constructor(scope: Construct, id: string, props: ApiProps) {
    super(scope, id);
    this.guards = new HouseTable(this, 'Guards');
    this.originKey = this.newOriginKey();
    const authorizer = new HouseFunction(this, 'Authorizer', {
      entry: 'platform/authorizer',
      errorImpact: 'nobody can use a guarded route of the API',
      // A refused token is a thrown error to Lambda, because that is how an authorizer says 401.
      errorsPercentMin: 90,
      environment: { GUARDS_TABLE: this.guards.tableName, JWT_ISSUER: props.jwtIssuer, JWT_AUDIENCE: props.jwtAudience },
    });
    this.guards.allow(authorizer, 'dynamodb:GetItem', 'dynamodb:Query');
    this.authorizer = new HttpLambdaAuthorizer('Bearer', authorizer, {
      responseTypes: [HttpLambdaResponseType.SIMPLE],
      // The route decides which roles suffice, so it belongs to the cache's key.
      identitySource: ['$request.header.Authorization', '$context.routeKey'],
      resultsCacheTtl: Duration.seconds(30),
    });
    this.httpApi = new HttpApi(this, 'Http', {
      apiName: 'xm',
      defaultAuthorizer: this.authorizer,
      corsPreflight: {
        allowOrigins: [...props.origins],
        allowMethods: [CorsHttpMethod.ANY],
        allowHeaders: ['authorization', 'content-type', 'idempotency-key'],
        exposeHeaders: ['retry-after', 'ratelimit', 'ratelimit-policy'],
        maxAge: Duration.hours(1),
      },
    });
    this.limitAndLog();
  }

  /**
   * Routes to a function, as the route's own description says: one without a permission is open. One integration a function, however many routes.
   * Routes stand in the stack of their function: all of a system's together would soon be more than the 500 resources that one stack may have.
   */
  route({ method, path, permission }: Pick<Route, 'method' | 'path' | 'permission'>, handler: IFunction): void {
    const integration =
      this.integrations.get(handler) ??
      // One permission a function, too, and for this API as a whole: one a route would be a fifth of the 500 resources that a stack may have.
      new HttpLambdaIntegration(`${handler.node.id}Integration`, handler, { scopePermissionToRoute: false });
    this.integrations.set(handler, integration);
    const route = new HttpRoute(handler, `${method}${path}`, {
      httpApi: this.httpApi,
      routeKey: HttpRouteKey.with(path, HttpMethod[method]),
      integration,
      authorizer: permission === undefined ? new HttpNoneAuthorizer() : this.authorizer,
    });
    if (permission === undefined) argued(route, 'AwsSolutions-APIG4', openRoute);
  }

  /** For a function that counts, keeps or tells where requests come from. */
  seesViewers(fn: HouseFunction): void {
    fn.addEnvironment('ORIGIN_KEY_SECRET_ID', this.originKey.secretArn);
    fn.addToRolePolicy(new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [this.originKey.secretArn] }));
  }

  private newOriginKey(): Secret {
    const secret = new Secret(this, 'OriginKey', {
      description: 'Shows the API that a request comes through a distribution of this stack',
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    argued(
      secret,
      'AwsSolutions-SMG4',
      'A new value has to reach the distributions, which read it when they are deployed, and all it guards is whose address is believed.',
    );
    return secret;
  }

  private limitAndLog(): void {
    const log = new LogGroup(this, 'AccessLog', { retention: RetentionDays.ONE_MONTH });
    const stage = this.httpApi.defaultStage?.node.defaultChild as CfnStage;
    stage.defaultRouteSettings = { throttlingBurstLimit: 500, throttlingRateLimit: 1_000 };
    stage.accessLogSettings = {
      destinationArn: log.logGroupArn,
      format: JSON.stringify({
        requestId: '$context.requestId',
        routeKey: '$context.routeKey',
        status: '$context.status',
        latencyMs: '$context.responseLatency',
        sourceIp: '$context.identity.sourceIp',
        error: '$context.error.message',
      }),
    };
  }
}

import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as FunctionTarget } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { accountRoutes } from '#shared/identity/routes/account-routes.ts';
import { deskRoutes } from '#shared/identity/routes/desk-routes.ts';
import { keyRoutes } from '#shared/identity/routes/key-routes.ts';
import { memberRoutes } from '#shared/identity/routes/member-routes.ts';
import { signInRoutes } from '#shared/identity/routes/sign-in-routes.ts';
import { staffRoutes } from '#shared/identity/routes/staff-routes.ts';
import { HouseFunction } from '../constructs/house-function.ts';
import { HouseTable } from '../constructs/house-table.ts';
import { argued } from '../constructs/nag.ts';
import type { Api } from './api.ts';
import type { Audit } from './audit.ts';
import type { Messages } from './messages.ts';

export interface IdentityProps {
  readonly api: Api;
  readonly audit: Audit;
  readonly messages: Messages;
  readonly jwtIssuer: string;
  readonly jwtAudience: string;
  /** Where links of invitations lead. */
  readonly backofficeOrigin: string;
  /** A k-anonymity range API of breached passwords; `off` asks nobody. */
  readonly breachListUrl: string;
}

/** Who members and staff are: sign-in, tokens, membership, and the staff's hand on all of it. */
export class Identity extends Construct {
  private readonly props: IdentityProps;
  readonly table: HouseTable;
  /** What the identity card says, apart from everything else and encrypted under a key of its own. */
  private readonly kyc: HouseTable;
  private readonly kycKey: Key;
  /** Counters of rate limits; nothing in it outlives a day. */
  private readonly limits: HouseTable;
  /** Codes, tickets, refresh tokens and private keys are kept under keys that are derived from it. */
  readonly secret: Secret;
  private readonly exports: Bucket;

  constructor(scope: Construct, id: string, props: IdentityProps) {
    super(scope, id);
    this.props = props;
    this.table = new HouseTable(this, 'Table', { indexes: ['gsi1', 'gsi2', 'gsi3'] });
    this.kyc = new HouseTable(this, 'Kyc', { indexes: ['gsi1'] });
    this.kycKey = new Key(this, 'KycKey', { description: 'Data keys of KYC records', enableKeyRotation: true });
    this.limits = new HouseTable(this, 'Limits');
    this.secret = this.identitySecret();
    this.exports = this.exportsBucket();
    this.signIn();
    this.administration();
    this.keys();
    this.sweep();
  }

  private identitySecret(): Secret {
    const secret = new Secret(this, 'Secret', {
      description: 'Root of the keys that identity derives',
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    argued(
      secret,
      'AwsSolutions-SMG4',
      'Signing keys derived under it rotate by themselves; a new root would end every session and second factor.',
    );
    return secret;
  }

  private exportsBucket(): Bucket {
    const accessLog = new Bucket(this, 'ExportsAccessLog', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      lifecycleRules: [{ expiration: Duration.days(90) }],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    argued(accessLog, 'AwsSolutions-S1', 'It holds the access log of the exports bucket; logging it into itself would never end.');
    return new Bucket(this, 'Exports', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      serverAccessLogsBucket: accessLog,
      lifecycleRules: [{ expiration: Duration.days(8) }],
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  private signIn(): void {
    const auth = this.member('Auth', {
      entry: 'identity/auth',
      errorImpact: 'nobody can sign in, sign up or renew a session',
      timeout: Duration.seconds(29),
      // argon2 takes 19 MiB and 100 ms of a whole core: more memory is more of one.
      memoryMegabytes: 1_024,
      environment: {
        JWT_ISSUER: this.props.jwtIssuer,
        JWT_AUDIENCE: this.props.jwtAudience,
        BREACH_LIST_URL: this.props.breachListUrl,
        EXPORTS_BUCKET: this.exports.bucketName,
      },
    });
    this.allowExports(auth, 's3:PutObject', 's3:GetObject');
    const { api } = this.props;
    for (const route of [...Object.values(signInRoutes), ...Object.values(accountRoutes), ...Object.values(deskRoutes)])
      api.route(route, auth);
  }

  private administration(): void {
    const members = this.member('Members', { entry: 'identity/members', errorImpact: 'staff cannot see or decide about members' });
    const staff = this.member('Staff', { entry: 'identity/staff', errorImpact: 'owners cannot invite staff or change their roles' });
    const { api } = this.props;
    for (const route of Object.values(memberRoutes)) api.route(route, members);
    for (const route of Object.values(staffRoutes)) api.route(route, staff);
  }

  private keys(): void {
    const { api } = this.props;
    const keys = new HouseFunction(this, 'Keys', {
      entry: 'identity/keys',
      errorImpact: 'nobody outside can verify our tokens',
      environment: { GUARDS_TABLE: api.guards.tableName },
    });
    api.guards.allow(keys, 'dynamodb:Query');
    for (const route of Object.values(keyRoutes)) api.route(route, keys);
  }

  private sweep(): void {
    const sweep = this.member('Sweep', {
      entry: 'identity/sweep',
      errorImpact: 'bans do not end, accounts are not erased and signing keys grow old',
      timeout: Duration.minutes(5),
      environment: { EXPORTS_BUCKET: this.exports.bucketName },
    });
    this.allowExports(sweep, 's3:DeleteObject');
    new Rule(this, 'SweepEveryHour', {
      schedule: Schedule.rate(Duration.hours(1)),
      targets: [new FunctionTarget(sweep, { retryAttempts: 0 })],
    });
  }

  /** A function of identity: it reads and writes the tables, appends to the audit log and sends messages. */
  private member(id: string, props: ConstructorParameters<typeof HouseFunction>[2]): HouseFunction {
    const { api, audit, messages, backofficeOrigin } = this.props;
    const fn = new HouseFunction(this, id, {
      timeout: Duration.seconds(29),
      ...props,
      environment: {
        IDENTITY_TABLE: this.table.tableName,
        GUARDS_TABLE: api.guards.tableName,
        KYC_TABLE: this.kyc.tableName,
        KYC_KEY_ID: this.kycKey.keyArn,
        LIMITS_TABLE: this.limits.tableName,
        IDENTITY_SECRET_ID: this.secret.secretArn,
        BACKOFFICE_ORIGIN: backofficeOrigin,
        ...props.environment,
      },
    });
    const items = ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:Query'];
    this.table.allow(fn, ...items, 'dynamodb:BatchGetItem', 'dynamodb:ConditionCheckItem');
    for (const index of ['gsi1', 'gsi2', 'gsi3']) this.table.allowIndex(fn, index);
    this.kyc.allow(fn, ...items);
    this.kyc.allowIndex(fn, 'gsi1');
    api.guards.allow(fn, 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:Query');
    this.limits.allow(fn, 'dynamodb:GetItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem');
    fn.addToRolePolicy(new PolicyStatement({ actions: ['kms:GenerateDataKey', 'kms:Decrypt'], resources: [this.kycKey.keyArn] }));
    fn.addToRolePolicy(new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [this.secret.secretArn] }));
    audit.appendedBy(fn);
    messages.sentBy(fn);
    return fn;
  }

  private allowExports(fn: HouseFunction, ...actions: string[]): void {
    fn.addToRolePolicy(new PolicyStatement({ actions, resources: [this.exports.arnForObjects('*')] }));
  }
}

import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as FunctionTarget } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { accountRoutes } from '#shared/identity/routes/account-routes.ts';
import { deskRoutes } from '#shared/identity/routes/desk-routes.ts';
import { keyRoutes } from '#shared/identity/routes/key-routes.ts';
import { memberRoutes } from '#shared/identity/routes/member-routes.ts';
import { signInRoutes } from '#shared/identity/routes/sign-in-routes.ts';
import { staffRoutes } from '#shared/identity/routes/staff-routes.ts';
import { AccessLogBucket, HouseBucket } from '../constructs/house-bucket.ts';
import { HouseFunction, type HouseFunctionProps } from '../constructs/house-function.ts';
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
    return new HouseBucket(this, 'Exports', {
      serverAccessLogsBucket: new AccessLogBucket(this, 'ExportsAccessLog', { of: 'the exports bucket' }),
      lifecycleRules: [{ expiration: Duration.days(8) }],
    });
  }

  private signIn(): void {
    const { api } = this.props;
    const auth = this.function('Auth', {
      entry: 'identity/auth',
      errorImpact: 'nobody can sign in, sign up or renew a session',
      // argon2 takes 19 MiB and 100 ms of a whole core: more memory is more of one.
      memoryMegabytes: 1_024,
      environment: {
        JWT_ISSUER: this.props.jwtIssuer,
        JWT_AUDIENCE: this.props.jwtAudience,
        BACKOFFICE_ORIGIN: this.props.backofficeOrigin,
        BREACH_LIST_URL: this.props.breachListUrl,
      },
    });
    api.seesViewers(auth);
    this.keepsSubjects(auth);
    this.keepsCards(auth);
    this.keepsSecrets(auth);
    this.countsLimits(auth);
    this.keepsExports(auth, 's3:PutObject', 's3:GetObject');
    for (const route of [...Object.values(signInRoutes), ...Object.values(accountRoutes), ...Object.values(deskRoutes)])
      api.route(route, auth);
  }

  private administration(): void {
    const members = this.function('Members', { entry: 'identity/members', errorImpact: 'staff cannot see or decide about members' });
    this.keepsSubjects(members);
    this.keepsCards(members);
    const staff = this.function('Staff', {
      entry: 'identity/staff',
      errorImpact: 'owners cannot invite staff or change their roles',
      environment: { BACKOFFICE_ORIGIN: this.props.backofficeOrigin },
    });
    this.keepsSubjects(staff);
    this.countsLimits(staff);
    const { api } = this.props;
    api.seesViewers(members);
    api.seesViewers(staff);
    for (const route of Object.values(memberRoutes)) api.route(route, members);
    for (const route of Object.values(staffRoutes)) api.route(route, staff);
  }

  private keys(): void {
    const { api } = this.props;
    const keys = this.function('Keys', { entry: 'identity/keys', errorImpact: 'nobody outside can verify our tokens' });
    keys.addEnvironment('GUARDS_TABLE', api.guards.tableName);
    api.guards.allow(keys, 'dynamodb:Query');
    for (const route of Object.values(keyRoutes)) api.route(route, keys);
  }

  private sweep(): void {
    const sweep = this.function('Sweep', {
      entry: 'identity/sweep',
      errorImpact: 'bans do not end, accounts are not erased and signing keys grow old',
      timeout: Duration.minutes(5),
    });
    this.keepsSubjects(sweep);
    this.keepsCards(sweep);
    this.keepsSecrets(sweep);
    this.keepsExports(sweep, 's3:DeleteObject');
    new Rule(this, 'SweepEveryHour', {
      schedule: Schedule.rate(Duration.hours(1)),
      targets: [new FunctionTarget(sweep, { retryAttempts: 0 })],
    });
  }

  private function(id: string, props: HouseFunctionProps): HouseFunction {
    return new HouseFunction(this, id, { timeout: Duration.seconds(29), ...props });
  }

  /** Members, staff and their sessions; what is decided about them is recorded, and told to them. */
  private keepsSubjects(fn: HouseFunction): void {
    const { api, audit, messages } = this.props;
    fn.addEnvironment('IDENTITY_TABLE', this.table.tableName);
    this.table.allow(fn, ...itemActions, 'dynamodb:BatchGetItem', 'dynamodb:ConditionCheckItem');
    for (const index of ['gsi1', 'gsi2', 'gsi3']) this.table.allowIndex(fn, index);
    fn.addEnvironment('GUARDS_TABLE', api.guards.tableName);
    api.guards.allow(fn, ...itemActions, 'dynamodb:BatchGetItem', 'dynamodb:ConditionCheckItem');
    audit.appendedBy(fn);
    messages.sentBy(fn);
  }

  private keepsCards(fn: HouseFunction): void {
    fn.addEnvironment('KYC_TABLE', this.kyc.tableName);
    fn.addEnvironment('KYC_KEY_ID', this.kycKey.keyArn);
    this.kyc.allow(fn, ...itemActions);
    this.kyc.allowIndex(fn, 'gsi1');
    fn.addToRolePolicy(new PolicyStatement({ actions: ['kms:GenerateDataKey', 'kms:Decrypt'], resources: [this.kycKey.keyArn] }));
  }

  /**
   * Lets a function learn the name on a member's card: one item at a time, of it the state and the sealed data, and the data key for this purpose. It
   * sees no hash of a number, no decision and no list of cards.
   */
  namesCards(fn: HouseFunction): void {
    fn.addEnvironment('KYC_TABLE', this.kyc.tableName);
    fn.addEnvironment('KYC_KEY_ID', this.kycKey.keyArn);
    fn.addToRolePolicy(
      new PolicyStatement({
        actions: ['dynamodb:GetItem'],
        resources: [this.kyc.tableArn],
        conditions: {
          'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['MEMBER#*'] },
          'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['pk', 'sk', 'state', 'sealed'] },
          // Without a list of attributes DynamoDB would answer all of them.
          StringEqualsIfExists: { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
        },
      }),
    );
    fn.addToRolePolicy(
      new PolicyStatement({
        actions: ['kms:Decrypt'],
        resources: [this.kycKey.keyArn],
        conditions: { StringEquals: { 'kms:EncryptionContext:purpose': 'kyc' } },
      }),
    );
  }

  /** Lets a function learn who somebody of the staff is: theirs are the only items, one at a time. It sees no member and no list. */
  namesStaff(fn: HouseFunction): void {
    fn.addEnvironment('IDENTITY_TABLE', this.table.tableName);
    fn.addToRolePolicy(
      new PolicyStatement({
        actions: ['dynamodb:GetItem'],
        resources: [this.table.tableArn],
        conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['STAFF#*'] } },
      }),
    );
  }

  private keepsSecrets(fn: HouseFunction): void {
    fn.addEnvironment('IDENTITY_SECRET_ID', this.secret.secretArn);
    fn.addToRolePolicy(new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [this.secret.secretArn] }));
  }

  private countsLimits(fn: HouseFunction): void {
    fn.addEnvironment('LIMITS_TABLE', this.limits.tableName);
    this.limits.allow(fn, 'dynamodb:GetItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem');
  }

  private keepsExports(fn: HouseFunction, ...actions: string[]): void {
    fn.addEnvironment('EXPORTS_BUCKET', this.exports.bucketName);
    fn.addToRolePolicy(new PolicyStatement({ actions, resources: [this.exports.arnForObjects('*')] }));
    const bucketId = Stack.of(this).getLogicalId(this.exports.node.defaultChild as CfnBucket);
    argued(
      fn.houseRole,
      `AwsSolutions-IAM5[Resource::<${bucketId}.Arn>/*]`,
      'An export is kept under a key of its member, so the grant covers every object of this one bucket.',
    );
  }
}

const itemActions = ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:Query'] as const;

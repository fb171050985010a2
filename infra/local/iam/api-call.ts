/** One call of an AWS API, with its body parsed. */
export interface ApiCall {
  readonly service: 'dynamodb' | 'dynamodbstreams' | 'sqs' | 'states' | 'events' | 'secretsmanager' | 'kms' | 'ses' | 'sns' | 'sts';
  /** For example `PutItem`. */
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** A call whose effects cannot be told from its text, so nobody can say whether it is granted. */
export class UnreadableCall extends Error {
  override readonly name = 'UnreadableCall';
}

/** A refusal as SQS words it. SDKs take its name from `queryCode`, as the service spoke another protocol before (awsQueryCompatible). */
export class SqsError extends Error {
  override readonly name = 'SqsError';
  readonly code: string;
  readonly queryCode: string;
  readonly status: number;

  constructor(code: keyof typeof queryCodes, message: string) {
    super(message);
    this.code = code;
    this.queryCode = queryCodes[code];
    this.status = code === 'ResourceNotFoundException' || code === 'ReceiptHandleIsInvalid' ? 404 : 400;
  }
}

/** From the service's model: the code each error had in the query protocol. */
const queryCodes = {
  BatchEntryIdsNotDistinct: 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct',
  BatchRequestTooLong: 'AWS.SimpleQueueService.BatchRequestTooLong',
  EmptyBatchRequest: 'AWS.SimpleQueueService.EmptyBatchRequest',
  InvalidAttributeName: 'InvalidAttributeName',
  InvalidAttributeValue: 'InvalidAttributeValue',
  InvalidBatchEntryId: 'AWS.SimpleQueueService.InvalidBatchEntryId',
  InvalidMessageContents: 'InvalidMessageContents',
  InvalidParameterValue: 'InvalidParameterValue',
  MessageNotInflight: 'AWS.SimpleQueueService.MessageNotInflight',
  MissingParameter: 'MissingParameter',
  QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
  QueueNameExists: 'QueueAlreadyExists',
  ReceiptHandleIsInvalid: 'ReceiptHandleIsInvalid',
  ResourceNotFoundException: 'ResourceNotFoundException',
  TooManyEntriesInBatchRequest: 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
  UnsupportedOperation: 'AWS.SimpleQueueService.UnsupportedOperation',
} as const;

export function invalid(message: string): SqsError {
  return new SqsError('InvalidParameterValue', message);
}

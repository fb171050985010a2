/**
 * CloudFormation custom resources: asked to create, update or delete, they answer to an address that the request names.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/crpg-ref.html
 */
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';

export interface CustomResourceAnswer {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly Reason?: string;
  readonly PhysicalResourceId: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
}

/** Of the answer's reason; CloudFormation takes 4 KB for the whole of it. */
const reasonCharactersMax = 1_000;

/**
 * Brings the resource to the properties asked for and answers with the outcome; deleting does nothing. Never throws: a request that is
 * not answered keeps the deployment waiting until its timeout, and one that fails says why in the deployment's own events.
 */
export async function applyCustomResource(
  event: CloudFormationCustomResourceEvent,
  apply: (properties: unknown) => Promise<void>,
): Promise<CustomResourceAnswer> {
  const { StackId, RequestId, LogicalResourceId } = event;
  // An id that never changes: CloudFormation would take another one for a replacement and ask to delete the former.
  const PhysicalResourceId = event.RequestType === 'Create' ? LogicalResourceId : event.PhysicalResourceId;
  const answer = { PhysicalResourceId, StackId, RequestId, LogicalResourceId };
  try {
    if (event.RequestType !== 'Delete') await apply(event.ResourceProperties);
    return { Status: 'SUCCESS', ...answer };
  } catch (error) {
    return { Status: 'FAILED', Reason: String(error).slice(0, reasonCharactersMax), ...answer };
  }
}

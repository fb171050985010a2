import type { Resource, StackModel } from '../ports.ts';

/** By id or ARN. */
export function keyNamed(model: StackModel, id: string): Resource | undefined {
  return model.ofType('AWS::KMS::Key').find(({ arn, physicalName }) => id === arn || id === physicalName);
}

/** The key that something was encrypted with; undefined for what is no ciphertext of this stack. */
export function keyOfCiphertext(model: StackModel, ciphertext: string): Resource | undefined {
  const blob = Buffer.from(ciphertext, 'base64');
  return keyNamed(model, blob.subarray(1, 1 + (blob[0] ?? 0)).toString('latin1'));
}

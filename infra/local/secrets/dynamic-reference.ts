/**
 * Dynamic references to secrets, which CloudFormation replaces by what the secret holds while it deploys.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html
 */

/** Places of a template whose rooms put the secret in. Anywhere else a reference would reach the code as it is written, so it is refused. */
const places = /\.OriginCustomHeaders\[\d+\]\.HeaderValue(?:\[\d+\])*$/;

/** Id or ARN, `SecretString`, then the key of a JSON secret, the stage and the id of a version; the last three are not supported. */
const whole = /^\{\{resolve:secretsmanager:((?:arn:[^:]+:secretsmanager:[^:]*:[^:]*:secret:)?[^:{}]+)(?::SecretString(?::{0,3}))?\}\}$/;

/** True for a reference, or the beginning of one, in a place where it is resolved. `at` names the place, logical id first. */
export const isResolvedAt = (text: string, at: string): boolean => text.startsWith('{{resolve:secretsmanager:') && places.test(at);

/** The text, or the value of the secret that it refers to. Throws for a reference of another form, and what `secretValue` throws. */
export function withSecret(text: string, secretValue: (secretId: string) => string): string {
  if (!text.includes('{{resolve:')) return text;
  const secretId = whole.exec(text)?.[1];
  if (secretId === undefined) throw new Error(`${text} is no reference to the whole text of a secret`);
  return secretValue(secretId);
}

import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Sets one cdk-nag rule aside on one construct (and what it holds), with the sentence that argues why. */
export function argued(construct: IConstruct, rule: string, reason: string): void {
  Validations.of(construct).acknowledge({ id: rule, reason });
}

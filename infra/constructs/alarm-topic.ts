import { Stack } from 'aws-cdk-lib';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

/** Where every alarm of the system goes: one topic, to which operators subscribe. Made when the first alarm asks for it. */
export function alarmTopicOf(construct: Construct): SnsAction {
  const stack = outermost(Stack.of(construct));
  const topic = (stack.node.tryFindChild('Alarms') as Topic | undefined) ?? new Topic(stack, 'Alarms', { enforceSSL: true });
  return new SnsAction(topic);
}

function outermost(stack: Stack): Stack {
  return stack.nestedStackParent === undefined ? stack : outermost(stack.nestedStackParent);
}

import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { alarmTopicOf } from './alarm-topic.ts';
import type { HouseFunction } from './house-function.ts';

export interface LineAlarmProps {
  /** The message, word for word, as the function logs it. */
  readonly line: string;
  /** From so many lines within five minutes on. */
  readonly linesMin: number;
  readonly description: string;
}

/** Tells operators when a function logs a line too often: what is no failure of the function, and is for people all the same. */
export function alarmOnLine(fn: HouseFunction, id: string, { line, linesMin, description }: LineAlarmProps): void {
  const lines = new MetricFilter(fn, id, {
    logGroup: fn.logGroup,
    filterPattern: FilterPattern.stringValue('$.message', '=', line),
    metricNamespace: 'xm',
    metricName: id,
  });
  new Alarm(fn, `${id}Alarm`, {
    alarmDescription: description,
    metric: lines.metric({ period: Duration.minutes(5), statistic: 'Sum' }),
    threshold: linesMin,
    evaluationPeriods: 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  }).addAlarmAction(alarmTopicOf(fn));
}

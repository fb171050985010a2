import { Logger } from '@aws-lambda-powertools/logger';

/** The function's own log: JSON lines, service and level from `POWERTOOLS_SERVICE_NAME` and `POWERTOOLS_LOG_LEVEL`. Never whole events. */
export const log = new Logger();

/**
 * Every trace of `traces/`, by families.
 */
import { compiled } from './traces/compiled.ts';
import { interpreted } from './traces/interpreted.ts';
import { surroundings } from './traces/surroundings.ts';
import type { TraceCase } from './traces/trace-case.ts';

export const traces: readonly TraceCase[] = [...interpreted, ...compiled, ...surroundings];

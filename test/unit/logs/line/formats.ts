/**
 * Every format of `formats/`, by families.
 */
import type { Format } from './formats/format.ts';
import { loggers } from './formats/loggers.ts';
import { shapes } from './formats/shapes.ts';
import { structured } from './formats/structured.ts';
import { systems } from './formats/systems.ts';

export type { Expected } from './formats/format.ts';

export const formats: readonly Format[] = [...shapes, ...loggers, ...systems, ...structured];

import type { InLanguages } from '../language.ts';
import { en } from './en.ts';
import { id, type Messages } from './id.ts';

export const shellTexts: InLanguages<Messages> = { id, en };

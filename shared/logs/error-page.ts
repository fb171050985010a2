import { limits } from './limits.ts';
import type { StoredError } from './ports.ts';

/** Collects errors of a page until it has as many as were asked for, or as much text as an answer can carry. */
export interface ErrorPage {
  readonly errors: StoredError[];
  add(error: StoredError): void;
  isFull(): boolean;
}

export function errorPage(limit: number): ErrorPage {
  const errors: StoredError[] = [];
  let characters = 0;
  return {
    errors,
    add(error) {
      errors.push(error);
      characters += Math.min(error.message.length, limits.listedMessageCharactersMax);
      characters += Math.min(error.stack?.length ?? 0, limits.listedStackCharactersMax);
    },
    isFull: () => errors.length >= limit || characters >= limits.pageCharactersMax,
  };
}

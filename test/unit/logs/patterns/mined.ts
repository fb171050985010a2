/**
 * Helpers of the tests: messages in, templates out.
 */
import { type Pattern, resolvePatterns } from '#shared/logs/patterns/resolve.ts';
import { PatternSketch } from '#shared/logs/patterns/sketch.ts';

export function sketchOf(messages: Iterable<string>): PatternSketch {
  const sketch = new PatternSketch();
  for (const message of messages) {
    const bytes = Buffer.from(message);
    sketch.add(bytes, 0, bytes.length);
  }
  return sketch;
}

export function patternsOf(messages: Iterable<string>): readonly Pattern[] {
  return resolvePatterns(sketchOf(messages)).patterns;
}

/** In alphabetical order. */
export function templatesOf(messages: Iterable<string>): string[] {
  return patternsOf(messages)
    .map(({ template }) => template)
    .toSorted();
}

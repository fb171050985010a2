/**
 * What a rule hands to its target: the event, a constant, a part of the event, or a text made from parts of it.
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
import { z } from 'zod';
import { JsonPathError, parseJsonPath, type JsonPath } from '../states/json-path.ts';
import { TemplateError } from '../template/template-error.ts';

export const TargetInput = z.object({
  Input: z.string().optional(),
  InputPath: z.string().optional(),
  InputTransformer: z
    .strictObject({ InputPathsMap: z.record(z.string(), z.string()).default({}), InputTemplate: z.string().min(1) })
    .optional(),
});

export interface RuleName {
  readonly arn: string;
  readonly name: string;
}

/** From an event to the target's payload. */
export type TargetPayload = (event: Readonly<Record<string, unknown>>) => unknown;

/** Throws `TemplateError`, which begins with `at`. */
export function targetPayload(
  { Input, InputPath, InputTransformer }: z.output<typeof TargetInput>,
  rule: RuleName,
  at: string,
): TargetPayload {
  const given = [Input, InputPath, InputTransformer].filter((one) => one !== undefined);
  if (given.length > 1) throw new TemplateError(`${at}: one of Input, InputPath and InputTransformer`);
  if (Input !== undefined) return constant(Input, at);
  if (InputPath !== undefined) {
    const path = pathAt(InputPath, `${at}.InputPath`);
    return (event) => path.evaluate(event) ?? null;
  }
  if (InputTransformer === undefined) return (event) => event;
  const paths = Object.entries(InputTransformer.InputPathsMap).map(
    ([name, text]) => [name, pathAt(text, `${at}.InputTransformer.InputPathsMap.${name}`)] as const,
  );
  return (event) => {
    const variables = new Map<string, unknown>(paths.map(([name, path]) => [name, path.evaluate(event)]));
    for (const [name, value] of predefined(event, rule)) variables.set(name, value);
    return filled(InputTransformer.InputTemplate, variables);
  };
}

function constant(text: string, at: string): TargetPayload {
  try {
    const value: unknown = JSON.parse(text);
    return () => value;
  } catch {
    throw new TemplateError(`${at}.Input: not JSON`);
  }
}

function pathAt(text: string, at: string): JsonPath {
  try {
    return parseJsonPath(text);
  } catch (error) {
    if (error instanceof JsonPathError) throw new TemplateError(`${at}: ${error.message}`);
    throw error;
  }
}

function predefined(event: Readonly<Record<string, unknown>>, { arn, name }: RuleName): [string, unknown][] {
  const { detail: _detail, ...envelope } = event;
  return [
    ['aws.events.rule-arn', arn],
    ['aws.events.rule-name', name],
    ['aws.events.event.ingestion-time', event['time']],
    ['aws.events.event', envelope],
    ['aws.events.event.json', event],
  ];
}

/** A text in quotes, or a place outside of one. */
const pieces = /"(?:[^"\\]|\\.)*"|<([\w.-]+)>/gs;
const places = /<([\w.-]+)>/g;

/** A template that is JSON gives what it says, with values in the places; any other text gives a text. What is not found is null, or nothing within a text. */
function filled(template: string, variables: ReadonlyMap<string, unknown>): unknown {
  const known = (name: string) => variables.has(name);
  const inText = (whole: string, name: string) => (known(name) ? textOf(variables.get(name)) : whole);
  if (!/^\s*["[{]/.test(template)) return template.replaceAll(places, inText);
  const json = template.replaceAll(pieces, (piece, name?: string) => {
    if (name === undefined)
      return piece.replaceAll(places, (whole, inner: string) => (known(inner) ? escaped(textOf(variables.get(inner))) : whole));
    return known(name) ? JSON.stringify(variables.get(name) ?? null) : piece;
  });
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}

function textOf(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

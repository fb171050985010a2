import type { RawParameter } from './assembly.ts';
import { TemplateError } from './template-error.ts';

export type Parameters = Readonly<Record<string, RawParameter>>;
export type GivenParameters = Readonly<Record<string, string>>;

/**
 * The value of a parameter: given, else its default, as its type demands.
 * A parameter that nothing references is never asked for: CDK declares one of an SSM type in every template.
 */
export function parameterValue(name: string, declared: RawParameter, given: GivenParameters): unknown {
  if (declared.Type.startsWith('AWS::')) throw new TemplateError(`parameter ${name}: type ${declared.Type} is not supported`);
  const value = given[name] ?? declared.Default;
  if (value === undefined) throw new TemplateError(`parameter ${name} has no default and no value is given`);
  refuseForbidden(name, declared, String(value));
  if (declared.Type === 'Number') return numberOf(name, value);
  if (declared.Type === 'CommaDelimitedList') return splitList(String(value));
  if (declared.Type === 'List<Number>') return splitList(String(value)).map((entry) => numberOf(name, entry));
  if (declared.Type === 'String') return String(value);
  throw new TemplateError(`parameter ${name}: type ${declared.Type} is not supported`);
}

/** A value given for a parameter that no stack declares is a typing mistake. */
export function refuseUnknownParameters(given: GivenParameters, declared: readonly Parameters[]): void {
  for (const name of Object.keys(given)) {
    if (!declared.some((parameters) => Object.hasOwn(parameters, name))) throw new TemplateError(`no stack has a parameter ${name}`);
  }
}

function refuseForbidden(name: string, { AllowedValues, AllowedPattern }: RawParameter, value: string): void {
  if (AllowedValues !== undefined && !AllowedValues.map(String).includes(value)) {
    throw new TemplateError(`parameter ${name}: ${value} is not one of ${AllowedValues.join(', ')}`);
  }
  if (AllowedPattern !== undefined && !new RegExp(`^(?:${AllowedPattern})$`).test(value)) {
    throw new TemplateError(`parameter ${name}: ${value} does not match ${AllowedPattern}`);
  }
}

function numberOf(name: string, value: string | number | boolean): number {
  const number = Number(value);
  if (Number.isNaN(number) || value === '') throw new TemplateError(`parameter ${name}: ${value} is not a number`);
  return number;
}

function splitList(value: string): string[] {
  return value.split(',').map((entry) => entry.trim());
}

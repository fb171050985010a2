/**
 * Parameters, ItemSelector and ResultSelector: JSON in which a field whose name ends in `.$` is replaced by what its expression finds.
 */
import { DefinitionError } from './definition-error.ts';
import { parseExpression, type Scope } from './expression.ts';
import { StateFailure } from './state-failure.ts';

export type Template = (scope: Scope) => unknown;

/** Throws a DefinitionError, at the field's place, for an expression that is none. */
export function parseTemplate(value: unknown, place: string): Template {
  if (Array.isArray(value)) {
    const elements = value.map((element, index) => parseTemplate(element, `${place}[${index}]`));
    return (scope) => elements.map((element) => element(scope));
  }
  if (typeof value !== 'object' || value === null) return () => value;
  const fields = Object.entries(value).map(([name, inner]) => parseField(name, inner, `${place}.${name}`));
  const names = fields.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new DefinitionError(place, `${twice} is given twice, with and without .$`);
  return (scope) => Object.fromEntries(fields.map(({ name, template }) => [name, template(scope)]));
}

function parseField(name: string, value: unknown, place: string): { name: string; template: Template } {
  if (!name.endsWith('.$')) return { name, template: parseTemplate(value, place) };
  if (typeof value !== 'string') throw new DefinitionError(place, 'a field that ends in .$ holds a path or an intrinsic function');
  const expression = parseExpression(value, place);
  const template: Template = (scope) => {
    const found = expression.evaluate(scope);
    if (found === undefined) {
      throw new StateFailure(
        'States.ParameterPathFailure',
        `The JSONPath '${value}' specified for the field '${name}' could not be found in the input '${JSON.stringify(scope.input)}'`,
      );
    }
    return found;
  };
  return { name: name.slice(0, -2), template };
}

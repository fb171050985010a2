/** The template asks for something this stack cannot give, or is not sound. The message names the logical id. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}

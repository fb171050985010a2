/**
 * Builds elements. Text is always text: nothing here takes markup, which the site's content security policy would refuse anyway.
 */
export type Child = Node | string | false | null | undefined;

type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** `h('a', { href: '/', class: 'row' }, 'text')`. An attribute that is true is present without a value; false and undefined leave it out. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...present(children));
  return element;
}

/** A button that does something on this page. */
export function button(label: string, attributes: Attributes, onClick: () => void): HTMLButtonElement {
  const element = h('button', { type: 'button', ...attributes }, label);
  element.addEventListener('click', onClick);
  return element;
}

/** Puts children in the place of all there were. */
export function fill(element: Element, ...children: readonly Child[]): void {
  element.replaceChildren(...present(children));
}

function present(children: readonly Child[]): (Node | string)[] {
  return children.filter((child) => child !== false && child !== null && child !== undefined);
}

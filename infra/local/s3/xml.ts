/**
 * Writes and reads the XML of the S3 API: elements and text, no attributes besides the namespace, no document type.
 */
import { S3Error } from './errors.ts';

/** An array repeats its element; undefined leaves it out. */
export type XmlContent = string | number | boolean | undefined | readonly XmlContent[] | { readonly [name: string]: XmlContent };

const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';

export function xmlDocument(root: string, content: XmlContent): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${namespace}">${serialise(content)}</${root}>`;
}

/** Error documents carry no namespace. */
export function xmlErrorDocument(content: XmlContent): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${serialise(content)}</Error>`;
}

function serialise(content: XmlContent): string {
  if (content === undefined) return '';
  if (typeof content !== 'object') return escapeText(String(content));
  if (isList(content)) return content.map(serialise).join('');
  return Object.entries(content)
    .map(([name, value]) => {
      if (value === undefined) return '';
      const values = isList(value) ? value : [value];
      return values.map((each) => `<${name}>${serialise(each)}</${name}>`).join('');
    })
    .join('');
}

function isList(content: XmlContent): content is readonly XmlContent[] {
  return Array.isArray(content);
}

const named: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Control characters become references, as S3 writes them: not well-formed XML 1.0, which is why clients ask for `encoding-type=url`. */
function escapeText(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  return text.replaceAll(/[&<>"\u0000-\u001f]/g, (character) => named[character] ?? `&#${character.charCodeAt(0)};`);
}

export interface XmlElement {
  /** Without namespace prefix. */
  readonly name: string;
  readonly text: string;
  readonly children: readonly XmlElement[];
}

interface OpenElement {
  name: string;
  text: string;
  children: XmlElement[];
}

const depthMax = 8;

/** The root element. Throws MalformedXML, also for a document type: entities of a stranger are never expanded. */
export function parseXml(source: string): XmlElement {
  const root: OpenElement = { name: '', text: '', children: [] };
  const stack = [root];
  const token = /<!\[CDATA\[([^]*?)\]\]>|<!--[^]*?-->|<\?[^]*?\?>|<(\/?)([\w.-]+:)?([\w.-]+)([^<>]*?)(\/?)>|([^<]+)/y;
  while (token.lastIndex < source.length) {
    const match = token.exec(source);
    if (!match) throw new S3Error('MalformedXML');
    const [, cdata, closing, , name, , selfClosing, text] = match;
    const open = stack.at(-1)!;
    if (cdata !== undefined) open.text += cdata;
    else if (text !== undefined) open.text += unescapeText(text);
    else if (name === undefined) continue;
    else if (closing) closeElement(stack, name);
    else openElement(stack, name, selfClosing !== '');
  }
  const [element] = root.children;
  if (stack.length !== 1 || root.children.length !== 1 || !element) throw new S3Error('MalformedXML');
  return element;
}

function openElement(stack: OpenElement[], name: string, empty: boolean): void {
  const element = { name, text: '', children: [] };
  stack.at(-1)!.children.push(element);
  if (empty) return;
  if (stack.length > depthMax) throw new S3Error('MalformedXML');
  stack.push(element);
}

function closeElement(stack: OpenElement[], name: string): void {
  if (stack.length < 2 || stack.pop()!.name !== name) throw new S3Error('MalformedXML');
}

const characters: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescapeText(text: string): string {
  return text.replaceAll(/&(#x?[\da-f]+|\w+);/gi, (_, name: string) => {
    const known = characters[name];
    if (known !== undefined) return known;
    const code = name.startsWith('#x') || name.startsWith('#X') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    if (!name.startsWith('#') || !(code <= 0x10ffff)) throw new S3Error('MalformedXML');
    return String.fromCodePoint(code);
  });
}

export function childrenOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((child) => child.name === name);
}

/** Text of the first child of that name. */
export function textOf(element: XmlElement, name: string): string | undefined {
  return element.children.find((child) => child.name === name)?.text;
}

/**
 * A message as what is sent: subject, plain text and simple HTML for mail, one line for a phone.
 */
import type { Content, Locale } from './message.ts';
import { textsEn } from './texts-en.ts';
import { textsId } from './texts-id.ts';
import type { Paragraph, Text, Texts } from './texts.ts';

export interface Rendered {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly short: string;
}

const texts: Readonly<Record<Locale, Texts>> = { id: textsId, en: textsEn };

export function rendered(content: Content, locale: Locale): Rendered {
  const { subject, paragraphs, short } = textOf(texts[locale], content);
  return {
    subject: oneLine(subject),
    text: `${paragraphs.map(plain).join('\n\n')}\n\nXM\n`,
    html: page(subject, locale, paragraphs.map(markup)),
    short: oneLine(short),
  };
}

/** The template and its values belong together by the message's type, which a lookup by name loses. */
function textOf(ofLocale: Texts, { template, values }: Content): Text {
  return (ofLocale[template] as (given: Content['values']) => Text)(values);
}

/** A line break in a subject would begin another header, and in an SMS another part. */
const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

function plain(paragraph: Paragraph): string {
  if (typeof paragraph === 'string') return oneLine(paragraph);
  return 'code' in paragraph ? `    ${paragraph.code}` : `${paragraph.label}:\n${paragraph.link}`;
}

function markup(paragraph: Paragraph): string {
  if (typeof paragraph === 'string') return `<p>${escaped(paragraph)}</p>`;
  if ('code' in paragraph) return `<p style="font:700 28px/1.2 monospace;letter-spacing:6px">${escaped(paragraph.code)}</p>`;
  // Written out as well: a mail program that shows no links still shows where this one leads.
  return `<p><a href="${escaped(paragraph.link)}">${escaped(paragraph.label)}</a></p><p style="color:#555;word-break:break-all">${escaped(paragraph.link)}</p>`;
}

function page(title: string, locale: Locale, paragraphs: readonly string[]): string {
  return [
    `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><title>${escaped(title)}</title></head>`,
    '<body style="margin:0;padding:24px;font:16px/1.5 system-ui,sans-serif;color:#111;background:#fff">',
    `<div style="max-width:520px;margin:0 auto">${paragraphs.join('')}<p style="color:#555">XM</p></div></body></html>`,
  ].join('');
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);

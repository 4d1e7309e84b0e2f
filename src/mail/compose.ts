import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ejs from 'ejs';
import { projectRoot } from '../paths.js';

/** What a mail says, whichever feature says it; the templates in views/mail give it its shape. */
export interface MailContent {
  language: 'id' | 'en';
  subject: string;
  /** Name of who writes, at the top. */
  from: string;
  /** `#rrggbb` of the button and the line at the top. */
  accent: string;
  greeting: string;
  paragraphs: string[];
  /** What is what, such as the place: label and value. */
  facts: [label: string, value: string][];
  /** What was, and what is now: a line for each thing. */
  changes: string[];
  button: { text: string; url: string } | undefined;
  /** To type where the button cannot be pressed: label, code, and where. */
  code: { label: string; value: string } | undefined;
  closing: string[];
  /** Why this mail came, small. */
  footer: string[];
}

const folder = join(projectRoot, 'views/mail');
const compile = (name: string) =>
  ejs.compile(readFileSync(join(folder, name), 'utf8'), { filename: join(folder, name) });

let templates: { html: ejs.TemplateFunction; text: ejs.TemplateFunction } | undefined;

/** The mail as HTML, readable without pictures, and the same as text. */
export function composeMail(content: MailContent): { html: string; text: string } {
  templates ??= { html: compile('letter.ejs'), text: compile('letter-text.ejs') };
  return {
    html: templates.html(content),
    text: templates.text(content).replace(/\n{3,}/g, '\n\n'),
  };
}

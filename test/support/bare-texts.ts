import { parse, type DefaultTreeAdapterTypes as Tree } from 'parse5';

/** Attributes that people read or hear. */
const spoken = new Set(['title', 'placeholder', 'aria-label', 'alt', 'data-label', 'data-copied', 'label']);
const unread = new Set(['script', 'style', 'svg']);

/** Written the same in every language: zones, and how a signatory signs. */
const sameEverywhere = /\b(WIB|WITA|WIT|a\.n\.|u\.b\.|Plt\.|Plh\.|kB|MB)(?!\w)/g;
/** Short codes for paper, and grades of accreditation. */
const codes = /\b[0-9A-Z]{5}-[0-9A-Z]{5}\b|^\s*[ABC]\s*$/g;
const addresses = /\S+@\S+|https?:\/\/\S+|#[0-9a-f]{6}/g;

/** What is left when translated texts (⟦…⟧, also nested), addresses and proper names are taken away. */
function leftOver(text: string): string {
  let rest = text;
  for (let before = ''; before !== rest;) {
    before = rest;
    rest = rest.replace(/⟦[^⟦⟧]*⟧/g, '');
  }
  return rest.replace(addresses, '').replace(codes, '').replace(sameEverywhere, '');
}

/** A Latin letter that no translation brought, and no data: data is written in another alphabet (see `disguise`). */
const isBare = (text: string) => /[A-Za-z]/.test(leftOver(text));

/** Every text of a page that a person can see or hear and that no table of texts holds. */
export function bareTexts(html: string): string[] {
  const found: string[] = [];
  const look = (text: string) => {
    if (isBare(text)) found.push(text.trim().replace(/\s+/g, ' '));
  };
  const visit = (node: Tree.Node): void => {
    if ('value' in node) look(node.value);
    if (!('childNodes' in node)) return;
    if ('tagName' in node) {
      if (
        unread.has(node.tagName) ||
        node.attrs.some(({ name, value }) => name === 'translate' && value === 'no')
      )
        return;
      for (const { name, value } of node.attrs) if (spoken.has(name) || isButtonWord(node, name)) look(value);
    }
    node.childNodes.forEach(visit);
  };
  visit(parse(html));
  return found;
}

function isButtonWord(element: Tree.Element, attribute: string): boolean {
  const type = element.attrs.find(({ name }) => name === 'type')?.value ?? '';
  return element.tagName === 'input' && attribute === 'value' && ['submit', 'button', 'reset'].includes(type);
}

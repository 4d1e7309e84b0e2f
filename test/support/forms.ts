import { parse, type DefaultTreeAdapterTypes as Tree } from 'parse5';

/** A form as a page shows it: where it goes, and what it would send as it stands. */
export interface Form {
  action: string;
  /** `kind` is the type of an input (`hidden`, `text` …), or the tag of anything else. All buttons are in it. */
  fields: [name: string, value: string, kind: string][];
}

const attribute = (node: Tree.Element, name: string) => node.attrs.find((one) => one.name === name)?.value;

function descendants(node: Tree.ParentNode): Tree.Element[] {
  return node.childNodes.flatMap((child) => ('tagName' in child ? [child, ...descendants(child)] : []));
}

const textOf = (node: Tree.ParentNode): string =>
  node.childNodes.map((child) => ('value' in child ? child.value : '')).join('');

function valueOf(control: Tree.Element): string | undefined {
  if (control.tagName === 'textarea') return textOf(control);
  if (control.tagName === 'select') {
    const options = descendants(control).filter(({ tagName }) => tagName === 'option');
    const chosen = options.find((option) => attribute(option, 'selected') !== undefined) ?? options[0];
    return chosen && (attribute(chosen, 'value') ?? textOf(chosen));
  }
  const isChoice = ['checkbox', 'radio'].includes(attribute(control, 'type') ?? '');
  if (isChoice && attribute(control, 'checked') === undefined) return undefined;
  return attribute(control, 'value') ?? (isChoice ? 'on' : '');
}

/** The POST forms of a page; buttons count as fields of their form. */
export function formsOf(html: string): Form[] {
  const all = descendants(parse(html));
  const forms = all.filter(
    (node) => node.tagName === 'form' && attribute(node, 'method')?.toLowerCase() === 'post',
  );
  return forms.map((form) => {
    const id = attribute(form, 'id');
    const outside = all.filter((node) => id !== undefined && attribute(node, 'form') === id);
    const fields = [...descendants(form), ...outside].flatMap((node): Form['fields'] => {
      const name = attribute(node, 'name');
      if (!name || !['input', 'textarea', 'select', 'button'].includes(node.tagName)) return [];
      const value = valueOf(node);
      const kind = node.tagName === 'input' ? (attribute(node, 'type') ?? 'text') : node.tagName;
      return value === undefined ? [] : [[name, value, kind]];
    });
    return { action: attribute(form, 'action') ?? '', fields };
  });
}

/** What a form would send as it stands, by name; of fields with one name the last. */
export const fieldsOf = (form: Form | undefined): Record<string, string> =>
  Object.fromEntries((form?.fields ?? []).map(([name, value]) => [name, value]));

/** Whether an address within the page (`#field-name`) leads anywhere on it. */
export function hasAnchor(html: string, id: string): boolean {
  return descendants(parse(html)).some((node) => attribute(node, 'id') === id);
}

/** Where the links of the summary of mistakes at the top of a page lead to. */
export function mistakesToldIn(html: string): string[] {
  const summary = descendants(parse(html)).find((node) => attribute(node, 'id') === 'errors');
  const links = summary ? descendants(summary).filter(({ tagName }) => tagName === 'a') : [];
  return links.map((link) => attribute(link, 'href') ?? '');
}

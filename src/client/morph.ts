/** What a person or a script opened or showed stays so. */
const kept = new Set(['open', 'hidden']);

const isControl = (node: Node) => /^(INPUT|TEXTAREA|SELECT)$/.test(node.nodeName);
const keyOf = (node: Node | null) => (node instanceof Element ? node.id : '');

function copyAttributes(to: Element, from: Element): void {
  for (const old of [...to.attributes])
    if (!kept.has(old.name) && !from.hasAttribute(old.name)) to.removeAttribute(old.name);
  for (const fresh of from.attributes)
    if (!kept.has(fresh.name) && to.getAttribute(fresh.name) !== fresh.value)
      to.setAttribute(fresh.name, fresh.value);
}

/** The child that `wanted` stands for: with its id wherever it is; without one, the next if it is of its kind. */
function partnerOf(wanted: Node, parent: Element, next: Node | null): ChildNode | null {
  const key = keyOf(wanted);
  if (key !== '') return [...parent.children].find((child) => child.id === key) ?? null;
  return next?.nodeName === wanted.nodeName && keyOf(next) === '' ? (next as ChildNode) : null;
}

function morphChildren(to: Element, from: Element): void {
  const wantedKeys = new Set([...from.children].map(keyOf));
  for (const child of [...to.children]) if (!wantedKeys.has(keyOf(child))) child.remove();
  let next = to.firstChild;
  for (const wanted of from.childNodes) {
    const partner = partnerOf(wanted, to, next);
    if (partner === null) {
      to.insertBefore(document.importNode(wanted, true), next);
      continue;
    }
    // A row that is moved loses the focus in it: the spaces between rows are taken away instead.
    while (next !== null && next !== partner && keyOf(next) === '') next = removed(next);
    if (next === partner) next = next.nextSibling;
    else to.insertBefore(partner, next);
    morph(partner, wanted);
  }
  while (next !== null) next = removed(next);
}

/** @returns what stood after it */
function removed(node: ChildNode): ChildNode | null {
  const next = node.nextSibling;
  node.remove();
  return next;
}

/**
 * Makes a piece of a page like another with as few changes as can be. What is equal is not touched, and fields
 * never are: focus, selection, open details, and what was typed or ticked stay.
 */
export function morph(to: Node, from: Node): void {
  if (to.isEqualNode(from) || isControl(to)) return;
  if (!(to instanceof Element) || !(from instanceof Element)) {
    to.nodeValue = from.nodeValue;
    return;
  }
  copyAttributes(to, from);
  morphChildren(to, from);
}

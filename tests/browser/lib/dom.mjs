// HTML as a browser would read it, for the suites that need no browser.
import { parse } from 'parse5';

/** A parsed page: its elements in document order, each {tag, attrs, node, parent}. */
export function parseHtml(html) {
  const elements = [];
  const walk = (node, parent) => {
    let here = parent;
    if (node.tagName) {
      here = { tag: node.tagName, attrs: Object.fromEntries(node.attrs.map((a) => [a.prefix ? `${a.prefix}:${a.name}` : a.name, a.value])), node, parent };
      elements.push(here);
    }
    for (const child of node.childNodes ?? []) walk(child, here);
    if (node.content) walk(node.content, here);
  };
  walk(parse(html), null);
  return elements;
}

/** The text within an element, white space collapsed. */
export function textOf(element) {
  const text = (node) => (node.nodeName === '#text' ? node.value : (node.childNodes ?? []).map(text).join(''));
  return text(element.node).replace(/\s+/g, ' ').trim();
}

export const byTag = (elements, ...tags) => elements.filter((e) => tags.includes(e.tag));

/** Elements without a framework. */

/**
 * An element with attributes (true: there, without a value; false: not there), listeners (`onclick`) and children.
 * @param {string} tag
 * @param {Record<string, string | number | boolean | ((event: Event) => void)>} [attributes]
 * @param {...(Node | string)} children
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice('on'.length), value);
    else if (value !== false) element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children);
  return element;
}

/**
 * Makes the children anew only when what they show is something else: the focus and a screen reader's place are kept.
 * True when they were made anew.
 * @param {HTMLElement} parent
 * @param {unknown} data
 * @param {() => Node[]} children
 */
export function showOnce(parent, data, children) {
  const json = JSON.stringify(data);
  if (parent.dataset.shown === json) return false;
  parent.dataset.shown = json;
  parent.replaceChildren(...children());
  return true;
}

/**
 * The element of that id, which is in the page's HTML.
 * @template {HTMLElement} Kind
 * @param {string} id
 * @param {new () => Kind} kind
 * @returns {Kind}
 */
export function byId(id, kind) {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new Error(`the page has no ${kind.name} #${id}`);
  return element;
}

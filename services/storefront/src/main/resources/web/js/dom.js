/* Builds elements. Data becomes text nodes and attribute values, never markup, so a name like "<img onerror>" is only a name. */

const SVG = "http://www.w3.org/2000/svg";

function create(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (typeof value === "function") {
      element.addEventListener(name.slice(2), value);
    } else if (value === true) {
      element.setAttribute(name, "");
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.flat(2).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** h("button", {type: "button", onclick: go}, "Go"): a null or false attribute or child is left out. */
export const h = (tag, attributes, ...children) => create(document.createElement(tag), attributes, children);

/** The same for SVG. */
export const s = (tag, attributes, ...children) => create(document.createElementNS(SVG, tag), attributes, children);

/** A local date and time from RFC 3339; what is no date is shown as it came. */
export function when(instant) {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return h("span", {}, String(instant ?? ""));
  const text = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" }).format(date);
  return h("time", { datetime: date.toISOString() }, text);
}

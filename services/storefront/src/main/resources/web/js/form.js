/* A form that shows each field's own error beside the field and the rest above it. */
import { h } from "./dom.js";
import { problem } from "./notices.js";
import { fieldWords } from "./words.js";

/** Fields: [{name, label, hint?, ...attributes of the input}]. onSubmit gets the values; what it throws is shown. */
export function form({ fields, submit, testid, onSubmit }) {
  const summary = h("div", {});
  const rows = fields.map(row);
  const button = h("button", { type: "submit", class: "primary", "data-testid": `${testid}-submit` }, submit);
  const element = h(
    "form",
    // The method only matters without the script: a password must not end up in an address.
    { method: "post", novalidate: true, "data-testid": `${testid}-form`, onsubmit: send },
    summary,
    rows.map((field) => field.element),
    button,
  );

  async function send(event) {
    event.preventDefault();
    if (button.disabled) return;
    clear();
    button.disabled = true;
    try {
      await onSubmit(Object.fromEntries(rows.map(({ name, input }) => [name, input.value])));
    } catch (failure) {
      show(failure);
    } finally {
      button.disabled = false;
    }
  }

  function clear() {
    summary.replaceChildren();
    for (const field of rows) field.clear();
  }

  function show(failure) {
    for (const { pointer, detail } of failure.errors ?? []) rows.find(({ name }) => pointer === `/${name}`)?.show(detail);
    summary.replaceChildren(problem(failure));
    (rows.find(({ input }) => input.hasAttribute("aria-invalid"))?.input ?? rows[0].input).focus();
  }

  return element;
}

function row({ name, label, hint, ...attributes }) {
  const id = `field-${name}`;
  const error = h("p", { class: "field-error", id: `${id}-error`, "data-testid": `${name}-error` });
  const described = hint ? `${id}-hint ${id}-error` : `${id}-error`;
  const input = h("input", { id, name, "data-testid": name, "aria-describedby": described, ...attributes });
  return {
    name,
    input,
    element: h(
      "div",
      { class: "field" },
      h("label", { for: id }, label),
      input,
      hint && h("p", { class: "fine", id: `${id}-hint` }, hint),
      error,
    ),
    show(detail) {
      error.textContent = fieldWords(label, detail);
      input.setAttribute("aria-invalid", "true");
    },
    clear() {
      error.textContent = "";
      input.removeAttribute("aria-invalid");
    },
  };
}

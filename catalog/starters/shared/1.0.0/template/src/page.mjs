// Small tools for pages: elements without markup in texts, announcements, and undo instead of questions.
export const el = (name, attributes = {}, ...children) => {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "on") Object.entries(value).forEach(([event, act]) => node.addEventListener(event, act));
    else if (value === true) node.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(key, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
};

export const find = (selector) => document.querySelector(selector);

/** Say it on the page and to screen readers, with one thing to do about it if there is one. What was pressed may be gone by now;
    then the keyboard goes on from the message, so that “Undo” is one step away and nobody starts at the top again. */
export const say = (text, action) => {
  const place = find("#said");
  place.replaceChildren(text);
  if (action) place.append(" ", el("button", { type: "button", class: "plain", on: { click: action.act } }, action.label));
  const at = document.activeElement;
  if (at === document.body || !at?.getClientRects().length) place.focus({ preventScroll: true });
};

/** Put a sentence beside each field of the form that is not right, take the old ones away, and go to the first. True when all is right. */
export const mark = (form, found) => {
  form.querySelectorAll(".error").forEach((old) => old.remove());
  for (const field of form.elements) {
    if (!field.name || !field.id) continue;
    const help = document.getElementById(`${field.id}-help`) ? `${field.id}-help` : "";
    const wrong = field.name in found;
    const told = [help, wrong ? `${field.id}-error` : ""].filter(Boolean).join(" ");
    if (told) field.setAttribute("aria-describedby", told);
    else field.removeAttribute("aria-describedby");
    if (!wrong) {
      field.removeAttribute("aria-invalid");
      continue;
    }
    field.setAttribute("aria-invalid", "true");
    field.closest(".field").append(el("p", { class: "error", id: `${field.id}-error` }, found[field.name]));
  }
  form.querySelector("[aria-invalid]")?.focus();
  return !Object.keys(found).length;
};

export const day = (value) =>
  new Date(`${value}T12:00:00`).toLocaleDateString(undefined, { day: "numeric", month: "short", year: "numeric" });

export const today = (now = new Date()) =>
  new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);

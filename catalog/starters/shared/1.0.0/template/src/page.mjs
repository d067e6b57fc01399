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

/** Say it on the page and to screen readers, with one thing to do about it if there is one. */
export const say = (text, action) => {
  const place = find("#said");
  place.replaceChildren(text);
  if (action) place.append(" ", el("button", { type: "button", on: { click: action.act } }, action.label));
};

export const day = (value) =>
  new Date(`${value}T12:00:00`).toLocaleDateString(undefined, { day: "numeric", month: "short", year: "numeric" });

export const today = (now = new Date()) =>
  new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);

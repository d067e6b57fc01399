// Lists and forms: focus after a swap, select all, error summary, a toast when htmx fails.
const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

// A form that came back with errors: its summary takes the focus, once.
function focusErrors(root) {
  $("[data-error-summary]", root)?.focus();
}
focusErrors(document);

// A menu link to a field also puts the focus there (a group of choices is not focused by its anchor).
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-error-summary] a[href^='#']");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  const control = field.matches("input, select, textarea") ? field : $("input, select, textarea", field) ?? field;
  control.scrollIntoView({ block: "center" });
  control.focus({ preventScroll: true });
});

// "Show more" keeps the reader's place: focus goes to the first new item.
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.requestConfig?.elt?.matches?.("[data-more]")) $(".first-new")?.focus({ preventScroll: true });
  focusErrors(event.detail.elt);
  for (const form of $$("[data-select]")) count(form);
});

// Rows with checkboxes: one box selects all on the page, and the number chosen is said.
function count(form) {
  const boxes = $$("input[data-row]", form), chosen = boxes.filter((box) => box.checked).length;
  const all = $("input[data-all]", form), said = $("[data-chosen]", form);
  if (all) {
    all.checked = chosen > 0 && chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
  }
  if (said) {
    const text = chosen === 1 ? said.dataset.one : said.dataset.many.replace("{n}", chosen);
    if (said.textContent !== text) said.textContent = text;
  }
}
document.addEventListener("change", (event) => {
  const form = event.target.closest("[data-select]");
  if (!form) return;
  if (event.target.matches("input[data-all]")) for (const box of $$("input[data-row]", form)) box.checked = event.target.checked;
  count(form);
});
for (const form of $$("[data-select]")) count(form);

// In a list that is worked through, J and K go to the next and the row before; Enter opens it, as on any link.
document.addEventListener("keydown", (event) => {
  const step = { j: 1, k: -1 }[event.key], table = $("[data-rows]");
  if (!step || !table || event.ctrlKey || event.metaKey || event.altKey || document.documentElement.dataset.keys === "off") return;
  if (event.target.closest("input:not([type='checkbox']), select, textarea, [contenteditable], dialog[open]")) return;
  const links = $$("[data-row-link]", table), row = document.activeElement?.closest("tr");
  const at = links.findIndex((link) => row?.contains(link));
  links[at < 0 ? 0 : Math.min(Math.max(at + step, 0), links.length - 1)]?.focus();
});

// One submit is enough: a second press of the same button does nothing until the page answers.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent && Date.now() - Number(form.dataset.sent) < 5000) event.preventDefault();
  form.dataset.sent = Date.now();
});
window.addEventListener("pageshow", () => { for (const form of $$("form[data-sent]")) delete form.dataset.sent; });

// A passkey that was cancelled or refused: say so instead of writing to the console.
document.addEventListener("allauth.error", (event) => {
  const trouble = $("[data-passkey-trouble]");
  if (!trouble) return;
  event.preventDefault();
  trouble.hidden = false;
});

// A failed fragment is not swapped in; a toast says so and offers to try again.
function toast(text, retry) {
  const box = $("#toasts");
  if (!box) return;
  const line = Object.assign(document.createElement("div"), { className: "toast" });
  line.append(Object.assign(document.createElement("p"), { textContent: text }));
  const button = (label, act) => {
    const made = Object.assign(document.createElement("button"), { className: "btn", type: "button", textContent: label });
    made.dataset.variant = "plain";
    made.dataset.size = "s";
    made.addEventListener("click", () => { line.remove(); act?.(); });
    line.append(made);
  };
  if (retry) button(box.dataset.retry, retry);
  button(box.dataset.close);
  box.replaceChildren(line);
}
function again(detail) {
  const { verb, path, elt, target, parameters, headers } = detail.requestConfig;
  return () => window.htmx.ajax(verb, path, { source: elt, target, values: parameters, headers });
}
document.addEventListener("htmx:responseError", (event) => {
  const { xhr } = event.detail, box = $("#toasts");
  const said = xhr.getResponseHeader("X-Message");
  toast(said ? decodeURIComponent(said) : box?.dataset.failed, xhr.status >= 500 || xhr.status === 429 ? again(event.detail) : null);
});
document.addEventListener("htmx:sendError", (event) => toast($("#toasts")?.dataset.offline, again(event.detail)));
document.addEventListener("htmx:timeout", (event) => toast($("#toasts")?.dataset.offline, again(event.detail)));

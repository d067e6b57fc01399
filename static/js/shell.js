// The shell: theme, search palette, shortcuts. Each is an extra: the plain link or form works without this file.
const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const html = document.documentElement;

// Theme: the form posts and sets a cookie; here the page also changes at once.
document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-theme-form]");
  if (!form || !event.submitter?.value) return;
  event.preventDefault();
  html.dataset.theme = event.submitter.value;
  for (const button of $$("button[name=theme]", form)) button.setAttribute("aria-pressed", button === event.submitter);
  fetch(form.action, { method: "POST", body: new FormData(form, event.submitter), redirect: "manual" });
});

// Palette and list of shortcuts: a linked page's part, shown in a dialog.
async function fill(dialog, url, part) {
  if (!dialog || dialog.open) return false;
  if (!dialog.childElementCount) {
    const answer = await fetch(url);
    const found = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(part);
    if (!found) { location.href = url; return false; }
    dialog.replaceChildren(found);
    window.htmx?.process(dialog);
  }
  dialog.showModal();
  return true;
}
async function openPalette() {
  const link = $("[data-palette]"), palette = $("#palette");
  if (link && await fill(palette, link.href, ".palette-form")) $("input", palette)?.select();
}
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-palette]") && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    openPalette();
  }
  if (event.target.matches("dialog") || event.target.closest("[data-close-dialog]")) event.target.closest("dialog").close();
});
$("#palette")?.addEventListener("keydown", (event) => {
  if (!["ArrowDown", "ArrowUp", "Enter"].includes(event.key)) return;
  const palette = $("#palette"), links = $$("a.hit", palette), at = links.indexOf(document.activeElement);
  if (event.key === "Enter") {
    if (at < 0 && links[0]) { event.preventDefault(); links[0].click(); }
    return;
  }
  event.preventDefault();
  (links[at + (event.key === "ArrowDown" ? 1 : -1)] ?? $("input", palette)).focus();
});

// Shortcuts. Single keys stay off in fields, and can be turned off in preferences (data-keys="off").
let pressedG = 0;
document.addEventListener("keydown", (event) => {
  const key = event.key.toLowerCase();
  if ((event.ctrlKey || event.metaKey) && key === "k" && $("[data-palette]")) {
    event.preventDefault();
    openPalette();
    return;
  }
  const typing = event.target.closest?.("input, textarea, select, [contenteditable], dialog");
  if (event.ctrlKey || event.metaKey || event.altKey || typing || html.dataset.keys === "off") return;
  const target = $("[data-search]");
  if (key === "/" && target) { event.preventDefault(); target.focus(); }
  else if (key === "?" && $("[data-shortcuts]")) fill($("#shortcuts"), $("[data-shortcuts]").href, "[data-shortcut-list]");
  else if (key === "g") pressedG = Date.now();
  else if (Date.now() - pressedG < 900) { pressedG = 0; $(`[data-go="${CSS.escape(key)}"]`)?.click(); }
});

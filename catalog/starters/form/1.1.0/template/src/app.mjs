import { config } from "./config.mjs";
import { matching, numbered, ordered, problems } from "./intake.mjs";
import { day, el, find, say, today } from "./page.mjs";
import { rules } from "./rules.mjs";
import { Store, csv, download } from "./store.mjs";
import { count } from "./telemetry.mjs";

const store = new Store(`${config.slug}-requests`);
const form = find("#request");
const COLUMNS = ["number", "sent", "topic", "text", "due", "done"];

const show = () => {
  const rows = ordered(matching(store.rows, find("#search").value));
  find("#export").hidden = !store.rows.length;
  find("#list").replaceChildren(
    rows.length
      ? el("ol", { class: "plain requests" }, ...rows.map(line))
      : el("p", { class: "empty" }, store.rows.length ? "No request holds these words." : "Nothing sent yet. What you send stands here."),
  );
};

const line = (row) =>
  el("li", {},
    el("p", {}, el("strong", {}, `${row.number}. ${row.topic}`), " ", row.due ? el("span", { class: "tag" }, `By ${day(row.due)}`) : null),
    el("p", { class: "quiet" }, row.text),
    el("label", { class: "row" }, el("input", { type: "checkbox", checked: Boolean(row.done), on: { change: () => tick(row) } }), "Done"),
    el("button", { type: "button", class: "plain", "aria-label": `Remove request ${row.number}`, on: { click: () => remove(row) } }, "Remove"));

const tick = (row) => {
  store.write(store.rows.map((one) => (one === row ? { ...one, done: one.done ? "" : today() } : one)));
  show();
  say(row.done ? `Request ${row.number} is open again.` : `Request ${row.number} is done.`);
};

const remove = (row) => {
  const before = store.rows;
  store.write(before.filter((one) => one !== row));
  show();
  say(`Request ${row.number} is removed.`, { label: "Undo", act: () => { store.write(before); show(); say("It is back."); } });
};

const mark = (found) => {
  for (const field of form.elements) {
    if (!field.name) continue;
    const id = `${field.name}-error`;
    document.getElementById(id)?.remove();
    field.toggleAttribute("aria-invalid", false);
    if (!found[field.name]) continue;
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-errormessage", id);
    field.closest(".field").append(el("p", { class: "error", id }, found[field.name]));
  }
  form.querySelector("[aria-invalid]")?.focus();
};

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const entry = Object.fromEntries(new FormData(form));
  const found = problems(entry, rules, today());
  mark(found);
  if (Object.keys(found).length) return say(`${Object.keys(found).length} to put right before it can be sent.`);
  const row = numbered(entry, store.rows, today());
  const kept = store.write([...store.rows, row]);
  form.reset();
  show();
  say(kept ? `Request ${row.number} is noted.` : "It is noted until you close this page: your browser keeps nothing.");
});

find("#export").addEventListener("click", () => download(`${config.slug}.csv`, csv(COLUMNS, ordered(store.rows))));
find("#search").addEventListener("input", show);
show();
count(config);

import { again, amountOf, decided, opened, problems, routeOf, waitsFor } from "./approvals.mjs";
import { config } from "./config.mjs";
import { day, el, find, say, today } from "./page.mjs";
import { rules } from "./rules.mjs";
import { Store, csv, download } from "./store.mjs";
import { count } from "./telemetry.mjs";

const store = new Store(`${config.slug}-requests`);
const form = find("#ask");
const money = (amount) => amount.toLocaleString(undefined, { maximumFractionDigits: 2 });

const show = () => {
  const open = store.rows.filter((row) => row.state === "open");
  const done = store.rows.filter((row) => row.state !== "open");
  fill("#open", open, "Nothing waits. Ask above.");
  fill("#done", done, "Nothing is decided yet.");
  find("#export").hidden = !store.rows.length;
};

const fill = (place, rows, empty) =>
  find(place).replaceChildren(...(rows.length ? rows.map(card) : [el("p", { class: "card empty" }, empty)]));

const card = (row) =>
  el("article", { class: "card" },
    el("h3", {}, `${row.number}. ${row.what}`),
    el("p", {}, `${money(row.amount)} · asked by ${row.by} on ${day(row.at)}`),
    el("ol", { class: "plain route" }, ...row.route.map((step, at) => mark(step, row.decisions[at], at === row.decisions.length && row.state === "open"))),
    row.state === "open" ? decision(row) : null,
    row.state === "returned" ? el("button", { type: "button", on: { click: () => reuse(row) } }, "Change it and ask again") : null);

const reuse = (row) => {
  for (const [name, value] of Object.entries(again(row))) form.elements[name].value = value;
  form.dispatchEvent(new Event("input"));
  form.elements.what.focus();
  say("The words are in the form again.");
};

const mark = (step, made, now) => {
  const [word, tone] = made ? (made.outcome === "approved" ? ["✓ approved", "ok"] : made.outcome === "returned" ? ["↩ sent back", "warn"] : ["✕ refused", "bad"]) : now ? ["… decides now", "warn"] : ["comes later", "quiet"];
  return el("li", {}, el("strong", {}, step), " ", el("span", { class: tone }, word), made ? ` by ${made.by}${made.reason ? `: ${made.reason}` : ""}` : "");
};

const decision = (row) => {
  const id = `d${row.number}`;
  return el("form", { on: { submit: (event) => decide(event, row) } },
    el("div", { class: "grid" },
      el("div", { class: "field" }, el("label", { for: `${id}-by` }, `You decide as ${waitsFor(row)}: your name`), el("input", { id: `${id}-by`, name: "by", maxlength: 80 })),
      el("div", { class: "field" }, el("label", { for: `${id}-why` }, "Why (needed to refuse or send back)"), el("input", { id: `${id}-why`, name: "reason", maxlength: 200 }))),
    el("div", { class: "row" }, el("button", { value: "approved" }, "Approve"), el("button", { value: "returned", class: "plain" }, "Send back"), el("button", { value: "refused", class: "plain" }, "Refuse")));
};

const decide = (event, row) => {
  event.preventDefault();
  const before = store.rows;
  try {
    const after = decided(row, { ...Object.fromEntries(new FormData(event.target)), outcome: event.submitter.value, at: today() });
    store.write(before.map((one) => (one === row ? after : one)));
    show();
    say(`${row.what}: ${after.state === "open" ? `now ${waitsFor(after)} decides` : after.state === "returned" ? "sent back" : after.state}.`, { label: "Undo", act: () => { store.write(before); show(); say("It waits again."); } });
  } catch (error) {
    say(error.message);
  }
};

form.addEventListener("input", () => {
  const amount = amountOf(form.elements.amount.value);
  find("#route").textContent = amount > 0 ? `Decided by: ${routeOf(amount, rules).join(", then ")}.` : "";
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const entry = Object.fromEntries(new FormData(form));
  const found = problems(entry);
  for (const name of ["what", "amount", "by"]) form.elements[name].toggleAttribute("aria-invalid", name in found);
  if (Object.keys(found).length) {
    form.elements[Object.keys(found)[0]].focus();
    return say(Object.values(found).join(" "));
  }
  const number = Math.max(0, ...store.rows.map((row) => row.number)) + 1;
  store.write([opened(entry, rules, number, today()), ...store.rows]);
  form.reset();
  find("#route").textContent = "";
  show();
  say(`Request ${number} waits for ${waitsFor(store.rows[0])}.`);
});

find("#export").addEventListener("click", () =>
  download(`${config.slug}.csv`, csv(["number", "what", "amount", "by", "at", "state", "decisions"],
    store.rows.map((row) => ({ ...row, decisions: row.decisions.map((one) => `${one.step}: ${one.outcome} by ${one.by}`).join("; ") })))));
show();
count(config);

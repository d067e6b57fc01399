import { again, amountOf, decided, isRequest, opened, problems, routeOf, sentenceOf, waitsFor } from "./approvals.mjs";
import { config } from "./config.mjs";
import { offerCopies } from "./copies.mjs";
import { day, el, find, mark as markFields, say, today } from "./page.mjs";
import { rules } from "./rules.mjs";
import { samples } from "./samples.mjs";
import { Store, csv, download } from "./store.mjs";
import { count } from "./telemetry.mjs";

const store = new Store(`${config.slug}-requests`, undefined, samples(rules, today()));
const form = find("#ask");
const money = (amount) => amount.toLocaleString(undefined, { maximumFractionDigits: 2 });

const own = () => store.rows.filter((row) => !row.sample);

const show = () => {
  const open = store.rows.filter((row) => row.state === "open");
  const done = store.rows.filter((row) => row.state !== "open");
  fill("#open", open, "Nothing waits. Ask above.");
  fill("#done", done, "Nothing is decided yet.");
  find("#export").hidden = !own().length;
  find("#samples").hidden = own().length === store.rows.length;
};

const fill = (place, rows, empty) =>
  find(place).replaceChildren(...(rows.length ? rows.map(card) : [el("p", { class: "card empty" }, empty)]));

const card = (row) =>
  el("article", { class: "card" },
    el("h3", {}, `${row.number}. ${row.what} `, row.sample ? el("span", { class: "tag" }, "Sample") : null),
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
    say(`${row.what}: ${sentenceOf(after)}.`, { label: "Undo", act: () => { store.write(before); show(); say("It waits again."); } });
  } catch (error) {
    markFields(event.target, { [error.field]: error.message });
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
  if (!markFields(form, found)) return say(`${Object.keys(found).length} to put right before anybody is asked.`);
  const number = Math.max(0, ...own().map((row) => row.number)) + 1;
  const kept = store.write([opened(entry, rules, number, today()), ...own()]); // the first of one's own takes the place of the samples
  form.reset();
  find("#route").textContent = "";
  show();
  say(`Request ${number} waits for ${waitsFor(store.rows[0])}.${kept ? "" : " It is gone when you close this page: your browser keeps nothing."}`);
});

find("#export").addEventListener("click", () =>
  download(`${config.slug}.csv`, csv(["number", "what", "amount", "by", "at", "state", "decisions"],
    own().map((row) => ({ ...row, decisions: row.decisions.map((one) => `${one.step}: ${one.outcome} by ${one.by}`).join("; ") })))));
find("#clear").addEventListener("click", () => {
  const before = store.rows;
  store.write(own());
  show();
  say("The samples are gone.", { label: "Undo", act: () => { store.write(before); show(); say("They are back."); } });
});
offerCopies(find("#copies"), { name: config.slug, store, fits: isRequest, show });
show();
count(config);

import { config } from "./config.mjs";
import { daysLeft, inWords, next, ordered, problems, urgency } from "./deadlines.mjs";
import { day, el, find, mark, say, today } from "./page.mjs";
import { rules } from "./rules.mjs";
import { Store, csv, download } from "./store.mjs";
import { count } from "./telemetry.mjs";

const store = new Store(`${config.slug}-rows`);
const form = find("#add");
const WORDS = { late: ["Late", "bad"], soon: ["Soon", "warn"], fine: ["", "quiet"] };

const show = () => {
  const rows = ordered(store.rows, rules);
  find("#export").hidden = !rows.length;
  find("#list").replaceChildren(rows.length
    ? el("table", {}, el("thead", {}, el("tr", {}, ...["Name", "Day", "Stage", "Looked after by", ""].map((title) => el("th", { scope: "col" }, title || el("span", { class: "visually-hidden" }, "Acts"))))), el("tbody", {}, ...rows.map(line)))
    : el("p", { class: "empty" }, `No ${rules.noun} yet. Add the first one below.`));
};

const line = (row) => {
  const [word, tone] = WORDS[urgency(row, rules, today())];
  const then = next(row, rules);
  return el("tr", {},
    el("th", { scope: "row" }, row.name),
    el("td", {}, day(row.day), " ", el("span", { class: tone }, `${word ? `${word}: ` : ""}${inWords(daysLeft(row.day, today()))}`)),
    el("td", {}, el("span", { class: "tag" }, row.stage)),
    el("td", {}, row.who),
    el("td", {}, el("div", { class: "row" },
      then ? el("button", { type: "button", class: "plain", on: { click: () => change(row, { stage: then }, `${row.name}: ${then}.`) } }, then, el("span", { class: "visually-hidden" }, `: ${row.name}`)) : null,
      el("button", { type: "button", class: "plain", "aria-label": `Remove ${row.name}`, on: { click: () => change(row, null, `${row.name} is removed.`) } }, "Remove"))));
};

const change = (row, values, said) => {
  const before = store.rows;
  store.write(values ? before.map((one) => (one === row ? { ...one, ...values } : one)) : before.filter((one) => one !== row));
  show();
  say(said, { label: "Undo", act: () => { store.write(before); show(); say("It is as it was."); } });
};

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const entry = Object.fromEntries(new FormData(form));
  const found = problems(entry);
  if (!mark(form, found)) return;
  store.write([...store.rows, { name: entry.name.trim(), who: entry.who.trim(), day: entry.day, stage: rules.stages[0] }]);
  form.reset();
  show();
  say(`${entry.name.trim()} is added.`);
});

find("#export").addEventListener("click", () => download(`${config.slug}.csv`, csv(["name", "day", "stage", "who"], ordered(store.rows, rules))));
show();
count(config);

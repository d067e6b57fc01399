import { config } from "./config.mjs";
import { offerCopies } from "./copies.mjs";
import { day, el, find, mark, say, today } from "./page.mjs";
import { isRequest, numbered, ordered, problems } from "./requests.mjs";
import { rules } from "./rules.mjs";
import { samples } from "./samples.mjs";
import { Store, csv, download } from "./store.mjs";
import { count } from "./telemetry.mjs";

const store = new Store(`${config.slug}-requests`, undefined, samples(rules, today()));
// The highest number given so far, so that a removed request leaves its number behind.
const last = new Store(`${config.slug}-last`, undefined, [0]);
const form = find("#request");
const COLUMNS = ["number", "sent", "topic", "text", "due"];

const own = () => store.rows.filter((row) => !row.sample);

const show = () => {
  const rows = ordered(store.rows);
  find("#export").hidden = !own().length;
  find("#samples").hidden = !store.rows.some((row) => row.sample);
  find("#list").replaceChildren(
    rows.length
      ? el("ol", { class: "plain requests" }, ...rows.map(line))
      : el("p", { class: "empty" }, "Nothing sent yet. What you send stands here."),
  );
};

const line = (row) =>
  el("li", {},
    el("p", {}, el("strong", {}, `${row.number}. ${row.topic}`), " ", row.sample ? el("span", { class: "tag" }, "Sample") : null, " ", row.due ? el("span", { class: "tag" }, `By ${day(row.due)}`) : null),
    el("p", { class: "quiet" }, row.text),
    el("button", { type: "button", class: "plain", "aria-label": `Remove request ${row.number}`, on: { click: () => remove(row) } }, "Remove"));

const remove = (row) => {
  const before = store.rows;
  store.write(before.filter((one) => one !== row));
  show();
  say(`Request ${row.number} is removed.`, { label: "Undo", act: () => { store.write(before); show(); say("It is back."); } });
};

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const entry = Object.fromEntries(new FormData(form));
  const found = problems(entry, rules, today());
  if (!mark(form, found)) return say(`${Object.keys(found).length} to put right before it can be sent.`);
  const row = numbered(entry, own(), today(), Number(last.rows[0]) || 0);
  const kept = store.write([...own(), row]); // the first request of one's own takes the place of the samples
  last.write([row.number]);
  form.reset();
  show();
  say(kept ? `Request ${row.number} is noted.` : "It is noted until you close this page: your browser keeps nothing.");
});

find("#export").addEventListener("click", () => download(`${config.slug}.csv`, csv(COLUMNS, ordered(own()))));
find("#clear").addEventListener("click", () => {
  const before = store.rows;
  store.write(own());
  show();
  say("The samples are gone.", { label: "Undo", act: () => { store.write(before); show(); say("They are back."); } });
});
offerCopies(find("#copies"), { name: config.slug, store, fits: isRequest, show });
show();
count(config);

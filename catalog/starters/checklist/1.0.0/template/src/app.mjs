import { config } from "./config.mjs";
import { el, find, say, today } from "./page.mjs";
import { finished, obstacle, progress, roundOf, ticksOf, toggled } from "./rounds.mjs";
import { rules, steps } from "./steps.mjs";
import { Store, csv, download } from "./store.mjs";
import { count } from "./telemetry.mjs";

const round = roundOf(today(), rules.repeats);
const now = new Store(`${config.slug}-now`);
const record = new Store(`${config.slug}-rounds`);
let ticks = ticksOf(now.rows[0], round);

const keep = (next) => {
  ticks = next;
  const kept = now.write([{ round, ticks }]);
  show();
  if (!kept) say("Your browser keeps nothing: finish without closing this page.");
};

const show = () => {
  find("#progress").textContent = progress(ticks, steps);
  find("#steps").replaceChildren(...steps.map((step, number) => el("li", {},
    el("label", {},
      el("input", { type: "checkbox", id: `step-${number}`, checked: ticks.includes(step), on: { change: () => tick(step, number) } }),
      el("span", {}, step)))));
  find("#export").hidden = !record.rows.length;
  find("#rounds").replaceChildren(record.rows.length
    ? el("ul", { class: "plain" }, ...record.rows.slice(0, 14).map((one) => el("li", {}, el("strong", {}, one.round), ` ${one.initials} `, el("span", { class: "quiet" }, new Date(one.at).toLocaleString()))))
    : el("p", { class: "empty" }, "No round is finished yet."));
};

const tick = (step, number) => {
  keep(toggled(ticks, step));
  find(`#step-${number}`).focus();
  say(progress(ticks, steps));
};

find("#finish").addEventListener("submit", (event) => {
  event.preventDefault();
  const initials = new FormData(event.target).get("initials");
  const why = obstacle(ticks, steps, initials, rules.letters);
  if (why) return say(why);
  const before = record.rows;
  record.write(finished(before, round, initials, new Date().toISOString()));
  event.target.reset();
  show();
  say("The round is finished.", { label: "Undo", act: () => { record.write(before); show(); say("The round is open again."); } });
});

find("#export").addEventListener("click", () => download(`${config.slug}.csv`, csv(["round", "initials", "at"], record.rows)));
show();
count(config);

import { config } from "./config.mjs";
import { el, find, say, today } from "./page.mjs";
import { finished, obstacle, progress, roundOf, ticksOf, toggled } from "./record.mjs";
import { rules, steps } from "./steps.mjs";
import { Store, csv, download } from "./store.mjs";
import { count } from "./telemetry.mjs";

const round = roundOf(today(), rules.repeats);
const now = new Store(`${config.slug}-now`);
const record = new Store(`${config.slug}-rounds`);
let ticks = ticksOf(now.rows[0], round);
let skipped = now.rows[0]?.round === round ? (now.rows[0].skipped ?? {}) : {};

const keep = (next, reasons = skipped) => {
  ticks = next;
  skipped = reasons;
  const kept = now.write([{ round, ticks, skipped }]);
  show();
  if (!kept) say("Your browser keeps nothing: finish without closing this page.");
};

const show = () => {
  find("#progress").textContent = progress(ticks, steps, skipped);
  find("#steps").replaceChildren(...steps.map((step, number) => el("li", {},
    el("label", {},
      el("input", { type: "checkbox", id: `step-${number}`, checked: ticks.includes(step), on: { change: () => tick(step, number) } }),
      el("span", {}, step)),
    skipped[step] ? el("p", { class: "quiet" }, `Skipped: ${skipped[step]}`) : null,
    ticks.includes(step) || skipped[step] ? null : skipper(step))));
  find("#export").hidden = !record.rows.length;
  find("#rounds").replaceChildren(record.rows.length
    ? el("ul", { class: "plain" }, ...record.rows.slice(0, 14).map((one) => el("li", {}, el("strong", {}, one.round), ` ${one.initials} `, el("span", { class: "quiet" }, new Date(one.at).toLocaleString()))))
    : el("p", { class: "empty" }, "No round is finished yet."));
};

const skipper = (step) =>
  el("details", {},
    el("summary", {}, "Skip this step", el("span", { class: "visually-hidden" }, `: ${step}`)),
    el("form", { class: "row", on: { submit: (event) => skip(event, step) } },
      el("input", { name: "why", "aria-label": `Why is “${step}” skipped?`, placeholder: "Why?", maxlength: 120 }),
      el("button", { class: "plain" }, "Skip")));

const skip = (event, step) => {
  event.preventDefault();
  const why = new FormData(event.target).get("why").trim();
  if (!why) return say(`Say why “${step}” is skipped.`);
  const before = skipped;
  keep(ticks, { ...skipped, [step]: why });
  say(`“${step}” is skipped.`, { label: "Undo", act: () => { keep(ticks, before); say("It is open again."); } });
};

const tick = (step, number) => {
  keep(toggled(ticks, step));
  find(`#step-${number}`).focus();
  say(progress(ticks, steps, skipped));
};

find("#finish").addEventListener("submit", (event) => {
  event.preventDefault();
  const initials = new FormData(event.target).get("initials");
  const why = obstacle(ticks, steps, initials, rules.letters, skipped);
  if (why) return say(why);
  const before = record.rows;
  record.write(finished(before, round, initials, new Date().toISOString(), skipped));
  event.target.reset();
  show();
  say("The round is finished.", { label: "Undo", act: () => { record.write(before); show(); say("The round is open again."); } });
});

find("#export").addEventListener("click", () => download(`${config.slug}.csv`, csv(["round", "initials", "at", "skipped"], record.rows)));
show();
count(config);

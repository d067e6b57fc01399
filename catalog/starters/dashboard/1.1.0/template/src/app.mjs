import { draw } from "./chart.mjs";
import { config } from "./config.mjs";
import { bars, latest, mean, meets, parse, verdict } from "./figures.mjs";
import { el, find, say } from "./page.mjs";
import { rules } from "./rules.mjs";
import { count } from "./telemetry.mjs";

const HEIGHT = 240;
const chart = find("#chart");
const number = (value) => `${value.toLocaleString()}${rules.unit ? ` ${rules.unit}` : ""}`;
let shared = [];
let all = [];
let drawn = 0; // the width of the chart, in pixels

const show = (found) => {
  all = found;
  const rows = latest(all, Number(find("#span").value));
  const middle = mean(rows);
  const said = verdict(rows, rules) + (middle === null ? "" : ` The mean of what is shown is ${number(middle)}.`);
  drawn = chart.clientWidth;
  find("#verdict").textContent = said;
  find("#legend").hidden = !rows.length;
  chart.replaceChildren(rows.length ? draw(bars(rows, rules, drawn, HEIGHT), said, drawn, HEIGHT) : el("p", { class: "empty" }, "Open a CSV file to see a chart."));
  find("#table").replaceChildren(
    el("table", {},
      el("thead", {}, el("tr", {}, ...["Period", rules.measure, "Target"].map((title) => el("th", { scope: "col" }, title)))),
      el("tbody", {}, ...rows.map((row) => el("tr", {},
        el("th", { scope: "row" }, row.period), el("td", {}, number(row.value)), el("td", {}, meets(row.value, rules) ? "met" : "missed"))))));
};

find("#file").addEventListener("change", async ({ target }) => {
  const [file] = target.files;
  if (!file) return;
  const before = all;
  try {
    show(parse(await file.text()));
    say(`${file.name} is shown.`, { label: "Undo", act: () => { show(before); say("The figures are as they were."); } });
  } catch (error) {
    say(error.message);
  }
  target.value = ""; // so that the same file can be chosen again, once it is put right
});

find("#reset").addEventListener("click", () => {
  show(shared);
  say("The shared figures are shown.");
});

find("#span").addEventListener("change", () => {
  show(all);
  say(find("#verdict").textContent);
});

// Drawn for the width there is, so that its letters are as large on a phone as on a desk.
new ResizeObserver(() => { if (chart.clientWidth !== drawn) show(all); }).observe(chart);

try {
  shared = await (await fetch("data/figures.json")).json();
} catch {
  say("The shared figures cannot be read. Open a CSV file instead.");
}
find("#legend").textContent = `The dashed line is the target, ${number(rules.target)}. Bars in outline missed it.`;
show(shared);
count(config);

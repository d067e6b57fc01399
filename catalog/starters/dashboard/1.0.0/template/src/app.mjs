import { draw } from "./chart.mjs";
import { config } from "./config.mjs";
import { bars, meets, parse, verdict } from "./figures.mjs";
import { el, find, say } from "./page.mjs";
import { rules } from "./rules.mjs";
import { count } from "./telemetry.mjs";

const [WIDTH, HEIGHT] = [640, 240];
let shared = [];

const show = (rows) => {
  const said = verdict(rows, rules);
  find("#verdict").textContent = said;
  find("#chart").replaceChildren(rows.length ? draw(bars(rows, rules, WIDTH, HEIGHT), said, WIDTH, HEIGHT) : el("p", { class: "empty" }, "Open a CSV file to see a chart."));
  find("#table").replaceChildren(
    el("table", {},
      el("thead", {}, el("tr", {}, ...["Period", rules.measure, "Target"].map((title) => el("th", { scope: "col" }, title)))),
      el("tbody", {}, ...rows.map((row) => el("tr", {},
        el("th", { scope: "row" }, row.period), el("td", {}, `${row.value.toLocaleString()} ${rules.unit}`), el("td", {}, meets(row.value, rules) ? "met" : "missed"))))));
};

find("#file").addEventListener("change", async (event) => {
  const [file] = event.target.files;
  if (!file) return;
  try {
    show(parse(await file.text()));
    say(`${file.name} is shown.`, { label: "Undo", act: () => { show(shared); say("The shared figures are shown."); } });
  } catch (error) {
    say(error.message);
  }
});

find("#reset").addEventListener("click", () => {
  find("#file").value = "";
  show(shared);
  say("The shared figures are shown.");
});

try {
  shared = await (await fetch("data/figures.json")).json();
} catch {
  say("The shared figures cannot be read. Open a CSV file instead.");
}
show(shared);
count(config);

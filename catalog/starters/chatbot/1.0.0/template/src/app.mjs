import { config } from "./config.mjs";
import { lookUp } from "./lookup.mjs";
import { best, candidates } from "./matching.mjs";
import { el, find, say } from "./page.mjs";
import { rules } from "./rules.mjs";
import { count } from "./telemetry.mjs";

let answers = [];

const add = (who, ...content) => {
  find("#talk").append(el("li", { class: who }, el("span", { class: "visually-hidden" }, who === "you" ? "You: " : "Answer: "), ...content));
  find("#talk").lastElementChild.scrollIntoView({ block: "nearest" });
};

const unknown = (question) => {
  const near = candidates(question, answers);
  return near.length > 1
    ? el("p", {}, "That could mean: ", near.map((one) => one.topic).join(", "), ". Ask with one more word.")
    : el("p", {}, "I do not know that, and I do not guess. Ask ", el("a", { href: `mailto:${config.contact}` }, config.contact), ".");
};

const answer = async (question) => {
  const found = best(question, answers);
  if (found) return add("it", el("p", {}, found.answer), el("p", { class: "quiet" }, `Source: ${found.source}`));
  try {
    const looked = await lookUp(rules.api, question);
    if (looked) return add("it", el("p", {}, looked), el("p", { class: "quiet" }, "Source: looked up just now"));
  } catch {
    return add("it", el("p", {}, "The system does not answer right now. Try again in a minute."));
  }
  add("it", unknown(question));
};

find("#ask").addEventListener("submit", async (event) => {
  event.preventDefault();
  const field = find("#question");
  const question = field.value.trim();
  if (!question) return say("Write a question first.");
  say("");
  field.value = "";
  add("you", question);
  await answer(question);
  field.focus();
});

try {
  answers = await (await fetch("data/answers.json")).json();
} catch {
  say("The answers cannot be read. Reload the page, or write to the contact below.");
}
find("#topics").replaceChildren(...answers.map((one) => el("button", { type: "button", class: "plain", on: { click: () => { add("you", one.topic); answer(one.topic); } } }, one.topic)));
add("it", el("p", {}, rules.greeting));
count(config);

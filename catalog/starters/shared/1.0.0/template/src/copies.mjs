// What a browser keeps is lost with it: a copy to save, and to open in another browser.
import { el, say } from "./page.mjs";
import { download, rowsOf } from "./store.mjs";

/** Puts both into `place`. `fits` tells whether a row is one of this app; `show` draws the page anew. */
export const offerCopies = (place, { name, store, fits, show }) => {
  const open = async ({ target }) => {
    const [file] = target.files;
    if (!file) return;
    const before = store.rows;
    try {
      store.write(rowsOf(await file.text(), fits));
      show();
      say(`${file.name} is open.`, { label: "Undo", act: () => { store.write(before); show(); say("It is as it was."); } });
    } catch (error) {
      say(error.message);
    }
    target.value = ""; // so that the same file can be chosen again
  };
  place.append(
    el("details", {},
      el("summary", {}, "Save or open a copy"),
      el("p", { class: "quiet" }, "What you see is kept in this browser only. A copy brings it to another one."),
      el("div", { class: "row" },
        el("button", { type: "button", class: "plain", on: { click: () => download(`${name}.json`, JSON.stringify(store.rows, null, 1), "application/json") } }, "Save a copy")),
      el("div", { class: "field" },
        el("label", { for: "copy" }, "Open a copy"),
        el("input", { id: "copy", type: "file", accept: ".json,application/json", on: { change: open } }))));
};

// Charts: pointer and arrow keys read out one step at a time. Without this file titles and the table say the same.
const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const make = (tag, properties) => Object.assign(document.createElement(tag), properties);

function reading(figure) {
  const canvas = $(".canvas", figure), bands = $$(".hit", canvas), rows = $$(".data tbody tr", figure);
  const heads = $$(".data thead th", figure).slice(1).map((head) => head.textContent);
  const tip = make("div", { className: "tip", hidden: true });
  const live = make("p", { className: "vh" });
  live.setAttribute("role", "status");
  canvas.append(tip);
  figure.append(live);
  for (const band of bands) band.replaceChildren();
  let at = -1;

  function place(band) {
    const box = band.getBoundingClientRect(), within = canvas.getBoundingClientRect();
    const right = box.right - within.left + 8, left = box.left - within.left - tip.offsetWidth - 8;
    tip.style.insetInlineStart = `${right + tip.offsetWidth > within.width ? Math.max(0, left) : right}px`;
  }
  function show(index, aloud) {
    bands[at]?.classList.remove("on");
    at = index;
    tip.hidden = index < 0;
    if (index < 0) return;
    bands[index].classList.add("on");
    const cells = [...rows[index].children].map((cell) => cell.textContent);
    const list = document.createElement("dl");
    heads.forEach((head, k) => {
      const line = document.createElement("div");
      line.append(make("dt", { textContent: head }), make("dd", { textContent: cells[k + 1] }));
      list.append(line);
    });
    tip.replaceChildren(make("strong", { textContent: cells[0] }), list);
    place(bands[index]);
    if (aloud) live.textContent = `${cells[0]}: ${heads.map((head, k) => `${head} ${cells[k + 1]}`).join(", ")}`;
  }

  canvas.tabIndex = 0;
  canvas.setAttribute("role", "group");
  canvas.setAttribute("aria-label", canvas.dataset.label);
  canvas.addEventListener("pointermove", (event) => show(bands.indexOf(event.target.closest(".hit"))));
  canvas.addEventListener("pointerleave", () => show(-1));
  canvas.addEventListener("blur", () => show(-1));
  canvas.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (event.key === "Escape") show(-1);
    if (!step) return;
    event.preventDefault();
    const start = at < 0 ? (step > 0 ? -1 : bands.length) : at;
    show(Math.min(bands.length - 1, Math.max(0, start + step)), true);
  });
}

function start(root) {
  for (const figure of $$("[data-chart]", root)) {
    if (figure.dataset.ready) continue;
    figure.dataset.ready = "yes";
    reading(figure);
  }
}
start(document);
document.addEventListener("htmx:load", (event) => start(event.detail.elt.parentElement ?? document));

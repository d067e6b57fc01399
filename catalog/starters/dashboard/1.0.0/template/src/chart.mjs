// The chart as SVG: attributes only, so that it needs no inline style.
const SVG = "http://www.w3.org/2000/svg";

const shape = (name, attributes, text) => {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text !== undefined) node.textContent = text;
  return node;
};

export const draw = (plan, label, width, height) => {
  const svg = shape("svg", { viewBox: `0 0 ${width} ${height + 28}`, role: "img", "aria-label": label, class: "chart" });
  for (const bar of plan.bars) {
    svg.append(shape("rect", { x: bar.x, y: bar.y, width: bar.width, height: bar.height, rx: 4, class: bar.good ? "bar good" : "bar missed" }));
  }
  svg.append(shape("line", { x1: 0, x2: width, y1: plan.target, y2: plan.target, class: "target" }));
  for (const bar of plan.bars) { // above the line, which would strike them through
    const x = bar.x + bar.width / 2;
    if (bar.valued) svg.append(shape("text", { x, y: bar.y - 5, class: "value" }, bar.value.toLocaleString()));
    if (bar.named) svg.append(shape("text", { x, y: height + 20, class: "period" }, bar.period));
  }
  return svg;
};

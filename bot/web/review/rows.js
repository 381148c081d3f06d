/** The questions of a group, and the entries that may get them, line by line. */

import { button, el, set } from "../lookup/dom.js";
import { people, percent } from "./headline.js";

const REFUSED = "番号を伏せています。伏せた所を消すか直すと、追加できます。";
const MARKS = /［(?:個人番号|記号・番号)］/;

// {key, node, added(), inside(), text()}: whether the text is added, whether it is decided about.
export function row({ key: folded, text, people: count, redacted }, id, chosen, readOnly) {
  const node = el("li.question");
  const asked = el("span.small.count-of", people(count));
  if (readOnly) {
    node.append(el("span.text", text), asked);
    return { key: folded, node, added: () => false, inside: () => true, text: () => text };
  }
  const check = set(el("input"), { type: "checkbox", "aria-label": "追加する" });
  const field = set(el("textarea", text), { id, rows: 1, maxlength: 1000, "aria-label": "質問の文" });
  const hint = redacted && set(el("p.small", REFUSED), { id: `${id}-hint` });
  if (hint) set(field, { "aria-describedby": hint.id });
  check.checked = chosen;
  const refuse = () => {
    check.disabled = MARKS.test(field.value);
    if (check.disabled) check.checked = false;
  };
  field.oninput = () => {
    refuse();
    if (!check.disabled) check.checked = true; // who mends a text wants it
  };
  const out = set(button("out", "外す", () => {
    const outside = node.classList.toggle("outside");
    for (const control of [check, field]) control.disabled = outside;
    if (!outside) refuse();
    set(out, { "aria-pressed": outside });
  }), { "aria-pressed": "false" });
  refuse();
  node.append(...[check, field, asked, out, hint].filter(Boolean));
  const inside = () => !node.classList.contains("outside");
  return {
    key: folded, node, inside,
    added: () => inside() && check.checked,
    text: () => field.value.trim(),
  };
}

export function target({ id, label, confidence }, index, group, readOnly) {
  const radio = set(el("input"), { type: "radio", name: `entry-${group}`, value: id });
  radio.checked = index === 0;
  radio.disabled = readOnly;
  const number = set(el("span.number", String(index + 1)), { "aria-hidden": "true" });
  return el("div.target", el("label", radio, number, el("span.words", label), el("span.small", percent(confidence))));
}

/** One group of questions, and all that can be decided about it. */

import { button, el, set } from "../lookup/dom.js";
import { entryForm, topicForm } from "./forms.js";
import { headline, shownEntries } from "./headline.js";
import { row, target } from "./rows.js";

const ADDED = 5; // texts that are chosen at first, as in the command
const key = (name) => el("kbd", name);

/** `content`: the reply it came with; decide(group, decision) carries a decision out. */
export class Group {
  #data;
  #content;
  #decide;
  #rows = [];
  #form = null;

  constructor(data, number, content, { open, decide }) {
    this.#data = data;
    this.#content = content;
    this.#decide = decide;
    this.number = number;
    this.head = set(button("head", headline(data, number, content), () => open(this)), {
      "aria-expanded": "false",
      "aria-controls": `body-${number}`,
    });
    this.body = set(el("div.body"), { id: `body-${number}` });
    this.body.hidden = true;
    this.node = el("li.group", el("h2", this.head), this.body);
  }

  get isDecided() {
    return this.node.classList.contains("decided");
  }

  get isOpen() {
    return !this.body.hidden;
  }

  open(yes) {
    if (yes && !this.body.firstChild) this.body.append(...this.#parts());
    this.body.hidden = !yes;
    set(this.head, { "aria-expanded": yes });
    this.node.classList.toggle("open", yes);
  }

  // In the place of everything: what was decided.
  close(...said) {
    this.open(false);
    this.node.classList.add("decided");
    this.node.replaceChildren(el("p.done", set(el("span", "✓ "), { "aria-hidden": "true" }), said));
  }

  busy(yes) {
    for (const control of this.body.querySelectorAll("button, input, select, textarea")) {
      control.disabled = yes;
    }
  }

  // ---- What the keys and buttons do

  choose(number) {
    this.body.querySelectorAll("[name^=entry]")[number - 1]?.click();
  }

  edit() {
    this.body.querySelector("textarea")?.focus();
  }

  add() {
    const entry = this.#entry();
    if (entry) this.#send({ what: "example", entry, texts: this.#texts() });
  }

  addEntry() {
    this.#show(entryForm(this.#data, this.#content, (entry) =>
      this.#send({ what: "new_entry", new_entry: entry, texts: this.#texts() }),
    ));
  }

  addToTopic() {
    this.#show(topicForm(this.#data, this.#content, (topic) =>
      this.#send({ what: "out_of_scope", ...topic, texts: this.#texts() }),
    ));
  }

  skip() {
    this.#send({ what: "skip" });
  }

  ignore() {
    this.#send({ what: "ignore" });
  }

  // Whether there was a form to close.
  closeForm() {
    if (!this.#form) return false;
    this.#form.remove();
    this.#form = null;
    this.head.focus();
    return true;
  }

  #show(form) {
    this.#form?.remove();
    this.#form = form;
    this.body.append(form);
    form.querySelector("input, select").focus({ preventScroll: true });
    form.scrollIntoView({ block: "nearest" });
    form.querySelector(".cancel").onclick = () => this.closeForm();
  }

  #send(decision) {
    const questions = this.#rows.filter(({ inside }) => inside()).map(({ key }) => key);
    this.#decide(this, { ...decision, questions });
  }

  #texts() {
    return this.#rows.filter(({ added }) => added()).map(({ text }) => text());
  }

  #entry() {
    const other = this.body.querySelector(".others select")?.value;
    return other || this.body.querySelector("[name^=entry]:checked")?.value;
  }

  // ---- What it is made of

  #parts() {
    const { read_only: readOnly } = this.#content;
    const shown = shownEntries(this.#data, this.#content);
    const parts = [
      shown && el("p.shown-before", `表示して役に立たなかった回答：${shown}`),
      this.#questions(Boolean(readOnly)),
      this.#targets(Boolean(readOnly)),
      !readOnly && this.#actions(),
    ];
    return parts.filter(Boolean);
  }

  #questions(readOnly) {
    let free = ADDED;
    this.#rows = this.#data.questions.map((question, index) => {
      const chosen = !question.redacted && free-- > 0;
      return row(question, `text-${this.number}-${index}`, chosen, readOnly);
    });
    const nodes = this.#rows.map(({ node }) => node);
    const rest = nodes.slice(ADDED);
    return el(
      "section.asked",
      el("h3", readOnly ? "質問" : "質問（チェックした文を追加します）"),
      el("ul", nodes.slice(0, ADDED)),
      rest.length && el("details", el("summary", `ほか ${rest.length}件${readOnly ? "" : "（チェックしないものは、追加せずに判断済みにします）"}`), el("ul", rest)),
    );
  }

  #targets(readOnly) {
    const { candidates, topic } = this.#data;
    const outside = this.#content.topics.find(({ id }) => id === topic);
    const list = candidates.map((one, index) => target(one, index, this.number, readOnly));
    return el(
      "section.targets",
      el("h3", "追加先の項目"),
      outside && el("p.small", `いまの判断は、対象外の話題「${outside.name}」です。`),
      set(el("div", list), { role: "radiogroup", "aria-label": "追加先の項目" }),
      !readOnly && this.#others(list.map((item) => item.querySelector("input"))),
    );
  }

  // One of the select, or one of the radios.
  #others(radios) {
    const known = new Set(this.#data.candidates.map(({ id }) => id));
    const options = this.#content.entries
      .filter(({ id }) => !known.has(id))
      .map(({ id, label }) => set(el("option", label), { value: id }));
    if (!options.length) return null;
    const none = set(el("option", "選ばない"), { value: "" });
    const select = set(el("select", none, options), { id: `others-${this.number}` });
    select.onchange = () => {
      for (const radio of radios) radio.checked = !select.value && radio === radios[0];
    };
    for (const radio of radios) radio.onchange = () => (select.value = "");
    return el("p.others", set(el("label", "ほかの項目"), { for: select.id }), select);
  }

  #actions() {
    const action = (name, letter, label, does) =>
      set(button(name, [label, key(letter)], does), { "aria-keyshortcuts": letter });
    return set(
      el(
        "div.actions",
        action("main", "a", "言い方として追加", () => this.add()),
        action("", "n", "新しい項目", () => this.addEntry()),
        action("", "o", "対象外", () => this.addToTopic()),
        action("", "s", "あとで", () => this.skip()),
        action("", "i", "今後出さない", () => this.ignore()),
      ),
      { role: "group", "aria-label": "判断" },
    );
  }
}

/** The forms for a new entry and for an out-of-scope topic. */

import { button, el, set } from "../lookup/dom.js";

const ID = "[a-z][a-z0-9_]{1,63}";
const ID_HINT = "英小文字で始まる、英小文字・数字・_ の2～64文字";
const NEW = " "; // no topic has this id

const option = (value, name) => set(el("option", name), { value });

let number = 0;

function field(label, control, hint) {
  const id = `field-${(number += 1)}`;
  const note = hint && set(el("span.small", hint), { id: `${id}-hint` });
  set(control, { id, "aria-describedby": note ? note.id : null });
  return el("div.entered", set(el("label", label), { for: id }), control, note);
}

function input(name, attributes) {
  return set(el("input"), { type: "text", name, autocomplete: "off", required: "", ...attributes });
}

const idField = () => field("id", input("id", { pattern: ID, title: ID_HINT, spellcheck: false }), ID_HINT);

function form(name, label, submit, onsubmit, ...fields) {
  const node = el(
    `form.${name}`,
    el("h3", label),
    fields,
    el("div.actions", set(el("button.main", submit), { type: "submit" }), button("cancel", "やめる")),
  );
  node.onsubmit = (event) => {
    event.preventDefault();
    onsubmit(node.elements);
  };
  return set(node, { "aria-label": label });
}

// take({id, category, question, answer})
export function entryForm({ representative }, { entries }, take) {
  const categories = [...new Set(entries.map(({ category }) => category))];
  const list = set(el("datalist", categories.map((name) => option(name))), { id: "categories" });
  const question = set(el("textarea", representative), { name: "question", rows: 2, required: "" });
  const answer = set(el("textarea"), { name: "answer", rows: 5, required: "", maxlength: 4000 });
  return form(
    "new", "新しい項目", "項目を追加",
    ({ id, category, question, answer }) =>
      take({
        id: id.value, category: category.value, question: question.value, answer: answer.value,
      }),
    idField(),
    field("分類", input("category", { list: "categories" }), "ある分類から選ぶか、新しく書きます"),
    list,
    field("質問", question),
    field("回答（承認された文面）", answer),
    el("p.small", "チェックした文が、この項目の言い方になります。連絡先などは、あとで faq.yml に書き足せます。"),
  );
}

// take({topic: id} or {new_topic: {id, name, kind}})
export function topicForm({ topics: near }, { topics, kinds }, take) {
  const options = (given) => given.map(({ id, name }) => option(id, name));
  const group = (label, given) => given.length && set(el("optgroup", options(given)), { label });
  const select = el(
    "select",
    group("近い話題", near),
    option(NEW, "新しい話題を作る"),
    group("すべての話題", topics),
  );
  const kind = set(el("select", options(kinds)), { name: "kind" });
  const fresh = el(
    "fieldset.fresh",
    el("legend", "新しい話題"),
    idField(),
    field("名前", input("name", { maxlength: 80 })),
    field("種類", kind),
  );
  const toggle = () => (fresh.hidden = fresh.disabled = select.value !== NEW);
  select.name = "topic";
  select.onchange = () => {
    toggle();
    fresh.scrollIntoView({ block: "nearest" });
  };
  toggle();
  return form(
    "outside-scope", "対象外の話題", "対象外にする",
    ({ topic, id, name, kind }) =>
      take(
        topic.value === NEW
          ? { new_topic: { id: id.value, name: name.value, kind: kind.value } }
          : { topic: topic.value },
      ),
    field("話題", select),
    fresh,
  );
}

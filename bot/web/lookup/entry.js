/** An entry in full and as a line of the list. */

import { address, button, el, lines, longDate, marked, set } from "./dom.js";

export const FIRST_RELATED = 6; // the number of the first related entry: 1 to 5 are the hits
const LAST_RELATED = 9;

const CERTAINTY = { sure: ["●", "確実"], likely: ["◆", "候補"], unsure: ["△", "要確認"] };
const UNSURE = "質問と合っているか、お客様に確かめてから伝えてください。";
const NOTE = "内部メモ（お客様には伝えません）";
const LANGUAGES = new Intl.DisplayNames(["ja"], { type: "language" });

const key = (name) => el("kbd", name);
const part = (name, heading, ...inside) => el(`section.${name}`, el("h3", heading), ...inside);

export function certainty(level) {
  const [shape, word] = CERTAINTY[level] ?? CERTAINTY.unsure;
  return el(`span.certainty.${level}`, set(el("span", shape), { "aria-hidden": "true" }), word);
}

// An option of the list.
export function hit(entry, index) {
  const { label, question, words } = entry;
  const more = label && label !== question ? el("span.question", marked(question, words)) : null;
  const node = el(
    "li.hit",
    el("span.number", String(index + 1)),
    el("span.words", el("span.label", marked(label || question, words)), more),
    certainty(entry.certainty),
  );
  return set(node, { id: `hit-${index + 1}`, role: "option", "aria-selected": "false" });
}

// The parts of an entry, what is to be said first; `open` shows a related one by its id.
export function entryParts(entry, open) {
  const { words } = entry;
  const parts = [
    head(entry),
    entry.certainty === "unsure" && el("p.unsure", UNSURE),
    entry.agent_note && el("div.note", el("h3", NOTE), lines(entry.agent_note, words)),
    ...answer(entry),
    cards(entry),
    pages(entry),
    steps(entry.steps, words),
    related(entry.related, open),
    provenance(entry),
  ];
  return parts.flat().filter(Boolean);
}

function head({ category, label, question, certainty: level, words }) {
  const title = el("h2", marked(label || question, words));
  const asked = label && label !== question && el("p.question", marked(question, words));
  return el("div.head", el("p.category", category, level && certainty(level)), title, asked);
}

function answer({ short, answer: official, easy, words }) {
  // A phone may be narrower: no breaks within a sentence.
  const unbroken = short?.trim().replace(/([^。！？])\n/g, "$1");
  const plain = easy && el("details", el("summary", "やさしい日本語", key("Alt＋E")), lines(easy));
  if (!unbroken) return [part("say", "公式の回答", lines(official, words)), plain];
  return [
    part("say", "お伝えする要点", lines(unbroken, words)),
    part("official", "公式の回答", lines(official, words)),
    plain,
  ];
}

function cards({ contacts, words }) {
  return contacts?.length && part("contacts", "電話", contacts.map((one) => card(one, words)));
}

function card({ name, phones, open, status, hours, languages, note, url, about }, words) {
  const state = typeof open === "boolean" && (open ? "open" : "closed");
  const spoken = languages?.some((code) => code !== "ja") && languages.map(language).join("、");
  const fact = (term, value) => value && el("div", el("dt", term), el("dd", value));
  return el(
    "div.contact",
    el("h4", marked(name, words)),
    state && status && el(`p.status.${state}`, status),
    (phones ?? []).map(phone),
    link(null, url),
    el("dl", fact("受付時間", hours?.split("\n").join("　")), fact("対応する言語", spoken)),
    about && el("p.small", about),
    note && el("p.small", note),
  );
}

const language = (code) => LANGUAGES.of(code);

function phone({ number, label, tel }) {
  const href = address(tel, "tel:");
  const node = href ? set(el("a.number", number), { href }) : el("span.number", number);
  return el("p.phone", node, label && el("span.small", label));
}

function pages({ links }) {
  const shown = (links ?? []).map(({ name, url }) => link(name, url)).filter(Boolean);
  return shown.length && part("links", "案内するページ", shown);
}

// With its address in full: the agent reads it out.
function link(name, url) {
  const href = address(url, "https:", "http:");
  if (!href) return null;
  const node = set(el("a", url), { href, target: "_blank", rel: "noopener noreferrer" });
  return el("p.link", name && el("span", name), node);
}

function steps(given, words) {
  if (!given?.length) return null;
  const step = ({ title, text, fields, notes }) =>
    el(
      "li",
      el("h4", marked(String(title).replace(/^【手順[0-9０-９]+】/, ""), words)),
      lines(text, words),
      fields?.length && el("p.small", "画面に表示される項目の例"),
      fields?.length && el("dl.fields", fields.map(field)),
      notes?.length && el("ul.notes", notes.map((note) => el("li", marked(note, words)))),
    );
  return part("steps", "手順", el("ol", given.map(step)));
}

const field = ({ name, example }) => el("div", el("dt", name), el("dd", example));

function related(given, open) {
  if (!given?.length) return null;
  const item = ({ id, label }, index) => {
    const number = FIRST_RELATED + index;
    const mark = number <= LAST_RELATED && el("span.number", String(number));
    const node = button("related-entry", [mark, el("span", label)], () => open(id));
    return el("li", set(node, { "data-number": mark ? number : null }));
  };
  return part("related", "関連する回答", el("ul", given.map(item)));
}

function provenance({ source, reviewed, valid_from: from, valid_until: until }) {
  const period = (from || until) && `${from ? longDate(from) : ""}～${until ? longDate(until) : ""}`;
  const facts = [["出典", source], ["確認日", reviewed && longDate(reviewed)], ["有効期間", period]];
  const fact = ([term, value]) => value && el("div", el("dt", term), el("dd", value));
  return el("dl.provenance", facts.map(fact));
}

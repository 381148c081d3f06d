/** What a group is about, in a few words. */

import { el, set } from "../lookup/dom.js";

const REASONS = {
  no_match: "回答なし",
  unhelpful: "役に立たなかった",
  not_taken: "候補を選ばず",
  wrong: "質問と違う（担当者）",
  missing: "該当なし（担当者）",
};
const LANGUAGES = new Intl.DisplayNames(["ja"], { type: "language" });
const MOMENT = new Intl.DateTimeFormat("ja", {
  month: "long", day: "numeric", hour: "numeric", minute: "2-digit", timeZone: "Asia/Tokyo",
});

export const percent = (share) => `${Math.round(share * 100)}％`;
export const people = (count) => `${count}人`;

// The line in the list.
export function headline(data, number, content) {
  const { representative, candidates, topic, language } = data;
  const outside = content.topics.find(({ id }) => id === topic);
  const [best] = candidates;
  const likely = outside
    ? `対象外：${outside.name}`
    : best && `${best.label}（${percent(best.confidence)}）`;
  return [
    el("span.number", String(number)),
    el(
      "span.words",
      el("span.label", language !== "ja" && el("span.language", LANGUAGES.of(language)), representative),
      el("span.why", why(data)),
      likely && el("span.likely", set(el("span", "→ "), { "aria-hidden": "true" }), likely),
    ),
  ];
}

function why({ people: count, last, reasons, questions }) {
  const parts = Object.entries(reasons).map(([name, times]) => `${REASONS[name] ?? name} ${times}件`);
  const texts = questions.length > 1 ? `（${questions.length}通りの文）` : "";
  return `${people(count)}${texts}・最後は${MOMENT.format(new Date(last))}・${parts.join("、")}`;
}

// The entries that did not help; "" where there are none.
export function shownEntries({ shown }, { entries }) {
  const names = new Map(entries.map(({ id, label }) => [id, label]));
  return Object.entries(shown).map(([id, times]) => `${names.get(id) ?? id}（${times}回）`).join("、");
}

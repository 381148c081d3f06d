/** An entry as plain text for a mail or a chat, and the way to the clipboard. */

import { longDate } from "./dom.js";

// What a member may read: never the internal note, nor whether a line is open at the moment.
// `on`: the day that the answer holds on, where it is not today.
export function asText(entry, on) {
  const blocks = [
    on && `（${longDate(on)}時点のご案内です）`,
    block("ご質問", entry.question),
    block("回答", entry.answer),
    block("手順", ...(entry.steps ?? []).flatMap(step)),
    block("お問い合わせ先", ...(entry.contacts ?? []).flatMap(contact)),
    block("参考ページ", ...(entry.links ?? []).flatMap(({ name, url }) => [name, url])),
    entry.source && `出典：${entry.source}`,
  ];
  return blocks.filter(Boolean).join("\n\n");
}

// Numbers and addresses alone, each once; "" where there are none.
export function contactText({ contacts, links }) {
  const numbers = (contacts ?? []).flatMap(({ name, phones }) =>
    (phones ?? []).map(({ number, label }) => `${label ?? name}：${number}`),
  );
  const urls = [...(contacts ?? []), ...(links ?? [])].map(({ url }) => url);
  return [...new Set([...numbers, ...urls])].filter(Boolean).join("\n");
}

function block(heading, ...given) {
  const inside = given.map((line) => line && String(line).trim()).filter(Boolean);
  return inside.length ? [`■ ${heading}`, ...inside].join("\n") : null;
}

function step({ title, text, fields, notes }) {
  const shown = (fields ?? []).map(({ name }) => name).join("、");
  const marks = (notes ?? []).map((note) => (/^[※（【]/.test(note) ? note : `※${note}`));
  return [title, text, shown && `表示される項目：${shown}`, ...marks];
}

function contact({ name, phones, hours, note, url }) {
  const numbers = (phones ?? []).map(
    ({ number, label }) => `電話：${number}${label ? `（${label}）` : ""}`,
  );
  const times = hours && `受付時間：${hours.split("\n").join("／")}`;
  return [name, ...numbers, times, note, url];
}

// Rejects where the browser refuses both ways.
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    if (!copiedBySelection(text)) throw new Error("no clipboard");
  }
}

// For pages served without TLS, where browsers keep the clipboard away.
function copiedBySelection(text) {
  const focused = document.activeElement;
  const range = [focused?.selectionStart, focused?.selectionEnd];
  const area = document.createElement("textarea");
  area.className = "visually-hidden";
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  focused?.focus({ preventScroll: true });
  if (range[0] != null) focused.setSelectionRange(...range);
  return done;
}

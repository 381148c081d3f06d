/**
 * The lookup page: what an agent needs of an entry while somebody waits on the line, by keyboard.
 *
 * The focus stays in the search field; `state` is what is shown, and every action on it first
 * waits for the answer to what the field holds.
 */

import { Access } from "./access.js";
import { asText, contactText, copy } from "./copy.js";
import { longDate, set, today, write } from "./dom.js";
import { entryParts, FIRST_RELATED, hit } from "./entry.js";
import { listenToKeys } from "./keys.js";
import { parameters, request, Search } from "./search.js";

const part = (id) => document.getElementById(id);
const [query, day, message] = ["query", "day", "message"].map(part);
const [hits, entryBox, dialog] = ["hits", "entry", "keys"].map(part);

const THANKS = { found: "ありがとうございます。", wrong: "報告しました。", missing: "報告しました。" };
const NOTHING_SHOWN = "先に検索してください。";

let state = empty();
const sent = new Set(); // verdicts, by query

// `chosen`: by the agent, since the last key; `related`: an entry opened from another one.
function empty() {
  return { query: "", hits: [], selected: 0, chosen: null, related: null };
}

const current = () => state.related ?? state.hits[state.selected];

// ---- Results

const search = new Search(query, {
  taken(reply) {
    state = reply ? { ...empty(), query: reply.query, hits: reply.hits, chosen: state.chosen } : empty();
    state.selected = Math.max(state.hits.findIndex(({ id }) => id === state.chosen), 0);
    if (!search.on && document.activeElement !== day) setDay(""); // it may be past midnight
    say("");
    drawList(reply);
    show();
  },
  failed(error) {
    if (error.code === "forbidden") access.ask();
    else say(error.message, "error");
    markOld();
  },
  warned(text) {
    write(part("warning"), text);
    part("warning").hidden = !text;
    if (text) markOld();
  },
  busy(yes) {
    set(hits, { "aria-busy": yes });
  },
  slow() {
    write(part("whose"), "検索中…");
  },
});

// The list stays, but it answers other words than the field holds.
function markOld() {
  write(part("whose"), state.query && `「${state.query}」の結果です`);
}

function drawList(reply) {
  const list = state.hits.map(hit);
  hits.replaceChildren(...list);
  hits.hidden = !list.length;
  set(query, { "aria-expanded": list.length > 0 });
  write(part("count"), reply ? `${list.length}件` : "");
  write(part("whose"), "");
  part("doubt").hidden = !reply || state.hits.some(({ certainty }) => certainty !== "unsure");
  document.body.classList.toggle("searched", Boolean(reply));
}

// The selected entry, or the related one, from its beginning.
function show() {
  const entry = current();
  [...hits.children].forEach((node, index) => {
    set(node, { "aria-selected": index === state.selected });
  });
  const option = hits.children[state.selected];
  if (option) set(query, { "aria-activedescendant": option.id });
  else query.removeAttribute("aria-activedescendant");
  option?.scrollIntoView({ block: "nearest" });
  entryBox.replaceChildren(...(entry ? entryParts(entry, openRelated) : []));
  entryBox.scrollTop = 0;
  document.body.classList.toggle("answered", Boolean(entry));
}

function select(index) {
  if (!state.hits[index]) return;
  Object.assign(state, { selected: index, chosen: state.hits[index].id, related: null });
  show();
}

function move(step) {
  const { length } = state.hits;
  if (length) select((state.selected + step + length) % length);
}

async function openRelated(id) {
  const before = state;
  const path = `/entries/${encodeURIComponent(id)}?${parameters({ on: search.on })}`;
  try {
    const entry = await request(path);
    if (state !== before) return; // other results, or the next call
    state.related = entry;
    show();
    say(`関連する回答を開きました：${entry.label || entry.question}`);
    query.focus({ preventScroll: true });
  } catch (error) {
    say(error.message, "error");
  }
}

function openNumber(number) {
  if (number >= FIRST_RELATED) return entryBox.querySelector(`[data-number="${number}"]`)?.click();
  select(number - 1);
  entryBox.scrollIntoView({ block: "nearest" }); // it may stand below the list
}

// ---- What is done with the entry shown

function say(text, kind = "done") {
  write(message, text);
  message.className = kind;
}

async function copied(textOf, what) {
  if (!(await search.settled())) return query.value.trim() || say(NOTHING_SHOWN);
  const entry = current();
  if (!entry) return say(NOTHING_SHOWN);
  const text = textOf(entry, search.on);
  if (!text) return say("この回答に電話番号・URLはありません。");
  const name = entry.label || entry.question;
  try {
    await copy(text);
    say(`${what}をコピーしました：${name}`);
  } catch {
    say("コピーできませんでした。ブラウザーの設定を確かめてください。", "error");
  }
}

async function report(verdict) {
  if (!(await search.settled())) return query.value.trim() || say(NOTHING_SHOWN);
  const entry = verdict === "missing" ? null : current()?.id;
  if (entry === undefined) return say(NOTHING_SHOWN);
  const key = `${verdict} ${state.query}`;
  if (sent.has(key)) return say("報告済みです。");
  sent.add(key);
  const body = { query: state.query, shown: state.hits.map(({ id }) => id), verdict, entry };
  try {
    await request("/verdict", { body });
    say(THANKS[verdict]);
  } catch (error) {
    sent.delete(key);
    say(error.message, "error");
  }
}

const copyAnswer = () => copied(asText, "回答");
const copyContact = () => copied(contactText, "電話番号・URL");

// ---- The date, and the next call

function setDay(on) {
  search.on = on === today() ? "" : on;
  if (day.value !== (on || today())) day.value = on || today();
  const banner = part("banner");
  const words = search.on && `${longDate(search.on)}の回答を表示しています（今日ではありません）`;
  write(banner.firstElementChild, words);
  banner.hidden = !words;
}

function changeDay() {
  if (!day.validity.valid) return say("基準日を確かめてください。", "error");
  setDay(day.value);
  search.ask();
}

function nextCall() {
  search.drop();
  query.value = "";
  setDay("");
  search.ask();
  sent.clear();
  say("");
  query.focus();
}

const access = new Access(part("access"), {
  say,
  admitted() {
    say("");
    query.focus();
    search.ask();
  },
});

// ---- Wiring

function start() {
  const click = (id, action) => (part(id).onclick = action);
  const back = (action) => () => {
    action();
    query.focus();
  };
  click("copy", back(copyAnswer));
  click("copy-contact", back(copyContact));
  for (const verdict of ["found", "wrong", "missing"]) click(verdict, back(() => report(verdict)));
  click("help", () => dialog.showModal());
  click("close", () => dialog.close());
  click("today", back(() => {
    setDay("");
    search.ask();
  }));
  hits.onmousedown = (event) => event.preventDefault(); // the field keeps the focus
  hits.onclick = ({ target }) => select([...hits.children].indexOf(target.closest(".hit")));
  query.addEventListener("input", () => (state.chosen = null));
  day.onchange = changeDay;
  day.onblur = () => setDay(search.on);
  dialog.onclose = () => query.focus();
  listenToKeys({
    query, day, dialog, entryBox, move, openNumber, copyAnswer, copyContact, report, nextCall,
  });
  setDay("");
  open();
}

// With the words of the address, which the history is not to keep.
function open() {
  const place = new URL(location.href);
  const words = place.searchParams.get("q") ?? "";
  const begun = `${place.origin}${place.pathname}?q=`;
  part("address").textContent = begun;
  part("bookmarklet").textContent =
    `javascript:void open("${begun}"+encodeURIComponent(getSelection()),"lookup")`;
  if (place.search) history.replaceState(null, "", place.pathname);
  query.value = words.trim();
  query.focus();
  search.ask();
  if (!words) access.knock();
}

start();

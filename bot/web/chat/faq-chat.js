/**
 * <faq-chat>: the members' chat as one web element, without dependencies or a build.
 *
 *     <script src="https://…/chat/faq-chat.js" defer></script>
 *     <faq-chat><a href="https://…/faq">よくあるご質問</a></faq-chat>
 *
 * Attributes, read again when they change: mode="bubble" (a button that opens a panel),
 * position="left" (of the bubble), lang="en" (of the controls), heading, greeting, faq (address
 * of all answers).  A page has one chat.  It works under a strict Content-Security-Policy; what
 * the server or the member writes reaches the page as text only.
 */
(() => {
"use strict";

const { src } = document.currentScript;
const beside = (path) => new URL(path, src).href;
const API_URL = beside("../api/");

const KEPT = `faq-chat ${API_URL}`; // the conversation, in sessionStorage
const SIZE = "faq-chat size"; // of the text, in localStorage

const MAX_CHARACTERS = 500; // the server's limit
const COUNTER_FROM = 400; // before that a counter would only worry people
const COUNTER_SPOKEN = 50; // steps in which a screen reader hears it
const SUGGEST_FROM = 2; // characters
const SUGGEST_MS = 250; // after the last key
const TIMEOUT_MS = 20000; // for bad mobile networks
const RETRY_MS = 1000;
const IDLE_S = 1800; // where the server does not say
const SETTLED_MS = 100; // then the log is live
const SPACE_ABOVE = 14; // pixels

const HOTLINE = "hotline"; // the entry for whoever got no help

// May be a My Number: 12 digits of any script, whatever punctuation is between them.
const DIGIT = "[\\p{Nd}〇零一二三四五六七八九]";
const LONG_NUMBER = new RegExp(`(?:${DIGIT}[\\s\\p{P}\\p{S}\\p{Cf}ーｰ]{0,8}){12}`, "u");

// Japanese, English; % is a number.
const WORDS = {
  title: ["「資格情報のお知らせ」のご質問", "About the eligibility notice"],
  help: ["ご質問", "Help"],
  chat: ["チャット", " chat"],
  close: ["閉じる", "Close"],
  other: ["English", "日本語"],
  size: ["文字の大きさ", "Text size"],
  sizes: [["標準", "大", "特大"], ["A", "A+", "A++"]],
  restart: ["はじめから", "Start over"],
  conversation: ["会話", "Conversation"],
  greeting: ["「資格情報のお知らせ」やマイナンバーカードのご質問に、確認済みの回答を自動でご案内します。",
    "Approved answers, in Japanese, on the eligibility notice and the My Number Card."],
  caution: ["マイナンバー（個人番号）は入力しないでください。", "Do not enter your My Number."],
  cautionMore: ["保険証の記号・番号、お名前、ご住所も必要ありません。", "Nor any card number, name or address."],
  purpose: ["お書きいただいた内容は、ご質問への回答とご案内の改善のために利用します。",
    "What you write is used to answer and improve."],
  frequent: ["よくあるご質問", "Frequent questions"],
  all: ["ご質問と回答の一覧", "All questions and answers"],
  input: ["ご質問をお書きください", "Your question"],
  placeholder: ["例：再交付できますか", "e.g. Can I get a new one?"],
  send: ["送信", "Send"],
  hint: ["Enterキーで送信、Shift＋Enterキーで改行", "Enter sends, Shift+Enter breaks the line"],
  suggestions: ["こちらのご質問ですか", "Is it one of these?"],
  found: ["候補が%件あります", "% suggestions"],
  number: ["マイナンバー（個人番号）かもしれない数字があるため、送信していません。数字を消して、ご質問だけをお送りください。",
    "Not sent: this may be a My Number. Delete it and send only your question."],
  you: ["あなたのご質問：", "You asked: "],
  question: ["ご質問：", "Question: "],
  official: ["公式の回答（全文）を読む", "Read the full official answer"],
  easy: ["やさしい日本語で読む", "Read in plain Japanese"],
  source: ["出典：", "Source: "],
  reviewed: ["確認日：", "Checked: "],
  related: ["関連するご質問", "Related questions"],
  steps: ["確認の手順", "Step by step"],
  fields: ["画面に表示される項目の例を見る（%項目）", "What the screen shows (% items)"],
  fieldHead: [["項目", "表示の例"], ["Item", "Example"]],
  newWindow: ["（別の画面で開きます）", " (opens in a new window)"],
  call: ["に電話する", "Call"],
  open: ["", "Open now. "],
  closed: ["", "Closed now. "],
  hours: ["受付時間", "Hours"],
  languages: ["対応する言語", "Languages"],
  nearest: ["お近くの質問", "Similar questions"],
  categories: ["分類からさがす", "Questions by topic"],
  helpful: ["役に立ちましたか", "Was this helpful?"],
  yes: ["はい", "Yes"],
  no: ["いいえ", "No"],
  thanks: ["ありがとうございます。ご案内の改善に役立てます。", "Thank you."],
  sorry: ["お役に立てず申し訳ありません。言い方を変えてお尋ねいただくと、見つかることがあります。",
    "Sorry. Other words may help."],
  alternatives: ["お尋ねの内容は、こちらではありませんか", "Did you mean one of these?"],
  phone: ["電話の窓口を見る", "Show the telephone line"],
  feedbackFailed: ["評価を送れませんでした。お手数ですが、もう一度押してください。",
    "Not sent. Please press again."],
  ended: ["しばらくご利用がなかったため、前の会話を終了しました。下の欄にご質問をお書きいただくと、新しい会話が始まります。",
    "The last chat ended after a while without use. Write below to begin anew."],
  offline: ["通信できませんでした。ご質問は消えていません。インターネットの接続をご確認のうえ、「もう一度送る」を押してください。",
    "No connection. Your question is kept: go online and send it again."],
  failed: ["申し訳ありません。ただいまお答えできません。少し待ってから、もう一度お試しください。",
    "Sorry, this does not work now. Please try again later."],
  retry: ["もう一度送る", "Send again"],
  retryIn: ["もう一度送る（%秒後に押せます）", "Send again (in % seconds)"],
  remaining: ["あと%文字入力できます", "% characters left"],
  excess: ["500文字を%文字超えています。文を短くしてください。", "% characters too many. Please shorten it."],
};

let host = null; // the element in use
let lang = "ja"; // of the controls
const TEXT = {}; // WORDS in that language
const count = (words, number) => words.replace("%", number);

// Null where it fails: storage may be denied, text no JSON or address.
function attempt(action) {
  try {
    return action();
  } catch {
    return null;
  }
}

// ---- The server

// With a message for the member; its kind is "passing" or the server's code.
const failure = (message, kind = "failed", retryable = true, wait = 0) =>
  Object.assign(new Error(message), { kind, retryable, wait });

// The server's JSON; `body` makes it a POST.
async function request(path, body) {
  const options = { credentials: "omit", signal: AbortSignal.timeout?.(TIMEOUT_MS) };
  const headers = { "Content-Type": "application/json" };
  if (body) Object.assign(options, { method: "POST", headers, body: JSON.stringify(body) });
  let response, text;
  try {
    response = await fetch(API_URL + path, options);
    text = await response.text(); // fails where the connection breaks half-way
  } catch {
    throw failure(TEXT.offline, "passing");
  }
  const reply = attempt(() => Object(JSON.parse(text))) ?? {}; // the error page of a proxy
  const { ok, status } = response;
  if (ok) return reply;
  const { code, message = TEXT.failed } = reply.error ?? {};
  const kind = [502, 503, 504].includes(status) ? "passing" : code;
  const wait = Number(response.headers.get("Retry-After")) || 0;
  throw failure(message, kind, status === 429 || status >= 500, wait);
}

// ---- The conversation, as data that can be kept and drawn again
// {turns, session: newest token, until: ms, idle: seconds, frequent: questions, lang}; a turn:
// {id, asked: label, question: {text} or {choice}, then messages or failure, helpful}.

const begin = (lang) => ({ turns: [], until: 0, idle: IDLE_S, lang });
const kept = attempt(() => JSON.parse(sessionStorage.getItem(KEPT)));
let chat = kept?.turns ? kept : begin();
let lapsed = false; // and the member is to be told so

const keep = () => attempt(() => sessionStorage.setItem(KEPT, JSON.stringify(chat)));

// Its idle time counts from now.
function touch() {
  chat.until = Date.now() + chat.idle * 1000;
  keep();
  watch();
}

// Fills in `turn.messages`.  The server does a repeated id only once.
async function answer(turn) {
  const mine = chat;
  const retries = new Set(["passing", "invalid_session"]); // once each
  while (!turn.messages && mine === chat) {
    const body = { ...turn.question, session: mine.session, message_id: turn.id };
    try {
      const reply = await request("chat", body);
      if (mine === chat) take(turn, reply);
    } catch (error) {
      if (!retries.delete(error.kind)) throw error;
      if (error.kind === "passing") await new Promise((done) => setTimeout(done, RETRY_MS));
      else mine.session = undefined; // ended there: the question begins a new one
    }
  }
}

function take(turn, { session, expires_in: idle = IDLE_S, messages }) {
  if (!Array.isArray(messages)) throw failure(TEXT.failed);
  const redacted = messages.some(({ code }) => code === "redacted");
  if (redacted) turn.asked = turn.asked.replace(new RegExp(DIGIT, "gu"), "＊"); // kept nowhere
  Object.assign(turn, { messages, question: undefined });
  Object.assign(chat, { session, idle });
  touch();
}

// ---- Small pieces of the page

// An element, "tag.class"; empty children are left out, what is no element becomes text.
function el(name, ...children) {
  const [tag, ...classes] = name.split(".");
  const node = document.createElement(tag);
  if (classes.length) node.className = classes.join(" ");
  const inside = children.flat(2).filter(Boolean);
  // The server's Japanese among English words.
  if (lang !== "ja" && inside.some((c) => !c.nodeType && /[぀-鿿]/.test(c))) node.lang = "ja";
  node.append(...inside);
  return node;
}

function set(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) node.setAttribute(name, value);
  }
  return node;
}

function button(name, label, onclick) {
  return Object.assign(el(`button.${name}`, label), { type: "button", onclick });
}

const hidden = (text) => el("span.visually-hidden", text);
const details = (summary, ...inside) => el("details", el("summary", summary), ...inside);
const card = (name, ...inside) => el(`div.card.${name}`, ...inside);

// One paragraph a line; a line in Latin letters is English.
function lines(text, language) {
  const split = String(text ?? "").split("\n").map((line) => line.trim()).filter(Boolean);
  const latin = (line) => (/^[\x20-\x7e]+$/.test(line) ? "en" : undefined);
  return split.map((line) => set(el("p", line), { lang: language ?? latin(line) }));
}

function link(name, url) {
  const target = address(url, "https:", "http:");
  if (!target) return null;
  const more = el("span.small", target.hostname + TEXT.newWindow);
  const node = el("a.link", el("span.name", name), more);
  return set(node, { href: target.href, target: "_blank", rel: "noopener" });
}

// The URL if it is of one of the protocols: no `javascript:`, whatever the data holds.
function address(url, ...protocols) {
  const target = url && attempt(() => new URL(url, document.baseURI));
  return protocols.includes(target?.protocol) ? target : null;
}

// Where a text comes from, and which question was understood.
function provenance({ source, reviewed }, question) {
  const format = new Intl.DateTimeFormat(lang, { dateStyle: "long", timeZone: "UTC" });
  const day = reviewed && attempt(() => format.format(new Date(reviewed)));
  const parts = [[TEXT.question, question], [TEXT.source, source], [TEXT.reviewed, day]];
  const part = ([name, value]) => value && el("span", name, el("span", value));
  return el("p.small.provenance", parts.map(part));
}

function languageNames(codes) {
  const names = new Intl.DisplayNames([lang], { type: "language" });
  const others = codes?.some((code) => code !== "ja");
  return others && codes.map((code) => names.of(code)).join(lang === "ja" ? "、" : ", ");
}

// ---- Messages, one function a type; `turn` holds the links shown

const MESSAGES = {
  answer(message, turn) {
    const { text, short, easy, question } = message;
    const official = lines(text);
    // A phone may be narrower: no breaks within a sentence.
    const unbroken = short?.trim().replace(/([^。！？])\n/g, "$1");
    return card(
      "answer",
      short ? el("p.short", unbroken) : official,
      short && details(TEXT.official, official),
      easy && details(TEXT.easy, lines(easy)),
      links(message.links, turn),
      provenance(message, question !== turn.asked && question),
    );
  },

  steps({ steps, links: found }, turn) {
    const items = (steps ?? []).map(({ title, text, fields, notes }) =>
      el(
        "li",
        el("h3", String(title).replace(/^【手順[0-9０-９]+】/, "")), // the list has numbers
        lines(text),
        fields?.length && fieldTable(fields),
        notes?.length && el("ul.notes", notes.map((note) => el("li", note))),
      ),
    );
    return card("steps", el("h2", TEXT.steps), el("ol", items), links(found, turn));
  },

  contact(message, turn) {
    const { name, status, open, hours, phones, url, source, verified } = message;
    const fact = (term, value) => value && [el("dt", term), el("dd", value)];
    const state = open ? "open" : "closed";
    return card(
      "contact",
      el("h2", name),
      status && el(`p.status.${state}`, TEXT[state], el("span", status)),
      (phones ?? []).map(phone),
      links([{ name, url }], turn),
      lines(message.about),
      el("dl", fact(TEXT.hours, hours), fact(TEXT.languages, languageNames(message.languages))),
      lines(message.note),
      provenance({ source, reviewed: verified }),
    );
  },

  choices: ({ text, choices }) => card("notice", lines(text), choiceList(choices)),

  no_match({ text, lang: language, contacts, nearest, categories }, turn) {
    const topics = (categories ?? []).map(({ name, entries }) => details(name, choiceList(entries)));
    return [
      card("notice", lines(text, language)),
      (contacts ?? []).map((contact) => MESSAGES.contact(contact, turn)),
      questions(TEXT.nearest, nearest),
      topics.length && card("topics", el("h2", TEXT.categories), topics),
    ];
  },

  notice: ({ text, lang: language }) => card("notice", lines(text, language)),
};

// Not shown yet: an answer and its steps may name the same one.
function links(found, turn) {
  const news = (found ?? []).filter(({ url }) => url && !turn.links.has(url));
  news.forEach(({ url }) => turn.links.add(url));
  return news.map(({ name, url }) => link(name, url));
}

const questions = (heading, choices) =>
  choices?.length && el("div.questions", el("h2", heading), choiceList(choices));

function choiceList(choices, choose = ask) {
  const item = ({ id, question, label = question }) =>
    el("li", button("choice", label, () => choose({ choice: id }, label)));
  return el("ul.choices", (choices ?? []).map(item));
}

function fieldTable(fields) {
  const head = el("tr", TEXT.fieldHead.map((name) => el("th", name)));
  const rows = fields.map(({ name, example }) => el("tr", el("th", name), el("td", example)));
  const table = el("table", el("thead", head), el("tbody", rows));
  return details(count(TEXT.fields, fields.length), table);
}

function phone({ number, label, tel }) {
  const href = address(tel, "tel:")?.href;
  const call = el("a.tel", el("span.number", number), href && el("span.small", TEXT.call));
  return el("div.phone", label && el("p", label), set(call, { href }));
}

// ---- The frame

let open = false; // the panel of the bubble
let root, launcher, header, scroller, log;
let form, input, warning, counter, spoken, offers, offerList;

const isBubble = () => host.getAttribute("mode") === "bubble";
const coarse = () => matchMedia("(pointer: coarse)").matches;

function draw() {
  lang = host.lang === "en" ? "en" : "ja";
  for (const key in WORDS) TEXT[key] = WORDS[key][lang === "en" ? 1 : 0];
  const typed = input?.value ?? "";
  drawHeader();
  drawForm();
  input.value = typed;
  log = set(el("div.log"), { role: "log", "aria-label": TEXT.conversation });
  scroller = el("div.scroller", header, log);
  root = set(el("section.root", scroller, form), { lang, "aria-labelledby": "title" });
  root.onkeydown = press;
  root.onclick = touch; // reading is use too
  if (isBubble()) root.setAttribute("role", "dialog");
  launcher = button("launcher", [TEXT.help, hidden(TEXT.chat)], () => toggle(!open));
  launcher.hidden = !isBubble();
  host.shadowRoot.lastChild.replaceChildren(launcher, root);
  resize(attempt(() => localStorage.getItem(SIZE)) ?? 0);
  show();
}

function drawHeader() {
  const other = lang === "en" ? "ja" : "en";
  const sizes = TEXT.sizes.map((name, size) => button("tool.size", name, () => resize(size)));
  const title = el("h1", host.getAttribute("heading") ?? TEXT.title);
  header = el(
    "header",
    set(title, { id: "title", tabindex: -1 }),
    isBubble() && button("tool.close", TEXT.close, () => toggle(false)),
    el(
      "div.tools",
      set(el("div.sizes", sizes), { role: "group", "aria-label": TEXT.size }),
      set(button("tool.other", TEXT.other, () => translate(other)), { lang: other }),
      button("tool.restart", TEXT.restart, restart),
    ),
  );
}

function drawForm() {
  input = set(el("textarea"), {
    id: "question",
    rows: 2,
    placeholder: TEXT.placeholder,
    autocomplete: "off",
    enterkeyhint: "send",
    "aria-describedby": "counter hint warning",
  });
  offerList = el("ul.choices");
  offers = set(el("div.suggestions", el("p", TEXT.suggestions), offerList), {
    role: "group",
    "aria-label": TEXT.suggestions,
    hidden: "",
  });
  counter = set(el("p.counter"), { id: "counter", hidden: "" });
  warning = set(el("p.warning"), { id: "warning", role: "alert" });
  spoken = set(el("p.visually-hidden"), { role: "status" });
  form = el(
    "form.composer",
    offers,
    warning,
    set(el("label", TEXT.input), { for: "question" }),
    el("div.row", input, el("button.send", TEXT.send)),
    counter,
    spoken,
    set(el("p.hint.small", TEXT.hint), { id: "hint" }),
  );
  form.onsubmit = send;
  input.oninput = ({ isComposing }) => {
    touch();
    review();
    suggest(isComposing);
  };
  input.addEventListener("compositionend", () => suggest());
}

// Enter sends; the arrows go round from the input through the suggestions; Esc closes.
function press(event) {
  const { key, target, isComposing, keyCode } = event;
  if (isComposing || keyCode === 229) return; // the input method's, which converts kana
  if (key === "Enter" && target === input && !event.shiftKey) send(event);
  if (key === "Escape" && !offers.hidden) {
    input.focus();
    offer();
  } else if (key === "Escape" && isBubble()) toggle(false);
  const stops = [input, ...offerList.querySelectorAll("button")];
  const at = stops.indexOf(target);
  const step = { ArrowDown: 1, ArrowUp: -1 }[key];
  if (!step || at < 0 || offers.hidden || (at === 0 && input.value.includes("\n"))) return;
  event.preventDefault();
  hush(); // nothing may change under the focus
  stops[(at + step + stops.length) % stops.length].focus();
}

function show() {
  root.hidden = isBubble() && !open;
  set(launcher, { "aria-expanded": open, lang });
  if (!root.hidden && !log.firstChild) fill();
}

function toggle(opened) {
  open = opened;
  show();
  if (!open) launcher.focus();
  else if (coarse()) header.firstChild.focus();
  else input.focus();
}

function translate(other) {
  chat.lang = other;
  keep();
  host.lang = other; // draws
  header.querySelector(".other").focus({ preventScroll: true });
}

function resize(size) {
  attempt(() => localStorage.setItem(SIZE, size));
  root.dataset.size = size;
  header.querySelectorAll(".size").forEach((node, index) => {
    node.setAttribute("aria-pressed", index === Number(size));
  });
}

// Not on touch screens: there the keyboard would rise and cover the answer.
function focusInput() {
  if (!coarse()) input.focus({ preventScroll: true });
}

// ---- The input, and suggestions while typing

let typing; // timer
let reviewed; // the step of the counter that was spoken
let suggested = 0; // counts what may be suggested for; older replies are dropped

// Characters as the server counts them: 「𠮷」 is one.
const length = (text) => [...text].length;

// `spoken` repeats the counter for screen readers, but not at every letter.
function review() {
  const text = input.value.trim();
  const left = MAX_CHARACTERS - length(text);
  const near = left <= MAX_CHARACTERS - COUNTER_FROM;
  counter.hidden = !near;
  counter.textContent = left < 0 ? count(TEXT.excess, -left) : count(TEXT.remaining, left);
  if (!LONG_NUMBER.test(text)) warning.textContent = "";
  input.setAttribute("aria-invalid", left < 0 || warning.textContent !== "");
  const step = Math.max(Math.floor(left / COUNTER_SPOKEN), -1);
  if (near && step !== reviewed) spoken.textContent = counter.textContent;
  reviewed = step;
}

function send(event) {
  event.preventDefault();
  const text = input.value.trim();
  if (LONG_NUMBER.test(text)) {
    warning.textContent = TEXT.number;
    review();
    offer();
  } else if (text && length(text) <= MAX_CHARACTERS) {
    clear();
    ask({ text }, text);
  }
  focusInput();
}

function clear() {
  input.value = "";
  review();
  offer();
}

// Never with what may be a My Number, nor while an input method is at work.
function suggest(busy) {
  const mine = hush();
  const text = input.value.trim();
  const size = length(text);
  if (busy) return;
  if (size < SUGGEST_FROM || size >= COUNTER_FROM || LONG_NUMBER.test(text)) return offer();
  typing = setTimeout(async () => {
    const { suggestions } = await request("suggest", { text }).catch(() => ({}));
    if (mine === suggested) offer(suggestions);
  }, SUGGEST_MS);
}

// Drops what is under way.
function hush() {
  clearTimeout(typing);
  return ++suggested;
}

function offer(found = []) {
  hush();
  const choose = (question, label) => {
    clear();
    ask(question, label);
  };
  offerList.replaceChildren(...choiceList(found, choose).children);
  offers.hidden = !found.length;
  const words = found.length ? count(TEXT.found, found.length) : "";
  if (spoken.textContent !== words) spoken.textContent = words;
}

// ---- The log

let queue = Promise.resolve(); // questions are answered in the order in which they were sent
const sections = new Map(); // where a turn stands
let resumed = false;

// Draws all of it, and asks again what had no answer when the page was left.
function fill() {
  const { turns } = chat;
  const focused = host.shadowRoot.activeElement?.closest(".log, .restart");
  log.setAttribute("aria-live", "off"); // what is drawn again is not news
  sections.clear();
  log.replaceChildren(start());
  turns.forEach(drawTurn);
  if (turns.length) scrollTo(turns[turns.length - 1], "instant");
  else scroller.scrollTop = 0;
  if (focused) focusInput();
  setTimeout(() => {
    log.setAttribute("aria-live", "polite");
    if (lapsed) log.prepend(card("notice", el("p", TEXT.ended)));
    lapsed = false;
  }, SETTLED_MS);
  if (!resumed) turns.filter(({ messages }) => !messages).forEach(enqueue);
  resumed = true;
  watch();
}

function start() {
  const frequent = set(el("div"), { "aria-live": "off" });
  offerFrequent(frequent);
  const greeting = card(
    "greeting",
    el("p", host.getAttribute("greeting") ?? TEXT.greeting),
    el("p.caution", el("strong", TEXT.caution), el("span", TEXT.cautionMore)),
    el("p.small", TEXT.purpose),
  );
  const all = link(TEXT.all, host.getAttribute("faq") ?? beside("../faq"));
  return el("section.turn", greeting, frequent, all);
}

// The chat does without them where they cannot be had.
async function offerFrequent(slot) {
  const mine = chat;
  mine.frequent ??= (await request("entries").catch(() => ({}))).frequent;
  slot.append(questions(TEXT.frequent, mine.frequent) || "");
}

// Shows the question at once; the server has it in its turn.
function ask(question, asked) {
  endIfIdle();
  const id = [...crypto.getRandomValues(new Uint32Array(4))].map((n) => n.toString(36)).join("-");
  const turn = { id, question, asked };
  chat.turns.push(turn);
  enqueue(turn);
  focusInput();
}

function enqueue(turn) {
  const mine = chat;
  const present = () => {
    drawTurn(turn);
    scrollTo(turn);
  };
  const failed = (error) => (turn.failure = error.kind ? error : failure(TEXT.failed));
  turn.failure = undefined;
  touch();
  present();
  queue = queue.then(async () => {
    await answer(turn).catch(failed);
    if (mine === chat) present();
  });
}

// The question and its reply, a failure, or the sign that we wait.
function drawTurn(turn) {
  const words = set(el("span", turn.asked), { lang: turn.messages?.find((m) => m.lang)?.lang });
  let section = sections.get(turn);
  if (!section) {
    section = el("section.turn", el("p.mine", hidden(TEXT.you), words));
    sections.set(turn, section);
    log.append(section);
  }
  section.firstChild.lastChild.replaceWith(words); // numbers may have gone from it
  while (section.childNodes.length > 1) section.lastChild.remove();
  section.append(...reply(turn));
}

function reply(turn) {
  const { asked, messages, failure: failed } = turn;
  if (failed) return [drawFailure(turn)];
  if (!messages) return [set(el("p.typing", el("i"), el("i"), el("i")), { "aria-hidden": true })];
  try {
    const around = { asked, links: new Set() };
    const shown = messages.map((m) => (MESSAGES[m.type] ?? MESSAGES.notice)(m, around));
    // Last, because the answer calls the cards before them "below".
    shown.push(questions(TEXT.related, messages.flatMap(({ related }) => related ?? [])));
    const rated = messages.find(({ type }) => type === "answer" || type === "no_match");
    return [...shown, rated && feedback(turn, rated)].flat(2).filter(Boolean);
  } catch {
    // Not without a word, even if the error is ours.
    return [card("failure", el("p", TEXT.failed))];
  }
}

function drawFailure(turn) {
  const { message, retryable, wait } = turn.failure;
  const retry = button("choice", wait ? count(TEXT.retryIn, wait) : TEXT.retry, () => {
    focusInput();
    enqueue(turn);
  });
  retry.disabled = wait > 0;
  setTimeout(() => Object.assign(retry, { disabled: false, textContent: TEXT.retry }), wait * 1000);
  return card("failure", el("p", message), retryable && retry);
}

function feedback(turn, { id = null, alternatives, nearest }) {
  const group = set(el("div.feedback"), { role: "group", "aria-label": TEXT.helpful });
  const show = (words, ...more) => group.replaceChildren(el("p", words), ...more.filter(Boolean));
  const problem = el("p");
  let sending = false;
  const rate = async (helpful) => {
    if (sending) return;
    sending = true;
    const body = { session: chat.session, entry: id, helpful, message_id: turn.id };
    try {
      await request("feedback", body);
    } catch {
      sending = false;
      problem.textContent = TEXT.feedbackFailed;
      return;
    }
    turn.helpful = helpful;
    touch();
    present();
    group.scrollIntoView({ block: "nearest" });
    focusInput();
  };
  const rating = (label, helpful) => button("choice", label, () => rate(helpful));
  const phoned = () => ask({ choice: HOTLINE }, TEXT.phone);
  const present = () => {
    const others = questions(TEXT.alternatives, alternatives ?? nearest);
    const phone = id !== HOTLINE && button("choice", TEXT.phone, phoned);
    if (turn.helpful) show(TEXT.thanks);
    else if (turn.helpful === false) show(TEXT.sorry, others, phone);
    else show(TEXT.helpful, el("div", rating(TEXT.yes, true), rating(TEXT.no, false)), problem);
  };
  present();
  return group;
}

// Brings a turn to the top, or as near as its length allows.
function scrollTo(turn, behavior) {
  const covered = getComputedStyle(header).position === "sticky" ? header.offsetHeight : 0;
  scroller.scrollTo({ top: sections.get(turn).offsetTop - covered - SPACE_ABOVE, behavior });
}

// ---- Its end, wanted or after idle time

let idle; // timer

function restart() {
  chat = begin(chat.lang);
  keep();
  queue = Promise.resolve();
  if (log) fill();
}

function endIfIdle() {
  const { turns, until } = chat;
  if (!turns.length || Date.now() < until) return watch();
  lapsed = true;
  restart();
}

function watch() {
  clearTimeout(idle);
  if (chat.turns.length) idle = setTimeout(endIfIdle, chat.until - Date.now());
}

endIfIdle();
document.addEventListener("visibilitychange", endIfIdle);

// ---- The element

class FaqChat extends HTMLElement {
  static observedAttributes = ["mode", "position", "heading", "greeting", "lang", "faq"];

  connectedCallback() {
    if (host) return;
    host = this;
    if (this.shadowRoot) return; // moved: its style is loaded again
    if (chat.lang) this.lang = chat.lang;
    // Drawn once it is styled; unstyled is better than not at all.
    const style = set(el("link"), { rel: "stylesheet", href: beside("faq-chat.css") });
    style.onload = style.onerror = draw;
    this.attachShadow({ mode: "open" }).append(style, el("div.frame"));
  }

  disconnectedCallback() {
    if (host === this) host = null;
  }

  attributeChangedCallback() {
    if (host === this && log) draw();
  }
}

customElements.get("faq-chat") ?? customElements.define("faq-chat", FaqChat);
})();

/**
 * The API, and when it is asked: while typing, but never within a conversion of the input method
 * and never with what may be a My Number.  An answer that was overtaken is dropped.
 */

import { attempt, set } from "./dom.js";

const API = new URL("../api/lookup", import.meta.url).href;
const TOKEN = `lookup ${API}`; // in sessionStorage: gone with the tab

const QUIET_MS = 50; // after a key that follows another as fast; a slow typist's are sent at once
const NUMBER_MS = 700; // a long number may be one half of a My Number: wait until it stops growing
const SLOW_MS = 400; // then the page says that it waits
const TIMEOUT_MS = 10000;

// 12 digits of any script, whatever punctuation is between them; half of them.
const DIGIT = "[\\p{Nd}〇零一二三四五六七八九]";
const digits = (count) => new RegExp(`(?:${DIGIT}[\\s\\p{P}\\p{S}\\p{Cf}ーｰ]{0,8}){${count}}`, "u");
const LONG_NUMBER = digits(12);
const NUMBER = digits(6);

const OFFLINE = "通信できませんでした。ネットワークを確かめてください。";
const FAILED = "いま検索できません。少し待ってから、もう一度お試しください。";
const NUMBER_FOUND =
  "マイナンバー（個人番号）かもしれない数字があるため、検索していません。数字を消してください。";

// With a message for the agent; `code` is the server's.
const failure = (message, code = "failed") => Object.assign(new Error(message), { code });

export const knowsToken = () => Boolean(attempt(() => sessionStorage.getItem(TOKEN)));

// An empty one is forgotten; false for what no header can carry.
export function keepToken(token) {
  if (!token) return attempt(() => sessionStorage.removeItem(TOKEN));
  if (!/^[\x21-\x7e]+$/.test(token)) return false;
  sessionStorage.setItem(TOKEN, token);
  return true;
}

// The server's JSON; `body` makes it a POST.
export async function request(path, { body, controller = new AbortController() } = {}) {
  const token = attempt(() => sessionStorage.getItem(TOKEN));
  const headers = token ? { Authorization: `Bearer ${token}` } : {};
  const options = { headers, signal: controller.signal };
  if (body) {
    headers["Content-Type"] = "application/json";
    Object.assign(options, { method: "POST", body: JSON.stringify(body) });
  }
  const timer = setTimeout(() => controller.abort(), TIMEOUT_MS);
  let response, text;
  try {
    response = await fetch(API + path, options);
    text = await response.text(); // fails where the connection breaks half-way
  } catch {
    throw failure(OFFLINE);
  } finally {
    clearTimeout(timer);
  }
  const reply = attempt(() => JSON.parse(text)) ?? {}; // the error page of a proxy
  if (response.ok) return reply;
  const { code, message = FAILED } = reply.error ?? {};
  throw failure(message, response.status === 403 ? (code ?? "forbidden") : code);
}

// The parameters of an address; `on` is left out for today.
export const parameters = (given) =>
  new URLSearchParams(Object.entries(given).filter(([, value]) => value)).toString();

/** What an input asks for.  `on` is its date; taken(reply or null), failed(error), warned(text),
 * busy(whether a request is under way), slow(). */
export class Search {
  on = "";
  #input;
  #told;
  #key = ""; // of what was asked last
  #fits = false; // the reply shown is the one to what the input holds
  #under = null; // {controller, done} of the request under way
  #timer;
  #last = -Infinity; // ms, the key before
  #composing = false;

  constructor(input, told) {
    this.#input = input;
    this.#told = told;
    input.addEventListener("input", (event) => event.isComposing || this.#typed());
    input.addEventListener("compositionstart", () => {
      this.#composing = true;
      clearTimeout(this.#timer);
    });
    input.addEventListener("compositionend", () => {
      this.#composing = false;
      this.#last = -Infinity;
      this.#typed();
    });
  }

  #typed() {
    const now = performance.now();
    const fast = now - this.#last < QUIET_MS;
    this.#last = now;
    clearTimeout(this.#timer);
    const wait = NUMBER.test(this.#input.value) && !this.#warns() ? NUMBER_MS : fast && QUIET_MS;
    if (wait) this.#timer = setTimeout(() => this.ask(), wait);
    else this.ask();
  }

  #warns() {
    const found = LONG_NUMBER.test(this.#input.value);
    this.#told.warned(found ? NUMBER_FOUND : "");
    set(this.#input, { "aria-invalid": found });
    return found;
  }

  // Forgets what is under way; its answer will be dropped.
  drop() {
    clearTimeout(this.#timer);
    this.#under?.controller.abort();
    this.#under = null;
    this.#key = "";
    this.#fits = false;
    this.#told.busy(false);
  }

  // At once, unless just that was asked.
  ask() {
    clearTimeout(this.#timer);
    if (this.#composing) return;
    const q = this.#input.value.trim();
    const key = `${this.on} ${q}`;
    const warned = this.#warns();
    if (key === this.#key) return;
    this.drop();
    if (warned) return;
    if (!q) return this.#told.taken(null);
    this.#key = key;
    const under = { controller: new AbortController() };
    this.#under = under;
    this.#told.busy(true);
    under.done = this.#answer(under, `?${parameters({ q, limit: 5, on: this.on })}`);
  }

  async #answer(under, path) {
    const current = () => this.#under === under;
    const slow = setTimeout(() => current() && this.#told.slow(), SLOW_MS);
    try {
      const reply = await request(path, under);
      if (!current()) return;
      if (!Array.isArray(reply.hits)) throw failure(FAILED);
      this.#fits = true;
      this.#told.taken(reply);
    } catch (error) {
      if (!current()) return;
      this.#key = ""; // may be asked again
      this.#told.failed(error.code ? error : failure(FAILED));
    } finally {
      clearTimeout(slow);
    }
    if (!current()) return;
    this.#under = null;
    this.#told.busy(false);
  }

  // True when what is shown answers what the input holds: nobody may act on anything older.
  async settled() {
    this.ask();
    await this.#under?.done;
    return this.#fits;
  }
}

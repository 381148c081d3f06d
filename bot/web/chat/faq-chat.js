/**
 * <faq-chat>: the members' chat as one web element, without dependencies or a build step.
 *
 *     <script src="https://…/chat/faq-chat.js" defer></script>
 *     <faq-chat></faq-chat>
 *
 * The API and the stylesheet are found beside this script, wherever the page itself comes
 * from.  Works under a strict Content-Security-Policy: no inline script or style, no eval.
 * What the server or the member writes reaches the page as text only, never as HTML.
 * Colours are set from outside by the custom properties named in faq-chat.css.
 */
(() => {
  "use strict";

  const SCRIPT_URL = document.currentScript.src;
  const API_URL = new URL("../api/", SCRIPT_URL).href;
  const STYLE_URL = new URL("faq-chat.css", SCRIPT_URL).href;

  const MAX_CHARACTERS = 500; // the server's limit for one question
  const COUNTER_FROM = 400; // characters; before that a counter would only worry people
  const COUNTER_SPOKEN = 50; // a screen reader hears the counter in steps of so many
  const SPACE_ABOVE = 14; // pixels between the header and the turn scrolled to
  const TIMEOUT_MS = 20000; // a reply takes some milliseconds, a bad mobile network seconds

  const HOTLINE = "hotline"; // the entry that a member who got no help is led to

  const FREQUENT = [
    { id: "may_discard", label: "お知らせは捨ててもいいですか" },
    { id: "missing_dependent", label: "家族の分が入っていないのはなぜですか" },
    { id: "reissue", label: "なくしたときや氏名が変わったとき、再交付されますか" },
    { id: "check_on_portal", label: "マイナポータルで資格情報を確認するには" },
  ];

  const TEXT = {
    title: "「資格情報のお知らせ」のご質問",
    restart: "はじめから",
    conversation: "会話",
    greeting: "「資格情報のお知らせ」やマイナンバーカードのご質問に、確認済みの回答を自動でご案内します。",
    caution: "マイナンバー（個人番号）は入力しないでください。",
    cautionMore: "保険証の記号・番号、お名前、ご住所も必要ありません。",
    purpose: "お書きいただいた内容は、ご質問への回答とご案内の改善のために利用します。",
    frequent: "よくあるご質問",
    input: "ご質問をお書きください",
    placeholder: "例：再交付できますか",
    send: "送信",
    hint: "Enterキーで送信、Shift＋Enterキーで改行",
    you: "あなたのご質問：",
    question: "ご質問：",
    official: "公式の回答（全文）を読む",
    source: "出典：",
    reviewed: "確認日：",
    related: "関連するご質問",
    steps: "確認の手順",
    fields: (count) => `画面に表示される項目の例を見る（${count}項目）`,
    fieldName: "項目",
    fieldExample: "表示の例",
    newWindow: "（別の画面で開きます）",
    call: "に電話する",
    hours: "受付時間",
    languages: "対応する言語",
    nearest: "お近くの質問",
    helpful: "役に立ちましたか",
    yes: "はい",
    no: "いいえ",
    thanks: "ありがとうございます。ご案内の改善に役立てます。",
    sorry: "お役に立てず申し訳ありません。言い方を変えてお尋ねいただくと、見つかることがあります。",
    phone: "電話の窓口を見る",
    feedbackFailed: "評価を送れませんでした。お手数ですが、もう一度押してください。",
    offline:
      "通信できませんでした。ご質問は消えていません。" +
      "インターネットの接続をご確認のうえ、「もう一度送る」を押してください。",
    serverFailed: "申し訳ありません。ただいまお答えできません。少し待ってから、もう一度お試しください。",
    retry: "もう一度送る",
    remaining: (count) => `あと${count}文字入力できます`,
    excess: (count) => `${MAX_CHARACTERS}文字を${count}文字超えています。文を短くしてください。`,
  };

  // ---- The server ---------------------------------------------------------------------

  /** A failed request; `message` is shown to the member. */
  class RequestError extends Error {
    constructor(message, code, retryable) {
      super(message);
      this.code = code;
      this.retryable = retryable;
    }
  }

  /** One conversation with the server; its token outlives a reload of the page. */
  class Conversation {
    #storageKey = `faq-chat ${API_URL}`;
    #session = recall(this.#storageKey);
    #closing = new AbortController();

    /** @returns {Promise<{session: string, messages: object[]}>} of {text} or {choice} */
    async ask(question) {
      try {
        return await this.#ask(question);
      } catch (error) {
        // The server refused before it looked at the question: asking anew doubles nothing.
        if (error.code !== "invalid_session" || this.#session === null) throw error;
        this.#keep(null);
        return this.#ask(question);
      }
    }

    async #ask(question) {
      const body = this.#session === null ? question : { ...question, session: this.#session };
      const reply = await this.#post("chat", body);
      if (!Array.isArray(reply.messages)) throw serverFailure();
      this.#keep(reply.session ?? null);
      return reply;
    }

    /** @param {{session: string, entry: ?string, helpful: boolean}} verdict */
    rate(verdict) {
      return this.#post("feedback", verdict);
    }

    /** Ends it here; what is still under way is given up, and the next one starts afresh. */
    close() {
      this.#closing.abort();
      this.#keep(null);
    }

    #keep(session) {
      this.#session = session;
      store(this.#storageKey, session);
    }

    async #post(path, body) {
      const attempt = new AbortController();
      const giveUp = () => attempt.abort();
      const timer = setTimeout(giveUp, TIMEOUT_MS);
      this.#closing.signal.addEventListener("abort", giveUp);
      try {
        const response = await fetch(API_URL + path, {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify(body),
          credentials: "omit",
          signal: attempt.signal,
        });
        return await readReply(response);
      } catch (error) {
        throw error instanceof RequestError ? error : new RequestError(TEXT.offline, "offline", true);
      } finally {
        clearTimeout(timer);
        this.#closing.signal.removeEventListener("abort", giveUp);
      }
    }
  }

  async function readReply(response) {
    const text = await response.text(); // fails where the connection breaks half-way
    let reply = null;
    try {
      reply = JSON.parse(text);
    } catch {
      // Not ours: the error page of a proxy.
    }
    if (reply === null || typeof reply !== "object") throw serverFailure();
    if (response.ok) return reply;
    const { code = "unknown", message = TEXT.serverFailed } = reply.error ?? {};
    throw new RequestError(message, code, response.status === 429 || response.status >= 500);
  }

  const serverFailure = () => new RequestError(TEXT.serverFailed, "unknown", true);

  // Storage may be denied (private windows, embedding in another site): the conversation
  // then lasts as long as the page.
  function recall(key) {
    try {
      return sessionStorage.getItem(key);
    } catch {
      return null;
    }
  }

  function store(key, value) {
    try {
      if (value === null) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, value);
    } catch {
      // See above.
    }
  }

  // ---- Small pieces of the page -------------------------------------------------------

  /** An element; absent children (null, undefined, "") are passed over, strings become text. */
  function el(tag, attributes, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes ?? {})) {
      if (value !== null && value !== undefined) node.setAttribute(name, value);
    }
    node.append(...children.flat().filter((c) => c !== null && c !== undefined && c !== ""));
    return node;
  }

  function button(label, onClick, className = "choice") {
    const node = el("button", { type: "button", class: className }, label);
    node.addEventListener("click", onClick);
    return node;
  }

  /** Text with its line breaks, one paragraph a line; a line in Latin letters is English. */
  function paragraphs(text, className) {
    const lines = String(text ?? "").split("\n").filter((line) => line.trim());
    const language = (line) => (/^[\x20-\x7e]+$/.test(line) ? "en" : null);
    return lines.map((line) => el("p", { class: className, lang: language(line) }, line.trim()));
  }

  /** Without the line breaks within a sentence: a phone may be narrower than its lines. */
  const unbroken = (text) => text.trim().replace(/([^。！？])\n/g, "$1");

  function link(name, url) {
    const target = address(url, ["https:", "http:"]);
    if (!target) return null;
    const more = el("span", { class: "small" }, `${target.hostname}${TEXT.newWindow}`);
    const attributes = { class: "link", href: target.href, target: "_blank", rel: "noopener noreferrer" };
    return el("a", attributes, el("span", { class: "name" }, name), more);
  }

  /** The URL if it is of one of the protocols: no `javascript:`, whatever the data holds. */
  function address(url, protocols) {
    try {
      const parsed = new URL(url);
      return protocols.includes(parsed.protocol) ? parsed : null;
    } catch {
      return null;
    }
  }

  function date(iso) {
    const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(iso) ?? [];
    const words = year ? `${year}年${Number(month)}月${Number(day)}日` : iso;
    return el("time", { datetime: iso }, words);
  }

  /** Where a text comes from; `question` lets the member see which one was understood. */
  function provenance({ source, reviewed }, question = null) {
    const parts = [];
    if (question) parts.push(el("span", null, TEXT.question, question));
    if (source) parts.push(el("span", null, TEXT.source, source));
    if (reviewed) parts.push(el("span", null, TEXT.reviewed, date(reviewed)));
    return parts.length ? el("p", { class: "small provenance" }, parts) : null;
  }

  function languageNames(codes) {
    if (!codes?.some((code) => code !== "ja")) return null;
    const names = new Intl.DisplayNames(["ja"], { type: "language" });
    return codes.map((code) => names.of(code)).join("、");
  }

  // ---- Messages, one function a type --------------------------------------------------
  // Each takes the message and its turn: {asked, ask(question, label), links (shown so far)}.

  const MESSAGES = {
    answer(message, turn) {
      const { text, short, question } = message;
      const official = paragraphs(text);
      return [
        card(
          "answer",
          short ? el("p", { class: "short" }, unbroken(short)) : official,
          short ? el("details", null, el("summary", null, TEXT.official), official) : null,
          links(message.links, turn),
          provenance(message, question !== turn.asked ? question : null),
        ),
      ];
    },

    steps(message, turn) {
      const items = (message.steps ?? []).map((step) =>
        el(
          "li",
          null,
          el("h3", null, stepTitle(step.title)),
          paragraphs(step.text),
          fieldTable(step.fields),
          step.notes?.length ? el("ul", { class: "notes" }, step.notes.map((n) => el("li", null, n))) : null,
        ),
      );
      return [card("steps", el("h2", null, TEXT.steps), el("ol", null, items), links(message.links, turn))];
    },

    contact(message, turn) {
      const { name, about, status, open, hours, languages, phones = [] } = message;
      return [
        card(
          "contact",
          el("h2", null, name),
          status ? el("p", { class: `status ${open ? "open" : "closed"}` }, status) : null,
          phones.map(phone),
          links([{ name, url: message.url }], turn),
          paragraphs(about),
          facts([
            [TEXT.hours, hours],
            [TEXT.languages, languageNames(languages)],
          ]),
          paragraphs(message.note),
          provenance({ source: message.source, reviewed: message.verified }),
        ),
      ];
    },

    choices(message, turn) {
      return [card("notice", paragraphs(message.text), choiceList(message.choices, turn))];
    },

    no_match(message, turn) {
      const { contacts = [], nearest = [] } = message;
      return [
        card("notice", paragraphs(message.text)),
        ...contacts.flatMap((contact) => MESSAGES.contact(contact, turn)),
        questions(TEXT.nearest, nearest.map(asChoice), turn),
      ];
    },

    notice(message) {
      return [card("notice", paragraphs(message.text))];
    },
  };

  const card = (className, ...children) => el("div", { class: `card ${className}` }, ...children);

  /** The links not yet shown in this turn: an answer and its steps may name the same one. */
  function links(found, turn) {
    const fresh = (found ?? []).filter(({ url }) => url && !turn.links.has(url));
    fresh.forEach(({ url }) => turn.links.add(url));
    return fresh.map(({ name, url }) => link(name, url));
  }

  function questions(heading, choices, turn) {
    if (!choices.length) return null;
    return el("div", { class: "questions" }, el("h2", null, heading), choiceList(choices, turn));
  }

  const asChoice = ({ id, question }) => ({ id, label: question });

  function choiceList(choices, turn) {
    const item = ({ id, label }) => el("li", null, button(label, () => turn.ask({ choice: id }, label)));
    return el("ul", { class: "choices" }, (choices ?? []).map(item));
  }

  /** A numbered list numbers its steps itself. */
  const stepTitle = (title) => String(title).replace(/^【手順[0-9０-９]+】/, "");

  function fieldTable(fields) {
    if (!fields?.length) return null;
    const head = el("tr", null, [TEXT.fieldName, TEXT.fieldExample].map((t) => el("th", { scope: "col" }, t)));
    const rows = fields.map(({ name, example }) =>
      el("tr", null, el("th", { scope: "row" }, name), el("td", null, example)),
    );
    return el(
      "details",
      null,
      el("summary", null, TEXT.fields(fields.length)),
      el("table", null, el("thead", null, head), el("tbody", null, rows)),
    );
  }

  function phone({ number, label, tel }) {
    const target = address(tel, ["tel:"]);
    const text = [el("span", { class: "number" }, number), el("span", { class: "small" }, TEXT.call)];
    const call = target ? el("a", { class: "tel", href: target.href }, text) : el("p", { class: "tel" }, text[0]);
    return el("div", { class: "phone" }, label ? el("p", null, label) : null, call);
  }

  function facts(pairs) {
    const known = pairs.filter(([, value]) => value);
    if (!known.length) return null;
    return el("dl", null, known.map(([name, value]) => [el("dt", null, name), el("dd", null, value)]).flat());
  }

  // ---- The element --------------------------------------------------------------------

  class FaqChat extends HTMLElement {
    #conversation = null;
    #queue = Promise.resolve(); // questions are answered in the order in which they were sent
    #parts = null;

    connectedCallback() {
      if (this.#parts) return;
      this.#parts = this.#build();
      this.#start();
    }

    #build() {
      const restart = button(TEXT.restart, () => this.#restart(), "restart");
      const header = el("header", null, el("h1", null, TEXT.title), restart);
      const log = el("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": TEXT.conversation });
      const scroller = el("div", { class: "scroller" }, header, log);
      const composer = this.#composer();
      const root = el("div", { class: "root", lang: "ja", hidden: "" }, scroller, composer.form);
      // Shown once it is styled; unstyled is better than not at all.
      const style = el("link", { rel: "stylesheet", href: STYLE_URL });
      const show = () => root.removeAttribute("hidden");
      style.addEventListener("load", show);
      style.addEventListener("error", show);
      this.attachShadow({ mode: "open" }).append(style, root);
      return { header, log, scroller, input: composer.input };
    }

    #composer() {
      const input = el("textarea", {
        id: "question",
        rows: "2",
        placeholder: TEXT.placeholder,
        autocomplete: "off",
        enterkeyhint: "send",
        "aria-describedby": "counter hint",
      });
      const counter = el("p", { id: "counter", class: "counter", hidden: "" });
      const spoken = el("p", { class: "visually-hidden", role: "status" });
      const form = el(
        "form",
        { class: "composer" },
        el("label", { for: "question" }, TEXT.input),
        el("div", { class: "row" }, input, el("button", { class: "send" }, TEXT.send)),
        counter,
        spoken,
        el("p", { id: "hint", class: "hint small" }, TEXT.hint),
      );
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.#send();
      });
      input.addEventListener("input", () => showCount(input, counter, spoken));
      input.addEventListener("keydown", (event) => {
        // Enter that ends a conversion of kana belongs to the input method (229: Safari).
        const composing = event.isComposing || event.keyCode === 229;
        if (event.key !== "Enter" || event.shiftKey || composing) return;
        event.preventDefault();
        form.requestSubmit();
      });
      return { form, input };
    }

    #start() {
      this.#conversation = new Conversation();
      const turn = { asked: "", links: new Set(), ask: (question, label) => this.#ask(question, label) };
      const greeting = card(
        "greeting",
        el("p", null, TEXT.greeting),
        el("p", { class: "caution" }, el("strong", null, TEXT.caution), el("span", null, TEXT.cautionMore)),
        el("p", { class: "small" }, TEXT.purpose),
      );
      this.#parts.log.replaceChildren(
        el("section", { class: "turn" }, greeting, questions(TEXT.frequent, FREQUENT, turn)),
      );
      this.#parts.scroller.scrollTop = 0;
    }

    #restart() {
      this.#conversation.close();
      this.#queue = Promise.resolve();
      this.#start();
      this.#focusInput();
    }

    #send() {
      const { input } = this.#parts;
      const text = input.value.trim();
      if (text && length(text) <= MAX_CHARACTERS) {
        this.#ask({ text }, text);
        input.value = "";
        input.dispatchEvent(new Event("input"));
      }
      this.#focusInput();
    }

    /** Shows the question at once and queues it for the server. */
    #ask(question, label) {
      const mine = el("p", { class: "mine" }, el("span", { class: "visually-hidden" }, TEXT.you), label);
      const section = el("section", { class: "turn" }, mine);
      this.#parts.log.append(section);
      this.#focusInput();
      this.#enqueue(section, question, label);
    }

    #enqueue(section, question, label) {
      const typing = el("p", { class: "typing", "aria-hidden": "true" }, [1, 2, 3].map(() => el("i")));
      section.append(typing);
      this.#scrollTo(section);
      const conversation = this.#conversation;
      this.#queue = this.#queue.then(async () => {
        const shown = await this.#reply(conversation, question, label, section);
        if (conversation !== this.#conversation) return; // restarted meanwhile
        typing.remove();
        section.append(...shown);
        this.#scrollTo(section);
      });
    }

    /** What to show below the question: the reply, or what went wrong. */
    async #reply(conversation, question, label, section) {
      try {
        const { session, messages } = await conversation.ask(question);
        const turn = { asked: label, links: new Set(), ask: (q, l) => this.#ask(q, l) };
        const shown = messages.flatMap((m) => (MESSAGES[m.type] ?? MESSAGES.notice)(m, turn));
        // Related questions come last: a card that the answer calls "below" stands before them.
        const related = messages.flatMap((m) => m.related ?? []);
        shown.push(questions(TEXT.related, related.map(asChoice), turn));
        const rated = messages.find(({ type }) => type === "answer" || type === "no_match");
        if (rated) shown.push(this.#feedback(conversation, session, rated.id ?? null, turn));
        return shown.filter((node) => node !== null);
      } catch (error) {
        // An error of ours while drawing must not leave the member without a word either.
        const { message, retryable } = error instanceof RequestError ? error : serverFailure();
        const failure = card("failure", el("p", null, message));
        if (retryable) {
          const retry = () => {
            failure.remove();
            this.#focusInput();
            this.#enqueue(section, question, label);
          };
          failure.append(button(TEXT.retry, retry));
        }
        return [failure];
      }
    }

    #feedback(conversation, session, entry, turn) {
      const problem = el("p");
      let sending = false;
      const rate = async (helpful) => {
        if (sending) return;
        sending = true;
        try {
          await conversation.rate({ session, entry, helpful });
          if (!helpful && entry !== HOTLINE) {
            const lead = button(TEXT.phone, () => turn.ask({ choice: HOTLINE }, TEXT.phone));
            group.replaceChildren(el("p", null, TEXT.sorry), lead);
          } else {
            group.replaceChildren(el("p", null, helpful ? TEXT.thanks : TEXT.sorry));
          }
          group.scrollIntoView({ block: "nearest" });
          this.#focusInput();
        } catch {
          problem.textContent = TEXT.feedbackFailed;
        } finally {
          sending = false;
        }
      };
      const group = el(
        "div",
        { class: "feedback", role: "group", "aria-label": TEXT.helpful },
        el("p", null, TEXT.helpful),
        el("div", null, button(TEXT.yes, () => rate(true)), button(TEXT.no, () => rate(false))),
        problem,
      );
      return group;
    }

    /** Brings the start of a turn to the top, or as near as its length allows. */
    #scrollTo(section) {
      const { scroller, header } = this.#parts;
      const covered = getComputedStyle(header).position === "sticky" ? header.offsetHeight : 0;
      const offset = section.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
      scroller.scrollTo({ top: scroller.scrollTop + offset - covered - SPACE_ABOVE });
    }

    /** Not on touch screens: there the keyboard would rise and cover the answer. */
    #focusInput() {
      if (!matchMedia("(pointer: coarse)").matches) this.#parts.input.focus({ preventScroll: true });
    }
  }

  /** Characters as the server counts them: 「𠮷」 is one. */
  const length = (text) => [...text].length;

  /** The counter beside the input; `spoken` repeats it for screen readers, but not at every letter. */
  function showCount(input, counter, spoken) {
    const left = MAX_CHARACTERS - length(input.value.trim());
    const near = left <= MAX_CHARACTERS - COUNTER_FROM;
    const words = left < 0 ? TEXT.excess(-left) : TEXT.remaining(left);
    counter.hidden = !near;
    counter.textContent = words;
    counter.classList.toggle("excess", left < 0);
    input.setAttribute("aria-invalid", String(left < 0));
    const step = near ? String(Math.max(Math.floor(left / COUNTER_SPOKEN), -1)) : "";
    if (step !== spoken.dataset.step) spoken.textContent = near ? words : "";
    spoken.dataset.step = step;
  }

  if (!customElements.get("faq-chat")) customElements.define("faq-chat", FaqChat);
})();

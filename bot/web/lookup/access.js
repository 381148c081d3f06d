/** The form for the access token, which appears only where the server wants one. */

import { keepToken, knowsToken, request } from "./search.js";

const WRONG = "アクセストークンが違います。";

/** say(text, kind) tells the agent; admitted() is called once the server answers. */
export class Access {
  #form;
  #say;
  #admitted;

  constructor(form, { say, admitted }) {
    Object.assign(form, { onsubmit: (event) => this.#enter(event) });
    this.#form = form;
    this.#say = say;
    this.#admitted = admitted;
  }

  ask() {
    if (knowsToken()) this.#say(WRONG, "error");
    keepToken("");
    this.#form.hidden = false;
    this.#form.elements.token.focus();
  }

  #enter(event) {
    event.preventDefault();
    const { token } = this.#form.elements;
    const kept = keepToken(token.value.trim());
    token.value = "";
    if (kept) this.knock();
    else this.#say(WRONG, "error");
  }

  // Nobody should learn of a missing token when a call has come.
  async knock() {
    try {
      await request("");
    } catch (error) {
      if (error.code === "forbidden") this.ask();
      else this.#say(error.message, "error");
      return;
    }
    const opened = !this.#form.hidden;
    this.#form.hidden = true;
    if (opened) this.#admitted();
  }
}

/** The API; the access token is that of the lookup page, in the same tab. */

import { attempt } from "../lookup/dom.js";

const API = new URL("../api/review", import.meta.url).href;
const TOKEN = `lookup ${new URL("../api/lookup", import.meta.url).href}`;

const TIMEOUT_MS = 120_000; // thousands of questions that are read for the first time

const OFFLINE = "通信できませんでした。ネットワークを確かめてください。";
const FAILED = "いま処理できません。少し待ってから、もう一度お試しください。";

// With a message for the staff; `code` is the server's.
const failure = (message, code = "failed") => Object.assign(new Error(message), { code });

// The server's JSON; `body` makes it a POST.
async function request(path, body) {
  const token = attempt(() => sessionStorage.getItem(TOKEN));
  const headers = token ? { Authorization: `Bearer ${token}` } : {};
  const options = { headers, signal: AbortSignal.timeout(TIMEOUT_MS) };
  if (body) {
    headers["Content-Type"] = "application/json";
    Object.assign(options, { method: "POST", body: JSON.stringify(body) });
  }
  let response, text;
  try {
    response = await fetch(API + path, options);
    text = await response.text(); // fails where the connection breaks half-way
  } catch {
    throw failure(OFFLINE);
  }
  const reply = attempt(() => JSON.parse(text)); // the error page of a proxy
  if (response.ok && reply) return reply;
  const { code, message = FAILED } = reply?.error ?? {};
  throw failure(message, response.status === 403 ? (code ?? "forbidden") : code);
}

export async function waiting(days) {
  const reply = await request(`?days=${encodeURIComponent(days)}`);
  if (!Array.isArray(reply.groups)) throw failure(FAILED);
  return reply;
}

export const decide = (decision) => request("/decision", decision);

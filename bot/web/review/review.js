/**
 * The review page: questions without an answer, group by group, and what becomes of them.
 *
 * One group is open at a time, and the keys act on it.  A decision is carried out at once and
 * confirmed in the group's place.
 */

import { Access } from "../lookup/access.js";
import { attempt, el, set, write } from "../lookup/dom.js";
import { decide, waiting } from "./api.js";
import { Group } from "./group.js";
import { listenToKeys } from "./keys.js";

const part = (id) => document.getElementById(id);
const [list, message, dialog, by, days] = ["groups", "message", "keys", "by", "days"].map(part);

const NAME = "review by"; // in sessionStorage: gone with the tab
const OUTCOMES = {
  skip: "あとで判断します。もう一度質問されたら、また表示します。",
  ignore: "今後は表示しません。",
};

let groups = [];
let content = null;
let loading = 0;

function say(text, kind = "done") {
  write(message, text);
  message.className = kind;
}

// ---- The list

async function load() {
  const mine = (loading += 1);
  set(list, { "aria-busy": true });
  write(part("count"), "質問をまとめています…");
  try {
    const reply = await waiting(days.value);
    if (mine === loading) show(reply);
  } catch (error) {
    if (mine === loading) fail(error);
  }
}

function fail(error) {
  set(list, { "aria-busy": false });
  write(part("count"), "");
  if (error.code === "forbidden") access.ask();
  else say(error.message, "error");
}

function show(reply) {
  content = reply;
  groups = reply.groups.map((data, index) => new Group(data, index + 1, reply, { open, decide: settle }));
  list.replaceChildren(...groups.map(({ node }) => node));
  list.hidden = !groups.length;
  set(list, { "aria-busy": false });
  write(part("count"), countText(reply));
  notice("read-only", reply.read_only);
  part("unpublished").hidden = !reply.unpublished;
  by.parentElement.hidden = Boolean(reply.read_only);
  by.hidden = Boolean(reply.by);
  part("named").hidden = !reply.by;
  write(part("named"), reply.by ?? "");
  part("more").hidden = true;
  if (groups.length) open(groups[0], { focus: false });
}

function countText({ waiting: { groups: count, questions, left_out: rest }, groups: shown }) {
  if (!count) return "判断を待っている質問はありません。";
  const parts = [`${count}まとまり・${questions}件の質問が、判断を待っています。`];
  if (shown.length < count) parts.push(`多い順に${shown.length}まとまりを表示しています。`);
  if (rest) parts.push(`回数の少ない${rest}件は、これらが片づいてから表示します。`);
  return parts.join("");
}

function notice(id, text) {
  write(part(id), text ?? "");
  part(id).hidden = !text;
}

const current = () => groups.find((group) => group.isOpen);

// The one that is open closes.
function open(group, { focus = true } = {}) {
  const before = current();
  if (before === group) return group.open(false);
  before?.open(false);
  group.open(true);
  if (!focus) return;
  group.head.focus({ preventScroll: true });
  group.node.scrollIntoView({ block: "nearest" });
  group.head.scrollIntoView({ block: "nearest" });
}

function move(step) {
  const left = groups.filter((group) => !group.isDecided);
  if (!left.length) return;
  const at = left.indexOf(current());
  const next = at < 0 ? left[step > 0 ? 0 : left.length - 1] : left[at + step];
  if (next) open(next);
}

function act(action) {
  const group = current();
  if (!group) say("まとまりを開いてください。");
  else if (!content.read_only) action(group);
}

function leave() {
  const group = current();
  if (group && !group.closeForm()) group.head.focus();
}

// ---- A decision

async function settle(group, decision) {
  const name = by.hidden ? null : by.value.trim() || null;
  group.busy(true);
  say("保存しています…");
  try {
    const { written, unpublished } = await decide({ ...decision, by: name });
    const said = outcome(decision, written);
    group.close(said, texts(written));
    say(said);
    part("unpublished").hidden = !unpublished;
    next(group);
  } catch (error) {
    group.busy(false);
    if (error.code === "already_decided") await load();
    if (error.code === "forbidden") access.ask();
    else say(error.message, "error");
  }
}

function outcome({ what, new_topic: topic }, written) {
  if (!written) return OUTCOMES[what];
  const { target, where, texts: added } = written;
  const name = [...content.entries, ...content.topics].find(({ id }) => id === target)?.name;
  const entry = content.entries.find(({ id }) => id === target)?.label;
  const owner = what === "out_of_scope" ? `対象外の話題「${topic?.name ?? name ?? target}」` : `項目「${entry ?? target}」`;
  return added.length
    ? `${owner}に${added.length}件の文を追加しました（${where}）。`
    : `${owner}に、もうありました（${where}）。判断を記録しました。`;
}

const texts = (written) =>
  written?.texts.length > 0 && el("span.added", written.texts.map((text) => el("span", text)));

function next(group) {
  const after = groups.slice(groups.indexOf(group)).find((one) => !one.isDecided);
  const left = after ?? groups.find((one) => !one.isDecided);
  if (left) return open(left);
  part("more").hidden = false;
  part("more").focus();
}

const access = new Access(part("access"), {
  say,
  admitted() {
    say("");
    load();
  },
});

// ---- Wiring

function start() {
  by.value = attempt(() => sessionStorage.getItem(NAME)) ?? "";
  by.oninput = () => attempt(() => sessionStorage.setItem(NAME, by.value));
  days.onchange = load;
  part("more").onclick = load;
  part("help").onclick = () => dialog.showModal();
  part("close").onclick = () => dialog.close();
  listenToKeys({ dialog, move, act, leave });
  load();
}

start();

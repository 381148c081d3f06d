/** Small pieces of the page: what the server or the agent writes goes in as text only. */

// An element, "tag.class"; empty children are left out, what is no element becomes text.
export function el(name, ...children) {
  const [tag, ...classes] = name.split(".");
  const node = document.createElement(tag);
  if (classes.length) node.className = classes.join(" ");
  node.append(...children.flat(3).filter(Boolean));
  return node;
}

export function set(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null) node.setAttribute(name, value);
  }
  return node;
}

export function button(name, label, onclick) {
  return Object.assign(el(`button.${name}`, label), { type: "button", onclick });
}

// Only what changes: a live region is read out anew at every change.
export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

// Null where it fails: storage may be denied, text no JSON or address.
export function attempt(action) {
  try {
    return action();
  } catch {
    return null;
  }
}

// The URL if it is of one of the protocols: no `javascript:`, whatever the data holds.
export function address(url, ...protocols) {
  const target = url && attempt(() => new URL(url, document.baseURI));
  return protocols.includes(target?.protocol) ? target.href : null;
}

// よい and いい help no eye, and are found inside of other words.
const TOO_SHORT = /^[ぁ-ん]{0,2}$/;

// The text as nodes, the words in <mark>; the longest word wins.
export function marked(text, words = []) {
  const sorted = words.filter((word) => !TOO_SHORT.test(word)).sort((a, b) => b.length - a.length);
  if (!sorted.length) return [String(text ?? "")];
  const escaped = sorted.map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"));
  const parts = String(text ?? "").split(new RegExp(`(${escaped.join("|")})`, "u"));
  return parts.map((part, index) => (index % 2 ? el("mark", part) : part));
}

// One paragraph a line.
export function lines(text, words) {
  const split = String(text ?? "").split("\n").map((line) => line.trim()).filter(Boolean);
  return split.map((line) => el("p", marked(line, words)));
}

// The insurer's day: YYYY-MM-DD in Japan.
export function today() {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Tokyo" }).format(new Date());
}

// 2027-04-01 → 2027年4月1日
export function longDate(day) {
  const format = new Intl.DateTimeFormat("ja", { dateStyle: "long", timeZone: "UTC" });
  return attempt(() => format.format(new Date(day))) ?? day;
}

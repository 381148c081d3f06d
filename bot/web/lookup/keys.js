/** The keys of the lookup page, as its dialog lists them. */

const FIELDS = "input, textarea, select";

// The input method's own keys: it converts kana with Enter, digits and arrows.
const converting = ({ isComposing, keyCode }) => isComposing || keyCode === 229;

export function listenToKeys(page) {
  document.addEventListener("keydown", (event) => {
    if (converting(event)) return;
    if (page.dialog.open) {
      if (event.key === "F1") event.preventDefault();
      return;
    }
    const action = actionOf(event, page);
    if (!action) return;
    event.preventDefault();
    action();
  });
}

function actionOf(event, page) {
  const { key, target, altKey, ctrlKey, metaKey, shiftKey } = event;
  if (ctrlKey || metaKey) return null;
  if (altKey) return withAlt(event, page);
  if (key === "Escape") return page.nextCall;
  if (key === "F1") return () => page.dialog.showModal();
  if (target === page.day) return key === "Enter" ? () => page.query.focus() : null;
  const searching = target === page.query;
  if (target.matches(FIELDS) && !searching) return null; // the token's
  const paged = { PageDown: 1, PageUp: -1 }[key];
  if (paged) return () => scroll(page.entryBox, paged);
  const step = { ArrowDown: 1, ArrowUp: -1 }[key];
  if (step && (searching || target === document.body)) return () => page.move(step);
  if (key === "Enter" && (searching || target === document.body || target === page.entryBox)) {
    return shiftKey ? page.copyContact : page.copyAnswer;
  }
  if (key === "?" && (!searching || !page.query.value)) return () => page.dialog.showModal();
  if (searching) return null;
  if (/^[1-9]$/.test(key)) return () => page.openNumber(Number(key));
  // Whoever types on means the search field, which gets this very key.
  if (key.length === 1 && key !== " " && !target.matches("button, a, summary")) page.query.focus();
  return null;
}

// By the place of the key: with Alt a Mac types other characters.
function withAlt({ code }, page) {
  const [, digit] = /^(?:Digit|Numpad)([1-9])$/.exec(code) ?? [];
  if (digit) return () => page.openNumber(Number(digit));
  const easy = page.entryBox.querySelector("details");
  const actions = {
    KeyY: () => page.report("found"),
    KeyN: () => page.report("wrong"),
    KeyM: () => page.report("missing"),
    KeyE: () => easy && (easy.open = !easy.open),
    KeyD: () => page.day.focus(),
  };
  return actions[code];
}

// The entry where it has a scroller of its own, else the window.
function scroll(box, direction) {
  const scrolls = getComputedStyle(box).overflowY === "auto";
  const height = scrolls ? box.clientHeight : window.innerHeight;
  (scrolls ? box : window).scrollBy({ top: direction * height * 0.85, behavior: "instant" });
}

/** The keys of the review page, as its dialog lists them. */

const TYPED_IN = "textarea, select, input:not([type=radio], [type=checkbox])";

// The input method's own keys.
const converting = ({ isComposing, keyCode }) => isComposing || keyCode === 229;

export function listenToKeys(page) {
  document.addEventListener("keydown", (event) => {
    const { ctrlKey, metaKey, altKey } = event;
    if (converting(event) || ctrlKey || metaKey || altKey || page.dialog.open) return;
    const action = actionOf(event, page);
    if (!action) return;
    event.preventDefault();
    action();
  });
}

function actionOf({ key, target }, page) {
  if (key === "Escape") return page.leave;
  if (target.matches(TYPED_IN)) return null;
  const arrows = !target.matches("input"); // a choice has its own
  const step = { j: 1, k: -1, ...(arrows && { ArrowDown: 1, ArrowUp: -1 }) }[key];
  if (step) return () => page.move(step);
  if (/^[1-5]$/.test(key)) return () => page.act((group) => group.choose(Number(key)));
  if (key === "?") return () => page.dialog.showModal();
  const actions = {
    e: (group) => group.edit(),
    a: (group) => group.add(),
    n: (group) => group.addEntry(),
    o: (group) => group.addToTopic(),
    s: (group) => group.skip(),
    i: (group) => group.ignore(),
  };
  return actions[key] && (() => page.act(actions[key]));
}

// Moving between screens: which one is seen is in the browser's history, so that the phone's back key goes back.
import { button, fill, notice, say } from "./page.js";
import { refused, visit, waiting } from "./visit.js";

export const SCREENS = {};
let leaving = null;

export function go(name, facts = {}) {
  history.pushState({ name, ...facts }, "");
  notice("");
  show();
}

export function show() {
  if (leaving) leaving();
  leaving = null;
  const { name, ...facts } = history.state || {};
  SCREENS[wanted(name)](facts);
  bar();
}

function wanted(name) {
  if (name === "join" || !visit.village || !visit.village.list) return "join";
  if (visit.isClockAsked) return "clock";
  return name in SCREENS ? name : "home";
}

// What is to be done when the screen is left.
export const onLeaving = (act) => { leaving = act; };

// Shows the screen anew, unless somebody is typing in it.
export function refresh() {
  if (!document.activeElement || document.activeElement.tagName !== "INPUT") show();
}

export function bar() {
  const count = waiting().length, bad = refused().length;
  const state = count ? say("unsent", { count }) : say("all_sent");
  const text = bad ? `${state} · ${say("refused_count", { count: bad })}` : state;
  const isOpen = visit.village && visit.village.list;
  fill(document.getElementById("state"), isOpen && button(text, () => go("sendings"), count || bad ? "open" : ""));
}

// Moving between screens: which one is seen is in the browser's history, so that the phone's back key goes back.
import { button, make, notice, say } from "./page.js";
import { refused, visit, waiting } from "./visit.js";

export const SCREENS = {};
let leaving = null;

export function go(name, facts = {}) {
  history.pushState({ name, ...facts }, "");
  notice("");
  show();
}

export function show() {
  leaving?.();
  leaving = null;
  const { name, ...facts } = history.state ?? {};
  SCREENS[name === "join" || !visit.village?.list ? "join" : name in SCREENS ? name : "home"](facts);
  bar();
}

// What is to be done when the screen is left.
export const onLeaving = (act) => { leaving = act; };

// Shows the screen anew, unless somebody is typing in it.
export function refresh() {
  if (document.activeElement?.tagName !== "INPUT") show();
}

export function bar() {
  const count = waiting().length, bad = refused().length;
  const told = !visit.village ? "" : count ? say("unsent", { count }) : say("all_sent");
  const left = document.getElementById("state");
  left.replaceChildren(...(visit.village?.list ? [button(bad ? `${told} · ${say("refused_count", { count: bad })}` : told, () => go("sendings"), count || bad ? "open" : "")] : []));
}

// The village's own screen: how far it is, who is still to come, and finding somebody.
import { hasCamera } from "./camera.js";
import { go } from "./router.js";
import { button, fill, kind, make, names, notice, say, screen } from "./page.js";
import { find, readScan, readTyped } from "./rules.js";
import { cardOf, hasSpare, isDone, isServed, list, visit } from "./visit.js";

const ROWS = 60;

export function home() {
  const all = list().households.filter((each) => isServed(each.id));
  const done = all.filter((each) => isDone(each.id)).length;
  const field = make("input", { id: "q", type: "search", autocomplete: "off", spellcheck: false, placeholder: say("find_hint"), oninput: () => { most = ROWS; refill(); } });
  const shown = make("ul", { id: "found" });
  let most = ROWS;
  const refill = () => fill(shown, ...rows(field.value, most, () => { most = Infinity; refill(); }));
  const form = make("form", { role: "search", onsubmit: (event) => { event.preventDefault(); code(field.value, "typed"); } },
    make("label", { htmlFor: "q" }, say("find")), field);
  const bad = all.filter((each) => (cardOf(each.id) || {}).conflict).length;
  screen(names(list().area), [
    make("p", { className: "progress" }, make("strong", {}, `${done} / ${all.length}`), " ", say("delivered_of")),
    make("progress", { max: all.length || 1, value: done, ariaLabel: say("delivered_of") }),
    bad > 0 && make("p", { className: "warn" }, say("conflicts", { count: bad })),
    visit.village.barred && make("p", { className: "warn" }, say("token_over"), " ", button(say("new_slip"), () => go("join"))),
    form, make("h2", {}, say("outstanding")), shown,
  ], [button(say(hasCamera() ? "scan" : "photo"), () => go(hasCamera() ? "scan" : "photo"), "main"), button(say("to_sendings"), () => go("sendings"))]);
  refill();
}

// What fits what was typed; without it, who is still to come, in the order of the pile.
function rows(text, most, more) {
  const households = list().households;
  const typed = readTyped(text);
  if (typed.code) return [make("li", {}, button(say("look_up", { code: printed(typed.code) }), () => code(text, "typed"), "main"))];
  const found = text.trim() ? find(households, text) : households.filter((each) => isServed(each.id) && !isDone(each.id));
  if (!found.length) return [make("li", { className: "none" }, say(text.trim() ? "none_found" : "none_left"))];
  const left = found.length - most;
  return [...found.slice(0, most).map(row), ...(left > 0 ? [make("li", {}, button(say("more", { count: left }), more))] : [])];
}

function row(each) {
  const card = cardOf(each.id);
  const state = !card ? (hasSpare(each.id) ? kind("spares", "bound") : say("no_card")) : card.status === "waiting" ? "" : kind("cards", card.status, card.detail);
  const entry = button("", () => go("household", { id: each.id, evidence: "typed" }), "entry", { pile: each.pile });
  entry.append(make("b", {}, each.pile), names(each), state && make("em", { className: isDone(each.id) ? "good" : "open" }, state));
  return make("li", {}, entry);
}

// A code in view or typed: what it is, at once.
export function code(text, evidence) {
  const typed = evidence === "typed" ? readTyped(text) : readScan(text);
  if (typed.code) return go("found", { code: typed.code, evidence });
  const hits = evidence === "typed" && typed.wrong === "letter" ? find(list().households, text) : [];
  if (hits.length === 1) return go("household", { id: hits[0].id, evidence: "typed" });
  if (/^[0-9\u0f20-\u0f29]{1,5}$/.test(text.trim())) {
    const one = find(list().households, text)[0];
    if (one) return go("household", { id: one.id, evidence: "typed" });
  }
  if (text.trim()) notice(say(typed.general ? "general" : evidence === "typed" ? "mistyped" : "no_card_code"));
}

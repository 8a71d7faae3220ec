// Giving a household a spare card.
import { hasCamera } from "./camera.js";
import { back } from "./household.js";
import { go } from "./router.js";
import { button, details, make, names, notice, say, screen } from "./page.js";
import { readScan, readTyped, verdict } from "./rules.js";
import { record } from "./recording.js";
import { cardOf, householdOf, list, visit } from "./visit.js";

// A spare card for a household: the reason, then the spare's own code, from the paper in the hand.
export function spare({ id, detail, text }) {
  const home = householdOf(id);
  const reasons = details("spares", "bound").filter(([name]) => name !== "unlisted");
  if (!detail) {
    return screen(say("give_spare"), [
      make("p", {}, names(home)), make("h2", {}, say("why_spare")),
      make("div", { className: "grid" }, ...reasons.map(([name, label]) => button(label, () => go("spare", { id, detail: name })))),
    ], back());
  }
  const field = make("input", { id: "spare-code", value: text || "", autocomplete: "off", autocapitalize: "characters", spellcheck: false, required: true });
  const form = make("form", { onsubmit: (event) => { event.preventDefault(); giveSpare(id, detail, field.value, "typed"); } },
    make("label", { htmlFor: "spare-code" }, say("spare_code")), field, make("button", { type: "submit", className: "main" }, say("confirm")));
  screen(say("give_spare"), [make("p", {}, names(home)), make("p", {}, say("township_confirms")), form], [
    button(say(hasCamera() ? "scan" : "photo"), () => go(hasCamera() ? "scan" : "photo", { spareFor: id, detail }), "main"),
    button(say("back"), () => go("home")),
  ]);
}

export function giveSpare(id, detail, text, evidence) {
  const read = evidence === "typed" ? readTyped(text) : readScan(text);
  if (!read.code) return notice(say(evidence === "typed" ? "mistyped" : "no_card_code"));
  const found = verdict(list(), visit.events, read.code);
  if (found.kind !== "spare" || found.spare.status !== "blank") {
    if (evidence !== "typed") go("spare", { id, detail });
    return notice(found.kind === "spare" ? say("spare_gone") : say("no_spare"));
  }
  const card = cardOf(id);
  record([
    { kind: "bound", detail, card: found.spare, code: read.code, evidence, household: id },
    ...(card ? [{ kind: "replaced", card, other: read.code, evidence: "typed" }] : []),
  ]);
}

// A household or a code: what it is, and what can be recorded of it.
import { hasCamera } from "./camera.js";
import { now } from "./clock.js";
import { go } from "./router.js";
import { button, details, kind, make, moment, names, say, screen } from "./page.js";
import { UNDO, verdict } from "./rules.js";
import { record, takeBack } from "./recording.js";
import { cardOf, cardsOf, householdOf, list, visit } from "./visit.js";

const SIGNS = { right: "✓", delivered: "●", other: "✕", unknown: "?", replaced: "✕", voided: "✕", spare: "＋" };

function band(name, ...children) {
  return make("section", { className: `band ${name}`, role: "status", data: { verdict: name } },
    make("span", { className: "sign", ariaHidden: "true" }, SIGNS[name]), make("div", {}, make("strong", {}, say(`is_${name}`)), ...children));
}

export function scanned({ code, evidence }) {
  const found = verdict(list(), visit.events, code);
  const line = make("p", { className: "code" }, printed(code));
  if (found.card) return household({ id: found.card.household, evidence, code, found });
  if (found.kind === "spare") {
    const to = found.spare.household && householdOf(found.spare.household);
    return screen(say("is_spare"), [
      band("spare", to ? make("p", {}, say("spare_gone"), " ", names(to)) : make("p", {}, say("spare_how"))), line,
    ], back());
  }
  screen(say(`is_${found.kind}`), [band(found.kind, found.place && make("p", {}, names(found.place)), make("p", {}, say(`how_${found.kind}`))), line], back());
}

export const back = () => [
  button(say("back"), () => go("home")),
  button(say(hasCamera() ? "scan" : "photo"), () => go(hasCamera() ? "scan" : "photo"), "main"),
];

export function household({ id, evidence, code, found }) {
  const home = householdOf(id), cards = cardsOf(id);
  const card = found ? found.card : cardOf(id) || cards[0];
  const title = home ? names(home) : say("no_household");
  if (!card) return screen(title, [make("p", { className: "warn" }, say("no_card"))], back());
  const state = found ? found.kind : card.validity !== "valid" ? card.validity : card.status === "delivered" ? "delivered" : "right";
  const where = [card.since && moment(card.since), card.by || (card.own && say("this_phone"))].filter(Boolean).join(" · ");
  const facts = state === "delivered" ? [kind("cards", card.status, card.detail), where]
    : state === "right" && card.status !== "waiting" ? [kind("cards", card.status, card.detail), where] : [];
  const lines = facts.filter(Boolean).map((fact) => make("p", {}, fact));
  const happened = (name, detail = "") => record([{ kind: name, detail, card, code, evidence }]);
  screen(title, [
    make("p", { className: "pile" }, say("pile"), " ", make("b", {}, home ? home.pile : "–"), home && home.group ? ` · ${home.group}` : ""),
    band(state, ...lines, state in { replaced: 1, voided: 1 } && make("p", {}, say(`how_${state}`))),
    card.conflict && make("p", { className: "warn" }, say("conflict")),
    ...(state === "right" ? choices(happened, id, evidence, code, card) : []),
    state === "delivered" && make("div", { className: "grid" }, undoButton(card), ...["collected", "returned", "lost"].map((name) => button(kind("cards", name), () => happened(name))), button(kind("cards", "wrong"), () => go("wrong", { id, evidence, code }))),
    state === "right" && card.own && make("div", { className: "grid" }, undoButton(card)),
  ], back());
}

function choices(happened, id, evidence, code, card) {
  const [self, ...others] = details("cards", "delivered");
  return [
    make("div", { className: "grid" },
      button(`${kind("cards", "delivered")} · ${self[1]}`, () => happened("delivered", self[0]), "good wide", { act: "delivered" }),
      ...others.map(([detail, label]) => button(label, () => happened("delivered", detail), "good", { act: detail }))),
    make("h2", {}, say("not_delivered")),
    make("div", { className: "grid" },
      ...["absent", "moved", "refused", "left", "lost", "returned"].map((name) => button(kind("cards", name), () => happened(name), "", { act: name })),
      button(kind("cards", "wrong"), () => go("wrong", { id, evidence, code }), "", { act: "wrong" }),
      button(say("give_spare"), () => go("spare", { id, evidence }), "wide", { act: "spare" })),
    !card.collected && make("div", { className: "grid" }, button(kind("cards", "collected"), () => happened("collected"), "wide", { act: "collected" })),
  ];
}

const undoButton = (card) => card.own && now().time - card.own.made < UNDO && button(say("undo"), () => takeBack(card.own.act), "undo");

export function wrong({ id, evidence, code }) {
  const card = code ? verdict(list(), visit.events, code).card : cardOf(id);
  screen(kind("cards", "wrong"), [
    make("p", {}, names(householdOf(id))),
    make("div", { className: "grid" }, ...details("cards", "wrong").map(([detail, label]) =>
      button(label, () => record([{ kind: "wrong", detail, card, code, evidence }])))),
  ], back());
}

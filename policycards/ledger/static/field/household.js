// A household or a code: what it is, and what can be told of it.
import { hasCamera } from "./camera.js";
import { go } from "./moves.js";
import { button, details, kind, make, moment, names, say, screen } from "./page.js";
import { UNDO, verdict } from "./rules.js";
import { cardOf, cardsOf, householdOf, list, takeBack, tell, visit } from "./visit.js";

const SIGNS = { right: "✓", delivered: "●", other: "✕", unknown: "?", replaced: "✕", voided: "✕", spare: "＋" };

function band(name, ...children) {
  return make("section", { className: `band ${name}`, role: "status", data: { verdict: name } },
    make("span", { className: "sign", ariaHidden: "true" }, SIGNS[name]), make("div", {}, make("strong", {}, say(`is_${name}`)), ...children));
}

export function found({ code, evidence }) {
  const told = verdict(list(), visit.events, code);
  const line = make("p", { className: "code" }, printed(code));
  if (told.card) return household({ id: told.card.household, evidence, code, told });
  if (told.kind === "spare") {
    const to = told.spare.household && householdOf(told.spare.household);
    return screen(say("is_spare"), [
      band("spare", to ? make("p", {}, say("spare_gone"), " ", names(to)) : make("p", {}, say("spare_how"))), line,
    ], back());
  }
  screen(say(`is_${told.kind}`), [band(told.kind, told.place && make("p", {}, names(told.place)), make("p", {}, say(`how_${told.kind}`))), line], back());
}

export const back = () => [
  button(say("back"), () => go("home")),
  button(say(hasCamera() ? "scan" : "photo"), () => go(hasCamera() ? "scan" : "photo"), "main"),
];

export function household({ id, evidence, code, told }) {
  const home = householdOf(id), cards = cardsOf(id);
  const card = told ? told.card : cardOf(id) ?? cards[0];
  const title = home ? names(home) : say("no_household");
  if (!card) return screen(title, [make("p", { className: "warn" }, say("no_card"))], back());
  const state = told ? told.kind : card.validity !== "valid" ? card.validity : card.status === "delivered" ? "delivered" : "right";
  const where = [card.since && moment(card.since), card.by || (card.own && say("this_phone"))].filter(Boolean).join(" · ");
  const facts = state === "delivered" ? [kind("cards", card.status, card.detail), where]
    : state === "right" && card.status !== "waiting" ? [kind("cards", card.status, card.detail), where] : [];
  const lines = facts.filter(Boolean).map((fact) => make("p", {}, fact));
  const record = (name, detail = "") => tell([{ kind: name, detail, card, code, evidence }]);
  screen(title, [
    make("p", { className: "pile" }, say("pile"), " ", make("b", {}, home?.pile ?? "–"), home?.group ? ` · ${home.group}` : ""),
    band(state, ...lines, state in { replaced: 1, voided: 1 } && make("p", {}, say(`how_${state}`))),
    card.conflict && make("p", { className: "warn" }, say("conflict")),
    ...(state === "right" ? choices(record, id, evidence, code) : []),
    state === "delivered" && make("div", { className: "grid" }, undoButton(card), ...["collected", "returned", "lost"].map((name) => button(kind("cards", name), () => record(name))), button(kind("cards", "wrong"), () => go("wrong", { id, evidence, code }))),
    state === "right" && card.own && make("div", { className: "grid" }, undoButton(card)),
  ], back());
}

function choices(record, id, evidence, code) {
  const [self, ...others] = details("cards", "delivered");
  return [
    make("div", { className: "grid" },
      button(`${kind("cards", "delivered")} · ${self[1]}`, () => record("delivered", self[0]), "good wide", { act: "delivered" }),
      ...others.map(([detail, label]) => button(label, () => record("delivered", detail), "good", { act: detail }))),
    make("h2", {}, say("not_delivered")),
    make("div", { className: "grid" },
      ...["absent", "moved", "refused", "left", "lost", "returned"].map((name) => button(kind("cards", name), () => record(name), "", { act: name })),
      button(kind("cards", "wrong"), () => go("wrong", { id, evidence, code }), "", { act: "wrong" }),
      button(kind("cards", "collected"), () => record("collected"), "", { act: "collected" }),
      button(say("give_spare"), () => go("spare", { id, evidence }), "wide", { act: "spare" })),
  ];
}

const undoButton = (card) => card.own && Date.now() - card.own.made < UNDO && button(say("undo"), () => takeBack(card.own.act), "undo");

export function wrong({ id, evidence, code }) {
  const card = code ? verdict(list(), visit.events, code).card : cardOf(id);
  screen(kind("cards", "wrong"), [
    make("p", {}, names(householdOf(id))),
    make("div", { className: "grid" }, ...details("cards", "wrong").map(([detail, label]) =>
      button(label, () => tell([{ kind: "wrong", detail, card, code, evidence }])))),
  ], back());
}

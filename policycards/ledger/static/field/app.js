// The field page: opens a village once on a network, and then works with none.
import * as box from "./box.js";
import { hasCamera, inPhoto, watch } from "./camera.js";
import { button, details, kind, language, LANGUAGES, make, moment, names, notice, say, screen, speak } from "./page.js";
import { find, KEPT, readScan, readTyped, standingOf, UNDO, uuid7, verdict } from "./rules.js";
import { carriedFile, join, synchronise } from "./sending.js";

const AGAIN = 60_000; // a minute between tries, so that a weak network does not empty the battery
let village = null, events = [], endCamera = null, isSending = false, isWanted = false;

const list = () => village.list;
const waiting = () => events.filter((event) => event.state === "waiting");
const refused = () => events.filter((event) => event.state === "refused");
const householdOf = (id) => list().households.find((each) => each.id === id);
const cardsOf = (id) => list().cards.filter((card) => card.household === id).map((card) => standingOf(card, events));
// The card that a household is to get: of the newest edition, and still good.
const cardOf = (id) => cardsOf(id).filter((card) => card.validity === "valid").sort((one, other) => (one.edition < other.edition ? 1 : -1))[0];
const isDone = (card) => !card || card.status === "delivered";

// Which screen is seen is in the browser's history, so that the phone's back key goes back.
const SCREENS = { join: joining, home, household, scan, photo, found, spare, wrong, sendings };

function go(name, facts = {}) {
  history.pushState({ name, ...facts }, "");
  notice("");
  show();
}

function show() {
  endCamera?.();
  endCamera = null;
  const { name, ...facts } = history.state ?? {};
  SCREENS[!village?.list ? "join" : name in SCREENS ? name : "home"](facts);
  bar();
}

// Opening

async function start() {
  speak(language());
  document.getElementById("languages").replaceChildren(...Object.entries(LANGUAGES).map(([code, name]) =>
    make("button", { type: "button", lang: code, onclick: () => { speak(code); limits(); show(); } }, name)));
  await load(localStorage.getItem("policycards-village"));
  if (!slipInAddress()) {
    show();
    if (village?.list) send(true);
  }
  listen();
}

// A slip's address: its code goes from the address into the form, and stays out of the history.
function slipInAddress() {
  const slip = /[#&]join=([0-9A-Za-z-]+)/.exec(location.hash)?.[1];
  if (slip) {
    history.replaceState({ name: "join", slip }, "", location.pathname);
    show();
  }
  return Boolean(slip);
}

async function load(area) {
  const known = await box.villages();
  village = known.find((each) => each.area === area) ?? known[0] ?? null;
  events = village ? await box.eventsOf(village.area) : [];
  if (village?.list && Date.now() - village.synced > KEPT) {
    village = { ...village, list: null };
    await box.keepVillage(village);
  }
}

// What this browser cannot do is told at once, with what to do instead.
function limits() {
  const told = [];
  if (/MicroMessenger/i.test(navigator.userAgent)) told.push(say("in_wechat"));
  else if (!window.isSecureContext) told.push(say("no_https"));
  document.getElementById("limits").replaceChildren(...told.map((text) => make("p", {}, text)));
}

function listen() {
  limits();
  window.addEventListener("hashchange", slipInAddress);
  document.addEventListener("visibilitychange", () => document.hidden || send(true));
  window.addEventListener("online", () => send(true));
  window.addEventListener("popstate", () => { notice(""); show(); });
  setInterval(() => waiting().length && send(true), AGAIN);
  navigator.serviceWorker?.register("worker.js", { type: "classic" }).catch(() => {});
}

function bar() {
  const count = waiting().length, bad = refused().length;
  const told = !village ? "" : count ? say("unsent", { count }) : say("all_sent");
  const left = document.getElementById("state");
  left.replaceChildren(...(village?.list ? [button(bad ? `${told} · ${say("refused_count", { count: bad })}` : told, () => go("sendings"), count || bad ? "open" : "")] : []));
}

function joining({ slip = "" }) {
  const code = make("input", { id: "slip", value: slip, autocomplete: "off", autocapitalize: "characters", spellcheck: false, required: true });
  const label = make("input", { id: "label", value: village?.label ?? "", maxLength: 60, autocomplete: "off" });
  const form = make("form", { onsubmit: (event) => { event.preventDefault(); enter(code.value, label.value); } },
    village && !village.list && make("p", { className: "warn" }, say(village.synced ? "expired" : "again")),
    village && waiting().length > 0 && make("p", { className: "warn" }, say("kept_unsent", { count: waiting().length })),
    make("label", { htmlFor: "slip" }, say("slip")), code,
    make("label", { htmlFor: "label" }, say("label")), label,
    make("button", { type: "submit", className: "main" }, say("join")),
    village && !village.list && button(say("open_again"), () => send(false)));
  screen(say("title"), [make("p", {}, say("join_how")), form]);
}

async function enter(slip, label) {
  notice(say("opening"));
  const known = await box.villages();
  // A phone has an id for each village; which village a slip is for only the ledger knows, so the known ones are tried.
  const ids = [...known.map((each) => each.device), uuid7(Date.now())];
  for (const device of ids) {
    try {
      const joined = await join({ slip, device, label }, language());
      const old = known.find((each) => each.area === joined.area.code) ?? {};
      const area = joined.area.code;
      await box.keepVillage({ ...old, area, name: joined.area, device, label, token: joined.token, sealing_key: joined.sealing_key });
      localStorage.setItem("policycards-village", area);
      await box.persist();
      await load(area);
      history.replaceState({ name: "home" }, "");
      return await send(false);
    } catch (refusal) {
      if (refusal.problem?.code !== "E680" || device === ids.at(-1)) return notice(trouble(refusal));
    }
  }
}

const trouble = ({ offline, problem }) => (problem ? `${problem.text}. ${problem.hint}` : offline ? say("offline") : say("failed"));

// Sends what waits and opens the village anew; quietly where nobody asked. What is told meanwhile is sent right after.
async function send(quietly) {
  if (!village) return;
  if (isSending) {
    isWanted = true;
    return;
  }
  isSending = true;
  if (!quietly) notice(say("sending"));
  try {
    do {
      isWanted = false;
      await synchronise(village.area, language());
    } while (isWanted);
    if (!quietly) notice(say("sent"));
  } catch (refusal) {
    if (!quietly || refusal.status === 401) notice(trouble(refusal));
    if (!refusal.offline && !refusal.status) throw refusal;
  } finally {
    isSending = false;
    await load(village.area);
    if (!quietly || ["home", undefined].includes(history.state?.name)) refresh();
    bar();
  }
}

// Shows the screen anew, unless somebody is typing in it.
function refresh() {
  if (document.activeElement?.tagName !== "INPUT") show();
}

// The village

function home() {
  const households = list().households, all = households.map((each) => cardOf(each.id)).filter(Boolean);
  const done = all.filter(isDone).length;
  const field = make("input", { id: "q", type: "search", autocomplete: "off", spellcheck: false, placeholder: say("find_hint"), oninput: () => fill() });
  const shown = make("ul", { id: "found" });
  const fill = () => shown.replaceChildren(...rows(field.value));
  const form = make("form", { role: "search", onsubmit: (event) => { event.preventDefault(); code(field.value, "typed"); } },
    make("label", { htmlFor: "q" }, say("find")), field);
  const bad = all.filter((card) => card.conflict).length;
  screen(names(list().area), [
    make("p", { className: "progress" }, make("strong", {}, `${done} / ${all.length}`), " ", say("delivered_of")),
    make("progress", { max: all.length || 1, value: done, ariaLabel: say("delivered_of") }),
    bad > 0 && make("p", { className: "warn" }, say("conflicts", { count: bad })),
    form, make("h2", {}, say("outstanding")), shown,
  ], [button(say(hasCamera() ? "scan" : "photo"), () => go(hasCamera() ? "scan" : "photo"), "main"), button(say("to_sendings"), () => go("sendings"))]);
  fill();
}

// What fits what was typed; without it, who is still to come, in the order of the pile.
function rows(text) {
  const households = list().households;
  const typed = readTyped(text);
  if (typed.code) return [make("li", {}, button(say("look_up", { code: printed(typed.code) }), () => code(text, "typed"), "main"))];
  const found = text.trim() ? find(households, text) : households.filter((each) => cardOf(each.id) && !isDone(cardOf(each.id)));
  if (!found.length) return [make("li", { className: "none" }, say(text.trim() ? "none_found" : "none_left"))];
  return found.slice(0, 60).map(row);
}

function row(each) {
  const card = cardOf(each.id);
  const state = !card ? say("no_card") : card.status === "waiting" ? "" : kind("cards", card.status, card.detail);
  const entry = button("", () => go("household", { id: each.id, evidence: "typed" }), "entry", { pile: each.pile });
  entry.append(make("b", {}, each.pile), names(each), state && make("em", { className: isDone(card) ? "good" : "open" }, state));
  return make("li", {}, entry);
}

// A code in view or typed: what it is, at once

function code(text, evidence) {
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

const SIGNS = { right: "✓", delivered: "●", other: "✕", unknown: "?", replaced: "✕", voided: "✕", spare: "＋" };

function band(name, ...children) {
  return make("section", { className: `band ${name}`, role: "status", data: { verdict: name } },
    make("span", { className: "sign", ariaHidden: "true" }, SIGNS[name]), make("div", {}, make("strong", {}, say(`is_${name}`)), ...children));
}

function found({ code, evidence }) {
  const told = verdict(list(), events, code);
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

const back = () => [
  button(say("back"), () => go("home")),
  button(say(hasCamera() ? "scan" : "photo"), () => go(hasCamera() ? "scan" : "photo"), "main"),
];

function household({ id, evidence, code, told }) {
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

function wrong({ id, evidence, code }) {
  const card = code ? verdict(list(), events, code).card : cardOf(id);
  screen(kind("cards", "wrong"), [
    make("p", {}, names(householdOf(id))),
    make("div", { className: "grid" }, ...details("cards", "wrong").map(([detail, label]) =>
      button(label, () => tell([{ kind: "wrong", detail, card, code, evidence }])))),
  ], back());
}

// A spare card for a household: the reason, then the spare's own code, from the paper in the hand.
function spare({ id, detail, text }) {
  const home = householdOf(id);
  const reasons = details("spares", "bound").filter(([name]) => name !== "unlisted");
  if (!detail) {
    return screen(say("give_spare"), [
      make("p", {}, names(home)), make("h2", {}, say("why_spare")),
      make("div", { className: "grid" }, ...reasons.map(([name, label]) => button(label, () => go("spare", { id, detail: name })))),
    ], back());
  }
  const field = make("input", { id: "spare-code", value: text ?? "", autocomplete: "off", autocapitalize: "characters", spellcheck: false, required: true });
  const form = make("form", { onsubmit: (event) => { event.preventDefault(); giveSpare(id, detail, field.value, "typed"); } },
    make("label", { htmlFor: "spare-code" }, say("spare_code")), field, make("button", { type: "submit", className: "main" }, say("confirm")));
  screen(say("give_spare"), [make("p", {}, names(home)), make("p", {}, say("township_confirms")), form], [
    button(say(hasCamera() ? "scan" : "photo"), () => go(hasCamera() ? "scan" : "photo", { spareFor: id, detail }), "main"),
    button(say("back"), () => go("home")),
  ]);
}

function giveSpare(id, detail, text, evidence) {
  const read = evidence === "typed" ? readTyped(text) : readScan(text);
  if (!read.code) return notice(say(evidence === "typed" ? "mistyped" : "no_card_code"));
  const told = verdict(list(), events, read.code);
  if (told.kind !== "spare" || told.spare.status !== "blank") {
    if (evidence !== "typed") go("spare", { id, detail });
    return notice(told.kind === "spare" ? say("spare_gone") : say("no_spare"));
  }
  const card = cardOf(id);
  tell([
    { kind: "bound", detail, card: told.spare, code: read.code, evidence, household: id },
    ...(card ? [{ kind: "replaced", card, other: read.code, evidence: "typed" }] : []),
  ]);
}

// The camera and photos

function scan({ spareFor, detail }) {
  const video = make("video", { playsInline: true, muted: true, ariaLabel: say("scan") });
  const told = make("p", { className: "hint", role: "status" }, say("scan_how"));
  screen(say("scan"), [video, told], [
    button(say("photo"), () => go("photo", { spareFor, detail }), "main"),
    button(say("back"), () => go("home")),
  ]);
  const seen = (text) => arrived(text, { spareFor, detail });
  const many = (are) => { told.textContent = say(are ? "many" : "scan_how"); told.classList.toggle("warn", are); };
  let isGone = false;
  endCamera = () => { isGone = true; };
  watch(video, seen, many).then((end) => { isGone ? end() : endCamera = end; }, () => { told.textContent = say("no_camera"); });
}

function arrived(text, { spareFor, detail }) {
  navigator.vibrate?.(60);
  if (spareFor) return giveSpare(spareFor, detail, text, "scanned");
  const read = readScan(text);
  if (!read.code) {
    go("home");
    return notice(say(read.general ? "general" : "no_card_code"));
  }
  code(text, "scanned");
}

function photo({ spareFor, detail }) {
  const told = make("p", { className: "hint", role: "status" }, say("photo_how"));
  const field = make("input", { id: "photo", type: "file", accept: "image/*" });
  field.setAttribute("capture", "environment");
  field.onchange = async () => {
    const texts = field.files[0] ? await inPhoto(field.files[0]).catch(() => []) : [];
    if (texts.length === 1) return arrived(texts[0], { spareFor, detail });
    told.textContent = say(texts.length ? "many" : "photo_none");
    told.classList.add("warn");
    field.value = "";
  };
  screen(say("photo"), [make("label", { htmlFor: "photo", className: "picker" }, say("take_photo")), field, told], [
    button(say("back"), () => go("home"), "main"),
  ]);
}

// Telling what happened: on the disk before it is called saved

async function tell(acts) {
  const now = Date.now(), ids = acts.map(() => uuid7(now));
  const made = acts.map(({ kind: name, detail = "", card, code, evidence, household = null, other = "" }, place) => ({
    id: ids[place], act: ids[0], area: village.area, kind: name, detail, at: new Date(now).toISOString(), made: now + place,
    card: code ?? card.card, digest: card.card, edition: card.edition, evidence: code ? evidence : "typed",
    household, other, corrects: null, state: "waiting", problem: null,
    pile: list().households.find((each) => each.id === (card.household ?? household))?.pile ?? 0,
  }));
  await save(made);
  go("home");
  notice(`${say("saved")}: ${made[0].pile} · ${kind(made[0].kind === "bound" ? "spares" : "cards", made[0].kind, made[0].detail)}`, () => takeBack(ids[0]));
  send(true);
}

async function save(made) {
  try {
    await box.keepEvents(made);
  } catch {
    notice(say("disk_full"));
    throw new Error("nothing was saved");
  }
  events = await box.eventsOf(village.area);
}

// Takes back all that was told in one act; the ledger is told so too, for it may have it already.
async function takeBack(act) {
  const now = Date.now();
  const told = events.filter((event) => event.act === act && event.kind !== "withdrawn");
  await save(told.map((event, place) => ({
    ...event, id: uuid7(now), act: uuid7(now), kind: "withdrawn", detail: "", at: new Date(now).toISOString(), made: now + place,
    household: null, other: "", corrects: event.id, state: "waiting", problem: null, included: false,
  })));
  go("home");
  notice(say("taken_back"));
  send(true);
}

// What is not sent, what was refused, and this phone

function sendings() {
  const open = waiting(), bad = refused();
  const line = (event) => make("li", {}, make("b", {}, event.pile || "–"), " ",
    make("span", {}, event.kind === "withdrawn" ? say("taken_back") : kind(event.kind === "bound" ? "spares" : "cards", event.kind, event.detail)), " ", make("small", {}, moment(event.at)),
    event.problem && make("p", { className: "warn" }, `${event.problem.text}. ${event.problem.hint}`));
  const until = new Date(village.synced + KEPT);
  screen(say("to_sendings"), [
    make("p", { className: "big" }, open.length ? say("unsent", { count: open.length }) : say("all_sent")),
    open.length > 0 && make("ul", { className: "lines", id: "open" }, ...open.map(line)),
    bad.length > 0 && make("h2", {}, say("refused_title")),
    bad.length > 0 && make("ul", { className: "lines", id: "refused" }, ...bad.map(line)),
    bad.length > 0 && button(say("try_again"), async () => {
      await box.changeEvents(bad.map((event) => [event.id, { state: "waiting", problem: null }]));
      await load(village.area);
      send(false);
    }),
    make("h2", {}, say("no_network_ever")),
    make("p", {}, say("file_how")),
    button(say("save_file"), saveFile),
    make("h2", {}, say("this_phone")),
    make("p", {}, say("last_sync", { when: moment(village.synced) })),
    make("p", {}, say("kept_until", { when: moment(until) })),
    make("p", {}, say("phone_id", { id: village.device.replaceAll("-", "").slice(-4), label: village.label })),
    button(say("other_village"), otherVillage),
    button(say("forget"), forget, "bad"),
  ], [button(say("send_now"), () => send(false), "main"), button(say("back"), () => go("home"))]);
}

function saveFile() {
  const unheard = events.filter((event) => event.state === "waiting").sort((one, other) => one.made - other.made);
  if (!unheard.length) return notice(say("all_sent"));
  const href = URL.createObjectURL(new Blob([carriedFile(village, unheard)], { type: "application/json" }));
  make("a", { href, download: `policycards-${village.area}-${village.device.slice(-4)}.json` }).click();
  setTimeout(() => URL.revokeObjectURL(href), AGAIN);
  notice(say("file_saved"));
}

async function otherVillage() {
  const known = (await box.villages()).filter((each) => each.area !== village.area);
  screen(say("other_village"), [
    make("div", { className: "grid" }, ...known.map((each) => {
      const entry = button("", async () => {
        localStorage.setItem("policycards-village", each.area);
        await load(each.area);
        go("home");
      }, "wide");
      entry.append(names(each.name));
      return entry;
    })),
    make("p", {}, say("other_how")),
  ], back());
}

// The village leaves this phone only when everything of it has been sent.
async function forget() {
  if (waiting().length) return notice(say("not_yet"));
  if (!confirm(say("forget_sure"))) return;
  await box.dropVillage(village.area);
  await load(null);
  history.replaceState({ name: "home" }, "");
  show();
}

start();

// What is not sent, what was refused, and this phone.
import { now } from "./clock.js";
import * as db from "./db.js";
import { back } from "./household.js";
import { go, show } from "./router.js";
import { button, kind, make, moment, names, notice, say, screen } from "./page.js";
import { send } from "./recording.js";
import { isKept, KEPT } from "./rules.js";
import { carriedFile } from "./sync.js";
import { known, load, refused, visit, waiting } from "./visit.js";

const AGAIN = 60_000; // as long as a browser may take to save a file

export function outbox() {
  const open = waiting(), bad = refused();
  const line = (event) => make("li", {}, make("b", {}, event.pile || "–"), " ",
    make("span", {}, event.kind === "withdrawn" ? say("taken_back") : kind(event.kind === "bound" ? "spares" : "cards", event.kind, event.detail)), " ", make("small", {}, moment(event.at)),
    event.problem && make("p", { className: "warn" }, `${event.problem.text}. ${event.problem.hint}`));
  const until = new Date(visit.village.synced + KEPT);
  screen(say("to_sendings"), [
    make("p", { className: "big" }, open.length ? say("unsent", { count: open.length }) : say("all_sent")),
    open.length > 0 && make("ul", { className: "lines", id: "open" }, ...open.map(line)),
    bad.length > 0 && make("h2", {}, say("refused_title")),
    bad.length > 0 && make("ul", { className: "lines", id: "refused" }, ...bad.map(line)),
    bad.length > 0 && button(say("try_again"), async () => {
      await db.changeEvents(bad.map((event) => [event.id, { state: "waiting", problem: null }]));
      await load(visit.village.area);
      send(false);
    }),
    make("h2", {}, say("no_network_ever")),
    make("p", {}, say("file_how")),
    button(say("save_file"), saveFile),
    make("h2", {}, say("this_phone")),
    make("p", {}, say("last_sync", { when: moment(visit.village.synced) })),
    make("p", {}, say("kept_until", { when: moment(until) })),
    make("p", {}, say("phone_id", { id: visit.village.device.slice(-4), label: visit.village.label })),
    button(say("other_village"), otherVillage),
    button(say("forget"), forget, "bad"),
  ], [button(say("send_now"), () => send(false), "main"), button(say("back"), () => go("home"))]);
}

function saveFile() {
  const unheard = visit.events.filter((event) => event.state === "waiting").sort((one, other) => one.made - other.made);
  if (!unheard.length) return notice(say("all_sent"));
  const href = URL.createObjectURL(new Blob([carriedFile(visit.village, unheard)], { type: "application/json" }));
  make("a", { href, download: `policycards-${visit.village.area}-${visit.village.device.slice(-4)}.json` }).click();
  setTimeout(() => URL.revokeObjectURL(href), AGAIN);
  notice(say("file_saved"));
}

async function otherVillage() {
  const others = (await known()).filter((each) => each.area !== visit.village.area);
  screen(say("other_village"), [
    make("div", { className: "grid" }, ...others.map((each) => {
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

// The village leaves this phone only when everything of it has been sent; what no backup has yet stays, without names.
async function forget() {
  if (waiting().length) return notice(say("not_yet"));
  if (!confirm(say("forget_sure"))) return;
  const { area, name, device, sealing_key, joined, safe } = visit.village;
  const kept = visit.events.filter((event) => isKept(event, safe, now().time));
  await db.dropEvents(visit.events.filter((event) => !kept.includes(event)).map((event) => event.id));
  await (kept.length ? db.keepVillage({ area, name, device, sealing_key, joined, label: "", list: null, forgotten: true }) : db.dropVillage(area));
  await load(null);
  history.replaceState({ name: "home" }, "");
  show();
}

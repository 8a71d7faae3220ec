// Joining with a slip, and opening the village again.
import { now, trust } from "./clock.js";
import * as db from "./db.js";
import { button, language, make, moment, notice, say, screen } from "./page.js";
import { uuid7 } from "./rules.js";
import { isInWeChat, openElsewhere } from "./limits.js";
import { send, trouble } from "./recording.js";
import { show } from "./router.js";
import { join } from "./sync.js";
import { load, visit, waiting } from "./visit.js";

export function joining({ slip = "" }) {
  if (isInWeChat()) return openElsewhere(); // a slip that is used here would be used up
  const code = make("input", { id: "slip", value: slip, autocomplete: "off", autocapitalize: "characters", spellcheck: false, required: true });
  const label = make("input", { id: "label", value: (visit.village && visit.village.label) || "", maxLength: 60, autocomplete: "off" });
  const form = make("form", { onsubmit: (event) => { event.preventDefault(); enter(code.value, label.value); } },
    visit.village && !visit.village.list && make("p", { className: "warn" }, say(visit.village.barred === "E648" ? "revoked" : visit.village.synced ? "expired" : "again")),
    visit.village && waiting().length > 0 && make("p", { className: "warn" }, say("kept_unsent", { count: waiting().length })),
    make("label", { htmlFor: "slip" }, say("slip")), code,
    make("label", { htmlFor: "label" }, say("label")), label,
    make("button", { type: "submit", className: "main" }, say("join")),
    visit.village && !visit.village.list && !visit.village.barred && button(say("open_again"), () => send(false)));
  screen(say("title"), [make("p", {}, say("join_how")), form]);
}

async function enter(slip, label) {
  notice(say("opening"));
  const known = await db.villages();
  // A phone has an id for each village; which village a slip is for only the ledger knows, so the known ones are tried.
  const ids = [...known.map((each) => each.device), uuid7(now().time)];
  for (const device of ids) {
    try {
      const since = (known.find((each) => each.device === device) || {}).joined || null;
      const joined = await join({ slip, device, label, since }, language());
      const old = known.find((each) => each.area === joined.area.code) || {};
      const area = joined.area.code;
      await db.keepVillage({ ...old, area, name: joined.area, device, label, token: joined.token, sealing_key: joined.sealing_key, joined: joined.joined, barred: "", forgotten: false });
      localStorage.setItem("policycards-village", area);
      const isPersistent = await db.persist();
      await load(area);
      history.replaceState({ name: "home" }, "");
      await send(false);
      return isPersistent || notice(say("not_persistent"));
    } catch (refusal) {
      if (!refusal.problem || refusal.problem.code !== "E680" || device === ids[ids.length - 1]) return notice(trouble(refusal));
    }
  }
}

// A clock that jumped: somebody says what day it is, before names are thought too old and forgotten.
export function clock() {
  screen(say("clock_title"), [
    make("p", { className: "warn" }, say("clock_how", { when: moment(Date.now()) })),
    button(say("clock_right"), async () => { trust(); await load(visit.village.area); show(); }),
    button(say("clock_wrong"), () => { Object.assign(visit, { isClockAsked: false, isClockWrong: true }); show(); }, "main"),
    make("p", {}, say("clock_flag")),
  ]);
}

// Joining with a slip, and opening the village again.
import * as box from "./box.js";
import { button, language, make, notice, say, screen } from "./page.js";
import { uuid7 } from "./rules.js";
import { join } from "./sending.js";
import { load, send, trouble, visit, waiting } from "./visit.js";

export function joining({ slip = "" }) {
  const code = make("input", { id: "slip", value: slip, autocomplete: "off", autocapitalize: "characters", spellcheck: false, required: true });
  const label = make("input", { id: "label", value: visit.village?.label ?? "", maxLength: 60, autocomplete: "off" });
  const form = make("form", { onsubmit: (event) => { event.preventDefault(); enter(code.value, label.value); } },
    visit.village && !visit.village.list && make("p", { className: "warn" }, say(visit.village.synced ? "expired" : "again")),
    visit.village && waiting().length > 0 && make("p", { className: "warn" }, say("kept_unsent", { count: waiting().length })),
    make("label", { htmlFor: "slip" }, say("slip")), code,
    make("label", { htmlFor: "label" }, say("label")), label,
    make("button", { type: "submit", className: "main" }, say("join")),
    visit.village && !visit.village.list && button(say("open_again"), () => send(false)));
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

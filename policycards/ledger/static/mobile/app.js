// The phone page: opens a village once on a network, and then works with none.
import { home } from "./home.js";
import { household, scanned, wrong } from "./household.js";
import { clock, joining } from "./joining.js";
import { isInWeChat, limits } from "./limits.js";
import { outbox } from "./outbox.js";
import { fill, language, LANGUAGES, make, notice, speak } from "./page.js";
import { send } from "./recording.js";
import { show, SCREENS } from "./router.js";
import { photo, scan } from "./scanner.js";
import { spare } from "./spare.js";
import { load, visit, waiting } from "./visit.js";

const AGAIN = 60_000; // a minute between tries, so that a weak network does not empty the battery

// The names stay: they stand in the history of phones.
Object.assign(SCREENS, { join: joining, clock, home, household, wrong, found: scanned, spare, scan, photo, sendings: outbox });

async function start() {
  speak(language());
  fill(document.getElementById("languages"), ...Object.entries(LANGUAGES).map(([code, name]) =>
    make("button", { type: "button", lang: code, onclick: () => { speak(code); limits(); show(); } }, name)));
  await load(localStorage.getItem("policycards-village"));
  if (!slipInAddress()) {
    show();
    if (visit.village && (visit.village.list || waiting().length)) send(true);
  }
  listen();
}

// A slip's address: its code goes from the address into the form, and stays out of the history. In WeChat it stays, for the
// browser that WeChat hands the address to.
function slipInAddress() {
  const found = /[#&]join=([0-9A-Za-z-]+)/.exec(location.hash);
  if (found && !isInWeChat()) history.replaceState({ name: "join", slip: found[1] }, "", location.pathname);
  if (found) show();
  return Boolean(found);
}

function listen() {
  limits();
  window.addEventListener("hashchange", slipInAddress);
  document.addEventListener("visibilitychange", () => document.hidden || send(true));
  window.addEventListener("online", () => send(true));
  window.addEventListener("popstate", () => { notice(""); show(); });
  setInterval(() => waiting().length && send(true), AGAIN);
  if (navigator.serviceWorker) navigator.serviceWorker.register("worker.js", { type: "classic" }).catch(() => {});
}

start();

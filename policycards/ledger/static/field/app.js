// The field page: opens a village once on a network, and then works with none.
import { home } from "./home.js";
import { found, household, wrong } from "./household.js";
import { joining } from "./joining.js";
import { show, SCREENS } from "./moves.js";
import { language, LANGUAGES, make, notice, say, speak } from "./page.js";
import { photo, scan } from "./seeing.js";
import { sendings } from "./sendings.js";
import { spare } from "./spare.js";
import { load, send, visit, waiting } from "./visit.js";

const AGAIN = 60_000; // a minute between tries, so that a weak network does not empty the battery

Object.assign(SCREENS, { join: joining, home, household, wrong, found, spare, scan, photo, sendings });

async function start() {
  speak(language());
  document.getElementById("languages").replaceChildren(...Object.entries(LANGUAGES).map(([code, name]) =>
    make("button", { type: "button", lang: code, onclick: () => { speak(code); limits(); show(); } }, name)));
  await load(localStorage.getItem("policycards-village"));
  if (!slipInAddress()) {
    show();
    if (visit.village?.list) send(true);
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

start();

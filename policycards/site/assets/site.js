"use strict";
// What every page does: languages, recordings, the marks of a reader's card, and keeping the site for when there is no network.
const page = document.documentElement;
const said = document.getElementById("said").content;
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

function keep(storage, key, value) {
  try { storage()[value === null ? "removeItem" : "setItem"](key, value); } catch { /* then it is forgotten */ }
}

function kept(storage, key) {
  try { return storage().getItem(key); } catch { return null; }
}

function speak(language) {
  if (language) page.dataset.language = language; else delete page.dataset.language;
  for (const button of all("[data-language]", document.body)) {
    button.setAttribute("aria-pressed", String(button.dataset.language === language));
  }
  for (const pair of all(".pair.other")) pair.classList.remove("other");
}

function offerLanguages() {
  for (const button of all(".languages button")) {
    button.addEventListener("click", () => {
      const chosen = page.dataset.language === button.dataset.language ? null : button.dataset.language;
      keep(() => localStorage, "policycards-language", chosen);
      speak(chosen);
    });
  }
  for (const pair of all("main p.pair, main li.pair")) {
    const button = said.querySelector(".switch").cloneNode(true);
    button.addEventListener("click", () => pair.classList.toggle("other"));
    pair.append(button);
  }
  document.querySelector(".languages").hidden = false;
  speak(page.dataset.language);
}

function offerRecordings() {
  for (const recording of all(".recording")) {
    const audio = recording.querySelector("audio"), button = recording.querySelector(".play");
    audio.controls = false;
    button.hidden = false;
    button.addEventListener("click", () => { if (audio.paused) audio.play(); else audio.pause(); });
    for (const event of ["play", "pause", "ended"]) {
      audio.addEventListener(event, () => button.classList.toggle("on", !audio.paused));
    }
  }
}

// The policies of the card that was scanned in this session.
function markCard() {
  const card = JSON.parse(kept(() => sessionStorage, "policycards-card") || "null");
  const mine = new Set(card ? card.policies : []);
  for (const part of all("[data-policy]")) {
    const is = mine.has(part.dataset.policy);
    if (is && !part.classList.contains("mine")) {
      (part.querySelector(".entry > div") || part).append(said.querySelector(".marked").cloneNode(true));
    }
    part.classList.toggle("mine", is);
  }
  return card;
}

function keepForLater() {
  const notice = document.getElementById("offline"), say = (what) => { notice.className = `says-${what}`; };
  if (/MicroMessenger/i.test(navigator.userAgent)) {
    say("wechat");
    document.getElementById("main").prepend(notice);
  }
  if (location.protocol === "file:" || self.origin === "null") return;  // from a folder, or shown without an origin
  if (!navigator.serviceWorker) {
    if (!notice.className) say("cannot");
    return;
  }
  const saving = navigator.connection && navigator.connection.saveData;
  navigator.serviceWorker.addEventListener("message", () => { if (!notice.className) say("ready"); });
  navigator.serviceWorker.register(`${page.dataset.root}worker.js`)
    .then(() => navigator.serviceWorker.ready)
    .then((registration) => { if (!saving) registration.active.postMessage("all"); })
    .catch(() => { if (!notice.className) say("cannot"); });
}

offerLanguages();
offerRecordings();
markCard();
window.addEventListener("load", keepForLater);

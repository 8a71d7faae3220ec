// Seeing a code: with the camera or in a photo.
import { inPhoto, watch } from "./camera.js";
import { code } from "./home.js";
import { go, onLeaving } from "./moves.js";
import { button, make, notice, say, screen } from "./page.js";
import { readScan } from "./rules.js";
import { giveSpare } from "./spare.js";

export function scan({ spareFor, detail }) {
  const video = make("video", { playsInline: true, muted: true, ariaLabel: say("scan") });
  const told = make("p", { className: "hint", role: "status" }, say("scan_how"));
  screen(say("scan"), [video, told], [
    button(say("photo"), () => go("photo", { spareFor, detail }), "main"),
    button(say("back"), () => go("home")),
  ]);
  const seen = (text) => arrived(text, { spareFor, detail });
  const many = (are) => { told.textContent = say(are ? "many" : "scan_how"); told.classList.toggle("warn", are); };
  let isGone = false;
  onLeaving(() => { isGone = true; });
  watch(video, seen, many).then((end) => { isGone ? end() : onLeaving(end); }, () => { told.textContent = say("no_camera"); });
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

export function photo({ spareFor, detail }) {
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

// Seeing a code: with the camera or in a photo.
import { inPhoto, watch } from "./camera.js";
import { code } from "./home.js";
import { go, onLeaving } from "./router.js";
import { button, make, notice, say, screen } from "./page.js";
import { readScan } from "./rules.js";
import { giveSpare } from "./spare.js";

export function scan({ spareFor, detail }) {
  const video = make("video", { playsInline: true, muted: true, ariaLabel: say("scan") });
  const hint = make("p", { className: "hint", role: "status" }, say("scan_how"));
  screen(say("scan"), [video, hint], [
    button(say("photo"), () => go("photo", { spareFor, detail }), "main"),
    button(say("back"), () => go("home")),
  ]);
  const seen = (text) => arrived(text, { spareFor, detail });
  const tell = (key, isWarning) => { hint.textContent = say(key); hint.classList.toggle("warn", isWarning); };
  const many = (are) => tell(are ? "many" : "scan_how", are);
  let isGone = false;
  onLeaving(() => { isGone = true; });
  watch(video, seen, many, (key) => tell(key, true)).then((end) => { isGone ? end() : onLeaving(end); }, () => tell("no_camera", true));
}

function arrived(text, { spareFor, detail }) {
  if (navigator.vibrate) navigator.vibrate(60);
  if (spareFor) return giveSpare(spareFor, detail, text, "scanned");
  const read = readScan(text);
  if (!read.code) {
    go("home");
    return notice(say(read.general ? "general" : "no_card_code"));
  }
  code(text, "scanned");
}

export function photo({ spareFor, detail }) {
  const hint = make("p", { className: "hint", role: "status" }, say("photo_how"));
  const field = make("input", { id: "photo", type: "file", accept: "image/*" });
  field.setAttribute("capture", "environment");
  field.onchange = async () => {
    if (!field.files[0]) return;
    let key = "photo_none";
    try {
      const texts = await inPhoto(field.files[0]);
      if (texts.length === 1) return arrived(texts[0], { spareFor, detail });
      if (texts.length) key = "many";
    } catch {
      key = "no_reader"; // the photo is not to blame
    }
    hint.textContent = say(key);
    hint.classList.add("warn");
    field.value = "";
  };
  screen(say("photo"), [make("label", { htmlFor: "photo", className: "picker" }, say("take_photo")), field, hint], [
    button(say("back"), () => go("home"), "main"),
  ]);
}

// How long an errand has taken, and about how long it will still take, by what it tells of its progress.
const errand = document.querySelector("[data-errand]"), told = errand?.querySelector(".time");
let first = null;

const clock = (seconds) => {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds) % 60];
  return parts.slice(parts[0] ? 0 : 1).map((part, at) => (at ? String(part).padStart(2, "0") : part)).join(":");
};

// The rate since this page saw the first cards; before a second look, since the command began.
const left = ({ cards, of }, now, started) => {
  if (!of || !cards) return null;
  first ??= { cards, now };
  const since = cards > first.cards ? first : { cards: 0, now: started };
  return ((now - since.now) / (cards - since.cards)) * (of - cards) / 1000;
};

if (told && errand.dataset.started) errand.addEventListener("told", (event) => {
  const now = Date.now(), started = Number(errand.dataset.started), rest = left(event.detail, now, started);
  const text = rest === null ? told.dataset.elapsed : told.dataset.left;
  told.textContent = text.replace("{time}", clock((now - started) / 1000)).replace("{left}", clock(rest ?? 0));
});

// How long a task has taken, and about how long it will still take, by its progress.
const task = document.querySelector("[data-task]"), line = task?.querySelector(".time");
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

if (line && task.dataset.started) task.addEventListener("progress", (event) => {
  const now = Date.now(), started = Number(task.dataset.started), rest = left(event.detail, now, started);
  const text = rest === null ? line.dataset.elapsed : line.dataset.left;
  line.textContent = text.replace("{time}", clock((now - started) / 1000)).replace("{left}", clock(rest ?? 0));
});

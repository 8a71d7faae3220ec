// The parts that every screen is made of, and the words in the chosen language.
import { KINDS, WORDS } from "/field/words.js";

export const LANGUAGES = { zh: "中文", bo: "བོད་ཡིག" };
let chosen = localStorage.getItem("policycards-language");
if (!(chosen in LANGUAGES)) chosen = /^bo/.test(navigator.language) ? "bo" : "zh";

export const language = () => chosen;

export function speak(code) {
  chosen = code;
  localStorage.setItem("policycards-language", code);
  document.documentElement.lang = code;
}

// A word or sentence, with facts in its braces.
export const say = (key, facts = {}) => WORDS[chosen][key].replace(/\{(\w+)\}/g, (whole, name) => facts[name] ?? whole);
export const kind = (piece, name, detail) => {
  const { label, details } = KINDS[chosen][piece][name] ?? { label: name, details: {} };
  return detail && details[detail] ? `${label} · ${details[detail]}` : label;
};
export const details = (piece, name) => Object.entries(KINDS[chosen][piece][name].details);

export function make(tag, facts = {}, ...children) {
  const { data, ...rest } = facts;
  const made = Object.assign(document.createElement(tag), rest);
  Object.assign(made.dataset, data);
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

export const button = (text, act, className = "", data = {}) => make("button", { type: "button", className, onclick: act, data }, text);
export const bo = (text) => make("span", { lang: "bo" }, text);
export const zh = (text) => make("span", { lang: "zh" }, text);
export const names = ({ bo: tibetan, zh: chinese }) =>
  make("span", { className: "names" }, tibetan && bo(tibetan), chinese && zh(chinese));

const two = (number) => String(number).padStart(2, "0");

export function moment(when) {
  if (!when) return "";
  const at = new Date(when);
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

// A screen: a heading, what stands in it, and the buttons that the thumb reaches.
export function screen(title, children, buttons = []) {
  const heading = make("h1", { tabIndex: -1 }, ...[title].flat());
  const main = make("main", {}, heading, ...children);
  document.getElementById("page").replaceChildren(main, make("nav", { ariaLabel: say("actions") }, ...buttons));
  document.title = heading.textContent;
  window.scrollTo(0, 0);
  heading.focus({ preventScroll: true });
}

export function notice(text, undo) {
  const bar = document.getElementById("notice");
  bar.replaceChildren(...(text ? [make("p", {}, text), ...(undo ? [button(say("undo"), undo, "undo")] : [])] : []));
}

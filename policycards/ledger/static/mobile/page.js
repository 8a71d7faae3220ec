// The parts that every screen is made of, and the words in the chosen language.
import { KINDS, WORDS } from "/field/words.js";

export const LANGUAGES = { zh: "中文", bo: "བོད་ཡིག" };
let chosen = localStorage.getItem("policycards-language");
if (!(chosen in LANGUAGES)) chosen = navigator.language.startsWith("bo") ? "bo" : "zh";

export const language = () => chosen;

export function speak(code) {
  chosen = code;
  localStorage.setItem("policycards-language", code);
  document.documentElement.lang = code;
}

// A word or sentence, with facts in its braces.
export const say = (key, facts = {}) => WORDS[chosen][key].replace(/\{(\w+)\}/g, (whole, name) => (name in facts ? facts[name] : whole));
export const kind = (piece, name, detail) => {
  const { label, details } = KINDS[chosen][piece][name] || { label: name, details: {} };
  return detail && details[detail] ? `${label} · ${details[detail]}` : label;
};
export const details = (piece, name) => Object.entries(KINDS[chosen][piece][name].details);

// Browsers of 2020 have no replaceChildren, and know no ariaLabel as a property.
export function fill(element, ...children) {
  while (element.firstChild) element.firstChild.remove();
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
  return element;
}

export function make(tag, facts = {}, ...children) {
  const { data, ariaLabel, ariaHidden, ...rest } = facts;
  const made = Object.assign(document.createElement(tag), rest);
  Object.assign(made.dataset, data);
  if (ariaLabel) made.setAttribute("aria-label", ariaLabel);
  if (ariaHidden) made.setAttribute("aria-hidden", ariaHidden);
  return fill(made, ...children);
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
  fill(document.getElementById("page"), main, make("nav", { ariaLabel: say("actions") }, ...buttons));
  document.title = heading.textContent;
  window.scrollTo(0, 0);
  heading.focus({ preventScroll: true });
}

export function notice(text, undo) {
  fill(document.getElementById("notice"), text && make("p", {}, text), text && undo && button(say("undo"), undo, "undo"));
}

"use strict";
// Search on the phone itself. It forgives a missing tsheg, a wrong letter or two, and knows pinyin and its initials. It needs letters.js.
const CLOSE = 0.6;

const pairs = (text) => Array.from({ length: Math.max(0, text.length - 1) }, (none, at) => text.slice(at, at + 2));

// How much of a word stands in a text, by pairs of letters.
function share(word, text) {
  const wanted = pairs(word);
  return wanted.length ? wanted.filter((pair) => text.includes(pair)).length / wanted.length : 0;
}

const ENTRIES = INDEX.map(([id, bo, zh, words, pinyin]) => ({
  id, bo, zh, pinyin: pinyin.split(" "), names: [letters(bo), letters(zh)], words: letters(words),
}));

function fits(word, entry) {
  if (/^[a-z0-9]+$/.test(word)) {
    const found = entry.pinyin.some((sound) => sound.includes(word)) || entry.names.some((name) => name.includes(word));
    return found ? (entry.pinyin.some((sound) => sound.startsWith(word)) ? 3 : 2) : 0;
  }
  if (entry.names.some((name) => name.includes(word))) return 3;
  if (entry.words.includes(word)) return 2;
  const most = share(word, entry.names.join(" ") + entry.words);
  return most >= CLOSE ? most : 0;
}

function search(text) {
  const words = text.split(/[\s\u0f0d-\u0f14]+/).flatMap((part) => letters(part).match(/[a-z0-9]+|[^a-z0-9]+/g) || []);
  if (!words.length) return [];
  return ENTRIES
    .map((entry) => ({ entry, points: words.map((word) => fits(word, entry)) }))
    .filter(({ points }) => points.every(Boolean))
    .map(({ entry, points }) => ({ entry, sum: points.reduce((one, other) => one + other) }))
    .sort((one, other) => other.sum - one.sum)
    .map(({ entry }) => entry);
}

function element(tag, facts, ...children) {
  const made = Object.assign(document.createElement(tag), facts);
  made.append(...children);
  return made;
}

function show(found, asked) {
  const list = element("ul", { className: "entries" }, ...found.map(({ id, bo, zh }) => {
    const names = element("strong", { className: "pair stack" }, element("span", { lang: "bo" }, bo), element("span", { lang: "zh" }, zh));
    const entry = element("li", {}, element("a", { className: "entry", href: `policy/${id}.html` }, element("div", {}, names)));
    entry.dataset.policy = id;
    return entry;
  }));
  document.getElementById("found").replaceChildren(...(found.length ? [list] : []));
  document.getElementById("none").hidden = !asked || found.length > 0;
  markCard();
}

const field = document.getElementById("q");
const find = () => show(search(field.value), field.value.trim());
field.value = new URLSearchParams(location.search).get("q") || "";
field.addEventListener("input", find);
field.form.addEventListener("submit", (event) => { event.preventDefault(); find(); });
find();

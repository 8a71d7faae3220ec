"use strict";
// The page behind a card's QR code. What follows # never left the phone: it is read, kept for the session, and taken out
// of the address.
const main = document.getElementById("main");
const KEY = "policycards-card";
const part = (id) => document.getElementById(id);

function scanned() {
  const edition = main.dataset.edition, order = main.dataset.order.split(" ").filter(Boolean);
  const read = readFragment(location.hash, order);
  if (location.hash || location.search) history.replaceState(null, "", location.pathname);
  if (read) keep(() => sessionStorage, KEY, JSON.stringify({ edition, ...read }));
  const card = JSON.parse(kept(() => sessionStorage, KEY) || "null");
  return read || (card && card.edition === edition ? card : null);
}

function show(card) {
  const mine = part("mine"), list = mine.querySelector(".entries"), others = part("policies");
  for (const entry of all("[data-policy]", list)) others.append(entry);
  for (const entry of all("[data-policy]", others)) {
    if (card.policies.includes(entry.dataset.policy)) list.append(entry);
  }
  mine.hidden = false;
  for (const change of all("#since .change.mine")) part("since").querySelector("h2").after(change);
  for (const rest of all("#since details, #others")) rest.open = false;
  part("general").hidden = card.code !== null;
  part("private").hidden = card.code === null;
  part("ask").hidden = true;
  if (card.code) showCode(card.code);
}

function showCode(code) {
  part("card-code").textContent = printed(code);
  part("card").hidden = false;
}

function take(event) {
  event.preventDefault();
  const read = readCode(part("code").value);
  for (const wrong of ["length", "letter", "wrong"]) part(`code-${wrong}`).hidden = read.wrong !== wrong;
  part("card").hidden = !read.code;
  part("code").setAttribute("aria-invalid", String(!read.code));
  if (read.code) showCode(read.code);
}

function open() {
  const card = scanned();
  markCard();
  if (card) show(card);
}

part("typed").hidden = false;
part("typed").addEventListener("submit", take);
window.addEventListener("hashchange", () => { if (location.hash) open(); });
open();

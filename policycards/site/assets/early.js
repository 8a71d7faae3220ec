"use strict";
// Before anything is drawn: the language that was chosen, and no text until its letters are there, so that nothing jumps.
(() => {
  const page = document.documentElement;
  page.classList.add("js", "wait");
  try {
    const chosen = localStorage.getItem("policycards-language");
    if (chosen === "bo" || chosen === "zh") page.dataset.language = chosen;
  } catch { /* a browser that keeps nothing shows both languages */ }
  const show = () => page.classList.remove("wait");
  setTimeout(show, 3000);
  if (!document.fonts) return show();
  Promise.all([document.fonts.load('1em "Site Tibetan"', "ཀ"), document.fonts.load('1em "Site Chinese"', "字")]).then(show, show);
})();

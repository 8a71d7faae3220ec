// Only what the chosen piece needs is asked for; an edition has its day.
const form = document.querySelector(".making");

function fit() {
  const piece = form.elements.piece.value;
  for (const label of form.querySelectorAll("[data-for]")) label.hidden = label.dataset.for !== piece;
  for (const label of form.querySelectorAll("[data-not]")) label.hidden = label.dataset.not === piece;
  form.querySelector("[data-day]").hidden = piece !== "site" && form.elements.edition.value !== "";
}

if (form) {
  form.addEventListener("change", fit);
  fit();
}

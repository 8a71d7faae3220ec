"use strict";
// Sends a form once, however often its button is pressed; without scripts the server alone knows one
// that it has had.
const AGAIN = 5000; // a form whose answer is a file leaves its page open
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "1";
  setTimeout(() => delete form.dataset.sent, AGAIN);
});
window.addEventListener("pageshow", () => document.querySelectorAll("form").forEach((form) => delete form.dataset.sent));

"use strict";
// Asks before what cannot be taken back; without scripts the form is sent as it is.
document.addEventListener("submit", (event) => {
  const question = event.submitter?.dataset.ask;
  if (question && !confirm(question)) event.preventDefault();
});

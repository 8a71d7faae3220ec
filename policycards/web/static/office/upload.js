"use strict";
// Shows how much of a large upload has arrived; without scripts the form is sent all the same.
for (const form of document.querySelectorAll("[data-upload]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const request = new XMLHttpRequest(), progress = form.querySelector("progress");
    const data = new FormData(form, event.submitter);
    progress.hidden = false;
    for (const button of form.querySelectorAll("button")) button.disabled = true;
    request.upload.addEventListener("progress", (sent) => { progress.value = (100 * sent.loaded) / sent.total; });
    request.addEventListener("load", () => {
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      document.title = page.title;
      document.querySelector("main").replaceWith(page.querySelector("main"));
      window.scrollTo(0, 0);
    });
    request.addEventListener("error", () => window.location.reload());
    request.open("POST", form.action || window.location.href);
    request.send(data);
  });
}

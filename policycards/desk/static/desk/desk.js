// What makes the desk's screens lively. Without scripts every form is sent all the same.

// A part of a screen that takes a moment comes after the screen.
for (const place of document.querySelectorAll("[data-part]")) {
  const answer = await fetch(place.dataset.part);
  if (answer.ok) place.innerHTML = await answer.text();
}

// A file that is dropped on a field is as good as one that is chosen; either is sent at once.
for (const drop of document.querySelectorAll(".drop")) {
  const field = drop.querySelector("input[type=file]");
  for (const kind of ["dragenter", "dragover"]) drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("over"); });
  for (const kind of ["dragleave", "drop"]) drop.addEventListener(kind, () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    if (!event.dataTransfer.files.length) return;
    field.files = event.dataTransfer.files;
    field.form.requestSubmit();
  });
  field.addEventListener("change", () => field.form.requestSubmit());
}
for (const kind of ["dragover", "drop"]) window.addEventListener(kind, (event) => event.preventDefault());  // else the browser opens the file

// What cannot be undone is asked for.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-ask]");
  if (button && !window.confirm(button.dataset.ask)) event.preventDefault();
});

// A second click does no second thing.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method !== "post") return;
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => { for (const form of document.forms) delete form.dataset.sent; });

// How an errand goes.
const errand = document.querySelector("[data-errand]");
if (errand && ["running", "stopping"].includes(errand.dataset.state)) {
  const bar = errand.querySelector("progress"), far = errand.querySelector(".far");
  for (;;) {
    await new Promise((done) => setTimeout(done, 500));
    const told = await fetch(errand.dataset.errand).then((answer) => answer.json()).catch(() => null);
    if (!told) continue;  // the desk is being started again
    errand.dispatchEvent(new CustomEvent("told", { detail: told }));
    if (told.of) {
      bar.max = told.of;
      bar.value = told.cards;
      far.textContent = far.dataset.told.replace(/\{(\w+)\}/g, (whole, name) => told[name]);
    }
    if (told.state === errand.dataset.state) continue;
    if (told.state === "done" && errand.dataset.then) window.location.replace(errand.dataset.then);
    else window.location.reload();
    break;
  }
}

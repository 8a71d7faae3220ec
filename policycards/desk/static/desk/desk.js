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

// How a task goes.
const task = document.querySelector("[data-task]");
if (task && ["running", "stopping"].includes(task.dataset.state)) {
  const bar = task.querySelector("progress"), far = task.querySelector(".far");
  for (;;) {
    await new Promise((done) => setTimeout(done, 500));
    const state = await fetch(task.dataset.task).then((answer) => answer.json()).catch(() => null);
    if (!state) continue;  // the desk is being started again
    task.dispatchEvent(new CustomEvent("progress", { detail: state }));
    if (state.of) {
      bar.max = state.of;
      bar.value = state.cards;
      far.textContent = far.dataset.text.replace(/\{(\w+)\}/g, (whole, name) => state[name]);
    }
    if (state.state === task.dataset.state) continue;
    if (state.state === "done" && task.dataset.then) window.location.replace(task.dataset.then);
    else window.location.reload();
    break;
  }
}

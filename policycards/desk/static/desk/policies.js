// The editor's workbench: what is typed is looked at while it is typed; nothing is written from here.

const find = document.querySelector("#find");
if (find) {
  const tally = document.querySelector("#found");
  const show = () => {
    const words = find.value.normalize("NFC").toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const each of document.querySelectorAll("[data-find]")) {
      each.hidden = !words.every((word) => each.dataset.find.toLowerCase().includes(word));
      count += !each.hidden;
    }
    for (const group of document.querySelectorAll(".group")) group.hidden = !group.querySelector("[data-find]:not([hidden])");
    tally.textContent = tally.dataset.text.replace("{count}", count);
  };
  find.addEventListener("input", show);
  show();
}

const editor = document.querySelector(".editor");
if (editor) workbench(editor);

function workbench(form) {
  let waiting = 0, asked = 0, isDirty = false;
  const wrong = new Set((form.dataset.wrong || "").split(" ").filter(Boolean));

  const number = () => {  // problems and terms are found by the place of a line in its list
    for (const list of form.querySelectorAll(".field.list")) {
      list.querySelectorAll(".sides").forEach((sides, at) => { sides.dataset.key = `${list.dataset.field}.${at}`; });
    }
  };
  const changed = () => { isDirty = true; number(); clearTimeout(waiting); waiting = setTimeout(look, 250); };

  async function look() {
    const turn = ++asked;
    const answer = await fetch(form.dataset.look, { method: "POST", body: new FormData(form) }).catch(() => null);
    if (!answer || !answer.ok || turn !== asked) return;  // typed on meanwhile
    const preview = await answer.json();
    if (turn === asked) show(preview);
  }

  function show(preview) {
    const elsewhere = [];
    for (const sides of form.querySelectorAll(".sides")) {
      sides.querySelector(".hints").replaceChildren(...(preview.hints[sides.dataset.key] || []).map((term) => hint(term, sides)));
      sides.querySelector(".faults").replaceChildren();
      for (const cell of sides.querySelectorAll("textarea, input, select")) {
        cell.classList.remove("wrong");
        cell.removeAttribute("aria-invalid");
      }
    }
    for (const each of preview.problems) {
      const lang = (each.key.match(/[._](bo|zh)$/) || [])[1];
      const sides = form.querySelector(`.sides[data-key="${CSS.escape(each.key.replace(/[._](bo|zh)$/, ""))}"]`);
      if (!sides) { elsewhere.push(fault(each)); continue; }
      sides.querySelector(".faults").append(fault(each));
      const cell = lang && sides.querySelector(`[lang="${lang}"]`);
      if (cell) {
        cell.classList.add("wrong");
        cell.setAttribute("aria-invalid", "true");
      }
    }
    const live = document.querySelector(".live");
    if (!live) return;
    const others = live.querySelector(".elsewhere"), state = live.querySelector(".state"), row = live.querySelector(".row");
    others.replaceChildren(...elsewhere);
    others.hidden = !elsewhere.length;
    const errors = preview.problems.filter((each) => each.severity === "error").length;
    state.classList.toggle("faulty", errors > 0);
    state.textContent = errors ? state.dataset.faulty.replace("{count}", errors) : state.dataset.sound;
    if (preview.row) { row.src = preview.row; row.hidden = false; }
    if (preview.page) live.querySelector(".page").innerHTML = preview.page;
  }

  function fault(problem) {
    const item = document.createElement("li"), more = document.createElement("span");
    item.className = problem.severity;
    more.className = "quiet";
    more.textContent = ` ${problem.hint} (${problem.code})`;
    item.append(problem.message, document.createElement("br"), more);
    return item;
  }

  function hint([zh, bo, , sure], sides) {
    const button = document.createElement("button"), said = document.createElement("span"), how = document.createElement("span");
    button.type = "button";
    said.lang = "bo";
    said.textContent = bo;
    how.className = "quiet";
    how.textContent = sure;
    button.append(`${zh} `, said, " ", how);
    button.addEventListener("click", () => {
      const cell = sides.querySelector('textarea[lang="bo"]');
      cell.focus();
      cell.setRangeText(bo, cell.selectionStart, cell.selectionEnd, "end");
      changed();
    });
    return button;
  }

  form.addEventListener("input", changed);
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    const sides = button && button.closest(".sides"), list = button && button.closest(".field.list");
    if (!list) return;
    if (button.matches(".add")) {
      button.before(list.querySelector("template").content.cloneNode(true));
      number();
      [...list.querySelectorAll(".sides")].at(-1).querySelector("textarea").focus();
    } else if (button.matches(".up") && sides.previousElementSibling?.matches(".sides")) sides.previousElementSibling.before(sides);
    else if (button.matches(".down") && sides.nextElementSibling?.matches(".sides")) sides.nextElementSibling.after(sides);
    else if (button.matches(".out")) sides.remove();
    else return;
    changed();
    if (button.isConnected) button.focus();
  });
  form.addEventListener("submit", () => { isDirty = false; });
  window.addEventListener("beforeunload", (event) => { if (isDirty) event.preventDefault(); });
  for (const name of wrong) {
    const cell = form.elements.namedItem(name);
    if (cell && cell.closest) cell.closest(".sides").classList.add("wrong");
  }
  number();
  look();
}

// Reading without the mouse: a key for each answer, outside of what is being written.
const reading = document.querySelector(".reading");
document.addEventListener("keydown", (event) => {
  if (event.target.matches("textarea, input")) {
    if (reading && event.target.matches("textarea") && event.key === "Enter" && event.ctrlKey) event.target.closest("p").querySelector("button").click();
    if (reading && event.key === "Escape") event.target.blur();
    return;
  }
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const wanted = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!wanted || editor) return;
  event.preventDefault();
  if (wanted.matches("textarea")) wanted.focus();
  else wanted.click();
});

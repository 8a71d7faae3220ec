// The ledger shows itself as soon as its server answers.
const opening = document.querySelector("[data-opening]");
for (;;) {
  const told = await fetch(opening.dataset.opening).then((answer) => answer.json()).catch(() => null);
  if (told && told.ready) {
    window.location.replace(opening.querySelector("a").href);
    break;
  }
  if (told && !told.hope) {
    document.querySelector("[data-failed]").hidden = false;
    break;
  }
  await new Promise((done) => setTimeout(done, 300));
}

// The ledger shows itself as soon as its server answers.
const opening = document.querySelector("[data-opening]");
for (;;) {
  const state = await fetch(opening.dataset.opening).then((answer) => answer.json()).catch(() => null);
  if (state && state.ready) {
    window.location.replace(opening.querySelector("a").href);
    break;
  }
  if (state && !state.hope) {
    document.querySelector("[data-failed]").hidden = false;
    break;
  }
  await new Promise((done) => setTimeout(done, 300));
}

// All or none of the policies at once.
for (const button of document.querySelectorAll("[data-check]")) {
  button.addEventListener("click", () => {
    for (const box of document.querySelectorAll("input[name=policy]")) box.checked = button.dataset.check === "all";
  });
}

// Finding a standard in the table while typing: every word must stand somewhere in its row.

const field = document.getElementById("filter"), tally = document.getElementById("shown");
const rows = [...document.querySelectorAll("#standards tbody tr")];
const folded = rows.map((row) => row.textContent.toLowerCase());

field?.addEventListener("input", () => {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  rows.forEach((row, number) => {
    row.hidden = !words.every((word) => folded[number].includes(word));
    count += row.hidden ? 0 : 1;
  });
  tally.textContent = tally.dataset.text.replace("{count}", count).replace("{all}", rows.length);
});

(() => {
  "use strict";
  const query = document.getElementById("query"), kind = document.getElementById("kind"), count = document.getElementById("shown");
  const rows = [...document.querySelectorAll("#issues tbody tr")];
  const fold = s => s.normalize("NFKC").toLowerCase();
  const texts = rows.map(r => fold(r.textContent));
  function filter() {
    const terms = fold(query.value).split(/\s+/).filter(t => t);
    let shown = 0;
    rows.forEach((row, i) => {
      row.hidden = !((kind.value === "" || row.dataset.fate === kind.value) && terms.every(t => texts[i].includes(t)));
      shown += row.hidden ? 0 : 1;
    });
    count.textContent = shown + " / " + rows.length;
  }
  if (query) {
    query.addEventListener("input", filter);
    kind.addEventListener("change", filter);
    filter();
  }
})();

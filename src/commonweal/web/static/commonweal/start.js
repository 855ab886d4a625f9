// Everything works without this file: it starts the components and lets tables sort where they stand.
import { initAll } from "./govuk/govuk-frontend.js";

document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");

const ORDER = { none: "ascending", ascending: "descending", descending: "ascending" };

function compare(a, b, numeric) {
  if (a === "" || b === "") return (a === "") - (b === "");
  return numeric ? Number(a) - Number(b) : a.localeCompare(b, "en-GB", { sensitivity: "base", numeric: true });
}

function sortBy(table, heading) {
  const column = [...heading.parentElement.children].indexOf(heading);
  const order = ORDER[heading.getAttribute("aria-sort") ?? "none"];
  const numeric = heading.classList.contains("govuk-table__header--numeric");
  const value = (row) => row.children[column].dataset.sort ?? row.children[column].textContent;
  const rows = [...table.tBodies[0].rows].sort((one, two) => {
    const [a, b] = [value(one), value(two)];
    const sign = order === "descending" && a !== "" && b !== "" ? -1 : 1;
    return sign * compare(a, b, numeric);
  });
  for (const other of table.querySelectorAll("th[aria-sort]")) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", order);
  const ways = numeric ? ["smallest first", "largest first"] : ["A to Z", "Z to A"];
  const words = `in order of ${heading.textContent}, ${ways[order === "descending" ? 1 : 0]}`;
  table.closest(".cw-table")?.querySelector(".cw-table__order")?.replaceChildren(words);
  table.tBodies[0].append(...rows);
}

function makeSortable(root) {
  for (const holder of root.querySelectorAll('[data-module="cw-table"]:not([data-ready])')) {
    holder.dataset.ready = "yes";
    const table = holder.querySelector("table");
    if (!table || table.tBodies[0].rows.length < 3) continue;
    for (const heading of table.tHead.querySelectorAll("th")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "cw-table__button";
      button.textContent = heading.textContent;
      button.addEventListener("click", () => sortBy(table, heading));
      heading.replaceChildren(button);
    }
  }
}

initAll();
makeSortable(document);
document.addEventListener("htmx:load", (event) => {
  if (event.target === document.body) return;
  initAll({ scope: event.target });
  makeSortable(event.target);
});

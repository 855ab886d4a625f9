// Returns work without this file. With it, a lost connection loses nothing: answers stay on this phone and go when it is back.
// Nothing but answers is kept, under the return's own number, and each is taken away once it has been sent.
const notice = document.querySelector("[data-kept]");
const RETRY = 5000;
const pages = new Map(); // address of a question: its page, fetched once while there is a connection
const typed = new Map(); // address of a question: what was answered in this window
const seen = new Map(); // address of a question: the number of the answer that the server has
let fetching = false;
let sending = null;
let waitsFor = ""; // where to go once everything is sent

const formOf = (root = document) => root.querySelector("form[data-ahead]");
const returnOf = () => document.querySelector("[data-return]")?.dataset.return ?? "";
const place = () => `commonweal-return-${returnOf()}`;
const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
const path = (address) => new URL(address, location.href).pathname;

function kept() {
  try {
    return JSON.parse(localStorage.getItem(place()) ?? "[]");
  } catch {
    return [];
  }
}

function keep(waiting) {
  try {
    if (waiting.length) localStorage.setItem(place(), JSON.stringify(waiting));
    else localStorage.removeItem(place());
    return true;
  } catch {
    return false; // no room, or not allowed: the page says that it could not be sent
  }
}

function tell(name, count = 0, words = "") {
  notice.hidden = !name;
  notice.textContent = name ? (words || notice.dataset[name] || "").replace("{count}", count) : "";
}

function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
  return [8, 12, 16, 20].reduceRight((text, at) => `${text.slice(0, at)}-${text.slice(at)}`, hex);
}

/** Send one answer: {said} where it was taken; else {lost} without a connection, {over} where the link must be opened again, {wrong}. */
async function post(address, pairs) {
  const body = new URLSearchParams([...pairs, ["csrfmiddlewaretoken", token()]]);
  try {
    const answer = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual" });
    if (answer.status >= 500 || answer.status === 429) return { lost: true };
    if ([0, 403, 404].includes(answer.status)) return { over: true };
    return answer.ok ? { said: await answer.json() } : { wrong: true };
  } catch {
    return { lost: true };
  }
}

/** Let the server's own page say what is wrong, with what was typed still in it. */
function postAsPage(address, pairs) {
  const form = document.createElement("form");
  form.method = "post";
  form.action = address;
  for (const [name, value] of [...pairs, ["csrfmiddlewaretoken", token()]]) {
    const box = document.createElement("input");
    [box.type, box.name, box.value] = ["hidden", name, value];
    form.append(box);
  }
  document.body.append(form);
  form.submit();
}

/** Send what is kept, oldest first, once at a time; true where nothing is left. */
function sendKept() {
  sending ??= sendAll().finally(() => { sending = null; });
  return sending;
}

async function sendAll() {
  let count = 0;
  for (let waiting = kept(); waiting.length; waiting = kept()) {
    const [one] = waiting;
    const { lost, over, wrong, said } = await post(one.address, one.pairs);
    if (lost || over) return tell(lost ? "lost" : "over", waiting.length), false;
    keep(kept().filter((other) => other.key !== one.key));
    if (wrong) return postAsPage(one.address, one.pairs), false;
    seen.set(path(one.address), said.number);
    count += 1;
    if (said.notice) tell("notice", 0, said.notice);
    else tell("sent", count);
  }
  if (waitsFor && count) location.assign(waitsFor);
  return true;
}

function remember(address, pairs) {
  const key = newKey();
  const others = kept().filter((one) => one.address !== address);
  return keep([...others, { key, address, pairs }]);
}

function fill(form, address) {
  form.querySelector("[name=key]").value = newKey();
  if (seen.has(address)) form.querySelector("[name=seen]").value = seen.get(address);
  for (const [name, value] of typed.get(address) ?? []) {
    for (const box of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (box.type === "radio") box.checked = box.value === value;
      else if (box.type !== "hidden") box.value = value;
    }
  }
}

/** Put a question's page in place of this one, without asking the server; false where it is not here. */
function show(address, { push = true } = {}) {
  const held = pages.get(path(address));
  if (!held) return false;
  const parsed = new DOMParser().parseFromString(held, "text/html");
  for (const part of [".govuk-back-link", "main"]) {
    const here = document.querySelector(part);
    const there = parsed.querySelector(part);
    if (here && there) here.replaceWith(there);
  }
  document.title = parsed.title;
  if (push) history.pushState({}, "", address);
  const form = formOf();
  fill(form, path(address));
  form.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true })); // start.js dresses what is new
  listen();
  scrollTo(0, 0);
  const heading = document.querySelector("main h1");
  heading.tabIndex = -1;
  heading.focus();
  return true;
}

async function fetchAhead() {
  const form = formOf();
  if (!form || fetching || form.hasAttribute("data-late")) return;
  fetching = true;
  for (const address of form.dataset.ahead.split(" ")) {
    if (pages.has(address)) continue;
    try {
      const answer = await fetch(address);
      if (answer.ok && !answer.redirected) pages.set(address, await answer.text());
    } catch {
      break;
    }
  }
  fetching = false;
}

function following(form, address) {
  const ahead = form.dataset.ahead.split(" ");
  const next = ahead[ahead.indexOf(path(address)) + 1];
  return next && !new URL(address, location.href).searchParams.has("check") ? next : "";
}

async function answer(event) {
  const form = event.target;
  event.preventDefault();
  const address = location.pathname + location.search;
  const pairs = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
  typed.set(path(address), pairs.filter(([name]) => name !== "key" && name !== "seen"));
  const button = form.querySelector("button[type=submit]");
  button.disabled = true;
  const free = !kept().length || (await sendKept());
  const { lost, over, wrong, said } = free ? await post(address, pairs) : { lost: true };
  button.disabled = false;
  if (wrong) return form.submit();
  const next = following(form, address);
  if ((lost || over) && !remember(address, pairs)) return tell("cannot");
  if (over) return tell("over", kept().length);
  if (lost) {
    if (next && show(next)) return tell("lost", kept().length);
    waitsFor = form.dataset.check;
    button.hidden = true;
    return tell("all", kept().length);
  }
  seen.set(path(address), said.number);
  const shown = next && !form.hasAttribute("data-late") && show(next);
  if (!shown) return location.assign(said.next);
  if (said.notice) tell("notice", 0, said.notice);
  else tell("");
}

async function last(event) {
  event.preventDefault();
  const form = event.target;
  if (kept().length && !(await sendKept())) return;
  try {
    await fetch(location.href, { method: "HEAD", cache: "no-store" });
    form.submit();
  } catch {
    form.dataset.waits = "yes";
    tell("unsent");
  }
}

function listen() {
  formOf()?.addEventListener("submit", answer);
  document.querySelector("form[data-send]")?.addEventListener("submit", last);
}

function again() {
  const waits = document.querySelector("form[data-waits]");
  if (kept().length) sendKept();
  else if (waits && navigator.onLine) waits.requestSubmit();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (link && pages.has(path(link.href)) && formOf() && !event.ctrlKey && !event.metaKey && show(link.href)) event.preventDefault();
});
addEventListener("popstate", () => { if (!show(location.href, { push: false })) location.reload(); });
addEventListener("online", again);
setInterval(again, RETRY);
if (notice && returnOf()) {
  listen();
  if (kept().length) sendKept();
  fetchAhead();
}

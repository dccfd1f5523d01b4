// Puts a new answer in at once; without this script the form opens the same answer as a page.
"use strict";
document.body.classList.add("govuk-frontend-supported");

// Shows what only a script can do.
const dress = () => { for (const button of document.querySelectorAll(".copy")) button.hidden = false; };

// An answer that is no longer the newest keeps its words and links; its form and its names go to the next.
const settle = (turn) => {
  turn.querySelector(".change")?.remove();
  for (const link of turn.querySelectorAll(".part-change")) link.replaceWith(...link.childNodes);
  for (const one of [turn, ...turn.querySelectorAll("[id]")]) one.removeAttribute("id");
};

const copy = async (button, state) => {
  const after = button.closest(".after"), text = after.querySelector(".text-copy textarea");
  const words = `${text.value}\n\n${after.querySelector(".after-links a").href}`;
  state.textContent = "";
  try {
    await navigator.clipboard.writeText(words);
    state.textContent = "The answer was copied with its citations.";
  } catch {
    after.querySelector(".text-copy").open = true;
    text.focus();
    text.select();
    state.textContent = "The browser does not allow copying here. The text is selected: press Control and C.";
  }
};

const form = document.getElementById("ask"), state = document.getElementById("state");
if (form) {
  const box = document.getElementById("q"), send = document.getElementById("send"), stop = document.getElementById("stop");
  const limit = document.getElementById("q-limit"), count = document.getElementById("q-count");
  let waiting = null, shown = location.search;

  const counted = () => {
    const left = box.maxLength - box.value.length, near = box.value.length >= 0.8 * box.maxLength;
    limit.textContent = near ? `${left} characters left` : `Up to ${box.maxLength.toLocaleString("en-GB")} characters`;
    const told = near ? `You have fewer than ${Math.ceil((left + 1) / 50) * 50} characters left` : "";
    if (count.textContent !== told) count.textContent = told;
  };
  const ready = (words) => {
    waiting = null; stop.hidden = true; send.removeAttribute("aria-disabled"); state.textContent = words;
    if (words) send.textContent = "Try again";
  };
  const put = (page, address) => {
    const fresh = page.getElementById("newest");
    if (!fresh) return false;
    const old = document.getElementById("newest");
    if (old) settle(old);
    document.getElementById("problem")?.remove();
    document.getElementById("turns").append(fresh);
    for (const id of ["history", "kept", "settings", "clear"]) document.getElementById(id).replaceWith(page.getElementById(id));
    document.getElementById("examples")?.remove();
    history.pushState(null, "", address);
    shown = location.search;
    document.title = page.title;
    box.value = ""; send.textContent = "Ask";
    counted();
    dress();
    fresh.querySelector("h2").focus();
    return true;
  };
  const ask = async () => {
    const address = "/?" + new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    waiting = new AbortController();
    send.setAttribute("aria-disabled", "true"); stop.hidden = false; state.textContent = "Working out your answer";
    try {
      const response = await fetch(address, { signal: waiting.signal });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      if (put(page, address)) { ready(""); return; }
      const problem = page.querySelector(".govuk-error-summary__list, main p");
      ready(problem ? problem.textContent.trim() : "There was no answer. Your question is kept.");
    } catch (error) {
      ready(error.name === "AbortError" ? "Stopped. Your question is kept." : "The server did not answer. Your question is kept.");
    }
    box.focus();
  };
  form.addEventListener("submit", (event) => {
    if (event.submitter?.name === "set") return;
    event.preventDefault();
    if (!waiting && form.reportValidity()) ask();
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); form.requestSubmit(send); }
  });
  box.addEventListener("input", counted);
  stop.addEventListener("click", () => waiting && waiting.abort());
  window.addEventListener("popstate", () => { if (location.search !== shown) location.reload(); });
}
document.addEventListener("click", (event) => {
  const button = event.target.closest(".copy"), part = event.target.closest(".part-change");
  if (button) copy(button, state);
  if (part) {
    event.preventDefault();
    const control = document.getElementById(part.hash.slice(1)), change = document.getElementById("change");
    change.open = true;
    (control?.matches("input, select") ? control : (control || change).querySelector("input, select")).focus();
  }
});
// A printed page has everything in it; what was closed is closed again afterwards.
let closed = [];
window.addEventListener("beforeprint", () => {
  closed = [...document.querySelectorAll("details:not([open])")];
  for (const one of closed) one.open = true;
});
window.addEventListener("afterprint", () => { for (const one of closed) one.open = false; });

dress();
const first = document.querySelector("#problem, #newest h2");
if (first) first.focus();

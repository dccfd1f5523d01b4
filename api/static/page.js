// Puts a new answer in at once; without this script the form opens the same answer as a page.
"use strict";
document.body.classList.add("govuk-frontend-supported");
const form = document.getElementById("ask");
if (form) {
  const box = document.getElementById("q"), send = document.getElementById("send"), stop = document.getElementById("stop");
  const state = document.getElementById("state"), count = document.getElementById("q-count");
  let waiting = null, shown = location.search;

  const counted = () => {
    const left = box.maxLength - box.value.length;
    if (box.value.length >= 0.8 * box.maxLength) {
      count.setAttribute("role", "status");
      count.textContent = `You have ${left} characters left`;
    }
  };
  const ready = (words) => {
    waiting = null; stop.hidden = true; send.removeAttribute("aria-disabled"); state.textContent = words;
    if (words) send.textContent = "Try again";
  };
  const put = (page, address) => {
    const fresh = page.getElementById("newest");
    if (!fresh) return false;
    const old = document.getElementById("newest");
    if (old) old.removeAttribute("id");
    document.getElementById("turns").append(fresh);
    document.getElementById("kept").replaceWith(page.getElementById("kept"));
    history.pushState(null, "", address);
    shown = location.search;
    document.title = page.title;
    box.value = ""; send.textContent = "Ask";
    fresh.querySelector("h2").focus();
    return true;
  };
  const ask = async () => {
    const address = "/?" + new URLSearchParams(new FormData(form));
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
  form.addEventListener("submit", (event) => { event.preventDefault(); if (!waiting && form.reportValidity()) ask(); });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); form.requestSubmit(); }
  });
  box.addEventListener("input", counted);
  stop.addEventListener("click", () => waiting && waiting.abort());
  window.addEventListener("popstate", () => { if (location.search !== shown) location.reload(); });
  const first = document.querySelector("#newest h2") || document.getElementById("problem");
  if (first) first.focus();
}

// Says that a plan is being read, and keeps it from being sent twice; without this script the browser waits by itself.
"use strict";
const sending = document.getElementById("upload");
sending.addEventListener("submit", (event) => {
  const button = document.getElementById("send-plan");
  if (button.getAttribute("aria-disabled")) { event.preventDefault(); return; }
  button.setAttribute("aria-disabled", "true");
  document.getElementById("upload-state").textContent = "Sending and reading the plan. A long one takes a minute or two; please keep this page open.";
});
window.addEventListener("pageshow", () => document.getElementById("send-plan").removeAttribute("aria-disabled"));
const told = document.getElementById("report-head") || document.getElementById("problem");
if (told) told.focus();

// Puts a new answer in at once, opens sources beside it and keeps a list of conversations. Without this script the form
// opens the same answer as a page, and a source is a page of its own.
"use strict";
document.body.classList.add("govuk-frontend-supported");
const $ = (id) => document.getElementById(id);
const parsed = async (response) => new DOMParser().parseFromString(await response.text(), "text/html");

// Shows what only a script can do.
const dress = () => {
  for (const button of document.querySelectorAll(".copy")) button.hidden = false;
  for (const box of document.querySelectorAll(".text-copy")) box.hidden = true;
};

const copy = async (button, state) => {
  const bar = button.closest(".toolbar"), box = bar.querySelector(".text-copy"), text = box.querySelector("textarea");
  state.textContent = "";
  try {
    await navigator.clipboard.writeText(`${text.value}\n\n${bar.querySelector(".permalink").href}`);
    state.textContent = "The answer was copied with its citations.";
  } catch {
    box.hidden = false;
    box.open = true;
    text.focus();
    text.select();
    state.textContent = "The browser does not allow copying here. The text is selected: press Control and C.";
  }
};

// Conversations: an address holds the questions of one, so a list of addresses is all that is kept, in this browser.
const CONVERSATIONS = `conversations of ${document.body.dataset.reader || "nobody known"}`;
const kept = () => { try { return JSON.parse(localStorage.getItem(CONVERSATIONS)) || []; } catch { return []; } };
const keep = (list) => { try { localStorage.setItem(CONVERSATIONS, JSON.stringify(list.slice(0, 50))); } catch { /* not allowed here */ } };
const questions = (address) => {
  const parts = new URL(address, location.href).searchParams;
  return [...parts.getAll("earlier"), parts.get("query") ? JSON.stringify({ q: parts.get("q"), query: parts.get("query") }) : parts.get("q")];
};
const begins = (one, other) => one.length <= other.length && one.every((words, n) => words === other[n]);
const remember = () => {
  if (!$("newest")) return;
  const address = location.pathname + location.search, asked = questions(address), list = kept();
  const same = list.find((one) => begins(questions(one.address), asked) || begins(asked, questions(one.address)));
  const longer = same && questions(same.address).length > asked.length;
  const title = same?.title || document.querySelector(".turn .question a, #newest .question").lastChild.textContent;
  keep([{ title, address: longer ? same.address : address }, ...list.filter((one) => one !== same)]);
  try { sessionStorage.setItem(CONVERSATIONS, address); } catch { /* not allowed here */ }
};
const button = (words, of, act) => {
  const made = document.createElement("button"), hidden = document.createElement("span");
  made.type = "button"; made.className = "tool"; made.textContent = words;
  hidden.className = "govuk-visually-hidden"; hidden.textContent = ` ${of}`;
  made.append(hidden);
  made.addEventListener("click", act);
  return made;
};
const list = () => {
  const box = $("conversations"), held = kept();
  if (!box) return;
  box.hidden = !held.length;
  box.querySelector("ul").replaceChildren(...held.map((one) => {
    const line = document.createElement("li"), link = document.createElement("a");
    link.href = one.address; link.textContent = one.title; link.className = "govuk-link";
    const rename = button("Rename", one.title, () => {
      const field = document.createElement("input"), save = button("Save the name", "", () => {
        keep(kept().map((other) => other.address === one.address ? { ...other, title: field.value.trim() || one.title } : other));
        list();
        $("conversations").querySelector(`a[href="${CSS.escape(one.address)}"]`)?.focus();
      });
      field.className = "govuk-input"; field.value = one.title; field.maxLength = 200;
      field.setAttribute("aria-label", "Name of the conversation");
      field.addEventListener("keydown", (event) => { if (event.key === "Enter") save.click(); });
      line.replaceChildren(field, save);
      field.focus(); field.select();
    });
    const remove = button("Delete", one.title, () => {
      const sure = button("Yes, delete", one.title, () => {
        keep(kept().filter((other) => other.address !== one.address));
        list();
        box.querySelector("summary").focus();
      });
      line.replaceChildren(link, sure, button("Keep", one.title, list));
      sure.focus();
    });
    line.append(link, rename, remove);
    return line;
  }));
};

// A source beside the answer.
let chips = [], at = 0, opener = null;
const panel = () => {
  if ($("panel")) return $("panel");
  const made = document.createElement("aside"), bar = document.createElement("div"), where = document.createElement("p");
  made.id = "panel"; made.setAttribute("aria-label", "Source"); bar.className = "panel-bar";
  where.className = "panel-where"; where.setAttribute("role", "status");
  const whole = document.createElement("a");
  whole.className = "tool"; whole.textContent = "Open as a page"; whole.id = "panel-whole";
  bar.append(button("Previous", "source", () => turn(-1)), button("Next", "source", () => turn(1)), where, whole, button("Close", "the source", shut));
  made.append(bar, document.createElement("div"));
  made.addEventListener("keydown", (event) => {
    if (event.target.closest(".wide, input, textarea") || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowRight") turn(1);
    if (event.key === "ArrowLeft") turn(-1);
  });
  document.querySelector("footer").before(made);
  return made;
};
const shut = () => {
  $("panel")?.remove();
  document.body.classList.remove("with-panel");
  opener?.focus();
  opener?.classList.remove("open");
};
const turn = (by) => { if (chips[at + by]) show(at + by); };
const show = async (number) => {
  at = number;
  const address = new URL(chips[at].href), box = panel();
  const here = address.href;
  address.searchParams.set("panel", "true");
  let page;
  try { page = await parsed(await fetch(address.pathname + address.search)); } catch { location.href = here; return; }
  const body = page.querySelector(".panel-body");
  if (!body) { location.href = here; return; }
  opener?.classList.remove("open");
  opener = chips[at];
  opener.classList.add("open");
  document.body.classList.add("with-panel");
  box.lastElementChild.replaceChildren(body);
  box.querySelector(".panel-where").textContent = `Source ${at + 1} of ${chips.length}`;
  $("panel-whole").href = here;
  box.scrollTop = 0;
  box.querySelector("h2").focus({ preventScroll: true });
};
const open = (chip) => {
  const seen = new Set(), every = [...chip.closest(".turn").querySelectorAll("a.chip")].filter((one) => one === chip || one.checkVisibility());
  chips = every.filter((one) => one.href === chip.href ? one === chip : !seen.has(one.href) && seen.add(one.href));
  show(chips.indexOf(chip));
};

// The newest question stands at the top of the window, with the focus, and its answer below it.
const toNewest = () => {
  const head = document.querySelector("#newest h2");
  head.focus({ preventScroll: true });
  if (document.querySelectorAll(".turn").length > 1) $("newest").scrollIntoView({ block: "start" });
};

const form = $("ask"), state = $("state");
if (form) {
  const box = $("q"), send = $("send"), stop = $("stop"), count = $("q-count");
  let waiting = null, shown = location.search;

  const counted = () => {
    const left = box.maxLength - box.value.length, near = box.value.length >= 0.8 * box.maxLength;
    const told = near ? `You have fewer than ${Math.ceil((left + 1) / 50) * 50} characters left` : "";
    if (count.textContent !== told) count.textContent = told;
  };
  const ready = (words) => {
    waiting = null; stop.hidden = true; send.hidden = false; send.removeAttribute("aria-disabled"); state.textContent = words;
    $("pending")?.remove();
    if (words) send.textContent = "Try again";
  };
  const put = (page, address) => {
    if (!page.getElementById("newest")) return false;
    shut();
    $("problem")?.remove();
    document.querySelector("h1").classList.add("govuk-visually-hidden");
    for (const id of ["turns", "kept", "settings", "new", "examples"]) $(id).replaceWith(page.getElementById(id));
    history.pushState(null, "", address);
    shown = location.search;
    document.title = page.title;
    send.textContent = "Ask";
    dress();
    remember();
    list();
    toNewest();
    return true;
  };
  // The question stands in the thread at once, with the answer's place held.
  const post = (words) => {
    const line = document.createElement("li"), head = document.createElement("h2"), told = document.createElement("p");
    line.id = "pending"; line.className = "turn"; head.className = "question"; told.className = "working";
    head.textContent = words; told.textContent = "Working out your answer"; told.setAttribute("aria-hidden", "true");
    line.append(head, told);
    $("turns").append(line);
    line.scrollIntoView({ block: "start" });
  };
  const ask = async () => {
    const address = "/?" + new URLSearchParams([...new FormData(form)].filter(([, value]) => value)), words = box.value;
    waiting = new AbortController();
    send.setAttribute("aria-disabled", "true"); stop.hidden = false; state.textContent = "Working out your answer";
    post(words);
    box.value = "";
    counted();
    try {
      const page = await parsed(await fetch(address, { signal: waiting.signal }));
      if (put(page, address)) { ready(""); return; }
      const problem = page.querySelector(".govuk-error-summary__list, main p");
      ready(problem ? problem.textContent.trim() : "There was no answer. Your question is kept.");
    } catch (error) {
      ready(error.name === "AbortError" ? "Stopped. Your question is kept." : "The server did not answer. Your question is kept.");
    }
    box.value = box.value || words;
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
  // Nothing that has the focus stands behind the box at the bottom.
  new ResizeObserver(() => document.documentElement.style.setProperty("--box", `${getComputedStyle(form).position === "sticky" ? form.offsetHeight : 0}px`)).observe(form);
}
document.addEventListener("click", (event) => {
  const one = event.target.closest(".copy"), chip = event.target.closest(".turn a.chip");
  if (one) copy(one, state);
  if (chip && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) { event.preventDefault(); open(chip); }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && $("panel")) shut();
  if (event.code === "KeyN" && event.altKey && !event.ctrlKey && !event.metaKey && $("new")) { event.preventDefault(); $("new").click(); }
});
// A printed page has everything in it; what was closed is closed again afterwards.
let closed = [];
window.addEventListener("beforeprint", () => {
  closed = [...document.querySelectorAll("#newest details:not([open]), main:not(:has(#newest)) details:not([open])")];
  for (const one of closed) one.open = true;
});
window.addEventListener("afterprint", () => { for (const one of closed) one.open = false; });

dress();
remember();
list();
const ways = $("nav-ask");
if (ways && !form) try { ways.href = sessionStorage.getItem(CONVERSATIONS) || ways.href; } catch { /* not allowed here */ }
if ($("problem")) $("problem").focus();
else if ($("newest")) toNewest();

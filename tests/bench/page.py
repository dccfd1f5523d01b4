"""What the ask page shows and how soon, in Chromium: `python -m tests.bench.page DATA_DIR QUESTIONS.jsonl`.

Each line holds `question`, with `user` (staff, inspection or member) and `as_of` where they matter. Told are the
visible words and the controls of an answer by reader, the distance from the question box to the window, the turns that
are left after the page is loaded again, and the time from Enter to the painted answer beside the API's own.
"""

from __future__ import annotations

import json
import shutil
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.bench.serving import TOKEN, serving

WORDS = """(() => {
  let words = 0;
  const walk = document.createTreeWalker(document.querySelector("#newest .answer"), NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const held = walk.currentNode.parentElement;
    if (held.checkVisibility() && !held.closest(".govuk-visually-hidden, caption, textarea"))
      words += walk.currentNode.data.split(/\\s+/).filter(Boolean).length;
  }
  return words;
})()"""
CONTROLS = """[...document.querySelectorAll("#newest .answer :is(a, button, summary, input, select)")]
  .filter((one) => one.checkVisibility() && !one.matches(".chip")).length"""
TO_BOX = """(() => {
  const box = document.getElementById("ask").getBoundingClientRect();
  return Math.max(0, box.bottom - innerHeight, -box.top);
})()"""
"""By how many pixels the question box stands outside the window, with the newest answer in view."""
TURNS = "document.querySelectorAll('.turn').length"
TURNS_ASKED = 6


@contextmanager
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        owner = {"Authorization": f"Bearer {TOKEN}"}
        yield opened.new_page(viewport={"width": 1280, "height": 800}, extra_http_headers=owner)
        opened.close()


def measured(page: Any, site: str, asked: Sequence[dict[str, Any]]) -> dict[str, list[dict[str, float]]]:
    """The figures of each answer, by reader."""
    told: dict[str, list[dict[str, float]]] = defaultdict(list)
    for one in asked:
        reader, question = one.get("user") or "staff", one["question"]
        given = {"as_of": one.get("as_of") or "", "reader": reader}
        page.goto(f"{site}/?{urlencode(given)}")
        page.request.get(f"{site}/api/answer?{urlencode({'q': question, **{k: v for k, v in given.items() if v}})}")
        started = time.perf_counter()
        page.request.get(f"{site}/api/answer?{urlencode({'q': question, **{k: v for k, v in given.items() if v}})}")
        api = time.perf_counter() - started
        page.fill("#q", question)
        started = time.perf_counter()
        page.press("#q", "Enter")
        page.wait_for_selector("#newest")
        page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
        told[reader].append(
            {
                "words": page.evaluate(WORDS),
                "controls": page.evaluate(CONTROLS),
                "to the box": page.evaluate(TO_BOX),
                "seconds": time.perf_counter() - started,
                "times the API": (time.perf_counter() - started) / api,
            }
        )
    return told


def kept(page: Any, site: str, questions: Sequence[str]) -> tuple[int, int]:
    """The turns of one conversation, and those left when its page is loaded again."""
    page.goto(site)
    for number, question in enumerate(questions, 1):
        page.fill("#q", question)
        page.press("#q", "Enter")
        page.wait_for_selector(f"#newest:nth-child({number})")
    page.reload()
    return len(questions), page.evaluate(TURNS)


def main() -> None:
    data, questions = Path(sys.argv[1]), Path(sys.argv[2])
    asked = [json.loads(line) for line in questions.read_text(encoding="utf-8").splitlines() if line.strip()]
    with serving(data, 1) as port, chromium() as page:
        site = f"http://127.0.0.1:{port}"
        for reader, figures in measured(page, site, asked).items():
            print(f"{reader}, {len(figures)} answers")
            for name in figures[0]:
                values = sorted(one[name] for one in figures)
                print(
                    f"  {name}: median {statistics.median(values):.2f}, 90 % {values[int(0.9 * (len(values) - 1))]:.2f}"
                )
        asked_turns, left = kept(page, site, [one["question"] for one in asked[:TURNS_ASKED]])
        print(f"turns kept after the page is loaded again: {left} of {asked_turns}")


if __name__ == "__main__":
    main()

"""Ways in which a question may be asking, each with a score: what it wants, and whether what it says is a claim."""

from dataclasses import replace

from assistant.planner.candidates.counting import change_, count_
from assistant.planner.candidates.telling import concerns_, list_, prose_, say_, what_
from assistant.planner.candidates.ways import Asking, Named, Recogniser
from assistant.planner.candidates.wh import how_, progress_, result_, when_, who_, why_
from assistant.planner.candidates.whether import polar_
from assistant.planner.text import Text

RECOGNISERS: tuple[Recogniser, ...] = (
    concerns_, change_, count_, why_, result_, who_, when_, progress_, how_, polar_,
    say_, prose_, list_, what_,
)  # fmt: skip


def askings(text: Text, named: Named) -> list[Asking]:
    """Every way in which the question may be asking, the best first; a default last, which says that it is one."""
    found = [
        replace(one, by=recogniser.__name__.strip("_")) for recogniser in RECOGNISERS for one in recogniser(text, named)
    ]
    polar = any(one.polar for one in found)
    found = [replace(one, polar=one.polar or (polar and one.by in ("who", "when"))) for one in found]
    return [*sorted(found, key=lambda one: -one.score), Asking()]

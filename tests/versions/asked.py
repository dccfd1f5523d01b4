# ruff: noqa: E501 -- rows of invented logs stand one a line
"""Questions over three logs of one board and two plans of two councils: `python -m tests.versions.asked [kind]`.

They were written by what changed between the logs, before anybody looked at how questions of change are read.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant import Assistant
from assistant.answer import Answer, CitationKind
from assistant.labels import OWNER
from assistant.settings import read_settings
from ingest.load import load

AS_OF = date(2032, 5, 20)
HEAD = "Ref,Action,Owner,Deadline,Status,Comments\n"
LOGS = {
    "2032-01-14": """1,Map the waiting times for autism assessment,NK,29 February 2032,In progress,
2,Recruit two educational psychologists,PT,31 March 2032,In progress,
3,Publish the local offer in easy read,SB,30 April 2032,Not started,
4,Hold a forum with parent carers,NK/SB,28 February 2032,In progress,
5,"Audit twenty education, health and care plans",PT,31 January 2032,Completed,
6,Agree a joint protocol with health for tribunals,LM,31 May 2032,Not started,
7,Train SENCOs on graduated response,SB,30 June 2032,Carried forward,
8,Write to schools about part-time timetables,LM,20 February 2032,In progress,
9,Review transport for pupils out of area,RD,,On hold,
""",
    "2032-03-11": """1,Map the waiting times for autism assessment,NK,30 April 2032,In progress,Delayed because the hospital sent its figures late.
2,Recruit two educational psychologists,PT,31 March 2032,Completed,
3,Publish the local offer in easy read,SB,31 March 2032,In progress,
4,Hold a forum with parent carers,NK/SB,28 February 2032,Completed,
5,"Audit twenty education, health and care plans",PT,31 January 2032,In progress,
6,Agree a joint protocol with health for tribunals,RD,31 May 2032,Not started,
7,Train SENCOs on graduated response,SB,30 September 2032,Carried forward,
8,Write to schools about part-time timetables,LM,20 April 2032,Carried forward,
9,Review transport for pupils out of area,RD,,Cancelled,
10,Set up a helpline for families,NK,31 May 2032,New,
""",
    "2032-05-13": """1,Map the waiting times for autism assessment,NK,30 June 2032,In progress,
2,Recruit two educational psychologists,PT,31 March 2032,Completed,
3,Publish the local offer in easy read,SB,31 March 2032,Completed,
4,Hold a forum with parent carers,NK/SB,30 June 2032,In progress,
5,"Audit twenty education, health and care plans",PT,31 January 2032,Completed,
6,Agree a joint protocol with health for tribunals,RD,31 July 2032,In progress,
7,Train SENCOs and head teachers on graduated response,SB,30 September 2032,Carried forward,
8,Write to schools about part-time timetables,LM,20 April 2032,Completed,
10,Set up a helpline for families,NK,31 May 2032,In progress,
11,Report exclusions each half term,PT,15 June 2032,New,
""",
}
PLANS = {
    (
        "Wexcombe Council",
        "Wexcombe Early Help Plan",
        "2031-01-10",
    ): """1.1,Give every worker supervision each month and write it down,Run a supervision audit,Head of Help,31 May 2031
2.1,Make sure that the wishes of the child are heard in each plan,Write a guide on direct work,Practice Lead,30 June 2031
3.1,Find homes for young people who leave care,Agree a protocol with housing,Housing Lead,31 July 2031
""",
    (
        "Dunmere Council",
        "Dunmere Children's Improvement Plan",
        "2032-03-20",
    ): """1,Every worker is given supervision each month and it is written down,Set a supervision standard,Principal Social Worker,30 September 2032
2,Make sure the wishes of the child are heard in each plan,Buy a tool for direct work,Quality Lead,31 October 2032
3,Reduce the number of agency staff,Write a workforce plan,Director,30 November 2032
""",
}
PLAN_HEAD = "Ref,Recommendation,Action,Owner,Due\n"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question; `refs` are the actions that a right answer cites, None where it need cite none of its own accord;
    `says` the words that it must hold, one of each group that is parted by a bar."""

    kind: str
    question: str
    refs: str | None = None
    says: tuple[str, ...] = ()


def _of(kind: str, *asked: tuple[str, str | None, str]) -> list[Asked]:
    return [Asked(kind, words, refs, tuple(part for part in says.split(";") if part)) for words, refs, says in asked]


ASKED = [
    *_of(
        "slipped",
        ("What has slipped since March?", "1 4 6", ""),
        ("Which deadlines of the SEND board log have moved back since January?", "1 4 6 7 8", ""),
        ("How often has action 1 of the board log slipped?", None, "twice|2 times|two times"),
        ("Has the joint protocol with health slipped?", "6", "Yes;31 July 2032"),
        ("By how many days did the SENCO training slip between January and March?", "7", "92"),
        ("Have any of PT's actions slipped since January?", "", "No"),
        ("Why did the mapping of waiting times for autism slip between January and March?", "1", "hospital sent its figures late"),
        ("Which dates were put back between the January and the March log?", "1 7 8", ""),
        ("Which actions have slipped more than once?", "1", ""),
        ("Is anything of NK running later than it was in January?", "1 4", ""),
    ),
    *_of(
        "changed",
        ("What changed between the January and the March log?", "1 2 3 4 5 6 7 8 9 10", ""),
        ("What is new in the May log?", "11", ""),
        ("Which actions have a different owner than in January?", "6", "LM;RD"),
        ("What was dropped from the log since March?", "9", ""),
        ("Has any action been reworded since March?", "7", "Yes|1"),
        ("What was added after January?", "10 11", ""),
        ("Which actions were finished since the March meeting?", "3 5 8", ""),
        ("Who took over the tribunal protocol?", "6", "RD"),
        ("Which statuses are different from the March log?", "3 4 5 6 8 10", ""),
        ("Did anything come forward to an earlier date between January and March?", "3", "Yes|1;31 March 2032"),
    ),
    *_of(
        "carried forward",
        ("Which actions were carried forward in March?", "7 8", ""),
        ("Which actions that were carried forward in March are completed now?", "8", ""),
        ("Which actions carried forward in the March log are still carried forward in May?", "7", ""),
        ("Is the SENCO training still carried forward?", "7", "Yes"),
        ("How many actions were carried forward in the January log?", "7", "1|One"),
        ("What did the March log carry over that the May log has not closed?", "7", ""),
        ("Which actions carried forward in January were also carried forward in March?", "7", ""),
        ("How many times has action 7 of the log been carried forward?", None, "3|three"),
        ("Which carried-forward items belong to LM in the March log?", "8", ""),
        ("Was the letter to schools about part-time timetables carried forward in March?", "8", "Yes"),
    ),
    *_of(
        "re-opened",
        ("Which actions have been re-opened since March?", "4", ""),
        ("Was anything that was complete in March open again in May?", "4", "Yes|1"),
        ("Which completed actions were reopened between January and March?", "5", ""),
        ("Has the forum with parent carers been reopened?", "4", "Yes"),
        ("What was done in January but not done in March?", "5", ""),
        ("Which actions went from completed back to in progress since March?", "4", ""),
        ("Are there actions that we closed in March and then opened again?", "4", "Yes|1"),
        ("How many actions were re-opened in the May log?", "4", "1|One"),
        ("Did any of SB's actions get reopened since March?", "4", "Yes|1"),
        ("Is the letter to schools open again?", "8", "No"),
    ),
    *_of(
        "falling due",
        ("What falls due in the board log in the next 30 days?", "10 11", ""),
        ("What in the SEND log is due by the end of June?", "1 4 10 11", ""),
        ("What is coming up for NK?", "1 4 10", ""),
        ("What does PT have to do by the end of next month?", "11", ""),
        ("Which action in the board log is due next?", "10", ""),
        ("Is anything due this month?", "10", "Yes|1"),
        ("Which deadlines come up this summer?", "1 4 6 11", ""),
        ("What should the board chase before its meeting on 17 June?", "10 11", ""),
        ("How many actions fall due in the next two weeks?", "10", "1|One"),
        ("Is anything in the SEND board log late?", "", "No"),
    ),
    *_of(
        "by date",
        ("Which actions on the March log are in progress?", "1 3 5", ""),
        ("As the log stood on 1 April 2032, what was overdue?", "3 5", ""),
        ("How many actions were complete in the January log?", "5", "1|One"),
        ("Who owned the tribunal protocol in January?", "6", "LM"),
        ("What was the deadline for the local offer in easy read in the January log?", "3", "30 April 2032"),
        ("Which versions of the SEND board log do you hold?", None, "January 2032;March 2032;May 2032"),
        ("Which is the latest version of the SEND board log?", None, "13 May 2032"),
        ("On 14 January 2032, which actions did LM hold?", "6 8", ""),
        ("How many actions are in the SEND board log?", None, "10"),
        ("What was the status of recruiting psychologists in the March log?", "2", "Complete"),
    ),
    *_of(
        "said again",
        ("Which recommendations are said again in a later plan?", None, "supervision;wishes"),
        ("Has any recommendation come up before?", None, "supervision;wishes"),
        ("Which recommendations are repeated?", None, "supervision;wishes"),
        ("Is the recommendation on supervision a repeat?", None, "Yes;14 months"),
        ("Which recommendations do Wexcombe and Dunmere share?", None, "supervision;wishes"),
        ("What did an earlier plan recommend already?", None, "supervision;wishes"),
        ("How long after the first was the recommendation on the wishes of the child said again?", None, "14 months"),
        ("Are there recommendations that appear in more than one plan?", None, "Yes|2;supervision;wishes"),
        ("Which recommendations keep coming back?", None, "supervision;wishes"),
        ("Was the recommendation on agency staff made before?", None, "No"),
    ),
]  # fmt: skip


def written(folder: Path) -> None:
    """The logs and the plans, with their manifest."""
    told = []

    def put(name: str, text: str, title: str, authority: str, day: str) -> None:
        (folder / name).write_text(text, encoding="utf-8")
        told.append(f'[[source]]\nfile = "{name}"\ntitle = "{title}"\nauthority = "{authority}"\ndate = {day}\n')

    for day, rows in LOGS.items():
        when = date.fromisoformat(day)
        title = f"SEND Improvement Board action log, {when.day} {when:%B %Y}"
        put(f"send-log-{day}.csv", HEAD + rows, title, "Harrow Vale Council", day)
    for (authority, title, day), rows in PLANS.items():
        put(f"{title.split()[0].lower()}.csv", PLAN_HEAD + rows, title, authority, day)
    (folder / "manifest.toml").write_text("\n".join(told), encoding="utf-8")


def wrong(one: Asked, answer: Answer, refs: dict[str, str]) -> list[str]:
    """What a right answer has and this one lacks."""
    cited = {refs[each.id] for each in answer.citations if each.kind is CitationKind.ACTION and each.id in refs}
    told = [
        f"no {words!r}"
        for words in one.says
        if not any(part.casefold() in answer.answer.casefold() for part in words.split("|"))
    ]
    if one.refs is not None and cited != set(one.refs.split()):
        told.append(f"cites {sorted(cited)} for {one.refs.split()}")
    return told


def scored(kind: str = "") -> Iterator[tuple[Asked, Answer, list[str]]]:
    """Each question with its answer and what is wrong with it."""
    with tempfile.TemporaryDirectory() as place:
        folder, data_dir = Path(place, "plans"), Path(place, "data")
        folder.mkdir()
        written(folder)
        assert not load([folder], read_settings(data_dir=data_dir)).failed
        assistant = Assistant.open(data_dir)
        refs = {row.id: row.ref or "" for row in assistant.register.select(OWNER)}
        for one in ASKED:
            if kind in ("", one.kind):
                answer = assistant.ask(one.question, AS_OF)
                yield one, answer, wrong(one, answer, refs)
        assistant.register.close()


if __name__ == "__main__":
    counts: dict[str, list[bool]] = {}
    for one, answer, faults in scored(" ".join(sys.argv[1:])):
        counts.setdefault(one.kind, []).append(not faults)
        if faults:
            sys.stdout.write(
                f"\n[{one.kind}] {one.question}\n  {'; '.join(faults)}\n  {answer.status}: {answer.answer[:400]}\n  ({answer.understood_as})\n"
            )
    sys.stdout.write("\n" + "\n".join(f"{kind}: {sum(right)} of {len(right)}" for kind, right in counts.items()) + "\n")

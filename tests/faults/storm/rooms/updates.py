"""Updates: written, kept as drafts, nothing to report and taken back, waived, entered by proxy, closed early."""

from __future__ import annotations

from tests.faults.storm.doing import Doing, NothingToDoError
from tests.faults.storm.rooms import gesture

FOCAL_POINTS = ("WFP focal point", "WFP alternate", "UNHCR focal point", "WHO focal point", "IOM focal point")
COORDINATORS = ("Chief of staff", "Cabinet secretary")
OFFICE = "#cabinet-office"
ANSWERS = {
    "People reached": lambda how: str(how.chance.randint(10, 9000)),
    "Which version do you keep": "Keep mine as the new version",
}


@gesture(*FOCAL_POINTS, weight=6, record="return.answers")
def writes(do: Doing) -> None:
    do.run("/update submit")
    do.complete(ANSWERS, thanks="Received")


@gesture(*FOCAL_POINTS, weight=3, record="return.answers")
def writes_from_the_message(do: Doing) -> None:
    do.press(do.one_with("updates:write"), "updates:write")
    do.complete(ANSWERS, thanks="Received")


@gesture(*FOCAL_POINTS, weight=2)
def leaves_a_draft(do: Doing) -> None:
    do.press(do.one_with("updates:write"), "updates:write")
    form = do.person.form
    if form is None or not form.fields:
        raise NothingToDoError
    form.fill(form.fields[0], "half a sentence")
    do.leave()


@gesture(*FOCAL_POINTS, weight=4, record="return.nil")
def has_nothing_to_report(do: Doing) -> None:
    do.press(do.one_with("updates:nil"), "updates:nil")


@gesture(*FOCAL_POINTS, weight=4, record="return.withdrawn")
def takes_it_back(do: Doing) -> None:
    do.press(do.one_with("updates:undo"), "updates:undo")


@gesture(*FOCAL_POINTS, weight=1, record="return.handed_over")
def hands_over(do: Doing) -> None:
    do.press(do.one_with("updates:hand"), "updates:hand")
    do.complete()


@gesture(*COORDINATORS, weight=3, record="return.waived|return.owed_again")
def waives(do: Doing) -> None:
    do.press(do.one_with("updates:waive", OFFICE), "updates:waive")
    do.complete()


@gesture(*COORDINATORS, weight=2, record="return.answers|return.nil")
def enters_by_proxy(do: Doing) -> None:
    do.press(do.one_with("updates:proxy", OFFICE), "updates:proxy")
    do.complete(ANSWERS, thanks="Received")


@gesture(*COORDINATORS, weight=3, record="round.begin", once="rounds")
def asks_for_more(do: Doing) -> None:
    do.run("/update round")
    do.complete({"^Questions": lambda how: f"What about {how.token()}? *"})


@gesture(*COORDINATORS, weight=0.5, record="round.close")
def closes_early(do: Doing) -> None:
    do.press(do.one_with("updates:finish", OFFICE), "updates:finish")


@gesture(*FOCAL_POINTS, *COORDINATORS, "Mission reader", weight=2)
def looks(do: Doing) -> None:
    do.run(do.chance.choice(("/update", "/update status", "/update digest", "/update export", "/update status WFP")))

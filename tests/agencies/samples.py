"""Every view of the agencies room with something to show, and the same views with the longest texts there can be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from commands.agencies.rules.editing import Draft, differences, draft_of
from commands.agencies.rules.entries import Entry, Fault, Reading
from commands.agencies.rules.fields import LONGEST_NAME, MOST_SECTORS
from commands.agencies.rules.leave import Away, Cover, EnteredLeave
from commands.agencies.rules.people import People, Rights, people_of_agency
from commands.agencies.rules.planning import Decision
from commands.agencies.rules.search import AgencyNotes, ListState
from commands.agencies.rules.understanding import MOST_KINDS, Seen, Understood
from commands.agencies.views import forms, importing, listing, messages
from commands.agencies.views.details import Allowed, Details, details_form
from commands.agencies.views.history import history_form
from commands.agencies.views.preview import Preview, Tab, preview_form
from commands.agencies.views.understanding import changing_form, understanding_form
from commands.kit.cards import Block, Card
from commands.kit.contacts import Contact
from commands.kit.pages import page_of
from commands.kit.words import _, current_language
from storage.agencies import Agency, AgencyState, Leave
from storage.audit import AuditEntry
from storage.people import Role
from tests.agencies.made import NOW, agency, make_plan

EVERY_RIGHT = Rights(head=True, people=True, any_leave=True, own_leave=True)
WFP = agency(
    "WFP",
    "World Food Programme",
    ("UHEAD", Role.HEAD_OF_AGENCY),
    ("UFIRST", Role.FOCAL_POINT),
    ("UDEPUTY", Role.ALTERNATE),
    name_fr="Programme alimentaire mondial",
    kind="un_agency",
    sectors=("FSC", "LOG", "Peacebuilding & <law>"),
    duty_station="Juba",
    zone="Africa/Juba",
    language="en",
)
BARE = agency("H/1", "<!channel> & co", number=2)
NO_ONE = agency("IOM", "International Organization for Migration", number=3, kind="un_agency")
RESTING = agency("DRC", "Danish Refugee Council", number=4, kind="ngo")
RESTING.state, RESTING.state_reason = AgencyState.SUSPENDED.value, "Left the country & closed <its> office"
WORST = agency(
    "W" * 24,
    "&" * LONGEST_NAME,
    *((f"U{place:010}", Role.FOCAL_POINT) for place in range(20)),
    number=5,
    name_fr="<" * LONGEST_NAME,
    sectors=tuple(f"{'&' * 58}{place:02}" for place in range(MOST_SECTORS)),
    duty_station=">" * 100,
)
MANY = [agency(f"A{place:02}", f"Agency {place}", number=10 + place, kind="ngo") for place in range(45)]


def command(name: str) -> str:
    return f"/un-{name}"


def leave(user: str, first: int, last: int, number: int = 1) -> Leave:
    return Leave(id=number, user_id=user, first_day=date(2026, 3, first), last_day=date(2026, 3, last))


LEAVES = [leave("UFIRST", 5, 9), leave("UDEPUTY", 8, 9, 2), leave("UHEAD", 12, 12, 3)]
AWAYS = (
    Away(LEAVES[0], (Cover("UDEPUTY", date(2026, 3, 5), date(2026, 3, 7)), Cover(None, *(date(2026, 3, 8),) * 2))),
    Away(LEAVES[1], (Cover("UHEAD", date(2026, 3, 8), date(2026, 3, 9)),)),
    Away(LEAVES[2]),
)
SPANS = [
    (WFP, Cover("UDEPUTY", date(2026, 3, 5), date(2026, 3, 9))),
    (BARE, Cover("UDEPUTY", *(date(2026, 3, 5),) * 2)),
]


def act(what: str, after: int, **details: object) -> AuditEntry:
    return AuditEntry(at=NOW + timedelta(minutes=after), actor="UADMIN", verb=what, details=details)


HISTORY = [
    act("agency.added", 0, new={}, imported=7),
    act("agency.changed", 1, changes={"name": ["a", "b"], "sectors": [[], ["HEA"]]}),
    act("agency.people", 2, changes={"head": [[], ["UHEAD"]]}),
    act("leave.entered", 3, person="UFIRST", first="2026-03-05", last="2026-03-09"),
    act("leave.removed", 4, person="UFIRST", first="2026-03-05", last="2026-03-05"),
    act("agency.suspended", 5, reason="Left & came back", before=["active", ""]),
    act("agency.resumed", 6, reason="", before=["suspended", "Left"]),
]


def details(one: Agency, contact: Contact | None, may: Allowed, **more: Any) -> Block:
    shown = Details(one, contact, more.get("aways", ()), more.get("history", ()), more.get("note", ""))
    return details_form(shown, may, ListState("food", 1), current_language())


def form_of(draft: Draft, people: People | None, notes: AgencyNotes, warning: str = "") -> Block:
    return forms.agency_form(draft, people, ["en", "fr", "ar"], current_language(), notes, warning)


def conflict() -> Block:
    saved = draft_of(WFP)
    typed = replace(saved, name="World Food Program", sectors=("HEA",), duty_station="")
    warning = forms.conflict_warning("UADMIN", differences(saved, typed))
    return form_of(typed, None, AgencyNotes(1, 2), warning)


def people_view(rights: Rights, entered: EnteredLeave, leaves: list[Leave], warning: str = "") -> Block:
    listed = [(one, "WFP focal point") for one in leaves]
    return forms.people_form(WFP, people_of_agency(WFP), listed, rights, entered, AgencyNotes(1, 1, look=None), warning)


READING = Reading(
    9,
    [
        Entry(2, "Danish Refugee Council", kind="ngo", sectors=("PRO",)),
        Entry(3, "World Food Programme", kind="ngo", sectors=("FSC",), duty_station="Bor", rows=3),
        Entry(6, "ACNUR", code="ACNUR"),
        Entry(7, "International Organization for Migration"),
        Entry(8, "World Food <Program>"),
    ],
    [Fault(9, "Acronyme", "A code has 2 to 24 letters & digits."), Fault(10, "Type <1>", "Unknown.")],
    ["Amount <USD>", "Year"],
)
KNOWN = (WFP, NO_ONE, agency("UNHCR", "United Nations High Commissioner for Refugees", number=6))


def preview(tab: Tab | None = None, *, warning: str = "", decided: bool = False) -> Block:
    keys = [entry.key for entry in READING.entries]
    decisions = {keys[2]: Decision.SAME.value, keys[4]: Decision.APART.value} if decided else {keys[2]: "same"}
    return preview_form(
        Preview(7, "list & co.csv", READING, make_plan(READING, KNOWN, decisions), tab, warning=warning)
    )


def preview_of(*entries: Entry, page: int = 0) -> Block:
    reading = Reading(len(entries), list(entries))
    return preview_form(Preview(7, "list.csv", reading, make_plan(reading, KNOWN, {}), page=page))


SEEN = Seen(
    "List & more",
    ("Read me",),
    ("Old",),
    titles=(("Short", "PRC"), ("Who <knows>", "Palm & Relief"), ("Sort", "Goverment"), ("Phone", "")),
    places={"code": "Short", "name": "Who <knows>", "kind": "Sort"},
    kinds=(("Goverment", 120), ("Planet", 1)),
)
UNDERSTOOD = Understood(columns={"who knows": "name"}, kinds={"goverment": "government", "planet": ""})
WORST_SEEN = Seen(
    "&" * 31,
    ("<" * 31,) * 99,
    titles=tuple((f"{'&' * 300}{place}", ">" * 60) for place in range(200)),
    kinds=tuple((f"{'<' * 190}{place}", 5000) for place in range(MOST_KINDS)),
)


def unclear(**values: Any) -> Block:
    return understanding_form(7, "list & co.csv", replace(SEEN, **values), Understood())


def preview_as_understood() -> Block:
    plan = make_plan(READING, KNOWN, {})
    return preview_form(Preview(7, "list & co.csv", READING, plan, seen=SEEN, understood=UNDERSTOOD))


MESSAGES: dict[str, Callable[[], Card]] = {
    "unknown": lambda: listing.unknown_card("WPF <!here>", [WFP, BARE, RESTING], "edit"),
    "unknown-nothing-near": lambda: listing.unknown_card("&" * 300, [], "show"),
    "appointed": lambda: messages.appointed_card(WFP, [Role.HEAD_OF_AGENCY, Role.FOCAL_POINT, Role.ALTERNATE], command),
    "stand-in": lambda: messages.stand_in_card(command, LEAVES[0], SPANS),
    "called-off": lambda: messages.called_off_card(LEAVES[0], SPANS),
    "resumed": lambda: messages.resumed_card(BARE),
    "export": lambda: messages.export_card(213),
}
FORMS: dict[str, Callable[[], Block]] = {
    "list": lambda: listing.list_form(page_of([BARE, NO_ONE, RESTING, WFP], 0, 20), ListState(), may_change=True),
    "list-reader": lambda: listing.list_form(page_of([WFP], 0, 20), ListState("food"), may_change=False),
    "list-empty": lambda: listing.list_form(page_of([], 0, 20), ListState(), may_change=True),
    "list-nothing-fits": lambda: listing.list_form(
        page_of([], 0, 20), ListState("zzz", cleared=True), may_change=False
    ),
    "list-page": lambda: listing.list_form(page_of(MANY, 1, 20), ListState(page=1), may_change=True),
    "list-unanswered": lambda: listing.list_form(
        page_of(MANY, 2, 20), ListState(page=2, unanswered=True), may_change=True
    ),
    "details": lambda: details(
        WFP,
        Contact("UDEPUTY", Role.ALTERNATE, "UFIRST"),
        Allowed(change=True, people=True),
        aways=AWAYS,
        history=HISTORY,
        note=_("Saved."),
    ),
    "details-reader": lambda: details(WFP, Contact("UFIRST", Role.FOCAL_POINT), Allowed(), history=HISTORY[:1]),
    "details-bare": lambda: details(BARE, None, Allowed(change=True, people=True)),
    "details-suspended": lambda: details(RESTING, None, Allowed(change=True, people=True), history=HISTORY[5:6]),
    "history": lambda: history_form(WFP, HISTORY, ListState("food", 1)),
    "history-long": lambda: history_form(WFP, HISTORY * 30, ListState()),
    "history-empty": lambda: history_form(BARE, [], ListState()),
    "add": lambda: form_of(Draft(code="DRC", kind=""), People(), AgencyNotes()),
    "edit": lambda: form_of(draft_of(WFP), None, AgencyNotes(1, 1)),
    "edit-conflict": conflict,
    "people": lambda: people_view(EVERY_RIGHT, EnteredLeave("UFIRST"), LEAVES),
    "people-own-leave": lambda: people_view(Rights(own_leave=True), EnteredLeave("UFIRST"), []),
    "people-conflict": lambda: people_view(
        Rights(people=True, any_leave=True, own_leave=True),
        EnteredLeave("UFIRST", date(2026, 3, 5), date(2026, 3, 9)),
        LEAVES[:1],
        forms.conflict_warning("", []),
    ),
    "suspend": lambda: forms.suspend_form(BARE, AgencyNotes(2, 1, look=None)),
    "import": lambda: importing.import_form(ListState()),
    "unclear-sheet": lambda: unclear(choices=("2025", "2026"), titles=(), kinds=()),
    "unclear-header": lambda: unclear(places={"code": "Short"}, kinds=()),
    "unclear-kinds": unclear,
    "change-how-it-is-read": lambda: changing_form(7, "list & co.csv", SEEN, UNDERSTOOD),
    "preview-understood": preview_as_understood,
    "preview-undecided": preview,
    "preview-decided": lambda: preview(
        decided=True, warning=_(":warning: *The agencies changed meanwhile.* Look at what would happen now, then save.")
    ),
    "preview-changed": lambda: preview(Tab.CHANGED),
    "preview-left": lambda: preview(Tab.LEFT),
    "preview-refused": lambda: preview(Tab.REFUSED),
    "preview-no-change": lambda: preview_of(Entry(2, "World Food Programme")),
    "preview-page": lambda: preview_of(*(Entry(place, f"Q{place} Trust") for place in range(2, 130)), page=1),
    "imported": lambda: importing.result_form(
        "list & co.csv", make_plan(READING, KNOWN, {READING.entries[2].key: "same", READING.entries[4].key: "apart"})
    ),
}
HOMES: dict[str, Callable[[], list[Block]]] = {}


WORST_VIEWS: dict[str, Callable[[], Block]] = {
    "list": lambda: listing.list_form(page_of([WORST] * 20, 0, 20), ListState("&" * 3000), may_change=True),
    "details": lambda: details(
        WORST,
        Contact("UFIRST", Role.FOCAL_POINT),
        Allowed(change=True, people=True),
        aways=AWAYS * 30,
        history=[act("agency.suspended", 0, reason="&" * 500)] * 6,
    ),
    "history": lambda: history_form(WORST, [act("agency.suspended", 0, reason="&" * 500)] * 400, ListState()),
    "edit": lambda: form_of(
        draft_of(WORST), None, AgencyNotes(1), forms.conflict_warning("U", differences(draft_of(WORST), Draft()))
    ),
    "people": lambda: forms.people_form(
        WORST,
        people_of_agency(WORST),
        [(leave("U1", 1, 2, number), "&" * 200) for number in range(100)],
        EVERY_RIGHT,
        EnteredLeave(),
        AgencyNotes(1, 1, tuple(range(100)), ListState("&" * 3000)),
    ),
    "suspend": lambda: forms.suspend_form(WORST, AgencyNotes(1, 1, look=None)),
    "understanding": lambda: changing_form(7, "&" * 500, WORST_SEEN, UNDERSTOOD),
    "look-alikes": lambda: preview_of(
        *(Entry(place, "&" * 100 + "a" * (place % 90) + "United Nations High Commissioner") for place in range(2, 40))
    ),
    "added": lambda: preview_of(*(Entry(place, f"{'&' * 190}{place * 7919}") for place in range(2, 200))),
    "changed": lambda: preview_of(
        Entry(2, "World Food Programme", sectors=tuple(WORST.sectors), duty_station="&" * 100)
    ),
    "refused": lambda: preview_form(
        Preview(
            7,
            "&" * 500,
            Reading(99, [], [Fault(place, "&" * 5000, "&" * 300) for place in range(99)], ["&" * 500] * 30),
            make_plan(Reading(99, [], [Fault(place, "&" * 5000, "&" * 300) for place in range(99)]), [], {}),
        )
    ),
    "imported": lambda: importing.result_form("&" * 500, make_plan(READING, KNOWN, {})),
}


WORST_CARDS: dict[str, Callable[[], Card]] = {
    "unknown": lambda: listing.unknown_card("&" * 300, [WORST] * 5, "show"),
    "appointed": lambda: messages.appointed_card(WORST, [Role.FOCAL_POINT, Role.ALTERNATE], command),
    "stand-in": lambda: messages.stand_in_card(command, LEAVES[0], [(WORST, SPANS[0][1])] * 400),
    "called-off": lambda: messages.called_off_card(LEAVES[0], [(WORST, SPANS[0][1])] * 400),
    "resumed": lambda: messages.resumed_card(WORST),
}

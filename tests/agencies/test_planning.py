"""What an import would do, and that doing it twice changes nothing."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from commands.agencies.handlers.exporting import table
from commands.agencies.rules.codes import is_code
from commands.agencies.rules.columns import COLUMNS
from commands.agencies.rules.editing import draft_of, draft_of_entry, put_into
from commands.agencies.rules.entries import Entry, Fault, Reading, read_entries
from commands.agencies.rules.fields import in_order, name_problem, tidy
from commands.agencies.rules.planning import Decision, Difference, Plan
from commands.kit.names.agencies import WORKING_LANGUAGES
from commands.kit.names.sectors import sectors
from commands.kit.tables import data_rows, find_header, read_grid, to_csv, to_xlsx
from storage.agencies import Agency, AgencyKind, code_key
from storage.letters import folded
from storage.people import Role
from tests.agencies.made import agency, make_plan
from tests.properties import examples

WFP = agency("WFP", "World Food Programme", kind="un_agency", sectors=("FSC",), number=1)
UNHCR = agency("UNHCR", "United Nations High Commissioner for Refugees", number=2)


def plan(*entries: Entry, existing: tuple[Agency, ...] = (WFP, UNHCR), decisions: dict[str, str] | None = None) -> Plan:
    return make_plan(Reading(len(entries), list(entries)), existing, decisions or {})


def carried_out(done: Plan, existing: list[Agency]) -> list[Agency]:
    """The mission's agencies after an import."""
    by_id = {one.id: one for one in existing}
    for change in done.changed:
        for difference in change.differences:
            new = difference.new
            setattr(by_id[change.agency_id], difference.field, list(new) if isinstance(new, tuple) else new)
        by_id[change.agency_id].code_key = code_key(by_id[change.agency_id].code)
    added = []
    for place, one in enumerate(done.added, start=len(existing) + 1):
        made = agency(one.code, one.entry.name, number=place)
        put_into(made, draft_of_entry(one.entry, one.code))
        added.append(made)
    return [*existing, *added]


def test_new_known_and_changed_organisations_are_told_apart() -> None:
    found = plan(
        Entry(2, "Danish Refugee Council", kind="ngo"),
        Entry(3, "World Food Programme", sectors=("FSC",)),
        Entry(4, "united nations high commissioner for REFUGEES", kind="un_agency"),
    )
    assert [(one.code, one.entry.row) for one in found.added] == [("DRC", 2)]
    assert found.left == [(3, "WFP")]
    [change] = found.changed
    assert (change.agency_id, change.differences) == (2, (Difference("kind", "other", "un_agency"),))


def test_a_code_finds_an_agency_whatever_its_name_is_now() -> None:
    [change] = plan(Entry(2, "Programme alimentaire", code="wfp")).changed
    assert change.differences == (Difference("name", "World Food Programme", "Programme alimentaire"),)


def test_an_empty_cell_empties_nothing() -> None:
    assert plan(Entry(2, "World Food Programme")).left == [(2, "WFP")]


def test_the_order_of_sectors_is_no_change() -> None:
    two = agency("X1", "Two sectors", sectors=("HEA", "WSH"))
    assert plan(Entry(2, "Two sectors", sectors=("WSH", "HEA")), existing=(two,)).changed == []


def test_a_row_between_two_agencies_is_refused() -> None:
    found = plan(Entry(7, "United Nations High Commissioner for Refugees", code="WFP"))
    assert [(fault.row, fault.column) for fault in found.refused] == [(7, "code")]
    assert not found.changes_something


def test_a_new_code_without_a_name_is_refused() -> None:
    assert [fault.row for fault in plan(Entry(3, code="ABC")).refused] == [3]


def test_refusals_come_in_the_order_of_the_file() -> None:
    reading = Reading(2, [Entry(2, code="ABC")], [Fault(9, "Name", "empty"), Fault(1, "Name", "empty")])
    assert [fault.row for fault in make_plan(reading, [], {}).refused] == [1, 2, 9]


def test_a_look_alike_waits_for_a_decision() -> None:
    entry = Entry(5, "ACNUR")
    open_plan = plan(entry)
    assert [one.entry.row for one in open_plan.undecided] == [5]
    assert open_plan.added == []
    apart = plan(entry, decisions={"acnur": Decision.APART})
    assert [one.code for one in apart.added] == ["UNHCR-2"]
    same = plan(entry, decisions={"acnur": Decision.SAME})
    assert (same.added, len(same.same), same.changes_something) == ([], 1, False)


def test_look_alikes_within_the_file_are_found_too() -> None:
    found = plan(Entry(2, "Norwegian Refugee Council"), Entry(3, "NRC"), existing=())
    [double] = found.undecided
    assert (double.entry.row, double.alike[0].other.row) == (3, 2)


def test_made_up_codes_keep_off_the_codes_of_the_file() -> None:
    found = plan(Entry(2, "Danish Refugee Council"), Entry(3, "Democratic Republic of the Congo", code="DRC"))
    assert [one.code for one in found.added] == ["DRC-2", "DRC"]


def test_what_is_skipped_takes_no_code() -> None:
    entries = [Entry(2, "NRC"), Entry(3, "Norwegian Refugee Council")]
    found = plan(*entries, existing=(), decisions={"norwegian refugee council": Decision.SAME})
    assert [one.code for one in found.added] == ["NRC"]


def test_the_fingerprint_tells_one_plan_from_another() -> None:
    entry = Entry(5, "Danish Refugee Council")
    assert plan(entry).fingerprint() == plan(entry).fingerprint()
    assert plan(entry).fingerprint() != plan(Entry(5, "Danish Refugee Council", code="DANREF")).fingerprint()


def test_five_thousand_organisations_are_compared_within_two_seconds() -> None:
    words = ["Aid", "Relief", "Children", "Water", "North", "South", "Delta", "River", "Mountain", "Bridge", "Hope"]
    entries = [
        Entry(
            row, f"{words[row % 11]} {words[row // 11 % 11]} Group {chr(65 + row % 26)}{row} {words[row // 121 % 11]}"
        )
        for row in range(5_000)
    ]
    started = time.process_time()
    found = plan(*entries)
    assert time.process_time() - started < 2
    assert len(found.added) + len(found.doubles) == 5_000


NAMES = (
    st.text(
        alphabet=st.one_of(
            st.sampled_from(list("=+-@'\t;,\" ABCabcéñ&()/0")),
            st.characters(codec="utf-8", categories=["L", "N", "P", "S"]),
        ),
        min_size=1,
        max_size=30,
    )
    .map(tidy)
    .filter(lambda name: not name_problem(name) and folded(name) != "")
)
SECTORS = st.lists(st.sampled_from([*sectors(), "Peacebuilding", "=Rule of law"]), max_size=3).map(in_order)


@st.composite
def agencies(draw: st.DrawFn) -> list[Agency]:
    names = draw(st.lists(NAMES, min_size=1, max_size=6, unique_by=folded))
    made = []
    for number, name in enumerate(names, start=1):
        code = f"-A{number}" if number % 2 else f"A/{number}"
        assert is_code(code)
        made.append(
            agency(
                code,
                name,
                ("U1", Role.FOCAL_POINT),
                number=number,
                kind=draw(st.sampled_from(AgencyKind)).value,
                sectors=tuple(draw(SECTORS)),
                duty_station=draw(st.sampled_from(["", "Juba", "=Juba", "@Malakal"])),
                zone=draw(st.sampled_from(["", "Africa/Juba", "UTC"])),
                language=draw(st.sampled_from(["", *WORKING_LANGUAGES])),
            )
        )
    return made


@settings(max_examples=examples(60))
@given(agencies())
def test_an_export_imports_without_a_change(made: list[Agency]) -> None:
    titles, rows = table(made, {})
    for name, content in (("x.csv", to_csv(titles, rows)), ("x.xlsx", to_xlsx(titles, rows, sheet="Agencies"))):
        grid = read_grid(name, content, field="file")
        header = find_header(grid, COLUMNS, field="file")
        reading = read_entries(data_rows(grid, header, most=100, field="file"), header)
        found = make_plan(reading, made, {})
        assert (found.changed, found.added, found.refused, found.doubles) == ([], [], [], [])
        assert len(found.left) == len(made)
        fresh = make_plan(reading, [], {entry.key: Decision.APART for entry in reading.entries})
        assert [draft_of_entry(one.entry, one.code) for one in fresh.added] == [draft_of(one) for one in made]


@settings(max_examples=examples(60))
@given(
    st.lists(
        st.builds(Entry, row=st.integers(2, 99), name=NAMES, kind=st.sampled_from(["", "ngo"])),
        max_size=8,
        unique_by=lambda one: folded(one.name),
    )
)
def test_importing_twice_changes_nothing(entries: list[Entry]) -> None:
    decisions = {entry.key: Decision.APART.value for entry in entries}
    first = plan(*entries, existing=(), decisions=decisions)
    assert len(first.added) == len(entries)
    after = carried_out(first, [])
    again = plan(*entries, existing=tuple(after), decisions=decisions)
    assert not again.changes_something
    assert len(again.left) == len(entries)

"""Agencies, their people and uploaded lists, on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from storage.agencies import (
    Agency,
    AgencyState,
    Leave,
    agency_to_change,
    count_without_focal_point,
    find_agency,
    leaves_of,
    sectors_in_use,
    set_holders_of_agency,
)
from storage.agency_imports import (
    Revision,
    add_imported,
    change_imported,
    decisions_so_far,
    get_import,
    start_import,
)
from storage.audit import history
from storage.connection.trouble import NotNowError
from storage.database import Database
from storage.missions import get_mission
from storage.people import Role

NOW = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
HERE, ELSEWHERE = "T1", "T2"


def add(session: Session, code: str, mission: str = HERE, **fields: object) -> Agency:
    get_mission(session, mission)
    made = Agency(
        mission_id=mission, code=code, code_key=code.casefold(), name=code, created_at=NOW, updated_at=NOW, **fields
    )
    session.add(made)
    session.flush()
    return made


def test_people_keep_their_order_through_every_change(database: Database) -> None:
    orders = [["a", "b", "c"], ["c", "a"], [], ["b", "c", "a"]]
    with database.transaction() as session:
        number = add(session, "WFP").id
    for order in orders:
        with database.transaction() as session:
            agency = agency_to_change(session, HERE, number)
            assert agency is not None
            before = set(agency.holders(Role.FOCAL_POINT))
            came, went = set_holders_of_agency(agency, Role.FOCAL_POINT, order, "test", NOW)
            assert (set(came), set(went)) == (set(order) - before, before - set(order))
            assert agency.holders(Role.FOCAL_POINT) == order
        with database.reading() as session:
            found = find_agency(session, HERE, "wfp")
            assert found is not None
            assert found.holders(Role.FOCAL_POINT) == order


def test_one_person_may_hold_two_roles(database: Database) -> None:
    with database.transaction() as session:
        agency = add(session, "WFP")
        set_holders_of_agency(agency, Role.FOCAL_POINT, ["a"], "test", NOW)
        set_holders_of_agency(agency, Role.HEAD_OF_AGENCY, ["a"], "test", NOW)
    with database.reading() as session:
        found = find_agency(session, HERE, "WFP")
        assert found is not None
        assert found.holders(Role.FOCAL_POINT) == found.holders(Role.HEAD_OF_AGENCY) == ["a"]


def test_a_code_is_unique_without_case_in_one_mission_only(database: Database) -> None:
    with database.transaction() as session:
        add(session, "WFP")
        add(session, "wfp", ELSEWHERE)
    with pytest.raises(NotNowError), database.transaction() as session:
        add(session, "wfp")


def test_no_query_reaches_another_mission(database: Database) -> None:
    with database.transaction() as session:
        number = add(session, "WFP", ELSEWHERE, sectors=["HEA"]).id
        get_mission(session, HERE)
        leave = Leave(
            mission_id=ELSEWHERE, user_id="a", first_day=date(2026, 3, 2), last_day=date(2026, 3, 2), entered_by="a"
        )
        session.add(leave)
        session.flush()
        kept = start_import(session, ELSEWHERE, "x.csv", {}, {"a": "same"}, "a", NOW)
        kept.saved_at = NOW
        session.flush()
        assert agency_to_change(session, HERE, number) is None
        assert leaves_of(session, HERE, ["a"]) == []
        assert get_import(session, HERE, kept.id) is None
        assert sectors_in_use(session, HERE) == set()
        assert count_without_focal_point(session, HERE) == 0
        assert decisions_so_far(session, HERE) == {}
        assert sectors_in_use(session, ELSEWHERE) == {"HEA"}
        assert count_without_focal_point(session, ELSEWHERE) == 1


def test_only_active_agencies_without_a_focal_point_are_counted(database: Database) -> None:
    with database.transaction() as session:
        set_holders_of_agency(add(session, "A1"), Role.FOCAL_POINT, ["a"], "test", NOW)
        set_holders_of_agency(add(session, "A2"), Role.ALTERNATE, ["a"], "test", NOW)
        add(session, "A3")
        add(session, "A4", state=AgencyState.SUSPENDED.value)
        session.flush()
        assert count_without_focal_point(session, HERE) == 2


def test_a_new_upload_replaces_the_one_that_waits_but_not_what_was_saved(database: Database) -> None:
    with database.transaction() as session:
        get_mission(session, HERE)
        saved = start_import(session, HERE, "1.csv", {}, {"a": "same", "b": "apart"}, "me", NOW)
        saved.saved_at = NOW
        waiting = start_import(session, HERE, "2.csv", {}, {"a": "apart"}, "me", NOW).id
        other = start_import(session, HERE, "3.csv", {}, {}, "you", NOW).id
        newest = start_import(session, HERE, "4.csv", {}, {}, "me", NOW).id
        found = [get_import(session, HERE, one) is not None for one in (saved.id, waiting, other, newest)]
        assert found == [True, False, True, True]


def test_the_latest_decision_counts(database: Database) -> None:
    with database.transaction() as session:
        get_mission(session, HERE)
        for hours, decision in ((2, "apart"), (1, "same")):
            kept = start_import(session, HERE, "1.csv", {}, {"acnur": decision}, "me", NOW)
            kept.saved_at = NOW + timedelta(hours=hours)
            session.flush()
        assert decisions_so_far(session, HERE) == {"acnur": "apart"}


def test_imported_agencies_and_their_records_belong_together(database: Database) -> None:
    draft = {
        "name_fr": "",
        "kind": "ngo",
        "sectors": ["HEA"],
        "duty_station": "",
        "zone": "",
        "language": "",
    }
    with database.transaction() as session:
        get_mission(session, HERE)
        kept = start_import(session, HERE, "1.csv", {}, {}, "me", NOW)
        drafts = [{**draft, "code": f"A{number}", "name": f"Agency {number}"} for number in range(300)]
        add_imported(session, kept, drafts, "me", NOW)
        add_imported(session, kept, [], "me", NOW)
    with database.reading() as session:
        for code in ("A0", "a299"):
            agency = find_agency(session, HERE, code)
            assert agency is not None
            assert (agency.sectors, agency.state, agency.created_at) == (["HEA"], AgencyState.ACTIVE, NOW)
            [entry] = history(session, HERE, "agency", agency.id)
            assert (entry.verb, entry.details["new"]["code"]) == ("agency.added", agency.code)


def test_changes_of_a_list_and_their_records_belong_together(database: Database) -> None:
    later = NOW + timedelta(days=1)
    with database.transaction() as session:
        numbers = [add(session, f"A{number}", sectors=["HEA"]).id for number in range(60)]
        bystander = add(session, "STAYS").id
        kept = start_import(session, HERE, "1.csv", {}, {}, "me", NOW)
        fields = {"name": "New", "name_fr": "", "kind": "ngo", "sectors": ["WSH", "HEA"], "duty_station": "Bor"}
        rest = {"zone": "", "language": "fr"}
        revisions = [
            Revision(number, 2, {**fields, **rest, "code": f"B{place}"}, {"name": [f"A{place}", "New"]})
            for place, number in enumerate(numbers)
        ]
        change_imported(session, kept, revisions, "me", later)
        change_imported(session, kept, [], "me", later)
        imported = kept.id
    with database.reading() as session:
        found = find_agency(session, HERE, "b59")
        assert found is not None
        assert (found.id, found.name, found.sectors, found.version) == (numbers[59], "New", ["WSH", "HEA"], 2)
        assert (found.created_at, found.updated_at) == (NOW, later)
        [entry] = history(session, HERE, "agency", found.id)
        assert (entry.verb, entry.at) == ("agency.changed", later)
        assert entry.details == {"changes": {"name": ["A59", "New"]}, "imported": imported}
        assert find_agency(session, HERE, "A59") is None
        untouched = session.get(Agency, bystander)
        assert untouched is not None
        assert (untouched.name, untouched.version) == ("STAYS", 1)

"""The digest of a Confidential round is read by whoever has a seat in it: to be cleared is not enough."""

from __future__ import annotations

from storage.agencies import AgencyPerson, AgencyState, find_agency
from storage.people import Role, set_holders
from storage.updates.digests import digests_of
from tests.agencies.test_speed import Counted
from tests.updates.access.test_who_reads import CHIEF, READER, WFP, exported, hears
from tests.updates.rounds import a_round, the_return, the_round
from tests.updates.test_answering import submitted, writes
from tests.world import World

SECRET, IOM, HC = "The elder talks on Friday.", "IOM focal point", "Humanitarian coordinator"
COORDINATOR = "Cabinet secretary"


def a_digest(world: World, handling: str = "confidential") -> tuple[int, int]:
    """A round that asked WFP alone, and its digest; the Chief of staff is admin, and cleared by IOM's seat alone."""
    with world.database() as session:
        wfp, iom = (find_agency(session, world.mission_id, code) for code in ("WFP", "IOM"))
        assert wfp is not None
        assert iom is not None
        chosen = f"agency:{wfp.id}"
        seat = {"mission_id": world.mission_id, "user_id": world.user_id(CHIEF), "rank": 9}
        iom.people.append(AgencyPerson(role=Role.ALTERNATE, granted_by="test", granted_at=world.now, **seat))
        set_holders(session, world.mission_id, Role.COORDINATOR, [world.user_id(COORDINATOR)], "test", world.now)
        set_holders(session, world.mission_id, Role.SRSG_OFFICE, [world.user_id("SRSG")], "test", world.now)
    where = world.channel_id("cabinet-office")
    made = a_round(world, handling=handling, audience=[chosen], digest_channel=where)
    submitted(writes(world, WFP), SECRET)
    world.go_to(the_round(world, made).digest_at)
    world.settle()
    with world.product.database.reading() as session:
        [digest] = digests_of(session, made)
    return made, digest.id


def listed(world: World, name: str) -> str:
    """The past digests that somebody is shown."""
    world.person(name).runs("/update digest")
    form = world.person(name).form
    assert form is not None
    text = form.text
    form.close(everything=True)
    return text


def test_a_confidential_digest_is_for_its_seats_and_whoever_is_only_cleared_reads_nothing_of_it(world: World) -> None:
    made, digest = a_digest(world)
    given = the_return(world, "WFP", made).id
    unknown = hears(world, IOM, "updates:read", "999999")
    for name in (WFP, COORDINATOR, "SRSG", HC):
        assert "Weekly update" in listed(world, name), name
        assert SECRET in exported(world, name), name
        assert hears(world, name, "updates:read", f"{digest}:0") == "", name
    for name in (IOM, CHIEF, READER):
        assert "Weekly update" not in listed(world, name), name
        assert hears(world, name, "updates:read", f"{digest}:0") == unknown != "", name
    for name in (IOM, CHIEF):
        assert SECRET not in exported(world, name), name
    assert "people who answer for WFP" in hears(world, CHIEF, "updates:write", str(given))


def test_people_of_an_agency_that_was_suspended_since_read_it_no_more(world: World) -> None:
    _made, digest = a_digest(world)
    with world.database() as session:
        wfp = find_agency(session, world.mission_id, "WFP")
        assert wfp is not None
        wfp.state = AgencyState.SUSPENDED
    assert hears(world, WFP, "updates:read", f"{digest}:0") != ""
    assert "Weekly update" not in listed(world, WFP)


def test_an_unclassified_digest_stays_for_every_member(world: World) -> None:
    _made, digest = a_digest(world, "unclassified")
    for name in (IOM, CHIEF, READER):
        assert "Weekly update" in listed(world, name)
        assert SECRET in exported(world, name)
        assert hears(world, name, "updates:read", f"{digest}:0") == ""


def test_who_sits_is_asked_with_one_statement_however_many_digests_there_are(world: World) -> None:
    a_digest(world)

    def costs() -> int:
        counted = Counted(world)
        with counted.doing("digests"):
            listed(world, WFP)
        return counted.counts["digests"]

    costs()
    one = costs()
    for _more in range(3):
        made = a_round(world, handling="confidential", digest_channel=world.channel_id("cabinet-office"))
        world.go_to(the_round(world, made).digest_at)
        world.settle()
    assert listed(world, WFP).count("Weekly update") == 4
    assert costs() == one

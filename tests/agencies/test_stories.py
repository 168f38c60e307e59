"""Agencies over the local Slack: looking, adding, editing, people, leave, suspension."""

from __future__ import annotations

from datetime import timedelta

from bot.sandbox.driver import Form, Person
from storage.agencies import Agency, AgencyState, find_agency
from storage.audit import history
from storage.people import Role
from tests.mission.homes import home_of
from tests.world import MONDAY, World

ADMIN = "Chief of staff"
TODAY = MONDAY.date()


def runs(person: Person, command: str) -> Form:
    """Run a command that opens a form."""
    before = {view["id"] for view in person.views()}
    reply = person.runs(command)
    form = person.form
    assert form is not None, reply.text
    assert form.view["id"] not in before, reply.text
    return form


def agency(world: World, code: str) -> Agency:
    with world.database() as session:
        found = find_agency(session, world.mission_id, code)
        assert found is not None
        assert found.people is not None  # read here, while it can be
        return found


def acts(world: World, code: str) -> list[str]:
    found = agency(world, code)
    with world.database() as session:
        return [entry.verb for entry in history(session, world.mission_id, "agency", found.id)]


def test_everybody_looks_and_searches_but_only_admins_get_the_tools(world: World) -> None:
    reader = world.person("Mission reader")
    form = runs(reader, "/agency")
    assert "5 agencies" in form.text
    assert "*WFP* · World Food Programme" in form.text
    assert "Add an agency" not in form.buttons
    form.fill("Search", "migrations", enter=True)
    assert [line for line in reader.form.text.splitlines() if line.startswith("*")] == [  # type: ignore[union-attr]
        "*IOM* · International Organization for Migration"
    ]
    shown = reader.form.press("Open")  # type: ignore[union-attr]
    assert shown is not None
    assert "Today answers:* @IOM focal point (focal point)" in shown.text
    assert shown.buttons == ["All agencies"]
    back = shown.press("All agencies")
    assert back is not None
    assert back.value("Search") == "migrations"
    assert len(reader.views()) == 1
    assert "This needs one of these roles: admin" in reader.runs("/agency add").text


def test_the_search_button_does_what_enter_does(world: World) -> None:
    form = runs(world.person("Mission reader"), "/agency list refugees")
    assert "1 agency" in form.text
    answered = form.fill("Search", "nobody at all").submit()
    assert answered is not None
    assert "No agency fits" in answered.text
    everything = answered.press("Show all")
    assert everything is not None
    assert "5 agencies" in everything.text
    assert everything.value("Search") in {None, ""}


def test_an_unknown_code_offers_the_nearest(world: World) -> None:
    admin = world.person(ADMIN)
    reply = admin.runs("/agency edit WPF")
    assert "No agency has the code “WPF”" in reply.text
    form = reply.press("WFP")
    assert form is not None
    assert form.title == "Edit WFP"
    form.close()
    assert "nor anything near it" in admin.runs("/agency show qqqqzzz").text
    assert "/agency suspend WFP" in admin.runs("/agency suspend").text


def test_an_agency_is_added_with_its_people_who_are_told_once(world: World) -> None:
    admin = world.person(ADMIN)
    form = runs(admin, "/agency add DRC")
    form.fill("Name in English", "Danish Refugee Council").choose("Kind", "NGO")
    form.choose("Sectors", "Protection").fill("Other sectors", "Peacebuilding; santé")
    form.choose("Time zone", "Africa/Juba").choose("Working language", "French")
    form.choose("Focal points", "Mission reader", "UNICEF focal point").choose("Head of agency", "Mission reader")
    shown = form.submit()
    assert shown is not None
    assert "DRC is added." in shown.text
    world.settle()
    made = agency(world, "drc")
    assert (made.code, made.kind, made.sectors, made.zone, made.language) == (
        "DRC",
        "ngo",
        ["HEA", "PRO", "Peacebuilding"],
        "Africa/Juba",
        "fr",
    )
    assert made.holders(Role.FOCAL_POINT) == [world.user_id("Mission reader"), world.user_id("UNICEF focal point")]
    told = world.person("Mission reader").messages(in_="Rapporteur")
    assert len([one for one in told if "of DRC (Danish Refugee Council)" in one.text]) == 1
    assert "head of agency and focal point" in told[-1].text
    assert acts(world, "DRC") == ["agency.added", "agency.people"]


def test_the_message_to_a_new_focal_point_is_in_their_language_and_its_buttons_work(world: World) -> None:
    runs(world.person(ADMIN), "/agency focal IOM").choose("Alternates", "UNICEF focal point").submit()
    world.settle()
    unicef = world.person("UNICEF focal point")
    message = unicef.messages(in_="Rapporteur")[-1]
    assert "IOM" in message.text
    button = next(one for one in message.buttons if "IOM" in one)
    form = message.press(button)
    assert form is not None
    assert "IOM" in form.text


def test_every_wrong_field_is_named_and_what_was_typed_stays(world: World) -> None:
    form = runs(world.person(ADMIN), "/agency add")
    form.fill("Code", "W F P").fill("Name in English", ":tada: 🎉").choose("Kind", "NGO")
    form.choose("Focal points", "Mission reader").choose("Alternates", "Mission reader")
    answered = form.submit()
    assert answered is not None
    assert set(answered.errors) == {"Code", "Name in English", "Alternates"}
    assert answered.value("Code") == "W F P"
    answered.fill("Code", "wfp").fill("Name in English", "Organisation mondiale de la santé").choose("Alternates")
    again = answered.submit()
    assert again is not None
    assert "belongs to World Food Programme" in again.errors["Code"]
    assert "WHO has this name" in again.errors["Name in English"]


def test_a_kind_has_to_be_chosen(world: World) -> None:
    form = (
        runs(world.person(ADMIN), "/agency add").fill("Code", "DRC").fill("Name in English", "Danish Refugee Council")
    )
    answered = form.submit()
    assert answered is not None
    assert set(answered.errors) == {"Kind"}
    assert answered.value("Name in English") == "Danish Refugee Council"


def test_two_admins_editing_at_once_lose_nothing(world: World) -> None:
    admin = world.person(ADMIN)
    form = runs(admin, "/agency edit WFP").fill("Duty station", "Malakal").fill("Name in French", "PAM")
    with world.database() as session:
        found = find_agency(session, world.mission_id, "WFP")
        assert found is not None
        found.duty_station, found.version = "Bor", found.version + 1
    answered = form.submit()
    assert answered is not None
    assert "changed this agency while you had it open" in answered.text
    assert "Duty station: saved now “Bor”, you have “Malakal”" in answered.text
    assert (answered.value("Duty station"), answered.value("Name in French")) == ("Malakal", "PAM")
    assert agency(world, "WFP").duty_station == "Bor"
    answered.submit()
    assert agency(world, "WFP").duty_station == "Malakal"
    found = agency(world, "WFP")
    with world.database() as session:
        entry = history(session, world.mission_id, "agency", found.id)[-1]
    assert entry.details["changes"]["duty_station"] == ["Bor", "Malakal"]


def test_saving_without_a_change_leaves_no_trace(world: World) -> None:
    shown = runs(world.person(ADMIN), "/agency edit UNHCR").submit()
    assert shown is not None
    assert acts(world, "UNHCR") == []


def test_a_head_names_people_and_leave_but_no_other_head(world: World) -> None:
    head = world.person("WFP head of agency")
    form = runs(head, "/agency focal wfp")
    assert "Head of agency" not in form.fields
    form.choose("Focal points", "Mission reader").choose("Alternates", "WFP focal point")
    form.choose("Who is away", "Mission reader").fill("First day away", TODAY)
    answered = form.submit()
    assert answered is not None
    assert answered.errors == {"Last day away": "Enter the first and the last day away."}
    shown = answered.fill("Last day away", TODAY + timedelta(days=1)).submit()
    assert shown is not None
    assert "standing in for @Mission reader" in shown.text
    assert agency(world, "WFP").holders(Role.HEAD_OF_AGENCY) == [head.id]
    refused = head.runs("/agency focal UNICEF")
    assert "changed by an admin, a coordinator or its head of agency (@UNICEF head of agency)" in refused.text


def test_people_chosen_at_once_by_two_are_told_apart(world: World) -> None:
    secretary = world.person("Cabinet secretary")
    form = runs(secretary, "/agency focal IOM").choose("Alternates", "Mission reader")
    runs(world.person(ADMIN), "/agency focal IOM").choose("Head of agency", "WHO focal point").submit()
    answered = form.submit()
    assert answered is not None
    assert "@Chief of staff changed this agency" in answered.text
    assert answered.value("Alternates") == [world.user_id("Mission reader")]
    assert agency(world, "IOM").holders(Role.ALTERNATE) == []
    answered.choose("Head of agency", "WHO focal point").submit()
    saved = agency(world, "IOM")
    assert saved.holders(Role.ALTERNATE) == [world.user_id("Mission reader")]
    assert saved.holders(Role.HEAD_OF_AGENCY) == [world.user_id("WHO focal point")]


def test_a_suspended_agency_keeps_its_history_and_comes_back(world: World) -> None:
    admin = world.person(ADMIN)
    form = runs(admin, "/agency suspend IOM")
    refused = form.fill("Reason", "...").submit()
    assert refused is not None
    assert "Reason" in refused.errors
    shown = refused.fill("Reason", "Left the country on 1 March").submit()
    assert shown is not None
    assert "*Suspended:* Left the country on 1 March" in shown.text
    assert agency(world, "IOM").state == AgencyState.SUSPENDED
    shown.close()
    assert "is suspended already" in admin.runs("/agency suspend IOM").text
    assert "IOM* is active again" in admin.runs("/agency resume iom").text
    assert "is not suspended" in admin.runs("/agency resume IOM").text
    found = agency(world, "IOM")
    assert (found.state, found.state_reason, len(found.people)) == (AgencyState.ACTIVE, "", 1)
    assert acts(world, "IOM") == ["agency.suspended", "agency.resumed"]


def test_a_form_that_was_open_does_not_suspend_an_agency_again(world: World) -> None:
    form = runs(world.person(ADMIN), "/agency suspend IOM").fill("Reason", "Absent since Monday")
    with world.database() as session:
        found = find_agency(session, world.mission_id, "IOM")
        assert found is not None
        found.state, found.state_reason = AgencyState.SUSPENDED, "Left the country on 1 March"
    refused = form.submit()
    assert refused is not None
    assert (
        "IOM is suspended already (Left the country on 1 March)." in f"{refused.notice} {refused.errors} {refused.text}"
    )
    assert agency(world, "IOM").state_reason == "Left the country on 1 March"


def test_the_whole_history_can_be_read(world: World) -> None:
    admin = world.person(ADMIN)
    for turn in range(3):
        form = runs(admin, "/agency suspend IOM").fill("Reason", f"Absent, time {turn}").submit()
        assert form is not None
        form.close()
        admin.runs("/agency resume IOM")
    shown = runs(admin, "/agency show IOM")
    assert "Absent, time 0" not in shown.text
    whole = shown.press("History")
    assert whole is not None
    assert [f"Absent, time {turn}" in whole.text for turn in range(3)] == [True] * 3
    back = whole.press("Back to IOM")
    assert back is not None
    assert "Today answers" in back.text


def test_home_tells_admins_who_lacks_a_focal_point(world: World) -> None:
    admin = world.person(ADMIN)
    assert "no focal point" not in home_of(world, ADMIN).text
    runs(admin, "/agency focal IOM").choose("Focal points").submit()
    form = home_of(world, ADMIN).press("Name focal points")
    assert form is not None
    assert "1 agency without a focal point" in form.text
    assert "IOM" in form.text
    assert "no focal point" not in home_of(world, "Mission reader").text

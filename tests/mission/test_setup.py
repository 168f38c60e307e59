"""First contact: from the installation to a mission that is set up, told by what people see."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from bot.sandbox.driver import Form, Person
from storage.audit import AuditEntry
from storage.missions import get_mission
from storage.people import Role, granted_roles
from tests.mission.homes import home_of
from tests.world import World

ADMIN = "Chief of staff"


def filled(form: Form) -> Form:
    """The setup form of the demo's mission, with everything that is not there by itself."""
    form.fill("Name of the mission", "UN Mission of the demo")
    form.choose("Cabinet channel", "cabinet")
    form.choose("Coordinator channel", "cabinet-office")
    return form


def open_setup(world: World) -> Form:
    admin = world.person(ADMIN)
    admin.runs("/mission setup")
    return admin.sees_form("Set up")


def private_channel(person: Person, name: str) -> str:
    answer = person.wire.post("channel/create", **{"as": person.id}, name=name, private=True)
    return str(answer["channel"]["id"])


def test_before_the_setup_everybody_learns_who_can_do_it(fresh: World) -> None:
    member = fresh.person("WFP focal point")
    assert "Set me up first" not in member.runs("/mission").text
    refused = member.runs("/mission setup").text
    assert "admin" in refused
    card = fresh.person(ADMIN).runs("/mission").message
    assert "Set me up first" in card.text
    form = card.press("Set up")
    assert form is not None
    assert form.title == "Set up the mission"


def test_a_workspace_admin_sets_the_mission_up_in_one_form(fresh: World) -> None:
    form = open_setup(fresh)
    assert form.value("Time zone") == "Africa/Juba"
    form.choose("Time zone", "Africa/Nairobi")
    form.choose("Working days", "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday")
    form.choose("I also write to people in", "French")
    done = filled(form).submit()
    assert done is not None
    assert done.title == "Saved"
    assert "You are now an admin" in done.text
    fresh.settle()
    with fresh.database() as session:
        mission = get_mission(session, fresh.mission_id)
        assert (mission.name, mission.zone) == ("UN Mission of the demo", "Africa/Nairobi")
        assert mission.working_days == [0, 1, 2, 3, 6]
        assert mission.languages == ["en", "fr"]
        assert mission.set_up_at == fresh.now
        assert granted_roles(session, mission.id, fresh.user_id(ADMIN)) == {Role.ADMIN}
        verbs = list(session.scalars(select(AuditEntry.verb).where(AuditEntry.verb.like("mission.%"))))
        assert verbs == ["mission.set_up"]
    assert fresh.undelivered() == []


def test_coordinators_are_welcomed_once_however_often_the_setup_is_saved(fresh: World) -> None:
    filled(open_setup(fresh)).submit()
    fresh.settle()
    admin = fresh.person(ADMIN)
    welcome = admin.sees("is now set up", in_="#cabinet-office")
    assert "/agency import" in welcome.text
    admin.form.close(everything=True)  # type: ignore[union-attr]
    again = open_setup(fresh)
    assert again.value("Name of the mission") == "UN Mission of the demo"
    again.fill("Name of the mission", "Another name").submit()
    fresh.settle()
    greetings = [one for one in admin.messages(in_="#cabinet-office") if "is now set up" in one.text]
    assert len(greetings) == 1
    with fresh.database() as session:
        assert get_mission(session, fresh.mission_id).settings_version > 2


def test_mistakes_are_told_at_their_fields_and_what_was_typed_stays(fresh: World) -> None:
    form = filled(open_setup(fresh))
    form.fill("Name of the mission", "🕊️").fill("The working day ends", "08:00")
    refused = form.submit()
    assert refused is not None
    assert set(refused.errors) == {"Name of the mission", "The working day ends"}
    assert "09:00" in refused.errors["The working day ends"]
    assert refused.fill("Name of the mission", "UNMISS").fill("The working day ends", "16:30").submit() is not refused
    with fresh.database() as session:
        assert get_mission(session, fresh.mission_id).name == "UNMISS"


def test_a_private_channel_without_us_is_refused_until_we_are_invited(fresh: World) -> None:
    admin = fresh.person(ADMIN)
    private_channel(admin, "leadership")
    form = filled(open_setup(fresh)).choose("Cabinet channel", "leadership")
    fresh.settle()
    refused = form.submit()
    assert refused is not None
    assert "/invite @Rapporteur" in refused.errors["Cabinet channel"]
    fresh.present.now += timedelta(seconds=5)
    admin.runs("/invite @Rapporteur", in_="#leadership")
    fresh.settle()
    done = refused.submit()
    assert done is not None
    assert done.title == "Saved"


def test_a_channel_slack_has_not_told_about_is_checked_after_saving(fresh: World) -> None:
    admin = fresh.person(ADMIN)
    private_channel(admin, "leadership")
    done = filled(open_setup(fresh)).choose("Coordinator channel", "leadership").submit()
    assert done is not None
    assert "I am asking Slack" in done.text
    fresh.settle()
    advice = admin.direct_message_from("Rapporteur", "/invite @Rapporteur")
    admin.form.close(everything=True)  # type: ignore[union-attr]
    admin.sees_no("is now set up", in_="#leadership")
    admin.runs("/invite @Rapporteur", in_="#leadership")
    fresh.settle()
    admin.sees("is now set up", in_="#leadership")
    advice.press("Check again")
    fresh.settle()
    admin.direct_message_from("Rapporteur", "this works now")
    assert fresh.undelivered() == []


def test_after_the_setup_the_start_shows_what_is_missing(world: World) -> None:
    card = world.person(ADMIN).runs("/mission")
    assert "What is missing" in card.text
    assert "No days off are entered: `/mission calendar`" in card.text
    assert "Monday to Friday" in card.text
    reader = world.person("Mission reader").runs("/mission").message
    assert "Change the setup" not in reader.buttons


def test_each_person_reads_their_own_language(world: World) -> None:
    french = world.person("Humanitarian coordinator")
    assert "Fuseau horaire" in french.runs("/mission").text
    assert "Montre ce qui est configuré" in french.runs("/mission help").text
    assert "Il faut l’un de ces rôles" in french.runs("/mission setup").text


def test_only_admins_change_a_mission_that_is_set_up(world: World) -> None:
    refused = world.person("Cabinet secretary").runs("/mission setup")
    assert ADMIN in refused.text
    assert world.person("Cabinet secretary").form is None


def test_home_before_and_after_the_setup(fresh: World) -> None:
    fresh.clock.run_all()
    fresh.settle()
    assert "One of these workspace admins" in home_of(fresh, "Mission reader").text
    form = home_of(fresh, ADMIN).press("Set up")
    assert form is not None
    filled(form).submit()
    fresh.settle()
    assert "Set up" not in home_of(fresh, ADMIN).buttons

"""Who holds which role: looking, changing, being told."""

from __future__ import annotations

from sqlalchemy import select

from bot.sandbox.driver import Form
from storage.audit import history
from storage.people import Role, RoleGrant, granted_roles
from tests.world import World

ADMIN = "Chief of staff"


def open_roles(world: World) -> Form:
    admin = world.person(ADMIN)
    form = admin.runs("/mission roles").press("Change roles")
    assert form is not None
    return form


def test_everybody_may_look_and_only_admins_change(world: World) -> None:
    reader = world.person("Mission reader")
    card = reader.runs("/mission roles").message
    assert "SRSG office: @SRSG" in card.text.replace("*", "")
    assert "Duty officer: nobody yet" in card.text.replace("*", "")
    assert "Change roles" not in card.buttons


def test_a_new_holder_is_told_once_in_their_language_what_the_role_means(world: World) -> None:
    form = open_roles(world).choose("Duty officer", "UNICEF focal point")
    form.choose("Observer", "UNICEF focal point", "Mission reader")
    world.settle()
    form.submit()
    world.settle()
    told = world.person("Mission reader").direct_message_from("Rapporteur", "May read what is Unclassified")
    assert "gave you a role" in told.text
    messages = world.person("UNICEF focal point").messages(in_="Rapporteur")
    [told_once] = [one for one in messages if ADMIN in one.text]
    assert "Fonctionnaire de permanence" in told_once.text
    with world.database() as session:
        unicef = world.user_id("UNICEF focal point")
        assert granted_roles(session, world.mission_id, unicef) == {Role.DUTY_OFFICER, Role.OBSERVER}
        [entry] = history(session, world.mission_id, "role", "duty_officer")
        assert entry.details == {"added": [unicef], "removed": []}
        assert entry.actor == world.user_id(ADMIN)


def test_the_last_admin_stays(world: World) -> None:
    form = open_roles(world)
    answered = form.choose("Admin").submit()
    assert answered is not None
    assert "Admin" in answered.errors
    answered.choose("Admin", "Cabinet secretary").submit()
    world.settle()
    with world.database() as session:
        query = select(RoleGrant.user_id).where(RoleGrant.role == Role.ADMIN)
        assert list(session.scalars(query)) == [world.user_id("Cabinet secretary")]
    assert "Change roles" not in world.person(ADMIN).runs("/mission roles").message.buttons


def test_a_guest_can_be_anything_but_admin(world: World) -> None:
    form = open_roles(world).choose("Admin", ADMIN, "Visiting guest")
    world.settle()
    refused = form.submit()
    assert refused is not None
    assert "guests" in refused.errors["Admin"]
    refused.choose("Admin", ADMIN).choose("Observer", "Visiting guest").submit()
    world.settle()
    guest = world.person("Visiting guest")
    guest.direct_message_from("Rapporteur", "Observer")
    assert "Coordinator" in guest.runs("/mission roles").text


def test_two_admins_cannot_undo_each_other_unseen(world: World) -> None:
    open_roles(world).choose("Admin", ADMIN, "Cabinet secretary").submit()
    world.settle()
    slow = world.person(ADMIN).runs("/mission roles").press("Change roles")
    quick = world.person("Cabinet secretary").runs("/mission roles").press("Change roles")
    assert slow is not None
    assert quick is not None
    quick.choose("Duty officer", "Mission reader").submit()
    refused = slow.choose("Observer", "Mission reader").submit()
    assert refused is not None
    assert any("Somebody else changed roles" in error for error in refused.errors.values())


def test_one_persons_roles_in_mission_and_agencies(world: World) -> None:
    reader = world.person("Mission reader")
    assert "WFP: focal point" in reader.runs("/mission roles @wfp.focal.point").text.replace("*", "")
    assert "Admin" in reader.runs("/mission roles @chief.of.staff").text
    assert "has no role" in reader.runs("/mission roles @reader").text
    assert "with @" in reader.runs("/mission roles somebody").text

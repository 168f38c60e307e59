"""Questions are built one by one, from lines or from a template, in two languages, and asked as they were built."""

from __future__ import annotations

from bot.sandbox.driver import Form
from storage.updates.rounds import Round
from tests.updates.test_answering import WFP
from tests.updates.test_planning import after, plans, rounds, runs, schedule
from tests.world import World

SECRETARY = "Cabinet secretary"


def built(world: World) -> Form:
    """A round with two lines, of which the second is made a choice in both languages."""
    form = runs(world.person(SECRETARY), "/update round Bor road")
    assert form.value("Title") == "Bor road"
    form.fill("Questions", "What did you see?\nIs the road open?")
    question = after(form.press("Add a question")).fill("Question", "How many trucks wait?").choose("Answer", "number")
    form = after(question.fill("Unit of a number", "trucks").submit())
    assert "3. How many trucks wait? _(number, trucks)_" in form.text
    assert form.value("Questions") in (None, "")
    return form


def test_a_round_is_built_previewed_and_asked(world: World) -> None:
    form = built(world)
    road = after(pick(form, "2. Is the road open?", "Edit question"))
    refused = after(road.choose("Answer", "one of several choices").submit())
    assert "Give at least two choices" in str(refused.errors)
    road = refused.fill("Choices, one on each line", "open\nclosed").fill(
        "Question in French", "La route est-elle ouverte ?"
    )
    road = road.fill("Choices in French, in the same order", "ouverte\nfermée").check(
        "How it is asked", "An answer is required"
    )
    form = after(road.choose("In the digest", "All agencies together: totals and counts").submit())
    assert "2. Is the road open? _(one of: open / closed, required, all agencies together in the digest)_" in form.text
    form = after(pick(form, "2. Is the road open?", "Move up"))
    assert "1. Is the road open?" in form.text
    shown = after(form.press("Preview in French"))
    assert "La route est-elle ouverte ?" in shown.fields
    assert [one["text"]["text"] for one in shown.options("La route est-elle ouverte ?")] == ["ouverte", "fermée"]
    form = after(shown.close())
    assert after(form.submit()).submit() is None
    world.settle()
    [this] = rounds(world)
    assert [(one["id"], one["text"]) for one in this.questions] == [
        ("q2", "Is the road open?"),
        ("q1", "What did you see?"),
        ("q3", "How many trucks wait?"),
    ]
    answered_in_two_languages(world, this)


def answered_in_two_languages(world: World, this: Round) -> None:
    for name, words in (("UNICEF focal point", "La route est-elle ouverte ?"), (WFP, "Is the road open?")):
        world.person(name).runs("/update submit")
        form = world.person(name).form
        assert form is not None
        chosen = "fermée" if name.startswith("UNICEF") else "open"
        assert form.choose(words, chosen).submit() is None
    world.go_to(this.digest_at)
    digest = next(one for one in world.person(SECRETARY).messages(in_="#cabinet") if "digest" in one.text)
    assert "Is the road open?: open *1*, closed *1*" in digest.text
    assert "*WFP*: open" not in digest.text


def pick(form: Form, row: str, line: str) -> Form | None:
    """Choose a line of the menu that stands beside a question."""
    block = next(one for one in form.blocks if row in str(one.get("text", {}).get("text", "")))
    option = next(one for one in block["accessory"]["options"] if one["text"]["text"] == line)
    form._taken(form._act(block, block["accessory"], value=option["value"]))
    return form.person.form


def test_a_plan_begins_from_a_template_in_both_languages(world: World) -> None:
    form = after(schedule(world).press("New plan"))
    form.choose("Begin from a template", "Flash update")
    form = after(world.person(SECRETARY).form)
    assert form.value("Title") == "Flash update"
    for _step in range(6):
        form = after(form.submit())
    [plan] = plans(world)
    assert [one["id"] for one in plan.questions] == ["q1", "q2", "q3", "q4", "q5"]
    assert plan.questions[0]["text_fr"] == "Que s’est-il passé, où et quand\N{NO-BREAK SPACE}?"

"""Every text has a French translation that says the same things in the same places."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from bot.tools.translations import Text, as_text, by_home, conflicts, find_texts, forms_of, renewed, untranslated
from commands.kit.words import (
    _,
    available_languages,
    catalogue_files,
    current_language,
    language_of,
    ngettext,
    read_catalogue,
    read_file,
    speaking,
)

TEXTS = find_texts()
TRANSLATED = [language for language in available_languages() if language != "en"]
PLACEHOLDER = re.compile(r"\{[^{}]*\}")
MARKS = ("`", "*", "\n")


@pytest.fixture(scope="module", params=TRANSLATED)
def catalogue(request: pytest.FixtureRequest) -> Catalog:
    return read_catalogue(request.param)


def pairs(catalogue: Catalog) -> list[tuple[str, str]]:
    """Every form of every text with its translation."""
    found = []
    for text in TEXTS:
        message = catalogue.get(text.english, text.context)
        forms = forms_of(message) if message else ()
        if forms and all(forms):
            found += zip((text.english, *[text.plural or ""] * (len(forms) - 1)), forms, strict=True)
    return found


def test_french_is_there() -> None:
    assert "fr" in TRANSLATED


def test_no_text_is_left_untranslated(catalogue: Catalog) -> None:
    language = str(catalogue.locale)
    missing = untranslated(renewed(TEXTS, language, catalogue))
    advice = f"run `python -m bot words {language}` and translate in every room's locale"
    assert not missing, f"{advice}:\n" + "\n".join(missing)


def test_a_translation_has_the_same_placeholders(catalogue: Catalog) -> None:
    few = catalogue.num_plurals <= 2
    wrong = []
    for english, translated in pairs(catalogue):
        expected, found = (set(PLACEHOLDER.findall(text)) for text in (english, translated))
        # Where a form is for one number alone, as the Arabic dual is, the word says the number.
        if found != (expected if few else expected - ({"{count}"} - found)):
            wrong.append((english, translated))
    assert wrong == []


def test_a_translation_has_the_same_markup(catalogue: Catalog) -> None:
    wrong = [
        (english, translated)
        for english, translated in pairs(catalogue)
        if any(english.count(mark) != translated.count(mark) for mark in MARKS)
        or english[:1].isspace() != translated[:1].isspace()
        or english[-1:].isspace() != translated[-1:].isspace()
    ]
    assert wrong == []


def test_a_translation_ends_as_the_text_does(catalogue: Catalog) -> None:
    marks = (".", "?", ":", "…")
    wrong = [
        (english, translated)
        for english, translated in pairs(catalogue)
        if any(english.endswith(mark) != translated.endswith(mark) for mark in marks)
    ]
    assert wrong == []


def test_french_leaves_dates_and_agencies_without_a_preposition_that_would_have_to_change() -> None:
    # Slack draws a moment as « aujourd’hui 16:00 », and « de » before an agency is « d’ » before OIM.
    moment = r"(?:le|au|du|jusqu’au|jusqu’à|depuis)\s\{(?:when|until|at)\}"
    agency = r"(?:de|du)\s\{(?:agency|code|zone)\}"
    wrong = re.compile(rf"\b(?:{moment}|{agency})")
    assert [translated for _english, translated in pairs(read_catalogue("fr")) if wrong.search(translated)] == []


def test_nothing_is_kept_that_no_longer_exists(catalogue: Catalog) -> None:
    known = {text.key for text in TEXTS}
    keys = [(one.context, one.id if isinstance(one.id, str) else one.id[0]) for one in catalogue if one.id]
    assert [key for key in keys if key not in known] == []


def test_two_rooms_never_translate_one_text_in_two_ways(catalogue: Catalog) -> None:
    language = str(catalogue.locale)
    found = conflicts(read_file(path, language) for path in catalogue_files(language))
    assert found == [], "give each use a context: pgettext(context, text)"


def test_every_text_stands_in_its_own_rooms_file(catalogue: Catalog) -> None:
    language = str(catalogue.locale)
    homes = by_home(TEXTS)
    assert {path.parent.parent.name for path in catalogue_files(language)} == set(homes)
    for path in catalogue_files(language):
        expected = as_text(renewed(homes[path.parent.parent.name], language, catalogue), language)
        assert path.read_text(encoding="utf-8") == expected, f"run `python -m bot words {language}`"


def test_a_text_of_the_kit_is_kept_once_and_a_rooms_own_beside_it() -> None:
    texts = [Text(english, None, file) for english, file in (("Save", "bot/a.py"), ("Save", "commands/x/views.py"))]
    own = Text("Mine", None, "commands/x/views.py")
    other = Text("Save", None, "commands/x/views.py", "goalkeeper")
    assert by_home([*texts, own, other]) == {"kit": texts[:1], "x": [own, other]}


def test_one_text_is_never_both_with_and_without_a_plural() -> None:
    plurals: dict[tuple[str | None, str], set[str | None]] = {}
    for text in TEXTS:
        plurals.setdefault(text.key, set()).add(text.plural)
    assert {key: forms for key, forms in plurals.items() if len(forms) > 1} == {}


def test_texts_are_found_wherever_they_are_written(tmp_path: Path) -> None:
    (tmp_path / "commands" / "room").mkdir(parents=True)
    (tmp_path / "bot" / "sandbox").mkdir(parents=True)
    (tmp_path / "bot" / "sandbox" / "page.py").write_text('_("developers only")')
    (tmp_path / "commands" / "room" / "views.py").write_text(
        'a = f"{_(\'inside\')}"\nb = _(\n    "two "\n    "parts"\n)\nc = ngettext("{n} day", "{n} days", n)\n'
        'd = Sub("word", "", "Says a word.", verb)\n'
        'e = Command(name="/x", summary="A command", start_summary="Starts")\n'
        'f = pgettext("button", "Open")\ng = npgettext("of bread", "{n} roll", "{n} rolls", n)\n'
    )
    found = find_texts(tmp_path)
    assert {(text.context, text.english, text.plural) for text in found} == {
        (None, "inside", None),
        (None, "two parts", None),
        (None, "{n} day", "{n} days"),
        (None, "Says a word.", None),
        (None, "A command", None),
        (None, "Starts", None),
        ("button", "Open", None),
        ("of bread", "{n} roll", "{n} rolls"),
    }
    assert {text.file for text in found} == {"commands/room/views.py"}


@pytest.mark.parametrize(
    "hidden",
    [
        '_(f"hello {name}")',
        "_(text)",
        '_("a" + b)',
        'ngettext("a", b, 2)',
        'ngettext("a", one.many, 2)',
        'pgettext(context, "Open")',
        'pgettext("button", one.label)',
        'pgettext("Open")',
        'npgettext("button", "a", b, 2)',
    ],
)
def test_a_text_that_nobody_could_translate_is_an_error(tmp_path: Path, hidden: str) -> None:
    (tmp_path / "bot").mkdir()
    (tmp_path / "bot" / "views.py").write_text(hidden)
    with pytest.raises(ValueError, match=r"bot/views.py, line 1"):
        find_texts(tmp_path)


def test_renewing_keeps_translations_and_a_second_time_changes_nothing() -> None:
    texts = [Text("Hello", None, "bot/a.py"), Text("{n} day", "{n} days", "bot/a.py"), Text("New", None, "bot/a.py")]
    old = Catalog(locale="fr")
    old.add("Hello", "Bonjour")
    old.add("Gone", "Parti")
    old.add(("{n} day", "{n} days"), ("{n} jour", "{n} jours"))
    new = renewed(texts, "fr", old)
    assert str(new.get("Hello").string) == "Bonjour"
    assert new.get("Gone") is None
    assert untranslated(new) == ["New"]
    assert as_text(new, "fr") == as_text(renewed(texts, "fr", new), "fr")


def test_french_counts_nothing_and_one_as_one() -> None:
    forms = ("{count} day off added.", "{count} days off added.")
    with speaking("fr"):
        singular, also_singular, plural = (ngettext(*forms, count) for count in (0, 1, 2))
    assert singular == also_singular != plural
    with speaking("en"):
        assert [ngettext(*forms, count) for count in (0, 1, 2)] == [forms[1], forms[0], forms[1]]


def test_a_language_we_do_not_speak_reads_english() -> None:
    with speaking("xx"):
        assert _("Save") == "Save"
        assert ngettext("{count} day off added.", "{count} days off added.", 2) == "{count} days off added."
    assert current_language() == "en"


@pytest.mark.parametrize(
    ("locale", "offered", "language"),
    [
        ("fr-FR", ["en", "fr"], "fr"),
        ("fr_CA", ["en", "fr"], "fr"),
        ("FR", ["en", "fr"], "fr"),
        ("fr-FR", ["en"], "en"),
        ("de-DE", ["fr", "en"], "fr"),
        ("", ["fr"], "fr"),
        ("en-GB", [], "en"),
    ],
)
def test_a_person_reads_their_own_language_where_the_mission_offers_it(
    locale: str, offered: list[str], language: str
) -> None:
    assert language_of(locale, offered) == language

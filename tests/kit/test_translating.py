"""One English text with two meanings, languages that count in other ways, and a translator's way through the files."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.tools.translations import renew
from commands.kit.words import _, npgettext, pgettext, read_catalogue, speaking, translations

ROOT = Path(__file__).parent.parent.parent
# As Unicode counts in Arabic, with the last two forms in the order that most Arabic catalogues have.
ARABIC = (
    "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5);"
)
DAYS = ("لا أيام", "يوم واحد", "يومان", "{n} أيام", "{n} يوما", "{n} يوم")


def write_catalogue(rooms: Path, room: str, language: str, rule: str, body: str) -> Path:
    folder = rooms / room / "locale"
    folder.mkdir(parents=True, exist_ok=True)
    head = f'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: {rule}\\n"\n\n'
    path = folder / f"{language}.po"
    path.write_text(head + body, encoding="utf-8")
    return path


def counted(forms: tuple[str, ...]) -> str:
    lines = [f'msgstr[{number}] "{form}"' for number, form in enumerate(forms)]
    return "\n".join(['msgid "{n} day"', 'msgid_plural "{n} days"', *lines, ""])


@pytest.mark.parametrize(("count", "form"), [(0, 0), (1, 1), (2, 2), (3, 3), (11, 4), (100, 5), (103, 3), (111, 4)])
def test_arabic_has_its_six_forms(tmp_path: Path, count: int, form: int) -> None:
    write_catalogue(tmp_path, "room", "ar", ARABIC, counted(DAYS))
    assert translations("ar", tmp_path).ngettext("{n} day", "{n} days", count) == DAYS[form]


def test_a_language_counts_by_the_rule_in_its_file_not_by_one_we_know(tmp_path: Path) -> None:
    rule = "nplurals=2; plural=(n % 10 == 7);"
    write_catalogue(tmp_path, "room", "fr", rule, counted(("{n} jour", "{n} jours")))
    found = [translations("fr", tmp_path).ngettext("{n} day", "{n} days", count) for count in (1, 2, 7, 17)]
    assert found == ["{n} jour", "{n} jour", "{n} jours", "{n} jours"]


def test_two_files_of_a_language_that_count_differently_are_an_error(tmp_path: Path) -> None:
    write_catalogue(tmp_path, "one", "ar", ARABIC, counted(DAYS))
    write_catalogue(tmp_path, "two", "ar", "nplurals=2; plural=(n > 1);", "")
    with pytest.raises(ValueError, match=r"two/locale/ar\.po"):
        read_catalogue("ar", tmp_path)


def test_a_form_that_is_not_translated_yet_reads_english(tmp_path: Path) -> None:
    write_catalogue(tmp_path, "room", "ar", ARABIC, counted(("", "يوم واحد", "", "", "", "")))
    found = [translations("ar", tmp_path).ngettext("{n} day", "{n} days", count) for count in (1, 3)]
    assert found == ["يوم واحد", "{n} days"]


def test_a_text_that_one_room_has_not_translated_yet_is_read_from_the_other(tmp_path: Path) -> None:
    rule = "nplurals=2; plural=(n > 1);"
    write_catalogue(tmp_path, "alpha", "fr", rule, 'msgid "Close"\nmsgstr ""\n\n' + counted(("", "")))
    write_catalogue(
        tmp_path, "beta", "fr", rule, 'msgid "Close"\nmsgstr "Fermer"\n\n' + counted(("{n} jour", "{n} jours"))
    )
    french = translations("fr", tmp_path)
    assert [french.gettext("Close"), french.ngettext("{n} day", "{n} days", 2)] == ["Fermer", "{n} jours"]


def test_one_english_word_with_two_meanings_has_two_translations(tmp_path: Path) -> None:
    body = (
        'msgctxt "button"\nmsgid "Open"\nmsgstr "Ouvrir"\n\nmsgctxt "actions"\nmsgid "Open"\nmsgstr "Ouvertes"\n\n'
        'msgctxt "bread"\nmsgid "{n} roll"\nmsgid_plural "{n} rolls"\nmsgstr[0] "{n} pain"\nmsgstr[1] "{n} pains"\n'
    )
    write_catalogue(tmp_path, "room", "fr", "nplurals=2; plural=(n > 1);", body)
    french = translations("fr", tmp_path)
    assert [french.pgettext(context, "Open") for context in ("button", "actions", "other")] == [
        "Ouvrir",
        "Ouvertes",
        "Open",
    ]
    assert french.gettext("Open") == "Open"
    assert [french.npgettext("bread", "{n} roll", "{n} rolls", count) for count in (0, 2)] == ["{n} pain", "{n} pains"]


@pytest.mark.parametrize("language", ["en", "xx"])
def test_english_shows_no_context(language: str) -> None:
    with speaking(language):
        assert pgettext("button", "Open") == "Open"
        assert [npgettext("bread", "{n} roll", "{n} rolls", count) for count in (1, 2)] == ["{n} roll", "{n} rolls"]


def test_a_text_that_is_empty_stays_empty() -> None:
    with speaking("fr"):
        assert _("") == ""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Two rooms with a few texts."""
    for room, code in (
        ("alpha", '_("Save")\n_("Close")\nngettext("{n} day", "{n} days", n)\n'),
        ("beta", '_("Close")\npgettext("state of a round", "Close")\n'),
        ("kit", '_("Save")\n'),
    ):
        (tmp_path / "commands" / room).mkdir(parents=True)
        (tmp_path / "commands" / room / "views.py").write_text(code)
    return tmp_path


def test_a_new_language_gets_files_that_count_as_it_does(project: Path) -> None:
    left = renew("ar", project)
    assert sorted(left) == sorted(
        f"to translate: {text}" for text in ("Close", "Close", "{n} day", "[state of a round] Close", "Save")
    )
    written = (project / "commands" / "alpha" / "locale" / "ar.po").read_text(encoding="utf-8")
    assert "nplurals=6" in written
    assert 'msgstr[5] ""' in written
    assert not (project / "commands" / "alpha" / "locale" / "fr.po").exists()
    in_beta = (project / "commands" / "beta" / "locale" / "ar.po").read_text(encoding="utf-8")
    assert 'msgctxt "state of a round"\nmsgid "Close"' in in_beta


def test_a_translators_own_rule_and_words_are_kept(project: Path) -> None:
    rooms = project / "commands"
    body = counted(DAYS) + '\nmsgid "Close"\nmsgstr "إغلاق"\n'
    written = write_catalogue(rooms, "alpha", "ar", ARABIC, body)
    assert len(renew("ar", project)) == 2  # "Close" of beta is the same text; one with a context and "Save" are left
    assert ARABIC in written.read_text(encoding="utf-8")
    found = read_catalogue("ar", rooms).get("{n} day")
    assert found is not None
    assert found.string == DAYS


def test_a_translators_comment_stays_and_an_unsure_translation_is_not_shown_yet(project: Path) -> None:
    rooms, rule = project / "commands", "nplurals=2; plural=(n > 1);"
    body = '# Ask the mission.\n#, fuzzy\nmsgid "Close"\nmsgstr "Clore"\n'
    written = write_catalogue(rooms, "alpha", "fr", rule, body)
    assert "to translate: Close" in renew("fr", project)
    kept = written.read_text(encoding="utf-8")
    assert "# Ask the mission.\n" in kept
    assert '#, fuzzy\nmsgid "Close"\nmsgstr "Clore"' in kept
    assert translations("fr", rooms).gettext("Close") == "Close"


def test_a_text_that_two_rooms_translate_differently_is_told_and_neither_is_lost(project: Path) -> None:
    rooms, rule = project / "commands", "nplurals=2; plural=(n > 1);"
    files = [
        write_catalogue(rooms, room, "fr", rule, f'msgid "Close"\nmsgstr "{word}"\n')
        for room, word in (("alpha", "Fermer"), ("beta", "Clore"))
    ]
    assert "two translations, give each a context: Close: Clore or Fermer" in renew("fr", project)
    kept = [path.read_text(encoding="utf-8") for path in files]
    assert ["Fermer" in kept[0], "Clore" in kept[1]] == [True, True]


def test_the_command_writes_the_files_and_says_what_is_left(tmp_path: Path) -> None:
    for folder in ("bot", "commands", "storage"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    file = tmp_path / "commands" / "kit" / "locale" / "fr.po"
    before = file.read_text(encoding="utf-8")
    file.write_text(before.replace('msgstr "chef d’organisme"', 'msgstr ""'), encoding="utf-8")
    (tmp_path / "bot" / "new.py").write_text('_("Hello, translators")')
    run = [sys.executable, "-m", "bot", "words", "fr"]
    done = subprocess.run(
        run, cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=True
    )
    assert done.stdout == "to translate: Hello, translators\nto translate: head of agency\n2 texts left to do\n"
    assert 'msgid "Hello, translators"\nmsgstr ""' in file.read_text(encoding="utf-8")

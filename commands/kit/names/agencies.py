"""Agencies in words: their kinds, their languages, and how one is named in a sentence.

Gesture: put into words.
"""

from __future__ import annotations

from collections.abc import Iterable

from babel import Locale, UnknownLocaleError

from commands.kit.cards import Block, option
from commands.kit.words import _, current_language
from storage.agencies import Agency, AgencyKind, Sphere
from storage.letters import begins_with, fits

# The six official languages of the United Nations, and Portuguese, which several missions work in.
WORKING_LANGUAGES = ("en", "fr", "es", "ar", "ru", "zh", "pt")


def kind_name(kind: str) -> str:
    """A kind of agency, as people say it."""
    return {
        AgencyKind.UN_AGENCY: _("UN agency, fund or programme"),
        AgencyKind.MISSION_COMPONENT: _("Mission component"),
        AgencyKind.NGO: _("NGO"),
        AgencyKind.RED_CROSS_RED_CRESCENT: _("Red Cross / Red Crescent"),
        AgencyKind.GOVERNMENT: _("Government"),
        AgencyKind.OTHER: _("Other"),
    }[AgencyKind(kind)]


def sphere_name(sphere: str) -> str:
    """What an agency is there for, as people say it."""
    return {
        Sphere.SUPPORT: _("Support of the mission"),
        Sphere.HUMANITARIAN: _("Humanitarian"),
        Sphere.HUMAN_RIGHTS: _("Human rights"),
        Sphere.DEVELOPMENT: _("Development"),
        Sphere.UNIFORMED: _("Uniformed: military, police"),
        Sphere.POLITICAL: _("Political"),
    }[Sphere(sphere)]


def agency_name(agency: Agency) -> str:
    """The agency's name in the reader's language."""
    return (agency.name_fr if current_language() == "fr" else "") or agency.name


def agency_option(agency: Agency) -> Block:
    """An agency as a choice: its code, then its name."""
    return option(f"{agency.code} · {agency_name(agency)}", str(agency.id))


def agencies_fitting(query: str, agencies: Iterable[Agency]) -> list[Agency]:
    """The agencies whose code or name, in either language, holds every word of `query`; codes that begin so first."""
    found = [one for one in agencies if fits(query, f"{one.code} {one.name} {one.name_fr}")]
    return sorted(found, key=lambda one: (not begins_with(query, one.code), one.code_key))


def language_name(code: str) -> str:
    """A language in the reader's language, with a capital letter; the code where nobody knows it."""
    try:
        name = Locale(code).get_display_name(current_language())
    except (UnknownLocaleError, ValueError):
        return code
    return f"{name[:1].upper()}{name[1:]}" if name else code

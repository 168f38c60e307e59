"""Kinds of agencies as lists name them: FTS organisation types, OCHA's organisation types, and everyday words."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache

from commands.kit.names.agencies import WORKING_LANGUAGES
from storage.agencies import AgencyKind
from storage.letters import folded

# Of ten letters eight are the same.
NEAR = 0.8
# Shorter words than this stand inside others by chance.
SHORTEST_INSIDE = 3

_WORDS = {
    AgencyKind.UN_AGENCY: "un agency;united nations;un;un agency fund or programme;un agencies;united nations agency;"
    "un entity;onu;agence des nations unies;agence onu;nations unies;agencia de la onu;naciones unidas;"
    "agence fonds ou programme des nations unies",
    AgencyKind.MISSION_COMPONENT: "mission component;mission;component;peacekeeping mission;military component;"
    "police component;composante de la mission;composante;componente de la mision",
    AgencyKind.NGO: "ngo;international ngo;ingo;national ngo;nngo;lngo;local ngo;non governmental organization;"
    "non governmental organisation;nongovernmental organization;civil society;civil society organization;cso;cbo;"
    "community based organization;religious;ong;ong internationale;ong nationale;ong locale;oingo;ongi;ongn;"
    "ong internacional;ong nacional;organisation non gouvernementale;organizacion no gubernamental;ngos",
    AgencyKind.RED_CROSS_RED_CRESCENT: "red cross red crescent;red cross;red crescent;rcrc;"
    "red cross red crescent movement;red cross and red crescent;croix rouge croissant rouge;croix rouge;"
    "croissant rouge;mouvement croix rouge;cruz roja;media luna roja;cruz roja media luna roja",
    AgencyKind.GOVERNMENT: "government;gov;govt;government agency;national government;local government;ministry;"
    "embassy;military;gouvernement;ministere;ambassade;gobierno;ministerio;authorities;government entity",
    AgencyKind.OTHER: "other;pooled fund;inter governmental;intergovernmental;intergovernmental organization;"
    "international organization;international organisation;io;private organization foundation;private sector;private;"
    "foundation;financial institution;donor;media;academic research;academia;academic and research institution;autre;"
    "organisation internationale;secteur prive;bailleur;otro;otra;organizacion internacional;multilateral;bilateral;"
    "multi donor fund;not specified;unknown",
}
_LANGUAGE_WORDS = {
    "en": "english;anglais;ingles",
    "fr": "french;francais;frances",
    "es": "spanish;espagnol;espanol;castellano",
    "ar": "arabic;arabe;العربية",
    "ru": "russian;russe;ruso;русский",
    "zh": "chinese;chinois;chino;中文",
    "pt": "portuguese;portugais;portugues",
}


@cache
def _kinds() -> dict[str, AgencyKind]:
    words = {folded(kind.value): kind for kind in AgencyKind}
    words.update({word: kind for kind, listed in _WORDS.items() for word in listed.split(";")})
    return words


@cache
def _languages() -> dict[str, str]:
    words = {code: code for code in WORKING_LANGUAGES}
    words.update({folded(word): code for code, listed in _LANGUAGE_WORDS.items() for word in listed.split(";")})
    return words


def kind_of(text: str) -> AgencyKind | None:
    """The kind that a text of a list means; None when nobody knows it.

    FTS puts several types into one cell: they count when all of them are known, and as Other when they differ.
    """
    whole = _kinds().get(folded(text))
    if whole:
        return whole
    parts = [_kinds().get(folded(part)) for part in re.split(r"[,;|]", text) if part.strip()]
    if not parts or None in parts:
        return None
    return parts[0] if len(set(parts)) == 1 else AgencyKind.OTHER


def near_kind(text: str) -> AgencyKind | None:
    """The kind that an unknown text may mean, as a proposal: nearly a word we know, or with one inside."""
    whole = folded(text)
    near = get_close_matches(whole, _kinds(), n=1, cutoff=NEAR)
    if near:
        return _kinds()[near[0]]
    inside = [word for word in _kinds() if len(word) >= SHORTEST_INSIDE and f" {word} " in f" {whole} "]
    return _kinds()[max(inside, key=len)] if inside else None


def language_of_text(text: str) -> str | None:
    """The code of the language that a text means: its code, or its name in English, French, Spanish or itself."""
    return _languages().get(folded(text))

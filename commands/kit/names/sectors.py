"""Sectors: the global clusters and areas of responsibility, and whatever else a mission calls a sector.

An agency's sectors are codes of this list (`HEA`) or, for a mission's own, the words somebody typed. The list is
OCHA's vocabulary of global coordination groups; its French names are OCHA's.

Gesture: look up.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from commands.kit.cards import Block, option
from commands.kit.words import current_language
from storage.letters import fits, folded

MOST_OPTIONS = 100
LONGEST_SECTOR = 60
# What people write in 3Ws and project lists, folded, for the sectors of the list.
_OTHER_WORDS = {
    "CCM": "cccm;camp management;camp coordination and camp management;camp coordination camp management",
    "PRO-CPN": "cp;proteccion de la infancia;proteccion de la ninez",
    "ERY": "early recovery and livelihoods;recuperacion temprana",
    "EDU": "educacion;education in emergencies;eie;education en situation durgence",
    "SHL": "shelter;shelter and nfi;shelter nfi;emergency shelter;nfi;abris;abri;abris et nfi;alojamiento;albergues",
    "TEL": "etc;emergency telecommunication;telecommunications;telecomunicaciones de emergencia",
    "FSC": "fs;fsl;fsac;food security and livelihoods;food security and agriculture;food assistance;"
    "seguridad alimentaria;securite alimentaire et moyens dexistence",
    "PRO-GBV": "gbv;vbg;gender based violence;genderbased violence;violences basees sur le genre;violencia de genero",
    "HEA": "salud;health cluster",
    "PRO-HLP": "hlp;ltb;housing land and property rights",
    "LOG": "logistica;logistics cluster",
    "PRO-MIN": "ma;mine action;deminage;action contre les mines;accion contra las minas;humanitarian mine action",
    "NUT": "nutricion;nutrition cluster",
    "PRO": "general protection;proteccion;protection cluster",
    "WSH": "wash;water sanitation and hygiene;eha;eau hygiene et assainissement;eau assainissement et hygiene;"
    "agua saneamiento e higiene;ash",
}


@dataclass(frozen=True, slots=True)
class Sector:
    """A cluster, or an area of responsibility within the Protection cluster."""

    code: str
    group: str
    en: str
    fr: str

    def name(self, language: str) -> str:
        """The sector's name in English or French; English for any other language."""
        return self.fr if language == "fr" else self.en


@cache
def sectors() -> dict[str, Sector]:
    """The list, by code, in the order of English names."""
    text = (files("commands.kit.names") / "sectors.csv").read_text(encoding="utf-8")
    return {row["code"]: Sector(**row) for row in csv.DictReader(text.splitlines())}


@cache
def _by_word() -> dict[str, str]:
    words: dict[str, str] = {}
    for sector in sectors().values():
        for word in (sector.code, sector.en, sector.fr, *_OTHER_WORDS.get(sector.code, "").split(";")):
            words.setdefault(folded(word), sector.code)
    return words


def sector_name(value: str) -> str:
    """A sector as its reader calls it; a mission's own sector as it was typed."""
    sector = sectors().get(value)
    return sector.name(current_language()) if sector else value


def sector_of(text: str) -> str:
    """The sector somebody means: a code of the list where the words are known, else the words themselves."""
    words = " ".join(text.split())
    return _by_word().get(folded(words), words)


def sector_order(value: str) -> tuple[int, str]:
    """For sorting sectors: those of the list by name, then a mission's own."""
    return (0 if value in sectors() else 1, folded(sector_name(value)))


def sector_option(value: str) -> Block:
    """A sector as a choice of a select."""
    return option(sector_name(value), value)


def search_sectors(query: str, own: Iterable[str] = ()) -> list[Block]:
    """Up to 100 choices that hold every word of `query`: the list first, then the mission's `own` sectors."""
    values = sorted({*sectors(), *own}, key=sector_order)
    found = [value for value in values if fits(query, _searched(value))]
    return [sector_option(value) for value in found[:MOST_OPTIONS]]


def _searched(value: str) -> str:
    sector = sectors().get(value)
    if sector is None:
        return value
    return " ".join((sector.code, sector.en, sector.fr, _OTHER_WORDS.get(sector.code, "")))

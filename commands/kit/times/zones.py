"""Finding a time zone the way people look for one: by city, by country (name or code), by offset from UTC.

Zones and their countries come from the tz database's `zone.tab`; names in other languages from Babel (CLDR).

Gesture: look up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale, UnknownLocaleError

from commands.kit.cards import Block, option
from storage.letters import folded

MOST_OPTIONS = 100
UTC_ZONE = "UTC"
# Winter and summer under the rules in force from now on: a select shows a zone's offsets, not those of one day.
OFFSETS_AT = (datetime(2030, 1, 1, 12, tzinfo=UTC), datetime(2030, 7, 1, 12, tzinfo=UTC))
# Duty stations that give no zone its name.
DUTY_STATIONS = {
    "Geneva Genève": "Europe/Zurich",
    "The Hague La Haye": "Europe/Amsterdam",
    "Bonn": "Europe/Berlin",
    "Brindisi": "Europe/Rome",
    "Valencia Valence": "Europe/Madrid",
    "Mitrovica Pristina": "Europe/Belgrade",
    "Naqoura": "Asia/Beirut",
    "Sana'a Hodeidah": "Asia/Aden",
    "Entebbe": "Africa/Kampala",
    "Goma Bukavu Bunia Beni Kalemie": "Africa/Lubumbashi",
    "Gao Timbuktu Tombouctou Mopti": "Africa/Bamako",
    "Malakal Bentiu Bor Wau": "Africa/Juba",
    "Bambari Bria Bouar": "Africa/Bangui",
    "Benghazi": "Africa/Tripoli",
    "Garowe Baidoa Kismayo": "Africa/Mogadishu",
    "Mazar Herat Kandahar": "Asia/Kabul",
    "Erbil Basra Mosul": "Asia/Baghdad",
}
# Names of the UN's own usage, and acronyms, where CLDR says something else.
UN_NAMES = {
    "CD": ("Democratic Republic of the Congo", "République démocratique du Congo", "DRC", "RDC"),
    "CF": ("CAR", "RCA"),
    "CG": ("Republic of the Congo", "République du Congo"),
    "GB": ("United Kingdom of Great Britain and Northern Ireland", "UK"),
    "IR": ("Islamic Republic of Iran", "République islamique d'Iran"),
    "KP": ("Democratic People's Republic of Korea", "République populaire démocratique de Corée", "DPRK", "RPDC"),
    "KR": ("Republic of Korea", "République de Corée"),
    "LA": ("Lao People's Democratic Republic", "République démocratique populaire lao"),
    "MD": ("Republic of Moldova", "République de Moldova"),
    "MK": ("North Macedonia", "Macédoine du Nord"),
    "PS": ("State of Palestine", "État de Palestine", "Occupied Palestinian Territory", "OPT", "TPO"),
    "RU": ("Russian Federation", "Fédération de Russie"),
    "SY": ("Syrian Arab Republic", "République arabe syrienne"),
    "TR": ("Türkiye", "Turkey"),
    "TZ": ("United Republic of Tanzania", "République-Unie de Tanzanie"),
    "US": ("United States of America", "États-Unis d'Amérique", "USA"),
    "VE": ("Bolivarian Republic of Venezuela", "République bolivarienne du Venezuela"),
    "VN": ("Viet Nam",),
}
_OFFSET = re.compile(r"(?:utc|gmt)?([+\-−])(\d{1,2})(?::?([0-5]\d))?")


@dataclass(frozen=True, slots=True)
class Zone:
    """One zone of one or more countries, with its offsets in winter and summer."""

    name: str
    countries: tuple[str, ...]
    offsets: tuple[timedelta, ...]


def is_zone(name: str) -> bool:
    """Whether this is the name of a zone of the tz database, an older name included."""
    return name == UTC_ZONE or ("/" in name and name in _known_names())


def search_zones(query: str, language: str) -> list[Block]:
    """Up to 100 choices for a select, best first; the value of each is the zone's name.

    Everything is found in English and in `language`, without case and accents.
    """
    wanted = folded(query)
    offset = _offset(query)
    found = []
    for zone in _zones():
        rank = _offset_rank(zone, offset) if offset is not None else _rank(zone, wanted, language)
        if rank is not None:
            found.append((rank, folded(_city(zone.name, language)), zone))
    found.sort(key=lambda entry: entry[:2])
    return [zone_option(zone.name, language) for _rank_of_it, _name, zone in found[:MOST_OPTIONS]]


def zone_option(name: str, language: str) -> Block:
    """One zone as a choice: city, country and offsets, the zone's name below it."""
    return option(zone_label(name, language), name, name)


def zone_label(name: str, language: str) -> str:
    """A zone for people: `Juba, South Sudan (UTC+02:00)`."""
    zone = _by_name(name)
    offsets = "/".join(dict.fromkeys(_spelled(offset) for offset in zone.offsets))
    if name == UTC_ZONE:
        return UTC_ZONE
    places = [_city(name, language)]
    places += [_country(code, language) for code in zone.countries[:1]]
    return f"{', '.join(places)} (UTC{offsets})"


def zone_countries(name: str) -> tuple[str, ...]:
    """The countries a zone is used in, by their codes of two letters; none for UTC and zones of no country."""
    return _by_name(name).countries


@cache
def _known_names() -> frozenset[str]:
    return frozenset(available_timezones())


@cache
def _zones() -> tuple[Zone, ...]:
    countries: dict[str, list[str]] = {UTC_ZONE: []}
    table = (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8")
    for line in table.splitlines():
        if line and not line.startswith("#"):
            code, _position, name = line.split("\t")[:3]
            countries.setdefault(name, []).append(code)
    return tuple(_zone(name, codes) for name, codes in countries.items())


@cache
def _by_name(name: str) -> Zone:
    return next((zone for zone in _zones() if zone.name == name), None) or _zone(name, ())


def _zone(name: str, countries: Iterable[str]) -> Zone:
    info = ZoneInfo(name)
    offsets = tuple(moment.astimezone(info).utcoffset() or timedelta() for moment in OFFSETS_AT)
    return Zone(name, tuple(countries), offsets)


def _rank(zone: Zone, wanted: str, language: str) -> int | None:
    """How well a zone answers a text; a lower number is better, None is not at all."""
    if not wanted:
        return 0 if zone.name == UTC_ZONE else 1
    cities, countries, codes = _names(zone.name, language)
    if wanted in codes or wanted in cities or wanted in countries:
        return 0
    if any(city.startswith(wanted) for city in cities):
        return 1
    if any(country.startswith(wanted) for country in countries):
        return 2
    everything = " ".join((*cities, *countries))
    return 3 if all(word in everything for word in wanted.split()) else None


def _offset_rank(zone: Zone, offset: timedelta) -> int | None:
    if offset not in zone.offsets:
        return None
    return 0 if set(zone.offsets) == {offset} else 1


@cache
def _names(name: str, language: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Folded names of a zone's cities and countries, and its country codes."""
    zone = _by_name(name)
    stations = [word for words, of in DUTY_STATIONS.items() if of == name for word in (*words.split(), words)]
    cities = [name, name.rsplit("/", 1)[-1], *stations, *(_city(name, one) for one in ("en", language))]
    countries = [_country(code, one) for code in zone.countries for one in ("en", language)]
    countries += [name for code in zone.countries for name in UN_NAMES.get(code, ())]
    codes = [code.casefold() for code in zone.countries]
    return tuple(map(folded, cities)), tuple(map(folded, countries)), tuple(codes)


@cache
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return Locale("en")


@cache
def _city(name: str, language: str) -> str:
    translated = _locale(language).time_zones.get(name, {}).get("city")
    return str(translated or name.rsplit("/", 1)[-1].replace("_", " "))


def _country(code: str, language: str) -> str:
    return str(_locale(language).territories.get(code, code))


def _offset(query: str) -> timedelta | None:
    match = _OFFSET.fullmatch(query.strip().casefold().replace(" ", ""))
    if match is None:
        return None
    sign, hours, minutes = match.groups()
    size = timedelta(hours=int(hours), minutes=int(minutes or 0))
    return size if sign == "+" else -size


def _spelled(offset: timedelta) -> str:
    minutes = round(abs(offset).total_seconds() / 60)
    return f"{'-' if offset < timedelta() else '+'}{minutes // 60:02d}:{minutes % 60:02d}"

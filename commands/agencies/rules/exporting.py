"""One agency as a row of the export: what an import reads, then what is only there to be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from commands.kit.names.agencies import kind_name, sphere_name
from commands.kit.names.sectors import sector_name
from commands.kit.tables.cells import named
from commands.kit.words import SOURCE_LANGUAGE, speaking
from storage.agencies import Agency
from storage.people import Role


def export_row(agency: Agency, names: Mapping[str, str]) -> list[str]:
    """The cells of an agency, in the order of the titles, in English whatever the reader's language."""
    with speaking(SOURCE_LANGUAGE):
        return [
            agency.code,
            agency.name,
            agency.name_fr,
            kind_name(agency.kind),
            "; ".join(sector_name(sector) for sector in agency.sectors),
            agency.duty_station,
            agency.zone,
            agency.language,
            agency.state,
            " ".join(agency.state_reason.split()),
            *(_people(agency.holders(role), names) for role in _ROLES),
            sphere_name(agency.sphere) if agency.sphere else "",
        ]


_ROLES = (Role.HEAD_OF_AGENCY, Role.FOCAL_POINT, Role.ALTERNATE)


def _people(user_ids: Iterable[str], names: Mapping[str, str]) -> str:
    return "; ".join(named(user, names) for user in user_ids)

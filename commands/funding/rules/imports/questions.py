"""What has to be asked about a file, and what somebody said.

A text that names no country we know is asked about; its rows count nowhere until somebody says what it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field

from commands.funding.rules.imports.issues import Issues, Kind
from storage.base import Json

# Under this name an import keeps what was said about its file.
SAID = "said"
MOST_QUESTIONS = 40


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said about a file.

    `places` is what texts mean that name no country we know, by `owners.place_key`: a code, or NOT_OURS.
    """

    places: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, options: Json | None) -> Said:
        """What an import keeps of it."""
        kept = (options or {}).get(SAID) or {}
        return cls(**{name: dict(kept.get(name) or {}) for name in cls.__dataclass_fields__})

    def as_json(self) -> Json:
        """For the import's record."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Questions:
    """What is asked about a file: `places` are texts that name no country we know, with the number of their rows."""

    places: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, issues: Issues) -> Questions:
        """The questions that the issues of a file raise, the most frequent first."""
        places = sorted(issues.asked(Kind.UNKNOWN_COUNTRY).items(), key=lambda one: (-one[1], one[0]))
        return cls(dict(places[:MOST_QUESTIONS]))

    def __bool__(self) -> bool:
        return bool(self.places)


def remembered(earlier: Iterable[Json]) -> dict[str, str]:
    """What was said about places in files that were imported, the latest last.

    That a file names no country at all says nothing about the next one.
    """
    found: dict[str, str] = {}
    for options in earlier:
        found.update(Said.of(options).places)
    return {text: meaning for text, meaning in found.items() if text}

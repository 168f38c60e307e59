"""Characters that some database, spreadsheet or document refuses: taken out where texts come in.

PostgreSQL takes no NUL, no database takes half of a surrogate pair, and neither XLSX nor DOCX takes the other control
characters. People never type them; they come along when somebody pastes from a PDF, a terminal or an old document.
"""

from __future__ import annotations

import re
from typing import Any

_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Word and PDF readers break lines and pages with these two.
_BREAKS = re.compile("[\x0b\x0c]")


def storable(value: Any) -> Any:
    """A value of a JSON document whose texts can be kept everywhere. Names of fields are left as they are."""
    if isinstance(value, str):
        return _REFUSED.sub("", _BREAKS.sub("\n", value)) if _REFUSED.search(value) else value
    if isinstance(value, dict):
        return {name: storable(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [storable(inner) for inner in value]
    return value

"""A drawn picture for each person: initials on a colour that follows from the id."""

import hashlib
from html import escape

_COLOURS = (
    "#2f5d8a",
    "#7a3e65",
    "#3d6b4f",
    "#8a5a2f",
    "#4b4f8f",
    "#8a3b3b",
    "#2f7377",
    "#5f6b2e",
    "#6a4c93",
    "#475569",
)


def avatar(name: str, seed: str) -> str:
    """An SVG of 72 by 72 pixels."""
    words = [word for word in name.split() if word[0].isalnum()]
    letters = "".join(word[0] for word in words[:2]).upper() or "?"
    colour = _COLOURS[int(hashlib.sha256(seed.encode()).hexdigest(), 16) % len(_COLOURS)]
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 72 72" width="72" height="72">'
        f'<rect width="72" height="72" rx="10" fill="{colour}"/>'
        '<text x="36" y="46" font-family="system-ui, sans-serif" font-size="28" font-weight="600" fill="#fff" '
        f'text-anchor="middle">{escape(letters)}</text></svg>'
    )

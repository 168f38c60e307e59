"""A chart as a picture file, for papers and presentations. Takes half a second: do it in the worker."""

from __future__ import annotations

import io
from collections.abc import Sequence
from textwrap import wrap

from commands.funding.rules.charting import CATEGORIES, Slice
from commands.funding.views.money import usd
from commands.kit.words import _
from storage.connection.writers import takes_long

INCH_PER_ROW, LEAST_HEIGHT, WIDTH = 0.42, 2.4, 8.6
FUNDED, UNMET = "#1F5C99", "#F2B880"
NAME = 34


def height_of(rows: int) -> float:
    """How high a chart of so many rows is for its width."""
    return max(LEAST_HEIGHT, INCH_PER_ROW * min(rows, CATEGORIES) + 1.2) / WIDTH


@takes_long
def bar_png(title: str, slices: Sequence[Slice]) -> bytes:
    """Funded and unmet as one bar a row, the figures written beside it, so that no colour has to be told apart."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - 60 MB that only the worker needs
    from matplotlib.figure import Figure  # noqa: PLC0415

    rows = list(reversed(slices))
    figure = Figure(figsize=(WIDTH, WIDTH * height_of(len(rows))), dpi=140)
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    places = range(len(rows))
    funded = [int(one.funded) for one in rows]
    unmet = [int(one.unmet or 0) for one in rows]
    axes.barh(places, funded, color=FUNDED, label=_("Funded"), height=0.62)
    axes.barh(places, unmet, left=funded, color=UNMET, hatch="//", edgecolor="white", label=_("Unmet"), height=0.62)
    most = max((one + other for one, other in zip(funded, unmet, strict=True)), default=0) or 1
    for place, one in enumerate(rows):
        # A dollar sign begins no formula here.
        end = funded[place] + unmet[place] + most * 0.01
        axes.text(end, place, _beside(one), va="center", fontsize=7, parse_math=False)
    axes.set_yticks(places, [_short(one.name) for one in rows], fontsize=8, parse_math=False)
    axes.set_xlim(0, most * 1.25)
    axes.xaxis.set_visible(False)
    for side in ("top", "right", "bottom"):
        axes.spines[side].set_visible(False)
    axes.set_title(title, fontsize=10, loc="left", fontweight="bold", parse_math=False)
    axes.legend(fontsize=7, loc="lower right", bbox_to_anchor=(1, 1), ncol=2, frameon=False)
    figure.tight_layout()
    file = io.BytesIO()
    figure.savefig(file, format="png", metadata={"Software": None})
    return file.getvalue()


def _beside(one: Slice) -> str:
    if one.unmet is None:
        return _("{funded} funded").format(funded=usd(one.funded))
    return _("{funded} funded\n{unmet} unmet").format(funded=usd(one.funded), unmet=usd(one.unmet))


def _short(name: str) -> str:
    return "\n".join(wrap(name, NAME, max_lines=2, placeholder="…")) or name

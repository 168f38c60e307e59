"""What is wrong or odd in a file, in plain words."""

from __future__ import annotations

from commands.funding.rules.imports.issues import Example, Found, Issues, Kind
from commands.kit.tables import CellValue
from commands.kit.words import _, ngettext, pgettext

LONGEST_LIST = 4


def issue_text(kind: Kind) -> str:
    """What is wrong, and what to do where something can be done."""
    texts = {**_about_rows(), **_about_amounts(), **_about_flows(), **_about_sources(), **_about_the_rest()}
    return texts[kind]


def _about_rows() -> dict[Kind, str]:
    return {
        Kind.SHORT_ROW: _("The row has fewer cells than the header: the file may be cut off."),
        Kind.LONG_ROW: _("The row has more cells than the header: a text with a comma may lack its quotation marks."),
        Kind.NO_ID: _("The flow has no id."),
        Kind.ODD_ID: _("This is no id of FTS."),
        Kind.NO_YEAR: _("The year is missing or is none."),
        Kind.NO_CLUSTER: _("The cluster is missing."),
        Kind.CONFLICT: _("The same id stands in several rows that contradict each other; none of them is taken."),
        Kind.TWICE: _("The same row stands several times; it is taken once."),
    }


def _about_amounts() -> dict[Kind, str]:
    return {
        Kind.NO_AMOUNT: _("The amount is empty; unknown is not zero."),
        Kind.NO_NUMBER: _("This is no number."),
        Kind.FORMULA: _("This is a formula, not a number. Save the values only."),
        Kind.AMBIGUOUS: _("This could be thousands or decimals, and no other cell of the column settles it."),
        Kind.DIGITS_LOST: _("A spreadsheet has shortened this number and its last digits are lost. Download it again."),
        Kind.TOO_LARGE: _("The amount is larger than anything FTS has ever recorded."),
        Kind.SEPARATORS: _("Thousands separators; read as one number."),
        Kind.ROUNDED: _("More than two decimals; rounded to the cent."),
        Kind.NEGATIVE: _("Negative amount: it lowers the total."),
        Kind.ZERO: _("Amount of 0."),
    }


def _about_flows() -> dict[Kind, str]:
    return {
        Kind.ODD_BOUNDARY: _("The boundary is neither incoming, internal nor outgoing."),
        Kind.ODD_ON_BOUNDARY: _("onBoundary is neither single nor shared."),
        Kind.ODD_STATUS: _("The status is neither paid, commitment nor pledge."),
        Kind.OTHER_COUNTRY: _("Another country than the mission's."),
        Kind.UNKNOWN_COUNTRY: _("No country that I know; left out until somebody says which is meant."),
        Kind.SEVERAL_COUNTRIES: _("Names other countries too; taken as shared, which counts nowhere."),
        Kind.OLDER: _("Older than what is on record, which stays: taken, it would have gone back in time."),
        Kind.OTHER_BOUNDARY: _("The same flow is stored under another boundary too."),
        Kind.REPORTED_FIRST: _("Reported before it was decided."),
        Kind.UNKNOWN_CURRENCY: _("No currency of ISO 4217."),
        Kind.RATE_OF_ONE: _("Exchange rate of exactly 1 on another currency than the dollar: a placeholder."),
        Kind.RATE_DIFFERS: _("Amount and exchange rate give more than 2 % other dollars than the file says."),
    }


def _about_sources() -> dict[Kind, str]:
    return {
        Kind.NO_NAME: _("The row has neither a code nor a title."),
        Kind.NO_PERIOD: _(
            "No budget period that I can read. Write it as 2034/35, as 2035, or with its first and last day."
        ),
        Kind.WHOSE_AMOUNT: _(
            "The same amount stands in every row of this project: it may be each organisation's or the whole "
            "project's. Give each organisation its own amount."
        ),
        Kind.NO_SHARE: _("No percentage that I can read; left empty."),
        Kind.ABOVE_GRANTED: _("More is transferred or obligated than was approved or allotted."),
        Kind.ABOVE_COMMITTED: _("More is spent than was transferred or obligated."),
        Kind.DELIVERY_DIFFERS: _("The delivery rate in the file is not expenditure divided by transfers."),
        Kind.SHARES_DIFFER: _("The shares of the organisations do not add up to 100 %."),
        Kind.UNOBLIGATED: _("The budget period is over, and money of it is not obligated."),
    }


def _about_the_rest() -> dict[Kind, str]:
    return {
        Kind.ODD_DATE: _("No date that can be read in one way only; left empty."),
        Kind.ODD_NUMBER: _("No number that can be read in one way only; left empty."),
        Kind.ODD_YEAR: _("No year of four digits; left empty."),
        Kind.END_BEFORE_START: _("The end is before the start."),
        Kind.TEXT_FORMULA: _("A text that a spreadsheet would run; kept as plain text."),
        Kind.PERCENT_DIFFERS: _("The coverage in the file is not funding divided by requirements."),
        Kind.CLUSTERS_DIFFER: _("The parts do not add up to the plan (required / funded)."),
    }


def place_text(place: Example) -> str:
    """Where it is: row, column and what stands there."""
    where = [_("row {row}").format(row=place.row)] if place.row else []
    if place.column:
        where.append(_("column {column}").format(column=place.column))
    text = ", ".join(where)
    return f"{text}: {place.value}" if place.value else text


def issue_lines(found: Found) -> str:
    """One issue with how often and the first places."""
    head = ngettext("{text} ({count} time)", "{text} ({count} times)", found.count).format(
        text=issue_text(found.kind), count=found.count
    )
    places = "; ".join(place_text(place) for place in found.examples[:LONGEST_LIST])
    more = " …" if found.count > LONGEST_LIST else ""
    return f"{head} – {places}{more}" if places else head


def _sort(found: Found) -> str:
    if found.kind is Kind.OTHER_COUNTRY:
        return pgettext("row", "not ours")
    return pgettext("row", "refused") if found.refuses else pgettext("row", "warning")


def refused_table(issues: Issues) -> tuple[list[str], list[list[CellValue]]]:
    """Refusals and warnings as a table: every place that is kept."""
    titles = [_("Kind"), _("Row"), _("Column"), _("Value"), _("What is wrong")]
    rows: list[list[CellValue]] = [
        [
            _sort(one),
            place.row or None,
            place.column,
            place.value,
            issue_text(one.kind),
        ]
        for one in issues.all
        for place in one.examples
    ]
    return titles, rows

"""Reports that several agencies write together, section by section.

What every part of the product uses can be had from here.
"""

from storage.reports.finding import (
    corrigenda_of,
    covering,
    find_report,
    get_report,
    last_issued,
    lock_report,
    lock_section,
    next_number,
    sections_of,
)
from storage.reports.model import Corrigendum, Report, ReportState, Section, SectionState

__all__ = [
    "Corrigendum",
    "Report",
    "ReportState",
    "Section",
    "SectionState",
    "corrigenda_of",
    "covering",
    "find_report",
    "get_report",
    "last_issued",
    "lock_report",
    "lock_section",
    "next_number",
    "sections_of",
]

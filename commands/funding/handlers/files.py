"""Making files in the worker and sending them: workbook, CSV, brief, chart."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from commands.funding.handlers.picture import read_picture, read_plan, scope_name
from commands.funding.handlers.reading import rows_of
from commands.funding.rules import exporting as tables
from commands.funding.rules.charting import CATEGORIES, bars
from commands.funding.rules.opening import mark_of
from commands.funding.rules.plan_keys import key_of, scope_of
from commands.funding.rules.rows import Figures
from commands.funding.views.drawing import bar_png
from commands.funding.views.files import KINDS, coming_card, files_card, kind_name
from commands.funding.views.papers import BARS, TEMPLATE, brief_of_all, brief_of_plan
from commands.funding.views.picture import read_scope, row_name
from commands.funding.views.workbook import write_workbook
from commands.kit.dates import when_text
from commands.kit.documents.letters import unset_line
from commands.kit.documents.pdf import typeset
from commands.kit.files import File, send_files
from commands.kit.pressed import BAR, parts_of
from commands.kit.refused import Refused
from commands.kit.tables import CellValue, to_csv
from commands.kit.words import _
from commands.kit.work import Answer, Request, Work
from storage.funding.discrepancies import discrepancies_of
from storage.funding.exports import current_flows
from storage.funding.lines import lines_of
from storage.funding.model import Flow, Level, PlanRequirement
from storage.funding.pledges import pledges_of
from storage.funding.totals import plan_lines, requirements
from storage.subjects import Key, Subject
from storage.timers import set_timer

TIMER = "funding:make-file"
EVERYTHING = "all"
# A workbook of so many takes ten seconds to make and opens on a small computer.
FLOWS_AT_MOST = 100_000


def show_files(request: Request) -> Answer:
    """Which files can be had."""
    key = read_scope(request.value)
    return Answer(say=files_card(scope_name(request, key), request.value or "*"))


def order_file(request: Request) -> Answer:
    """Let the worker make a file; the value is its kind and scope."""
    kind, value = parts_of(request.value, 2, BAR)
    if kind not in KINDS:
        raise Refused(_("I do not know this file any more. Open the funding again."))
    key = read_scope(value)
    subject = Subject.of(kind, request.who.user_id, EVERYTHING if key is None else mark_of(key))
    name = Key.of(TIMER, subject, request.now)
    set_timer(request.session, request.mission.id, key=name, verb=TIMER, subject=subject, due_at=request.now)
    request.record("funding.file", ("mission", request.mission.id), file=kind, scope=key or EVERYTHING)
    return Answer(say=coming_card(kind))


def prepare(work: Work, subject: Subject) -> File:
    """Make a file somebody waits for."""
    kind, (user, mark) = subject.kind, subject.ids
    keys = [key_of(one) for one in plan_lines(work.session, work.mission.id)]
    key = next((one for one in keys if mark_of(one) == mark), None)
    with work.speaking_to(user):
        name, content = _made(work, kind, key)
        scope = scope_name(work, key)
        comment = _("{file}, {scope}").format(file=kind_name(kind), scope=scope)
        boxes = unset_line([scope, *(row_name(one.name) for one in rows_of(work, key))]) if kind == "brief" else ""
        comment = f"{comment}\n{boxes}" if boxes else comment
    return File(name, content, comment)


def send(work: Work, subject: Subject, made: File) -> None:
    """Send a file to who asked for it."""
    send_files(work, subject.ids[0], [made], key=Key.of(TIMER, subject, work.now))


def _made(work: Work, kind: str, key: str | None) -> tuple[str, bytes]:
    day = work.today.isoformat()
    if kind == "workbook":
        return workbook(work, [key] if key else [])
    if kind in {"brief", "png"}:
        return f"funding-{day}.{'pdf' if kind == 'brief' else 'png'}", _drawn(work, kind, key)
    if kind == "asks":
        found = _requirements(work, [key] if key else [])
        return f"requirements-{day}.csv", to_csv(_asked_titles(), tables.requirement_rows(found))
    rows = tables.flow_rows(flows_of(work, [key] if key else []))
    if kind == "sheet":
        return f"flows-{day}.xlsx", write_workbook({"Flows": (tables.flow_titles(), rows)})
    tagged: Iterable[Sequence[CellValue]] = tables.with_tags(rows, tables.hxl_tags()) if kind == "hxl" else rows
    return f"flows-{day}.csv", to_csv(tables.flow_titles(), tagged)


def _asked_titles() -> list[str]:
    return [title for title, _field in tables.REQUIREMENT_COLUMNS]


def _drawn(work: Work, kind: str, key: str | None) -> bytes:
    rows = [Figures(row_name(one.name), one.required, one.funded) for one in rows_of(work, key)]
    most = BARS if kind == "brief" else CATEGORIES
    chart = bar_png(scope_name(work, key), bars(rows, _("Others"), most)) if rows else b""
    if kind == "png":
        return chart
    made = when_text(work.now, work.zone)
    plan = read_plan(work, key) if key else None
    data = brief_of_plan(plan, made, chart) if plan else brief_of_all(read_picture(work), made, chart)
    return typeset(TEMPLATE, data)


def workbook(work: Work, keys: Collection[str]) -> tuple[str, bytes]:
    """The complete workbook of some plans, or of all: figures, flows, own lines. Nothing Confidential is in it."""
    picture = read_picture(work, keys)
    session, mission = work.session, work.mission.id
    more = _("There are more flows than this workbook holds. Take them as CSV: {command}.").format(
        command=f"{work.command('funding')} export"
    )
    sheets = {
        "Plans": (tables.FIGURE_TITLES, tables.plan_rows(picture)),
        "Clusters": (tables.CLUSTER_TITLES, tables.cluster_rows(picture)),
        "Flows": (tables.flow_titles(), tables.at_most(tables.flow_rows(flows_of(work, keys)), FLOWS_AT_MOST, more)),
        "Own figures": (tables.LINE_TITLES, tables.line_rows(lines_of(session, mission))),
        "Pledges": (tables.PLEDGE_TITLES, tables.pledge_rows(pledges_of(session, mission))),
        "Discrepancies": (tables.DIFFERENCE_TITLES, tables.difference_rows(discrepancies_of(session, mission))),
    }
    return f"funding-{work.today.isoformat()}.xlsx", write_workbook(sheets)


def flows_of(work: Work, keys: Collection[str]) -> Iterator[Flow]:
    """Current flows of some plans, or of all."""
    for key in _each(keys):
        yield from current_flows(work.session, work.mission.id, scope_of(key))


def _each(keys: Collection[str]) -> list[str | None]:
    """Every key; None, which means everything, where there is none."""
    return list(keys) or [None]


def _requirements(work: Work, keys: Collection[str]) -> list[PlanRequirement]:
    found: list[PlanRequirement] = []
    for key in _each(keys):
        for level in (Level.CLUSTER, Level.GLOBAL_CLUSTER, Level.PLAN):
            rows = requirements(work.session, work.mission.id, level, scope_of(key))
            if rows:
                found += rows
                break
    return found

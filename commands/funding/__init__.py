"""Funding: what was asked, pledged, committed and paid, as OCHA's Financial Tracking Service publishes it."""

from __future__ import annotations

from datetime import timedelta

from commands.funding import demo
from commands.funding.handlers import files, front, home, reading, scheduling, summarising
from commands.funding.handlers.imports import form, questions, steps, uploads
from commands.funding.handlers.own import common, discrepancies, limits, lines, pledges, reminders
from commands.funding.handlers.sources import periods
from commands.funding.handlers.sources import reading as sources
from commands.funding.rules.imports.recognition import FILE, MOST_BYTES
from commands.funding.rules.rights import READ, WRITE
from commands.funding.views import acts
from commands.kit.demo import Demo
from commands.kit.entry.offers import offer_agencies
from commands.kit.room import CatchUp, Command, HomeCard, Prepared, Room, Schedule, Sub, Verb
from commands.kit.times.local import CLOCK_CHANGED

ROOM = Room(
    name="funding",
    summary="What the mission's plans ask for and receive, to the dollar, with the age of every figure.",
    commands=(
        Command(
            name="/funding",
            summary="Shows what plans ask for and receive",
            start=Verb(reading.show_start, READ, reads_only=True),
            start_summary="Shows plans with requirement, funding, coverage and what is missing.",
            subs=(
                Sub(
                    "status",
                    "[PLAN]",
                    "Shows all plans, or one with its clusters.",
                    Verb(reading.show_start, READ, reads_only=True),
                ),
                Sub(
                    "import",
                    "",
                    "Reads a file from FTS or HDX, with a preview.",
                    Verb(uploads.open_import, WRITE, reads_only=True),
                ),
                Sub("imports", "", "Shows what was imported.", Verb(form.show_imports, WRITE, reads_only=True)),
                Sub(
                    "gap",
                    "",
                    "Shows where most is missing, and donors who stopped.",
                    Verb(reading.show_gaps, READ, reads_only=True),
                ),
                Sub(
                    "stale",
                    "",
                    "Shows figures that are older than the mission's limit.",
                    Verb(reading.show_stale, READ, reads_only=True),
                ),
                Sub(
                    "pledge",
                    "",
                    "Follows what donors announced until it is paid.",
                    Verb(pledges.show_pledges, READ, reads_only=True),
                ),
                Sub(
                    "own",
                    "",
                    "Shows the mission's own figures: trust funds, projects, quick impact.",
                    Verb(lines.show_lines, READ, reads_only=True),
                ),
                Sub(
                    "pooled",
                    "",
                    "Shows what pooled funds received and allocated, beside FTS.",
                    Verb(sources.show_pooled, READ, reads_only=True),
                ),
                Sub(
                    "budget",
                    "",
                    "Shows the mission's budget by period, and projects of funds.",
                    Verb(sources.show_budget, READ, reads_only=True),
                ),
                Sub(
                    "discrepancy",
                    "",
                    "Reports and chases figures of FTS that differ from ours.",
                    Verb(discrepancies.show_discrepancies, READ, reads_only=True),
                ),
                Sub(
                    "schedule",
                    "",
                    "Plans summaries for the cabinet and the funding cell.",
                    Verb(scheduling.show_schedule, WRITE, reads_only=True),
                ),
                Sub(
                    "export",
                    "",
                    "Makes files: workbook, CSV, one-page brief, chart.",
                    Verb(files.show_files, READ, reads_only=True),
                ),
            ),
        ),
    ),
    actions={
        "status": Verb(reading.show_start, READ, reads_only=True),
        "home": Verb(home.send_picture, READ),
        "plan": Verb(reading.show_plan, READ, reads_only=True),
        "by": Verb(reading.show_groups, READ, reads_only=True),
        "chart": Verb(reading.show_chart, READ, reads_only=True),
        "pie": Verb(reading.show_pie, READ, reads_only=True),
        "gap": Verb(reading.show_gaps, READ, reads_only=True),
        "open": Verb(reading.open_flows, READ, reads_only=True),
        "open-cluster": Verb(reading.open_flows, READ, reads_only=True),
        "open-row": Verb(reading.open_flows, READ, reads_only=True),
        "flows": Verb(reading.turn_flows, READ, reads_only=True),
        "flow": Verb(reading.open_flow, READ, reads_only=True),
        "files": Verb(files.show_files, READ, reads_only=True),
        "file": Verb(files.order_file, READ),
        "pledges": Verb(pledges.show_pledges, READ, reads_only=True),
        "pledge": Verb(pledges.show_pledge, READ, reads_only=True),
        "pledge-new": Verb(pledges.open_new, WRITE, reads_only=True),
        "pledge-edit": Verb(pledges.open_edit, WRITE, reads_only=True),
        "pledge-move": Verb(pledges.open_move, WRITE, reads_only=True),
        "snooze": Verb(reminders.snooze, READ),
        "lines": Verb(lines.show_lines, READ, reads_only=True),
        "line": Verb(lines.show_line, READ, reads_only=True),
        "line-new": Verb(lines.open_new, WRITE, reads_only=True),
        "line-edit": Verb(lines.open_edit, WRITE, reads_only=True),
        "line-off": Verb(lines.take_off, WRITE),
        "pooled": Verb(sources.show_pooled, READ, reads_only=True),
        "budget": Verb(sources.show_budget, READ, reads_only=True),
        "limits": Verb(limits.open_limits, WRITE, reads_only=True),
        "differences": Verb(discrepancies.show_discrepancies, READ, reads_only=True),
        "difference": Verb(discrepancies.show_discrepancy, READ, reads_only=True),
        "differ": Verb(discrepancies.open_new, WRITE, reads_only=True),
        "difference-move": Verb(discrepancies.open_move, WRITE, reads_only=True),
        "summaries": Verb(scheduling.turn, WRITE, reads_only=True),
        "summary-new": Verb(scheduling.open_new, WRITE, reads_only=True),
        "summary-edit": Verb(scheduling.open_edit, WRITE, reads_only=True),
        "summary-preview": Verb(scheduling.preview, WRITE),
        "summary-send": Verb(scheduling.send_now, WRITE),
        "summary-hold": Verb(scheduling.hold, WRITE),
        "summary-resume": Verb(scheduling.resume, WRITE),
        "open-import": Verb(uploads.open_import, WRITE, reads_only=True),
        "sheet": Verb(form.choose_sheet, WRITE),
        "questions": Verb(questions.open_questions, WRITE, reads_only=True),
        "save-import": Verb(form.save, WRITE),
        "discard-import": Verb(form.discard, WRITE),
        "undo-import": Verb(form.undo, WRITE),
        "import-issues": Verb(form.send_refused, WRITE),
        "show-import": Verb(form.show_one, WRITE, reads_only=True),
        "imports": Verb(form.show_imports, WRITE, reads_only=True),
    },
    forms={
        "pledge": Verb(pledges.take, WRITE),
        "pledge-move": Verb(pledges.take_move, WRITE),
        "line": Verb(lines.take, WRITE),
        "limits": Verb(limits.take_limits, WRITE),
        "differ": Verb(discrepancies.take, WRITE),
        "difference-move": Verb(discrepancies.take_move, WRITE),
        "summary": Verb(scheduling.take, WRITE),
        "questions": Verb(questions.take_answers, WRITE),
        "import": Verb(uploads.take_file, WRITE, fetches=FILE, fetch_limit=MOST_BYTES, prepares=uploads.look_at_file),
    },
    options={
        "figure": Verb(discrepancies.offer_figures, WRITE, reads_only=True),
        "agency": Verb(offer_agencies, WRITE, reads_only=True),
        "own-plan": Verb(common.offer_plans, WRITE, reads_only=True),
    },
    timers={
        "remind": reminders.remind,
        "deadline": reminders.tell_deadline,
        "period": periods.tell_period,
        "summary": Prepared(summarising.prepare, summarising.send_due),
        "summary-now": Prepared(summarising.prepare, summarising.send_ordered),
        "make-file": Prepared(files.prepare, files.send),
        "read": Prepared(steps.read_rows, steps.keep_rows),
        "save": steps.save_step,
        "undo": steps.undo_step,
    },
    drawings={
        "reminder": reminders.draw_reminder,
        "deadline-told": reminders.draw_deadline,
        "import": steps.draw_import,
    },
    home=HomeCard(order=30, draw=home.draw_home),
    readings={"pledge": front.read_pledge, "funding_line": front.read_figure, "discrepancy": front.read_difference},
    searches={"pledge": front.search_pledges, "funding_line": front.search_figures},
    waits={"pledges": front.pledges_waiting, "differences": front.differences_waiting},
    follows={CLOCK_CHANGED: (summarising.follow_clock,)},
    schedules={"tidy": Schedule(timedelta(days=1), form.discard_old, CatchUp.ONCE)},
    acts=acts.words,
    demo=Demo(50, demo.prepare),
)

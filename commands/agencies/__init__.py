"""Agencies: who answers for what, who stands in, and the lists they come from."""

from __future__ import annotations

from commands.agencies import demo
from commands.agencies.handlers import editing, exporting, front, importing, listing, people, uploading
from commands.agencies.views import acts
from commands.kit.demo import Demo
from commands.kit.permission import ADMIN
from commands.kit.room import Command, Room, Sub, Verb
from storage.agency_imports import forget_imports

ROOM = Room(
    name="agencies",
    summary="The agencies of the mission, the people who answer for them, and their leave.",
    commands=(
        Command(
            name="/agency",
            summary="Shows the agencies and who answers for them",
            start=Verb(listing.show_list, reads_only=True),
            start_summary="Opens the list, with search.",
            subs=(
                Sub(
                    "list",
                    "[search]",
                    "Opens the list, or what fits the search.",
                    Verb(listing.show_list, reads_only=True),
                ),
                Sub("show", "CODE", "Shows an agency and who answers today.", Verb(listing.show, reads_only=True)),
                Sub("add", "[CODE]", "Adds an agency.", Verb(editing.open_add, ADMIN, reads_only=True)),
                Sub("edit", "CODE", "Changes an agency.", Verb(editing.open_edit, ADMIN, reads_only=True)),
                Sub(
                    "focal",
                    "CODE",
                    "Names the head, focal points and alternates, and enters their leave.",
                    Verb(people.open_people, reads_only=True),
                ),
                Sub(
                    "suspend",
                    "CODE",
                    "Suspends an agency, with the reason; its history stays.",
                    Verb(editing.open_suspend, ADMIN, reads_only=True),
                ),
                Sub("resume", "CODE", "Brings a suspended agency back.", Verb(editing.resume, ADMIN)),
                Sub(
                    "import", "", "Reads a list from CSV or XLSX.", Verb(uploading.open_import, ADMIN, reads_only=True)
                ),
                Sub(
                    "export",
                    "",
                    "Sends you the list as CSV and XLSX.",
                    Verb(exporting.export, prepares=exporting.prepare),
                ),
            ),
        ),
    ),
    actions={
        "list": Verb(listing.show_list, reads_only=True),
        "all": Verb(listing.show_all, reads_only=True),
        "unanswered": Verb(listing.show_unanswered, reads_only=True),
        "search": Verb(listing.search, reads_only=True),
        "page": Verb(listing.turn_page, reads_only=True),
        "show": Verb(listing.show, reads_only=True),
        "history": Verb(listing.show_history, reads_only=True),
        "add": Verb(editing.open_add, ADMIN, reads_only=True),
        "edit": Verb(editing.open_edit, ADMIN, reads_only=True),
        "focal": Verb(people.open_people, reads_only=True),
        "suspend": Verb(editing.open_suspend, ADMIN, reads_only=True),
        "resume": Verb(editing.resume, ADMIN),
        "import": Verb(uploading.open_import, ADMIN, reads_only=True),
        "export": Verb(exporting.export, prepares=exporting.prepare),
        "tab": Verb(importing.show_tab, ADMIN, reads_only=True),
        "turn": Verb(importing.turn, ADMIN, reads_only=True),
        "change": Verb(uploading.change, ADMIN, reads_only=True),
        "decide": Verb(importing.decide, ADMIN),
        "decide-all": Verb(importing.decide_all, ADMIN),
    },
    forms={
        "list": Verb(listing.search, reads_only=True),
        "add": Verb(editing.save_new, ADMIN),
        "edit": Verb(editing.save_edit, ADMIN),
        "people": Verb(people.save_people),
        "suspend": Verb(editing.save_suspension, ADMIN),
        "import": Verb(uploading.take_file, ADMIN, fetches="file", prepares=uploading.read_file),
        "understood": Verb(uploading.take_understanding, ADMIN, prepares=uploading.read_again),
        "preview": Verb(importing.save, ADMIN),
    },
    options={
        "sectors": Verb(listing.offer_sectors, reads_only=True),
        "zone": Verb(listing.offer_zones, reads_only=True),
    },
    drawings={"appointed": people.draw_appointment},
    readings={"agency": front.read_agency},
    searches={"agency": front.search_agencies},
    waits={"unanswered": front.unanswered_waiting},
    forgets=(forget_imports,),
    acts=acts.words,
    demo=Demo(20, demo.prepare),
)

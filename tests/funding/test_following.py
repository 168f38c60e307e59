"""Pledges, discrepancies and own figures, as people follow them through Slack."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select

from bot.sandbox.driver import Person
from bot.sandbox.driver.form import Form
from bot.sandbox.driver.message import Message
from storage.audit import AuditEntry
from storage.funding.discrepancies import DiscrepancyState, FundingDiscrepancy
from storage.funding.lines import FundingLine
from storage.funding.model import Flow
from storage.funding.pledges import FundingPledge, PledgeState
from storage.people import Role, set_holders
from tests.world import World

CHIEF, SECRETARY, READER = "Chief of staff", "Cabinet secretary", "Mission reader"


def sent(form: Form) -> Form:
    """Submit a form that must be taken; what is open then."""
    after = form.submit()
    assert after is not None, "the form closed"
    assert not after.errors, after.errors
    assert after.notice is None, after.notice
    return after


def pressed(form: Form, what: str) -> Form:
    """Press a button of a form; the form that is open then."""
    after = form.press(what)
    assert after is not None, what
    return after


def later(world: World, **span: float) -> None:
    """Let time pass as for a worker that sleeps between timers: only they matter here."""
    world.jump_to(world.now + timedelta(**span))
    world.settle()


def form_of(person: Person, command: str, in_: str = "") -> Form:
    """The form a command opens."""
    reply = person.runs(command, in_=in_)
    form = person.form
    assert form is not None, reply.notice
    return form


def last_from(person: Person, text: str) -> Message:
    """The newest direct message of ours with a text in it."""
    return next(one for one in reversed(person.messages(in_="Rapporteur")) if text in one.text)


def the_pledge(world: World) -> FundingPledge:
    with world.product.database.reading() as session:
        return session.scalars(select(FundingPledge).order_by(FundingPledge.id.desc()).limit(1)).one()


def fill_pledge(form: Form, **more: object) -> Form:
    values: dict[str, object] = {
        "Donor": "Donor East",
        "What it is for": "School roofs & wells",
        "Amount": "1 250 000,50",
        "Currency": "eur",
        "Exchange rate": "0,925",
        "Source of the rate": "UN operational rate",
        **more,
    }
    for name, value in values.items():
        form.fill(name, value)
    return form


def test_a_pledge_is_followed_until_it_is_paid(funded: World) -> None:
    chief = funded.person(CHIEF)
    form = pressed(form_of(chief, "/funding pledge"), "New pledge")
    refused = fill_pledge(form, Amount="1,2,3", Currency="XXX", **{"Exchange rate": ""}).submit()
    assert refused is not None
    assert "ISO 4217" in refused.errors["Currency"]
    assert form.value("Donor") == "Donor East"
    refused = fill_pledge(form, Amount="1,2,3", **{"Exchange rate": "1,234"}).submit()
    assert refused is not None
    assert "Write a number" in refused.errors["Amount"]
    assert "read in two ways" in refused.errors["Exchange rate"]
    details = sent(fill_pledge(form))
    assert "€1,250,000.50 (US$1,351,352)" in details.text
    assert "Converted at 0.925 EUR for one US dollar, 5 Mar 2035, UN operational rate." in details.text
    pledge = the_pledge(funded)
    assert (pledge.amount, pledge.rate, pledge.usd) == (Decimal("1250000.50"), Decimal("0.925"), Decimal(1351352))
    funded.settle()
    assert "School roofs & wells" in last_from(chief, "Donor East").text

    # On the day, at the start of the owner's work, and a week later again; then put off.
    later(funded, days=14)
    reminder = last_from(chief, "today you wanted to look")
    reminder.press("In a week")
    later(funded, days=6)
    assert len([one for one in chief.messages(in_="Rapporteur") if "today you wanted" in one.text]) == 1
    later(funded, days=1, hours=4)
    assert len([one for one in chief.messages(in_="Rapporteur") if "today you wanted" in one.text]) == 2

    # It stalls, with a reason; then an agreement; then the money, which FTS reports.
    move = last_from(chief, "today you wanted").press("Move on")
    assert move is not None
    next_day = (funded.now + timedelta(days=10)).date()
    refused = move.choose("It is now", "stalled").fill("Look again on", next_day).submit()
    assert refused is not None
    assert "what happened" in refused.errors["What happened"]
    details = sent(move.fill("What happened", "Elections in the capital; no answer."))
    assert "announced → stalled" in details.text
    assert "> Elections in the capital" in details.text
    move = pressed(details, "Move on").choose("It is now", "commitment").fill("Look again on", date(2035, 1, 1))
    refused = move.submit()
    assert refused is not None
    assert "passed" in refused.errors["Look again on"]
    details = sent(move.fill("Look again on", next_day))
    details = sent(pressed(details, "Move on").choose("It is now", "paid").fill("Flow in FTS", "228238"))
    assert "Flow in FTS: 228238" in details.text
    done = the_pledge(funded)
    assert (done.state, done.next_on) == (PledgeState.PAID, None)
    later(funded, days=60)
    assert [one for one in chief.messages(in_="Rapporteur") if "today you wanted" in one.text] == []
    settled = [one for one in chief.messages(in_="Rapporteur") if "This reminder is settled" in one.text]
    assert [one.buttons for one in settled] == [[], []]
    assert "*paid*" in chief.messages(in_="Rapporteur")[0].text  # the one message about it, kept current


def test_two_people_at_one_pledge_lose_nothing(funded: World) -> None:
    chief, secretary = funded.person(CHIEF), funded.person(SECRETARY)
    sent(fill_pledge(pressed(form_of(chief, "/funding pledge"), "New pledge")))
    mine = pressed(pressed(form_of(chief, "/funding pledge"), "Open"), "Edit").fill("Donor", "Donor East and West")
    theirs = pressed(pressed(form_of(secretary, "/funding pledge"), "Open"), "Edit").fill("Source", "A letter")
    sent(theirs)
    again = sent(mine)
    assert "Somebody else has changed this meanwhile." in again.text
    assert "@Cabinet secretary: edited: source" in again.text
    assert again.value("Donor") == "Donor East and West"
    assert "Donor East and West" in sent(again).text


def test_whoever_only_reads_sees_no_button_and_is_refused_on_the_server(funded: World) -> None:
    sent(fill_pledge(pressed(form_of(funded.person(CHIEF), "/funding pledge"), "New pledge")))
    head = funded.person("WFP head of agency")
    form = form_of(head, "/funding pledge")
    assert form.buttons == ["Open"]
    assert "Move on" not in pressed(form, "Open").buttons
    assert "needs one of these roles" in head.runs("/funding schedule").text
    assert "needs one of these roles" in funded.person(READER).runs("/funding").text
    with funded.database() as session:
        reader = funded.user_id(READER)
        set_holders(session, funded.mission_id, Role.FUNDING_CELL, [reader], reader, funded.now)
    assert "2,170,000" in funded.person(READER).runs("/funding").text
    assert "New pledge" in form_of(funded.person(READER), "/funding pledge").buttons


def test_a_confidential_donor_talk_stays_in_its_channel(funded: World) -> None:
    chief, adviser = funded.person(CHIEF), funded.person("Human-rights adviser")
    cabinet, office = funded.channel_id("cabinet"), funded.channel_id("cabinet-office")
    form = pressed(form_of(chief, "/funding pledge", in_=cabinet), "New pledge")
    fill_pledge(form, Donor="Secret donor", Amount="9.5 million")
    refused = form.choose("Handling", "Confidential").submit()
    assert refused is not None
    assert "Choose the private channel" in refused.errors["Private channel"]
    details = sent(form.choose("Private channel", "cabinet"))
    assert "*Confidential*: it stays in this channel and is in no total." in details.text
    funded.settle()
    assert "Secret donor" in adviser.sees("Secret donor", in_="#cabinet").text
    # The list shows it in its channel, and elsewhere there is not even a number of it.
    assert "Secret donor" in form_of(adviser, "/funding pledge", in_=cabinet).text
    elsewhere = form_of(chief, "/funding pledge", in_=office)
    assert "Secret donor" not in elsewhere.text
    assert "No pledge is followed yet" in elsewhere.text
    later(funded, days=14)
    assert "today you wanted to look" in adviser.sees("today you wanted", in_="#cabinet").text
    told = "\n".join(one.text for name in (CHIEF, READER) for one in funded.person(name).messages(in_="Rapporteur"))
    assert "Secret donor" not in told
    with funded.product.database.reading() as session:
        acts = session.scalars(select(AuditEntry).where(AuditEntry.subject_kind == "pledge"))
        assert "Secret" not in "".join(str(act.details) for act in acts)
    # A line of the mission's own books is kept as well: no sum elsewhere changes because of it.
    line = pressed(form_of(chief, "/funding own", in_=cabinet), "New figure").fill("Title", "Secret trust fund")
    line.fill("Amount", "7,000,000").fill("Source", "Talks").choose("Handling", "Confidential")
    sent(line.choose("Private channel", "cabinet"))
    assert "Secret trust fund" in form_of(adviser, "/funding own", in_=cabinet).text
    assert "Secret trust fund" not in form_of(chief, "/funding own", in_=office).text
    for place in (cabinet, office):
        assert "7,000,000 (" not in chief.runs("/funding", in_=place).text
        assert "Own figures" not in chief.runs("/funding", in_=place).text
    # Announced at last: it may be released, and counts like any other.
    details = pressed(form_of(chief, "/funding pledge", in_=cabinet), "Open")
    sent(pressed(details, "Edit").choose("Handling", "Unclassified"))
    assert "Secret donor" in form_of(chief, "/funding pledge", in_=office).text


def test_a_discrepancy_is_sent_on_and_chased_until_fts_reflects_it(funded: World) -> None:
    chief = funded.person(CHIEF)
    picture = chief.runs("/funding").message
    flow = picture.press("Flows")
    assert flow is not None
    form = pressed(pressed(flow, "Open"), "Report a discrepancy")
    assert "FTS says US$1,170,000" in form.text
    form.fill("Evidence", "Agreement 12/2035").fill("Headquarters contact", "Donor reporting, WFP headquarters")
    refused = form.fill("Our figure, in US dollars", "a lot").fill("Ask again on", date(2035, 3, 1)).submit()
    assert refused is not None
    assert refused.errors.keys() == {"Our figure, in US dollars", "Ask again on"}
    form.fill("Our figure, in US dollars", "1.37 million").fill("Ask again on", date(2035, 3, 20))
    details = sent(form.choose("Figure of FTS", "Flow 2: Donor South → World Food Programme"))
    assert "FTS US$1,170,000, ours US$1,370,000: +US$200,000" in details.text
    assert "Please have it checked" in details.text
    next_day = (funded.now + timedelta(days=7)).date()
    move = pressed(details, "Move on").choose("It is now", "sent on to headquarters")
    details = sent(move.fill("Ask again on", next_day))
    assert "open → sent on to headquarters" in details.text
    later(funded, days=7)
    reminder = last_from(chief, "Today you wanted to ask again")
    move = reminder.press("Move on")
    assert move is not None
    refused = move.choose("It is now", "rejected").submit()
    assert refused is not None
    assert refused.errors.keys() == {"What happened"}
    sent(move.choose("It is now", "reflected in FTS").fill("What happened", "In the update of 9 March"))
    with funded.product.database.reading() as session:
        kept = session.scalars(select(FundingDiscrepancy)).one()
        flows = session.scalars(select(Flow.amount_usd).where(Flow.fts_id == "2")).all()
    assert kept.state == DiscrepancyState.REFLECTED
    assert flows == [Decimal("1170000.00")]  # never edited here


def test_a_reminder_waits_until_its_owner_is_back(funded: World) -> None:
    chief = funded.person(CHIEF)
    monday, friday = date(2035, 3, 19), date(2035, 3, 23)
    funded.is_away(CHIEF, monday, friday)
    sent(fill_pledge(pressed(form_of(chief, "/funding pledge"), "New pledge")))
    assert the_pledge(funded).next_on == monday
    later(funded, days=20)
    assert not [one for one in chief.messages(in_="Rapporteur") if "you wanted to look" in one.text]
    later(funded, days=1, hours=4)
    assert last_from(chief, "you wanted to look")


def test_a_deadline_is_told_in_the_morning_and_on_leave_too_if_it_would_be_past_after_it(funded: World) -> None:
    chief = funded.person(CHIEF)
    later(funded, days=21, hours=14)
    today = funded.now.date()
    funded.is_away(CHIEF, today, today + timedelta(days=200))
    form = pressed(form_of(chief, "/funding own"), "New figure")
    form.choose("Kind", "Peacebuilding Fund project").fill("Title", "Women mediators")
    form.choose("Facility", "Immediate Response Facility (IRF)")
    form.fill("Amount", "3,000,000").fill("Source", "Project document")
    form.fill("Begins", date(2034, 1, 1)).fill("Ends", date(2035, 7, 1))
    assert "1 Apr 2035: last day to ask for an extension" in sent(form).text
    funded.settle()
    assert not [one for one in chief.messages(in_="Rapporteur") if "ask for an extension" in one.text]
    later(funded, hours=14)
    assert last_from(chief, "ask for an extension")


def test_a_peacebuilding_project_is_reminded_of_its_deadlines(funded: World) -> None:
    chief = funded.person(CHIEF)
    form = pressed(form_of(chief, "/funding own"), "New figure")
    form.choose("Kind", "Peacebuilding Fund project").fill("Title", "Women mediators")
    form.fill("Amount", "3,000,000").fill("Source", "Project document")
    form.fill("Begins", date(2035, 1, 1)).fill("Ends", date(2034, 12, 1))
    refused = form.submit()
    assert refused is not None
    assert refused.errors.keys() == {"Ends", "Facility"}
    form.choose("Facility", "Immediate Response Facility (IRF)").fill("Ends", date(2036, 9, 30))
    details = sent(form)
    assert "runs longer than this facility usually allows" in details.text
    assert "15 Jun 2035: half-yearly report" in details.text
    assert "30 Jun 2036: last day to ask for an extension" in details.text
    funded.settle()
    assert "Peacebuilding Fund project: US$3,000,000" in chief.runs("/funding").text
    later(funded, days=89)
    told = [one for one in chief.messages(in_="Rapporteur") if "half-yearly report" in one.text]
    assert len(told) == 1
    limits = pressed(form_of(chief, "/funding own"), "Limits and deadlines")
    refused = limits.fill("IRF project: at most months", "0").fill("Annual report due (MM-DD)", "15 Nov").submit()
    assert refused is not None
    assert refused.errors.keys() == {"IRF project: at most months", "Annual report due (MM-DD)"}
    limits.fill("IRF project: at most months", "24").fill("Annual report due (MM-DD)", "11-30").submit()
    details = pressed(form_of(chief, "/funding own"), "Open")
    assert "runs longer" not in details.text
    assert "30 Nov 2035: annual report" in details.text
    listed = pressed(details, "Take off the books")
    assert "no figures of its own" in listed.text
    with funded.product.database.reading() as session:
        assert session.scalars(select(FundingLine)).one().removed_at is not None

"""Reading the figures through Slack: picture, plan, groups, charts, gaps, old figures, each opened to its flows."""

from __future__ import annotations

from tests.funding.published import a_flow, an_import
from tests.funding.test_following import CHIEF, fill_pledge, form_of, later, pressed, sent
from tests.mission.homes import home_of
from tests.world import World


def test_every_figure_can_be_opened_to_the_flows_that_make_it(funded: World) -> None:
    with funded.database() as session:
        kept = an_import(session, funded.mission_id, funded.now)
        session.add_all(a_flow(kept, f"5{number:02}", "1000", funded.now, plan_key="") for number in range(25))
    person = funded.person("WFP head of agency")
    plan = person.runs("/funding status hupv").message
    assert "31%" in plan.text
    assert "117%" in plan.text
    assert plan.fallback.startswith("Upper Valley Response Plan: US$2,170,000 of US$7,000,000 funded (31%)")
    form = plan.choose("Flows of a cluster", "Protection")
    assert form is not None
    assert "1 flow, together US$1,170,000" in form.text
    assert "Report a discrepancy" not in pressed(form, "Open").buttons
    empty = plan.choose("Flows of a cluster", "Education")
    assert empty is not None
    assert "published without them" in empty.text

    everything = person.runs("/funding").message.press("Flows")
    assert everything is not None
    assert "29 flows, together US$3,125,000" in everything.text
    third = pressed(pressed(everything, "Next"), "Next")
    assert "Page 3 of 3" in third.text
    assert third.text.count("US$1,000") == 9
    assert "Page 2 of 3" in pressed(third, "Previous").text


def test_groups_charts_gaps_and_old_figures(funded: World) -> None:
    chief = funded.person(CHIEF)
    picture = chief.runs("/funding status HUPV35").message
    picture.press("By donor")
    donors = chief.messages(in_=picture.channel)[-1]
    assert "Donor South | 1,170,000 | 0 | 1,170,000 | 0" in donors.text
    assert "Donor North | 1,000,000 | 1,000,000 | 0 | 50,000" in donors.text
    form = donors.choose("Flows behind a row", "Donor North")
    assert form is not None
    assert "1 flow, together US$1,000,000" in form.text
    picture.press("Chart")
    chart = chief.messages(in_=picture.channel)[-1]
    drawn = next(block for block in chart.blocks if block["type"] == "data_visualization")
    assert drawn["chart"]["series"][0]["data"][0] == {"label": "Health", "value": 1_000_000}
    assert "Health: US$1,000,000 funded, US$3,000,000 unmet" in chart.fallback
    chart.press("By agency")
    assert "World Food Programme: US$2,170,000" in chief.messages(in_=picture.channel)[-1].text
    gaps = chief.runs("/funding gap").text
    assert "Donor of old: US$900,000 in 2034" in gaps
    assert "No figure is older than 30 days" in chief.runs("/funding stale").text
    later(funded, days=31)
    assert "2 figures are older than 30 days" in chief.runs("/funding stale").text
    limits = pressed(form_of(chief, "/funding own"), "Limits and deadlines")
    limits.fill("A figure is old after days", "90").submit()
    assert "No figure is older than 90 days" in chief.runs("/funding stale").text
    assert "I know no plan called “nowhere”." in chief.runs("/funding status nowhere").text


def test_who_reads_french_reads_french(funded: World) -> None:
    text = funded.person("Humanitarian coordinator").runs("/funding status HUPV35").text
    assert "7\u202f000\u202f000\u00a0$US" in text
    assert "31\u00a0%" in text
    assert "Aucune synthèse n’a encore été envoyée" in text


def test_home_shows_the_plans_to_who_reads_them_and_what_waits_to_who_writes(funded: World) -> None:
    sent(fill_pledge(pressed(form_of(funded.person(CHIEF), "/funding pledge"), "New pledge")))
    later(funded, days=15)
    chief = home_of(funded, CHIEF)
    assert "Upper Valley Response Plan (2035): US$2,170,000 of US$7,000,000 funded (31%)" in chief.text
    assert "1 pledge is due." in chief.text
    form = chief.press("Pledges")
    assert form is not None
    assert "Donor East" in form.text
    form.close(everything=True)
    told = home_of(funded, CHIEF).press("Open the funding")
    assert told is not None
    assert "in our direct messages" in told.text
    funded.settle()
    assert "2 plans, in US dollars" in funded.person(CHIEF).messages(in_="Rapporteur")[-1].text
    head = home_of(funded, "WFP head of agency")
    assert "US$2,170,000" in head.text
    assert "pledge is due" not in head.text
    assert "US$2,170,000" not in home_of(funded, "Mission reader").text

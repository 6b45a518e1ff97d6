# SPDX-License-Identifier: EUPL-1.2
"""«Para empezar» says what is left from the rows themselves, and stands at home until it is done."""

from datetime import timedelta

import pytest

from siac.accounts.public import Role
from siac.journal.models import JournalEntry
from siac.notices.models import Notice
from siac.organizations.models import Membership, StartMark
from siac.organizations.public import (
    StartStep,
    create_institution,
    grant_role,
    register_start_step,
    save_unit,
)
from siac.organizations.start_steps import _STEPS, start_lines, start_marks
from tests.factories import BACKEND, NOW, answer, file
from tests.sql_counts import at_most

pytestmark = pytest.mark.django_db


@pytest.fixture
def new_body(client):
    """A body that was just opened, and the browser of whoever administers it."""
    institution = create_institution(
        actor=None, now=NOW, slug="nueva", name="Municipalidad Nueva", short_name="Nueva", jurisdiction="CL",
        time_zone="America/Santiago", place="CL-CO",
    )  # fmt: skip
    held = grant_role(
        institution=institution,
        email="ana@nueva.example",
        name="Ana",
        role=Role.ADMINISTRATOR,
        unit_id=None,
        actor=None,
        now=NOW,
    )
    client.force_login(held.user, backend=BACKEND)
    institution.refresh_from_db()
    return institution


def done(institution):
    institution.refresh_from_db()
    return {line.code for line in start_lines(institution, start_marks(institution)) if line.is_done}


def mark(client, code, on="1"):
    return client.post("/nueva/gestion/configuracion/empezar/paso/", {"paso": code, "hecho": on}, follow=True)


def test_a_new_body_begins_with_the_list_and_each_line_leads_to_a_page(client, new_body):
    page = client.get("/nueva/gestion/", follow=True)
    assert page.redirect_chain[-1][0] == "/nueva/gestion/configuracion/empezar/"
    assert done(new_body) == {"calendar"}
    for line in page.context["lines"]:
        assert line.url in page.content.decode()
        assert client.get(line.url.split("#")[0]).status_code == 200, line.code


def test_a_line_is_ticked_by_what_happened_not_by_a_click(client, new_body):
    save_unit(institution=new_body, actor=None, now=NOW, code="obras", name="Obras")
    assert "units" in done(new_body)
    grant_role(
        institution=new_body,
        email="leo@nueva.example",
        name="Leo",
        role=Role.HEAD_OF_UNIT,
        unit_id=None,
        actor=None,
        now=NOW,
    )
    assert "people" in done(new_body)
    Membership.objects.get(user__email="leo@nueva.example").user.__class__.objects.filter(
        email="leo@nueva.example"
    ).update(is_active=False)
    assert "people" not in done(new_body)
    assert "se da por hecho solo" in mark(client, "units").content.decode()
    assert not StartMark.objects.exists()


def test_the_first_answer_and_the_first_letter_that_left_are_seen(house):
    assert not {"answered", "sender"} & done(house.institution)
    answer(house, file(house), now=NOW + timedelta(hours=2))
    assert "answered" in done(house.institution)
    Notice.objects.update(state="sent", sent_at=NOW, channel="email")
    assert ("sender" in done(house.institution)) == Notice.objects.exists()


@pytest.mark.parametrize("code", ["keys", "mailbox"])
def test_what_no_row_shows_is_said_by_a_person_journaled_and_taken_back(client, new_body, code):
    mark(client, code), mark(client, code)
    assert code in done(new_body)
    entries = JournalEntry.objects.filter(kind="organizations.start_marked")
    assert [entry.data for entry in entries] == [{"step": code, "on": True}]
    mark(client, code, "0")
    assert code not in done(new_body) and entries.all().count() == 2


def test_the_list_is_put_away_only_when_all_is_done(client, new_body, monkeypatch):
    assert "Todavía faltan pasos" in mark(client, "hidden").content.decode()
    monkeypatch.setattr("siac.organizations.start_steps._STEPS", {"calendar": _STEPS["calendar"]})
    assert client.get("/nueva/gestion/")["Location"].endswith("/empezar/")
    mark(client, "hidden")
    assert client.get("/nueva/gestion/")["Location"].endswith("/inicio/")


def test_another_context_adds_its_line(client, new_body, monkeypatch):
    monkeypatch.setattr("siac.organizations.start_steps._STEPS", dict(_STEPS))
    register_start_step(
        StartStep("aviso", "Publique el aviso", "Porque sí.", "portal:home", 55, lambda body: False)
    )
    assert "Publique el aviso" in client.get("/nueva/gestion/configuracion/empezar/").content.decode()


def test_the_page_stays_within_its_statements(client, new_body):
    client.get("/nueva/gestion/configuracion/empezar/")
    with at_most(12):
        client.get("/nueva/gestion/configuracion/empezar/")

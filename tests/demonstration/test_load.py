# SPDX-License-Identifier: EUPL-1.2
"""The invented bodies load through the commands, and every screen of them has something to show."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from siac.accounts.public import Role, User
from siac.cases.models import (
    Appeal,
    CaseTask,
    Mention,
    ReserveEntry,
    RoutingRule,
    SavedView,
)
from siac.cases.public import Case, StateLabel
from siac.catalogue.domain.gaps import gaps_of
from siac.catalogue.models import ServiceDraft, ServiceVersion
from siac.catalogue.public import find_services, services
from siac.config.demonstration import load
from siac.config.demonstration.load import FILES, load_all, load_body, missing, scripts
from siac.counter.models import Stage
from siac.indicators.models import Cell
from siac.infra.environment import Misconfigured
from siac.mailroom.public import IncomingPaper, PaperState
from siac.notices.models import Notice
from siac.notices.public import send_due
from siac.offline.public import OfflineRecord
from siac.organizations.public import Absence, Institution, Membership
from siac.servicepoints.public import service_points
from siac.statutory.public import BookSheet
from siac.surveys.checklists.models import Visit
from tests.factories import BACKEND, House
from tests.words import words

SCREENS = {
    "CL": (Absence, CaseTask, Mention, RoutingRule, SavedView, ReserveEntry, Appeal),
    "PE": (Absence, CaseTask, Mention, RoutingRule, SavedView, BookSheet),
    "ES": (Absence, CaseTask, Mention, RoutingRule, SavedView),
}
PROMISES = {"CL": 2, "PE": 2, "ES": 3}
"""What each charter promises; the municipality also how long somebody waits at a desk."""
MORE = {"CL": 30, "PE": 4, "ES": 4}
"""One with a task; an appealed request; sheets of the book; complaints about floods, before and after;
what comes and goes between registries."""

pytestmark = [pytest.mark.django_db]


def test_the_scripts_say_enough():
    for script in scripts():
        texts = script["texts"]
        by_weight = sorted(script["kinds"], key=lambda kind: -kind["weight"])
        jurisdiction = script["institution"]["jurisdiction"]
        assert len(script["charter"]["commitments"]) == PROMISES[jurisdiction]
        assert {person["role"] for person in script["people"]} == set(Role)
        for kind in by_weight[:2]:
            assert len(texts[kind["code"]]) >= 7, (script["institution"]["slug"], kind["code"])


FOUND = {
    "puerto-cordillera": ("cómo matriculo a mi hija", "Matrícula y traslados"),
    "trabajo": ("me despidieron, cuánto me toca de cts", "Cálculo de liquidación y beneficios sociales"),
    "valdeolmos": ("quiero apuntarme en el padron", "Alta en el padrón municipal"),
}
"""What people would ask of each body, and the sheet that answers."""
WHOLE = {"puerto-cordillera": 14, "trabajo": 8, "valdeolmos": 8}
"""Sheets of each body that lack nothing."""


def whole_sheets(body: Institution) -> None:
    """Hold that the catalogue of a body is whole and at work."""
    body.refresh_from_db()
    today = body.local_date(timezone.now())
    lacking = {row.name: [gap.words for gap in gaps_of(row, today)] for row in services(body).values()}
    assert {name: gaps for name, gaps in lacking.items() if gaps} == {}
    assert len(lacking) == WHOLE[body.slug]
    asked, meant = FOUND[body.slug]
    assert find_services(body, asked)[0].name == meant
    drafts = ServiceDraft.objects.filter(institution=body)
    assert set(drafts.values_list("state", flat=True)) == {"draft", "review", "published"}
    assert ServiceVersion.objects.filter(service__institution=body, number=2).exists()


def test_three_bodies_with_something_on_every_screen(monkeypatch):
    monkeypatch.setenv("SIAC_MAIL", "outbox")
    lines: list[str] = []
    load_all(now=timezone.now(), password="una clave bien larga", say=lines.append, cases=25)
    send_due(timezone.now, 1000)
    assert Notice.objects.filter(channel="sms", state="shown", parts__gt=0).exists(), "the outbox shows texts"
    bodies = list(Institution.objects.order_by("slug"))
    assert [body.jurisdiction for body in bodies] == ["CL", "PE", "ES"]
    for body in bodies:
        hours = [point.hours for point in service_points(body).values()]
        for told in ("seasons", "exceptions", "visits"):
            assert any(getattr(each, told) for each in hours), (body.slug, told)
        page = words(Client().get(f"/{body.slug}/puntos/"))
        assert "Próxima visita" in page and "Abierto a toda hora" in page
        assert "Sus derechos" in words(Client().get(f"/{body.slug}/como-atendemos/"))
        reviewed = Visit.objects.filter(institution=body, protocol__kind="own", state="done")
        assert reviewed.count() == 3, "access, equipment and infrastructure of a point"
        cases = Case.objects.filter(institution=body)
        assert cases.count() == 27 + MORE[body.jurisdiction], (
            "25 stories, a paper that became a request, one from the field, what has its own screen"
        )
        sent = OfflineRecord.objects.filter(institution=body).values_list("state", flat=True)
        assert sorted(sent) == ["filed", "held", "registered", "registered"]
        assert set(IncomingPaper.objects.filter(institution=body).values_list("state", flat=True)) == set(
            PaperState
        )
        assert set(cases.values_list("state", flat=True)) >= {StateLabel.CLOSED.value}
        for screen in SCREENS[body.jurisdiction]:
            assert screen.objects.filter(institution=body).exists(), (body.slug, screen.__name__)
        assert Cell.objects.filter(institution=body).exists()
        whole_sheets(body)
        now_at = Stage.objects.filter(institution=body, ended_at=None).values_list("state", flat=True)
        assert "ended" in now_at and set(now_at) <= {"ended", "no_show"}, "a morning at the counter"
        manager = User.objects.get(
            pk=Membership.objects.get(institution=body, role=Role.QUALITY_MANAGER).user_id
        )
        client = Client()
        client.force_login(manager, backend=BACKEND)
        listed = client.get(f"/{body.slug}/gestion/solicitudes/?vista=todas")
        assert len(listed.context["rows"]) > 10
        promised = client.get(f"/{body.slug}/compromisos/", follow=True)
        assert len(promised.context["register"].lines) == PROMISES[body.jurisdiction]
        assert client.get(f"/{body.slug}/solicitud/").status_code == 200
        assert "demostración" in promised.content.decode().lower()


def test_a_body_that_an_interrupted_load_left_out_is_loaded_by_the_next():
    assert missing() == list(FILES)
    load_body("slep", now=timezone.now(), password="una clave bien larga", say=str, cases=1)
    assert missing() == [name for name in FILES if name != "slep"]


def test_some_of_the_bodies_may_be_chosen(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SIAC_DEMO_BODIES", "ministry, slep")
    assert missing() == ["ministry", "slep"]
    monkeypatch.setenv("SIAC_DEMO_BODIES", "ministerio")
    with pytest.raises(Misconfigured, match="ministerio"):
        missing()


def test_a_load_that_breaks_off_leaves_nothing_of_its_body(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(load, "stamp_papers", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        load_body("slep", now=timezone.now(), password="una clave bien larga", say=str, cases=1)
    assert not Institution.objects.exists()


def test_no_demonstration_is_loaded_beside_a_body_of_ones_own(house: House):
    with pytest.raises(CommandError, match="Ya hay organismos"):
        call_command("load_demo", cases=1)

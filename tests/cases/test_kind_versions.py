# SPDX-License-Identifier: EUPL-1.2
"""Kinds are versioned, say what changed, and can be tried before anything is saved."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from siac.accounts.public import Role
from siac.cases.alerts.commands import due_days
from siac.cases.commands.handling import classify_case
from siac.cases.kinds.commands import save_kind
from siac.cases.kinds.trying import reached_on
from siac.cases.models import Case, CaseKind, KindVersion
from siac.clocks.factory import shipped_calendar
from tests.factories import NOW, file, make_house

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return make_house()


@pytest.fixture
def admin(house):
    return house.client(Role.ADMINISTRATOR)


def page_of(house):
    return reverse("workspace:kinds:kind", args=[house.slug, house.kinds["reclamo"].pk])


TYPED = {
    "name": "Reclamo",
    "code": "reclamo",
    "nature": "complaint",
    "need": "Quiero reclamar",
    "hint": "",
    "rule_id": "CL.OIRS",
    "standard_days": "",
    "unit_days": "",
    "contest_days": "10",
    "review_days": "10",
    "unit": "",
    "on_portal": "on",
    "position": "20",
    "is_active": "on",
    "ladder-0-days": "3",
    "ladder-0-when": "before",
    "ladder-0-to": "assignee",
}


def asked(kind):
    """Return the questions of a kind as its page sends them."""
    sent = {}
    for at, row in enumerate(kind.questions):
        sent |= {f"questions-{at}-{name}": row[name] for name in ("code", "label", "type")}
        sent |= {f"questions-{at}-required": "on"} if row.get("required") else {}
        sent |= {f"questions-{at}-hint": row.get("hint", "")}
        sent |= {f"questions-{at}-options": "\n".join(row.get("options", ()))}
    return sent


def test_each_save_that_changes_something_is_a_version(house, admin):
    kind = CaseKind.objects.get(pk=house.kinds["reclamo"].pk)
    first = file(house, now=NOW)
    assert (kind.version, first.kind_version) == (1, 1)
    typed = {
        **TYPED, "standard_days": "7", "ladder-0-days": "2", "ladder-0-to": "head_of_unit", **asked(kind),
    }  # fmt: skip
    assert admin.post(page_of(house), typed).status_code == 302
    kind.refresh_from_db()
    house.institution.refresh_from_db()
    assert kind.version == 2
    assert file(house, now=NOW).kind_version == 2
    assert Case.objects.get(pk=first.pk).kind_version == 1
    page = admin.get(page_of(house)).content.decode()
    assert "Administrator" in page
    assert "Plazo comprometido por la institución: " in page
    assert "2 antes de vencer: jefatura de la unidad" in page
    assert "Primera versión guardada" in page
    again = admin.post(page_of(house), typed)
    assert (again.status_code, KindVersion.objects.filter(kind=kind).count()) == (302, 2)


def test_a_kind_from_before_versions_keeps_how_it_was(house):
    kind = CaseKind.objects.get(pk=house.kinds["reclamo"].pk)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with connection.cursor() as cursor:  # as a database stood before there were versions
        cursor.execute("ALTER TABLE cases_kindversion DISABLE TRIGGER cases_kindversion_guard")
        KindVersion.objects.filter(kind=kind).delete()
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE cases_kindversion ENABLE TRIGGER cases_kindversion_guard")
    before = kind.name
    save_kind(institution=house.institution, actor=None, now=NOW, kind=kind, name="Reclamo formal")
    kept = dict(KindVersion.objects.filter(kind=kind).values_list("number", "fields__name"))
    assert kept == {1: before, 2: "Reclamo formal"}


def test_versions_are_never_rewritten(house):
    version = KindVersion.objects.filter(kind=house.kinds["reclamo"])[0]
    with pytest.raises(DatabaseError), transaction.atomic():
        KindVersion.objects.filter(pk=version.pk).update(number=9)
    with pytest.raises(DatabaseError), transaction.atomic():
        version.delete()


def test_a_case_that_changes_its_kind_names_the_version_of_the_new_one(house):
    kind = CaseKind.objects.get(pk=house.kinds["sugerencia"].pk)
    save_kind(institution=house.institution, actor=None, now=NOW, kind=kind, hint="Otra")
    house.institution.refresh_from_db()
    case = file(house, now=NOW)
    classify_case(
        institution=house.institution, case_id=case.pk, version=None, topic_id=None, kind_id=kind.pk,
        actor=house.user(Role.QUALITY_MANAGER), now=NOW,
    )  # fmt: skip
    assert Case.objects.get(pk=case.pk).kind_version == 2


ASKED = {
    "probar": "1",
    "prueba-on_day": "7",
    "prueba-on_month": "9",
    "prueba-on_year": "2026",
    "prueba-at": "10:00",
    "prueba-channel": "web",
}


def test_a_kind_is_tried_as_typed_and_nothing_is_saved(house, admin):
    versions = KindVersion.objects.count()
    typed = {**TYPED, "rule_id": "CL.SAIP", "standard_days": "5", "unit_days": "3", **ASKED}
    page = admin.post(page_of(house), typed)
    text = page.content.decode()
    assert page.status_code == 200
    assert "Vencería el" in text
    assert "6 de octubre de 2026" in text  # 20 business days after 7 September; 18 September is off
    assert "14 de septiembre de 2026" in text  # five
    assert "10 de septiembre de 2026" in text  # three
    assert "1 de octubre de 2026: responsable" in text  # the first day on which only three are left
    assert KindVersion.objects.count() == versions
    assert CaseKind.objects.get(pk=house.kinds["reclamo"].pk).rule_id == "CL.OIRS"


def test_a_new_kind_can_be_tried_with_little_filled_in(house, admin):
    new = reverse("workspace:kinds:kind_new", args=[house.slug])
    page = admin.post(new, {"rule_id": "CL.SAIP", **ASKED})
    assert (page.status_code, "Vencería el" in page.content.decode()) == (200, True)
    page = admin.post(new, {"name": "A medias", **ASKED})
    assert (page.status_code, "Elija la regla." in page.content.decode()) == (422, True)
    assert "A medias" in page.content.decode()
    page = admin.post(new, {"rule_id": "CL.SAIP", **ASKED, "prueba-on_year": "2031"})
    assert (page.status_code, "solo cubre" in page.content.decode()) == (422, True)
    page = admin.post(new, {"rule_id": "CL.SAIP", **ASKED, "prueba-on_day": "31"})
    assert (page.status_code, "Esa fecha no existe" in page.content.decode()) == (422, True)


@pytest.mark.parametrize("offset", [-5, -3, -1, 0, 1, 5])
def test_an_alert_is_dated_on_the_first_day_on_which_it_goes_out(offset):
    calendar = shipped_calendar("CL")
    for number in range(40):
        due_on = date(2026, 9, 1) + timedelta(days=number)
        day = reached_on(calendar, due_on, offset)
        assert due_days(calendar, day, offset)[1] >= due_on
        assert due_days(calendar, day - timedelta(days=1), offset)[1] < due_on


def test_a_kind_of_a_rule_that_was_succeeded_can_still_be_changed(house, admin, monkeypatch):
    monkeypatch.setattr("siac.cases.kinds.workspace.current_time", lambda: NOW.replace(month=12, day=2))
    kind = house.kinds["reclamo"]
    CaseKind.objects.filter(pk=kind.pk).update(rule_id="CL.ARCO.OLD")
    assert "CL.ARCO.OLD" in admin.get(page_of(house)).content.decode()
    saved = admin.post(page_of(house), {**TYPED, "rule_id": "CL.ARCO.OLD", "name": "Mis datos"})
    assert saved.status_code == 302


def test_what_somebody_else_saved_meanwhile_is_not_overwritten_unseen(house, admin):
    page = admin.get(page_of(house)).content.decode()
    assert 'name="based_on" value="1"' in page
    assert (
        admin.post(page_of(house), {**TYPED, "based_on": "1", "name": "Reclamo ciudadano"}).status_code == 302
    )
    late = admin.post(page_of(house), {**TYPED, "based_on": "1", "name": "Queja"})
    shown = late.content.decode()
    assert late.status_code == 422 and "Otra persona lo guardó mientras usted lo editaba (versión 2)" in shown
    assert 'value="Queja"' in shown and 'name="based_on" value="2"' in shown
    assert CaseKind.objects.get(pk=house.kinds["reclamo"].pk).name == "Reclamo ciudadano"
    assert admin.post(page_of(house), {**TYPED, "based_on": "2", "name": "Queja"}).status_code == 302
    assert CaseKind.objects.get(pk=house.kinds["reclamo"].pk).name == "Queja"


def test_a_question_that_cases_answered_goes_only_when_asked_again_and_its_words_stay(house, admin):
    case = file(house, now=NOW)
    kind = CaseKind.objects.get(pk=house.kinds["reclamo"].pk)
    question = kind.questions[0]
    refused = admin.post(page_of(house), TYPED)
    text = refused.content.decode()
    assert refused.status_code == 422 and f"«{question['label']}» (1 solicitud)" in text
    assert (
        'name="drop_answered"' in text
        and 'name="drop_answered"' not in admin.get(page_of(house)).content.decode()
    )
    kind.refresh_from_db()
    assert kind.questions[0] == question
    assert admin.post(page_of(house), {**TYPED, "drop_answered": "on"}).status_code == 302
    kind.refresh_from_db()
    assert kind.questions == []
    page = house.client(Role.QUALITY_MANAGER).get(f"/{house.slug}/gestion/solicitudes/{case.folio}/")
    assert question["label"] in page.content.decode()


def test_a_question_nobody_answered_goes_at_once_and_a_renamed_one_keeps_its_answers(house, admin):
    file(house, now=NOW)
    kind = CaseKind.objects.get(pk=house.kinds["reclamo"].pk)
    count = len(kind.questions)
    new = {f"questions-{count}-label": "¿Hubo testigos?", f"questions-{count}-type": "line"}
    assert admin.post(page_of(house), {**TYPED, **asked(kind), **new}).status_code == 302
    renamed = {**TYPED, **asked(kind), "questions-0-label": "¿En qué lugar fue?"}
    assert admin.post(page_of(house), renamed).status_code == 302
    code = kind.questions[0]["code"]
    kind.refresh_from_db()
    assert (kind.questions[0]["code"], kind.questions[0]["label"]) == (code, "¿En qué lugar fue?")
    assert len(kind.questions) == count


def test_an_error_elsewhere_keeps_every_row_as_typed(house, admin):
    sent = {
        **TYPED,
        "name": "",
        "questions-0-label": "¿Qué color?",
        "questions-0-type": "choice",
        "questions-0-options": "Rojo",
    }
    page = admin.post(page_of(house), sent)
    text = page.content.decode()
    assert page.status_code == 422 and "Pregunta 1: Escriba al menos dos opciones, una por línea." in text
    assert (
        'value="¿Qué color?"' in text
        and '<option value="choice" selected>' in text
        and "Rojo</textarea>" in text
    )


def test_adding_a_row_saves_nothing_and_checks_nothing(house, admin):
    versions = KindVersion.objects.count()
    page = admin.post(page_of(house), {**TYPED, "name": "", "_fila": "ladder add"})
    text = page.content.decode()
    assert page.status_code == 200 and "Hay un problema" not in text
    assert 'name="ladder-1-days"' in text and text.count("autofocus") == 1
    assert KindVersion.objects.count() == versions

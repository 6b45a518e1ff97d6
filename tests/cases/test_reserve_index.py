# SPDX-License-Identifier: EUPL-1.2
"""Art.

23 Ley 20.285: the index of what was declared secret or reserved, public without content nor persons.
"""

import io
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from openpyxl import load_workbook

from siac.accounts.public import Role
from siac.cases.models import ReserveCause, ReserveEntry
from siac.cases.public import Outcome
from siac.cases.reserve.commands import end_reserve, enter_reserve
from siac.journal.public import JournalEntry
from siac.kernel.errors import Refused
from siac.ui import lists
from tests.factories import NOW, answer, file, make_house
from tests.sql_counts import at_most

pytestmark = [pytest.mark.django_db]
R = Role
TODAY = date(2026, 9, 7)
NEW = {
    "act": "Informe de auditoría 4", "cause": "21.2", "resolution": "Resolución exenta 12", "part": "Anexo 2",
    "resolved_on": "2026-09-01", "reserved_from": "2026-09-01",
}  # fmt: skip


def entered(house, *, now=NOW, **changes) -> ReserveEntry:
    values = {
        "act": "Plan de evacuación", "cause": ReserveCause.SECURITY, "resolution": "Resolución exenta 7",
        "resolved_on": TODAY, "reserved_from": TODAY, **changes,
    }  # fmt: skip
    return enter_reserve(institution=house.institution, actor=house.user(R.HEAD_OF_UNIT), now=now, **values)


def denied(house, outcome=Outcome.DENIED, kind="acceso"):
    now = timezone.now()
    case = file(house, kind, now=now, unit_id=house.units["obras"], subject="Correos de Juana Pérez")
    return answer(house, case, now=now, outcome=outcome)


def url(house, rest="") -> str:
    return f"/{house.slug}/gestion/indice-de-reserva/{rest}"


def public(house):
    return house.client().get(f"/{house.slug}/indice-de-reserva/")


def test_a_denied_request_leads_to_an_entry_in_one_step_that_names_neither_it_nor_its_person(house):
    case = denied(house)
    act = f"/{house.slug}/gestion/solicitudes/{case.folio}/indice-de-reserva/"
    client = house.client(R.HEAD_OF_UNIT)
    assert "Agregar al índice de reserva" in client.get(act.removesuffix("indice-de-reserva/")).text
    response = client.post(act, {**NEW, "unit_id": house.units["obras"]})
    assert response.status_code == 302
    row = ReserveEntry.objects.get()
    assert (row.case_id, row.part, row.entered_by) == (case.pk, "Anexo 2", house.user(R.HEAD_OF_UNIT))
    kinds = JournalEntry.objects.filter(stream__in=(row.stream, case.stream)).values_list("kind", flat=True)
    assert {"cases.reserve_entered", "cases.reserve_indexed"} <= set(kinds)
    page = public(house).text
    assert "Informe de auditoría 4" in page
    assert "Anexo 2" in page
    assert "afecta los derechos de las personas" in page
    for secret in (case.folio, "Juana", "Ñancupil", "Agua"):
        assert secret not in page
    assert case.folio in client.get(url(house)).text


@pytest.mark.parametrize(("outcome", "kind"), [(Outcome.UPHELD, "acceso"), (Outcome.DENIED, "reclamo")])
def test_only_a_denial_of_information_leads_to_one(house, outcome, kind):
    case = denied(house, outcome, kind)
    page = f"/{house.slug}/gestion/solicitudes/{case.folio}/"
    client = house.client(R.HEAD_OF_UNIT)
    assert "Agregar al índice" not in client.get(page).text
    response = client.post(f"{page}indice-de-reserva/", NEW)
    assert response.status_code == 422
    assert "Solo se agrega al índice lo que se deniega" in response.text
    assert not ReserveEntry.objects.exists()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"act": " "}, "reserve_unnamed"),
        ({"resolution": ""}, "reserve_unnamed"),
        ({"cause": ReserveCause.QUORUM}, "reserve_law_missing"),
        ({"resolved_on": TODAY + timedelta(days=1)}, "reserve_days"),
        ({"dated_on": TODAY + timedelta(days=1)}, "reserve_days"),
        ({"reserved_until": TODAY - timedelta(days=1)}, "reserve_days"),
        ({"unit_id": 0}, "unit_unknown"),
    ],
)
def test_refusals(house, changes, code):
    with pytest.raises(Refused) as refused:
        entered(house, **changes)
    assert refused.value.code == code


def test_a_form_that_is_wrong_keeps_what_was_typed(house):
    client = house.client(R.QUALITY_MANAGER)
    response = client.post(url(house, "nuevo/"), {**NEW, "cause": "21.5"})
    assert response.status_code == 422
    assert "Escriba la ley de quórum calificado" in response.text
    assert "Informe de auditoría 4" in response.text
    response = client.post(url(house, "nuevo/"), {**NEW, "cause": "21.5", "basis": "Ley 1"})
    assert response.status_code == 302


def test_ending_keeps_the_entry_says_who_and_why_and_happens_once(house):
    row = entered(house)
    client = house.client(R.HEAD_OF_UNIT)
    assert client.post(url(house, f"{row.pk}/terminar/"), {"reason": " "}).status_code == 422
    assert client.post(url(house, f"{row.pk}/terminar/"), {"reason": "Perdió sentido"}).status_code == 302
    row.refresh_from_db()
    assert (row.ended_by, row.end_reason) == (house.user(R.HEAD_OF_UNIT), "Perdió sentido")
    assert "Perdió sentido" in client.get(url(house, f"{row.pk}/")).text
    page = public(house).text
    assert "Terminó el" in page
    assert "Perdió sentido" not in page
    with pytest.raises(Refused, match="reserve_ended"):
        end_reserve(
            institution=house.institution,
            entry_id=row.pk,
            reason="Otra vez",
            actor=house.user(R.HEAD_OF_UNIT),
            now=NOW,
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        ReserveEntry.objects.update(end_reason="")


def test_what_ran_out_counts_as_ended_and_filters_tell(house):
    now = timezone.now()
    today = house.today(now)
    entered(
        house,
        act="Acta vieja",
        reserved_until=today - timedelta(days=1),
        reserved_from=TODAY - timedelta(days=9),
    )
    entered(house, act="Acta nueva")
    client = house.client(R.AUDITOR)
    old, new = (client.get(url(house, f"?estado={state}")).text for state in ("terminada", "vigente"))
    assert ("Acta vieja" in old, "Acta nueva" in old) == (True, False)
    assert ("Acta vieja" in new, "Acta nueva" in new) == (False, True)


def test_anyone_reads_it_page_by_page_those_in_force_first(house, monkeypatch):
    monkeypatch.setattr(lists, "PAGE_SIZE", 2)
    over = {"reserved_from": TODAY - timedelta(days=9), "reserved_until": TODAY - timedelta(days=1)}
    entered(house, act="Vencida", resolved_on=TODAY, **over)
    for number, days in enumerate((3, 5, 1)):
        entered(house, act=f"Vigente {number}", resolved_on=TODAY - timedelta(days=days))
    page = public(house)
    seen = [row["act"] for row in page.context["rows"]]
    following = house.client().get(page.context["listing"].next_url)
    seen += [row["act"] for row in following.context["rows"]]
    assert seen == ["Vigente 2", "Vigente 0", "Vigente 1", "Vencida"]
    assert (
        house.client().get(following.context["listing"].previous_url).context["rows"] == page.context["rows"]
    )


def test_only_in_chile(house):
    peru = make_house("lima", "PE")
    assert public(peru).status_code == 404
    with pytest.raises(Refused, match="reserve_not_here"):
        entered(peru)
    page = peru.client(R.HEAD_OF_UNIT).get(f"/{peru.slug}/gestion/solicitudes/").text
    assert "Índice de reserva" not in page
    assert "Índice de reserva" in house.client(R.HEAD_OF_UNIT).get(f"/{house.slug}/gestion/solicitudes/").text
    assert "indice-de-reserva" in house.client().get(f"/{house.slug}/").text
    assert "indice-de-reserva" not in peru.client().get(f"/{peru.slug}/").text


def test_it_goes_out_as_csv_and_workbook(house):
    entered(house, act="=1+1")
    client = house.client(R.AUDITOR)
    assert "'=1+1" in b"".join(client.get(url(house, "exportar/"))).decode()
    sheet = load_workbook(io.BytesIO(client.get(url(house, "exportar/?formato=xlsx")).content)).active
    assert sheet.title == "Índice de reserva"
    assert sheet["A2"].value == "'=1+1"


@pytest.mark.parametrize("count", [1, 50])
def test_the_list_costs_the_same_whatever_it_holds(house, count):
    case = denied(house)
    for _ in range(count):
        entered(house, case=case)
    client = house.client(R.HEAD_OF_UNIT)
    client.get(url(house))
    with at_most(6):
        client.get(url(house))
    with at_most(6):
        public(house)

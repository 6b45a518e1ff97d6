# SPDX-License-Identifier: EUPL-1.2
"""The officers' pages: the list, its search and filters, and a case worked on through its forms."""

import pytest
from django.utils import timezone

from siac.accounts.public import Role
from siac.cases.models import Case
from siac.documents.models import Attachment
from siac.journal.public import JournalEntry
from siac.people.public import PersonData
from tests.factories import NOW, answer, file, upload
from tests.sql_counts import exactly


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def rows(response) -> list[str]:
    return [row["folio"] for row in response.context["rows"]]


def listed(house, role: Role = Role.QUALITY_MANAGER, **params) -> list[str]:
    params = {"vista": "todas", **params} if "q" in params else params  # a folio alone leads to its case
    return rows(house.client(role).get(f"/{house.slug}/gestion/solicitudes/", params))


def url(house, case, action="") -> str:
    return f"/{house.slug}/gestion/solicitudes/{case.folio}/" + (f"{action}/" if action else "")


def post(house, case, action, role=Role.HEAD_OF_UNIT, **data):
    case.refresh_from_db()
    return house.client(role).post(url(house, case, action), {"version": case.version, **data})


def test_staff_file_in_one_screen(house):
    client = house.client(Role.FRONT_DESK)
    form = {
        "kind": house.kinds["reclamo"].pk,
        "channel": "phone",
        "body": "No pasa la micro",
        "given_names": "Eva",
        "phone": "912345678",
        "envio": "k1",
    }
    for _ in range(2):
        done = client.post(f"/{house.slug}/gestion/solicitudes/nueva/", form)
        assert done.status_code == 302
    case = Case.objects.get()
    assert (case.channel, case.filed_by) == ("phone", house.user(Role.FRONT_DESK))
    shown = client.get(done["Location"]).content.decode()
    assert case.folio in shown and case.code not in shown
    kept = client.post(f"/{house.slug}/gestion/solicitudes/nueva/", {**form, "kind": "", "envio": "k2"})
    assert kept.status_code == 422
    assert "No pasa la micro" in kept.content.decode()


def test_the_front_desk_routes_a_case_that_nobody_has(house):
    case = file(house)
    done = post(house, case, "derivar", Role.FRONT_DESK, unit_id=house.units["obras"], reason="De calles")
    assert done.status_code == 302
    case.refresh_from_db()
    assert case.unit_id == house.units["obras"]
    assert post(house, case, "derivar", Role.FRONT_DESK, unit_id=house.units["juridico"]).status_code == 403


def test_every_action_works_from_its_form(house):
    case = file(house, now=timezone.now(), unit_id=house.units["obras"])
    steps = [
        (
            "clasificar",
            {"kind_id": house.kinds["reclamo"].pk, "topic_id": house.topics["Inundaciones"]},
            "with_unit",
        ),
        ("asignar", {"assignee_id": house.user(Role.UNIT_OFFICER).pk}, "with_unit"),
        ("nota", {"body": "Llamé", "attachments": [upload("nota.pdf")]}, "with_unit"),
        ("ampliar", {"reason": "Faltan informes"}, "with_unit"),
        ("pedir", {"body": "¿Cuándo?"}, "waiting"),
        (
            "responder",
            {"body": "Listo", "outcome": "upheld", "attachments": [upload("informe.pdf")]},
            "answered",
        ),
        ("cerrar", {}, "closed"),
    ]
    for action, data, state in steps:
        done = post(house, case, action, **data)
        assert done.status_code == 302, (action, done.content.decode())
        case.refresh_from_db()
        assert case.state == state, action
    visibility = dict(Attachment.objects.values_list("name", "visibility"))
    assert visibility == {"nota.pdf": "internal", "informe.pdf": "public"}
    page = house.client(Role.HEAD_OF_UNIT).get(url(house, case)).content.decode()
    for text in ("Llamé", "Listo", "informe.pdf", "Faltan informes"):
        assert text in page


def test_two_officers_answering_at_once_lose_no_text(house):
    case = file(house, unit_id=house.units["obras"])
    first, second = house.client(Role.HEAD_OF_UNIT), house.client(Role.UNIT_OFFICER)
    form = {"version": case.version, "outcome": "upheld"}
    assert (
        first.post(url(house, case, "pedir"), {"version": case.version, "body": "¿Dónde?"}).status_code == 302
    )
    clash = second.post(url(house, case, "responder"), {**form, "body": "Mi respuesta larga"})
    page = clash.content.decode()
    assert clash.status_code == 422
    assert "cambió esta solicitud mientras usted escribía" in page
    assert "Mi respuesta larga" in page
    case.refresh_from_db()
    assert f'value="{case.version}"' in page
    again = second.post(
        url(house, case, "responder"), {**form, "version": case.version, "body": "Mi respuesta larga"}
    )
    assert again.status_code == 302


def test_an_unfit_file_keeps_the_answer(house):
    case = file(house, unit_id=house.units["obras"])
    refused = post(
        house,
        case,
        "responder",
        body="Va adjunto",
        outcome="upheld",
        attachments=[upload("a.pdf", b"MZ\x90\x00")],
    )
    assert refused.status_code == 422
    assert "Va adjunto" in refused.content.decode()
    case.refresh_from_db()
    assert case.state == "with_unit"


def test_search_finds_by_folio_code_person_and_words(house, other_house):
    case = file(house, who=PersonData(given_names="Ximena", family_names="Zepeda", email="x@ejemplo.org"))
    other = file(
        house,
        "consulta",
        subject="Horario",
        body="¿A qué hora abren?",
        who=PersonData(given_names="Luis", email="l@ejemplo.org"),
    )
    file(other_house)
    for text in (
        case.folio,
        case.code,
        case.code.lower(),
        "zepeda",
        "Ximena Zepeda",
        "inundaciones",
        "INUNDACION calles",
    ):
        assert listed(house, q=text) == [case.folio], text
    assert listed(house, q="horarios") == [other.folio]
    assert listed(house, q="dinosaurio") == []


def test_filters_are_chips_that_can_be_taken_off(house):
    case = file(house, unit_id=house.units["obras"])
    file(house, "consulta")
    params = {
        "vista": "todas",
        "tipo": house.kinds["reclamo"].pk,
        "unidad": house.units["obras"],
        "canal": "web",
        "estado": "with_unit",
    }
    page = house.client(Role.QUALITY_MANAGER).get(f"/{house.slug}/gestion/solicitudes/", params)
    assert rows(page) == [case.folio]
    chips = page.context["listing"].chips
    assert len(chips) == 4
    assert all("vista=todas" in chip.remove_url for chip in chips)
    assert len(listed(house, vista="todas", tipo="999999", canal="paloma")) == 2


def test_the_list_is_ordered_by_what_falls_due_and_counts_its_views(house):
    late = file(house, unit_id=house.units["obras"], now=NOW)
    later = file(house, "consulta", unit_id=house.units["obras"], now=NOW)
    answer(house, file(house, unit_id=house.units["obras"]), now=NOW)
    page = house.client(Role.HEAD_OF_UNIT).get(f"/{house.slug}/gestion/solicitudes/", {"vista": "abiertas"})
    assert rows(page) == [late.folio, later.folio]
    counts = {view["name"]: view["count"] for view in page.context["views"]}
    assert (counts["Todas las abiertas"], counts["Respondidas y cerradas"], counts["Mías"]) == ("2", "1", "0")


@pytest.mark.parametrize("count", [1, 60])
def test_the_list_pages_by_key_at_the_same_cost(house, count):
    for _ in range(count):
        file(house, unit_id=house.units["obras"])
    client = house.client(Role.QUALITY_MANAGER)
    address = f"/{house.slug}/gestion/solicitudes/?vista=abiertas"
    client.get(address)  # warm
    with exactly(6):  # one of them finds the other requests of the same people
        first = client.get(address)
    seen = rows(first)
    while first.context["listing"].next_url:
        first = client.get(first.context["listing"].next_url)
        seen += rows(first)
    assert len(seen) == len(set(seen)) == count
    assert rows(client.get(address + "&desde_fila=roto")) == seen[:50]


def test_restricted_cases_show_only_to_the_named_roles_and_reading_is_journaled(house):
    case = file(house, "denuncia", unit_id=house.units["obras"])
    seen = {role for role in Role if house.client(role).get(url(house, case)).status_code == 200}
    assert seen == {Role.HEAD_OF_UNIT, Role.AUDITOR}
    readers = set(
        JournalEntry.objects.filter(stream__startswith="access:").values_list("actor_id", flat=True)
    )
    assert readers == {house.user(role).pk for role in seen}
    assert listed(house, Role.QUALITY_MANAGER, vista="todas") == []
    assert listed(house, Role.AUDITOR, vista="todas") == [case.folio]


def test_a_whole_folio_in_the_search_box_opens_the_case_and_nobody_elses(house, other_house):
    case, hidden = file(house), file(house, "denuncia", unit_id=house.units["juridico"])
    address = f"/{house.slug}/gestion/solicitudes/"
    client = house.client(Role.FRONT_DESK)
    for typed in (case.folio, f" {case.folio} ", case.folio.replace("-", "–"), f"Folio {case.folio}"):
        found = client.get(address, {"q": typed})
        assert (found.status_code, found["Location"]) == (302, f"{address}{case.folio}/"), typed
    assert client.get(address, {"q": hidden.folio}).status_code == 200
    assert client.get(address, {"q": case.folio, "vista": "todas"}).status_code == 200
    assert (
        other_house.client(Role.FRONT_DESK)
        .get(f"/{other_house.slug}/gestion/solicitudes/", {"q": case.folio})
        .status_code
        == 200
    )

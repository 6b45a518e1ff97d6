# SPDX-License-Identifier: EUPL-1.2
"""Campaigns from plan to evaluation, their calendar, and posters that stay true to an edition."""

import io
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pdfua
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from siac.accounts.public import Role
from siac.charters.public import NewCommitment, publish_edition
from siac.documents.public import attachments_of, check_uploads
from siac.kernel.errors import Refused
from siac.organizations.public import touch_configuration
from siac.outreach.commands.campaigns import FILES, evaluate_campaign, save_campaign
from siac.outreach.commands.materials import make_material, retire_material
from siac.outreach.models import Campaign, Material
from siac.outreach.papers import material_pdf
from siac.outreach.queries import outdated, to_evaluate
from siac.servicepoints.models import ServicePoint
from tests.charters.reading import text_of
from tests.factories import NOW
from tests.sql_counts import at_most
from tests.words import words

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 7)
DAY = timedelta(days=1)
KEEPER = Role.COMMUNICATIONS
URL = "https://siac.example/puerto/cartas/carta/"


def common(house, now=NOW) -> dict[str, Any]:
    return {"institution": house.institution, "actor": house.user(KEEPER), "now": now}


def plan(house, **fields) -> Campaign:
    told: dict[str, Any] = {
        "year": 2026, "title": "Conozca la carta", "side": "external", "audience": "Familias",
        "message": "Respondemos en cinco días", "media": ["poster", "radio"], "starts_on": TODAY,
        "ends_on": TODAY + 3 * DAY, "cost": 1000, "expected": 200,
    }  # fmt: skip
    return save_campaign(**common(house), **told | fields)


def test_a_campaign_is_refused_what_cannot_be_and_nobody_saves_over_another(house, other_house):
    for wrong, code in (
        ({"ends_on": TODAY - DAY}, "campaign_days"),
        ({"year": 2025}, "campaign_days"),
        ({"media": []}, "campaign_media"),
        ({"media": ["pigeon"]}, "campaign_media"),
        ({"unit_id": other_house.units["obras"]}, "campaign_unit"),
    ):
        with pytest.raises(Refused, match=code):
            plan(house, **wrong)
    row = plan(house, unit_id=house.units["oirs"])
    save_campaign(**common(house), campaign=row, based_on=1, title="Otro nombre")
    with pytest.raises(Refused, match="saved_meanwhile"):
        save_campaign(**common(house), campaign=row, based_on=1, title="Tercero")
    with pytest.raises(DatabaseError), transaction.atomic():
        row.versions.update(number=9)


def test_what_came_of_it_is_said_with_how_it_was_measured_and_evidence_only_grows(house):
    row = plan(house)
    common_ = common(house)
    for wrong, code in (
        ({"evaluation": " "}, "evaluation_words"),
        ({"measured_by": ""}, "evaluation_measured"),
        ({"now": NOW - 2 * DAY}, "evaluation_early"),
    ):
        told = {"reached": 150, "measured_by": "Entregas", "evaluation": "Llegó a la mitad."}
        with pytest.raises(Refused, match=code):
            evaluate_campaign(**common_ | {"campaign": row} | told | wrong)

    def file(name: str) -> Any:
        return check_uploads([SimpleUploadedFile(name, b"Lista de asistencia", "text/plain")])

    for name in ("uno.txt", "dos.txt"):
        evaluate_campaign(
            **common_, campaign=row, reached=150, measured_by="Entregas", evaluation="Bien.", files=file(name)
        )
    kept = attachments_of(house.institution.pk, FILES, [row.pk])[row.pk]
    assert [each.name for each in kept] == ["uno.txt", "dos.txt"]
    page = words(
        house.client(Role.PLANNING).get(reverse("workspace:outreach:campaign", args=[house.slug, row.pk]))
    )
    assert "150 personas, 75,0 de cada cien esperadas" in page and "dos.txt" in page
    assert "Evaluada el: (vacío) → cambió a 07-09-2026" in page
    listed = words(house.client(Role.AUDITOR).get(reverse("workspace:outreach:archive", args=[house.slug])))
    assert "Sin unidad" in listed and "uno.txt" in listed
    dropped = plan(house, title="Otra", is_dropped=True)
    with pytest.raises(Refused, match="campaign_dropped"):
        evaluate_campaign(**common_, campaign=dropped, reached=None, measured_by="", evaluation="x")


def test_what_is_over_and_not_evaluated_waits(house):
    row = plan(house)
    plan(house, title="Sin efecto", is_dropped=True)
    assert list(to_evaluate(house.institution, TODAY + 3 * DAY)) == []
    assert list(to_evaluate(house.institution, TODAY + 4 * DAY)) == [row]


def test_a_poster_of_an_edition_is_told_when_another_one_is_in_force(house):
    row, edition = plan(house), house.commitment.edition
    made = make_material(
        **common(house), campaign=row, kind="poster", headline="Respondemos", charter_id=edition.charter_id
    )
    assert made.edition == edition and list(outdated(house.institution, TODAY)) == []
    publish_edition(
        institution=house.institution, code=edition.charter.code, title=edition.charter.title,
        valid_from=TODAY, approved_by="Dirección", commitments=[_promise(house)], actor=None, now=NOW,
    )  # fmt: skip
    house.institution.refresh_from_db()
    assert list(outdated(house.institution, TODAY)) == [made]
    address = reverse("workspace:outreach:materials", args=[house.slug])
    assert "Edición que ya no rige" in words(house.client(KEEPER).get(address))
    again = retire_material(**common(house), material_id=made.pk, renew=True)
    assert again is not None and again.edition.number == edition.number + 1
    assert list(outdated(house.institution, TODAY)) == []
    with pytest.raises(Refused, match="material_unknown"):
        retire_material(**common(house), material_id=made.pk)


def _promise(house) -> NewCommitment:
    row = house.commitment
    return NewCommitment(row.code, row.text, row.kind_id, 5, Decimal("90.0"), row.remedy)


def test_a_material_is_of_one_thing_that_is_in_use(house, other_house):
    row = plan(house)
    charter, foreign = house.commitment.edition.charter_id, other_house.commitment.edition.charter_id
    for wrong, code in (
        ({"headline": " "}, "material_words"),
        ({"kind": "mug"}, "material_words"),
        ({"charter_id": foreign}, "material_thing"),
        ({"point_id": other_house.point}, "material_thing"),
        ({"charter_id": charter, "point_id": house.point}, "material_thing"),
    ):
        with pytest.raises(Refused, match=code):
            make_material(**common(house), campaign=row, **{"kind": "poster", "headline": "Venga"} | wrong)
    assert not Material.objects.exists()


@pytest.mark.parametrize("kind", ["poster", "leaflet"])
@pytest.mark.parametrize("of", ["charter", "point", "portal"])
def test_each_paper_says_its_words_its_edition_and_where_it_leads(house, kind, of, tmp_path):
    things = {
        "charter": {"charter_id": house.commitment.edition.charter_id},
        "point": {"point_id": house.point},
    }
    body = "Sin #let ni costo.\n\nDe lunes a viernes."
    made = make_material(
        **common(house), campaign=plan(house), kind=kind, headline="Su reclamo *cuenta*", body=body,
        **things.get(of, {}),
    )  # fmt: skip
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(material_pdf(made, URL))
    text = text_of(paper.read_bytes())
    for each in ("Su reclamo *cuenta*", "Sin #let ni costo.", "De lunes a viernes."):
        assert each in text, text
    assert ("Edición 1, vigente desde" in text) is (of == "charter")
    assert len(PdfReader(paper).pages) == 1
    assert [each for each in pdfua.validate(paper).findings if each.severity >= pdfua.Severity.ERROR] == []


def test_a_material_opens_as_pdf_with_a_code_to_the_place(house):
    made = make_material(
        **common(house), campaign=plan(house), kind="leaflet", headline="Venga", point_id=house.point
    )
    address = reverse("workspace:outreach:material", args=[house.slug, made.pk])
    page = house.client(Role.AUTHORITY).get(address)
    assert page["Content-Type"] == "application/pdf" and page.content.startswith(b"%PDF")
    assert "/puntos/" in text_of(page.content)


def test_a_poster_of_a_place_that_is_not_published_any_more_is_told(house):
    made = make_material(
        **common(house), campaign=plan(house), kind="leaflet", headline="Venga", point_id=house.point
    )
    assert list(outdated(house.institution, TODAY)) == [] and not made.is_outdated(TODAY)
    ServicePoint.objects.filter(pk=house.point).update(is_active=False)
    touch_configuration(house.institution.pk)
    assert list(outdated(house.institution, TODAY)) == [made]
    for name, args in (("materials", []), ("campaign", [made.campaign_id])):
        url = reverse(f"workspace:outreach:{name}", args=[house.slug, *args])
        page = words(house.client(KEEPER).get(url))
        assert "Punto que ya no se publica" in page and "Rehacer" not in page


def test_the_calendar_shows_a_month_and_hands_out_a_file(house):
    today = house.institution.local_date(timezone.now())
    row = plan(house, year=today.year, starts_on=today, ends_on=today, title="Feria, día 1; entrada libre")
    plan(house, year=today.year, starts_on=today, ends_on=today, title="Nunca", is_dropped=True)
    client, address = (
        house.client(Role.HEAD_OF_UNIT),
        reverse("workspace:outreach:calendar", args=[house.slug]),
    )
    client.get(address)
    with at_most(8):
        page = words(client.get(address))
    assert row.title in page and "Nunca" not in page
    for typed in ("2026-13", "9999999-1", "x", "2026-00"):
        assert client.get(f"{address}?mes={typed}").status_code == 200
    assert row.title not in words(client.get(f"{address}?mes=2001-02"))
    told = client.get(reverse("workspace:outreach:calendar_file", args=[house.slug])).content.decode()
    assert "SUMMARY:Feria\\, día 1\\; entrada libre" in told and "Nunca" not in told
    assert all(len(line.encode()) <= 75 for line in told.split("\r\n"))


def test_only_communications_plan_and_what_was_typed_stays(house):
    client = house.client(KEEPER)
    address = reverse("workspace:outreach:campaign_new", args=[house.slug])
    typed = {
        "year": "2026", "title": "Feria", "side": "internal", "audience": "Funcionarias", "message": "Vengan",
        "carried_by": ["intranet"], "starts_on": "2026-09-10", "ends_on": "2026-09-01", "cost": "0",
        "expected": "9",
    }  # fmt: skip
    refused = client.post(address, typed)
    assert refused.status_code == 422 and 'value="Feria"' in refused.content.decode()
    assert client.post(address, typed | {"ends_on": "2026-09-11"}).status_code == 302
    assert house.client(Role.QUALITY_MANAGER).get(address).status_code == 403
    listed = reverse("workspace:outreach:campaigns", args=[house.slug])
    out = b"".join(house.client(Role.PLANNING).get(f"{listed}?formato=csv").streaming_content).decode()
    assert "Feria" in out and "Intranet" in out
    workbook = house.client(Role.PLANNING).get(f"{listed}?formato=xlsx")
    assert io.BytesIO(workbook.content).read(2) == b"PK"

# SPDX-License-Identifier: EUPL-1.2
"""A sheet is written beside what is published, approved by somebody else, and kept in editions."""

import io
import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError, transaction
from django.utils import timezone
from pypdf import PdfReader

from siac.accounts.public import Role
from siac.catalogue import portal
from siac.catalogue.commands import drafts
from siac.catalogue.commands.services import end_due, end_service, offer_again, still_holds
from siac.catalogue.models import Service, ServiceDraft, ServiceVersion
from siac.catalogue.public import find_questions, frequent_questions, save_service, services
from siac.infra.pdf import PdfUnavailable
from siac.kernel.errors import Refused
from tests.factories import NOW, House, make_house
from tests.sql_counts import at_most
from tests.words import words

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def whole(house: House, **more) -> dict:
    """Every field of a sheet that nothing is published without."""
    return {
        "name": "Matrícula", "offering": "procedure", "summary": "Un lugar en una escuela.",
        "steps": [{"text": "Pida hora"}], "channels": [{"channel": "web", "how": "En el portal", "url": ""}],
        "fee": 0, "responsible_id": house.units["oirs"],
        "review_on": house.institution.local_date(timezone.now()) + timedelta(days=300),
        "questions": [{"question": "¿Sirve el pasaporte?", "answer": "Sí, también vencido."}], **more,
    }  # fmt: skip


def by(house: House, role: Role = Role.QUALITY_MANAGER) -> dict:
    return {"institution": house.institution, "actor": house.user(role), "now": timezone.now()}


def drafted(house: House, **more) -> ServiceDraft:
    return drafts.save_draft(**by(house), **whole(house, **more))


def published(house: House, **more) -> Service:
    made = save_service(**by(house, Role.ADMINISTRATOR), **whole(house, **more))
    house.institution.refresh_from_db()
    return made


def page_of(house: House, row: ServiceDraft) -> str:
    return f"/{house.slug}/gestion/servicios/borradores/{row.pk}/"


def test_a_draft_is_seen_by_nobody_outside_until_somebody_else_approves_it(house):
    row = drafted(house)
    writer, authority = house.client(Role.QUALITY_MANAGER), house.client(Role.AUTHORITY)
    url, public = page_of(house, row), f"/{house.slug}/servicios/matricula/"
    assert house.client().get(public).status_code == 404
    assert writer.post(f"{url}hacer/", {"hacer": "enviar"}).status_code == 302
    mine = writer.get(url)
    assert "la aprueba otra persona" in words(mine) and "Aprobar y publicar" not in words(mine)
    seen = authority.get(url).context["seen"]
    own = writer.post(f"{url}decidir/", {"hacer": "publicar", "visto": seen})
    assert own.status_code == 422 and "la aprueba otra persona" in words(own)
    done = authority.post(f"{url}decidir/", {"hacer": "publicar", "visto": seen})
    assert done.status_code == 302
    shown = words(house.client().get(public))
    assert "Un lugar en una escuela." in shown and "Sin costo" in shown and "¿Sirve el pasaporte?" in shown
    row.refresh_from_db()
    assert (row.state, row.edition, row.service.version) == ("published", 1, 1)
    assert house.user(Role.AUTHORITY).name in words(authority.get(url))


def test_what_is_published_stands_until_its_draft_is_approved_and_both_editions_stay(house):
    service = published(house)
    row = drafts.start_draft(**by(house), service=service)
    assert drafts.start_draft(**by(house, Role.ADMINISTRATOR), service=service) == row
    row = drafts.save_draft(
        **by(house), draft=row, **whole(house, fee=350, fee_unit="CLP", summary="Otra cosa.")
    )
    assert "Un lugar en una escuela." in words(house.client().get(f"/{house.slug}/servicios/matricula/"))
    drafts.submit_draft(**by(house), draft=row)
    authority = house.client(Role.AUTHORITY)
    page = authority.get(page_of(house, row))
    assert "Sin costo" in words(page) and "350 pesos" in words(page)
    authority.post(f"{page_of(house, row)}decidir/", {"hacer": "publicar", "visto": page.context["seen"]})
    shown = words(house.client().get(f"/{house.slug}/servicios/matricula/"))
    assert "Otra cosa." in shown and "350 pesos" in shown and "Un lugar en una escuela." not in shown
    assert list(ServiceVersion.objects.order_by("number").values_list("number", flat=True)) == [1, 2]
    compared = words(authority.get(f"/{house.slug}/gestion/servicios/{service.pk}/ediciones/?de=1&a=2"))
    assert "Un lugar en una escuela." in compared and "350 pesos" in compared
    odd = authority.get(f"/{house.slug}/gestion/servicios/{service.pk}/ediciones/?de=²&a=99999999999")
    assert odd.status_code == 200
    with pytest.raises(ProgrammingError, match="never rewritten"), transaction.atomic():
        ServiceVersion.objects.filter(service=service).update(fields={})


def test_who_approves_gets_what_was_looked_at_or_is_told(house):
    row = drafted(house)
    drafts.submit_draft(**by(house), draft=row)
    authority, url = house.client(Role.AUTHORITY), page_of(house, row)
    seen = authority.get(url).context["seen"]
    drafts.call_back_draft(**by(house), draft=row)
    drafts.save_draft(**by(house), draft=row, **whole(house, summary="Se cambió a escondidas."))
    drafts.submit_draft(**by(house), draft=row)
    overtaken = authority.post(f"{url}decidir/", {"hacer": "publicar", "visto": seen})
    assert overtaken.status_code == 422 and "Se cambió a escondidas." in words(overtaken)
    assert not Service.objects.exists()
    again = authority.post(f"{url}decidir/", {"hacer": "publicar", "visto": overtaken.context["seen"]})
    assert again.status_code == 302 and Service.objects.get().summary == "Se cambió a escondidas."


def test_it_is_given_back_with_a_reason_that_its_writer_reads(house):
    row = drafted(house)
    authority, url = house.client(Role.AUTHORITY), page_of(house, row)
    early = authority.post(f"{url}decidir/", {"hacer": "devolver", "reason": "Falta el horario."})
    assert early.status_code == 422 and "no está en revisión" in words(early)
    drafts.submit_draft(**by(house), draft=row)
    assert authority.post(f"{url}decidir/", {"hacer": "devolver", "reason": " "}).status_code == 422
    given = authority.post(f"{url}decidir/", {"hacer": "devolver", "reason": "Falta <b>el horario</b>."})
    assert given.status_code == 302
    page = house.client(Role.QUALITY_MANAGER).get(url).content.decode()
    assert "Falta &lt;b&gt;el horario&lt;/b&gt;." in page
    assert "Devuelta" in words(authority.get(f"/{house.slug}/gestion/servicios/borradores/"))


def test_nothing_is_sent_or_published_that_lacks_what_is_required(house):
    row = drafted(house, steps=[], fee=None)
    page = house.client(Role.QUALITY_MANAGER).post(f"{page_of(house, row)}hacer/", {"hacer": "enviar"})
    assert page.status_code == 422
    assert "escribir los pasos" in words(page) and "decir cuánto cuesta" in words(page)
    listed = (
        house.client(Role.QUALITY_MANAGER).get(f"/{house.slug}/gestion/servicios/falta/").content.decode()
    )
    assert f"borradores/{row.pk}/cambiar/#id_steps" in listed and "Escribir los pasos" in listed


def test_each_gap_leads_to_its_field(house):
    row = drafts.save_draft(**by(house), name="Vacía")
    client = house.client(Role.QUALITY_MANAGER)
    page = client.get(page_of(house, row)).content.decode()
    assert "Completar la ficha" in page and "Enviar a revisión" not in page
    form = client.get(f"{page_of(house, row)}cambiar/").content.decode()
    asked = set(re.findall(r"cambiar/#(id_\w+)", page))
    assert len(asked) > 8
    for each in asked:
        assert f'id="{each}"' in form, each


def test_two_who_write_at_once_do_not_write_over_each_other(house):
    row = drafted(house)
    url = f"{page_of(house, row)}cambiar/"
    first, second = house.client(Role.QUALITY_MANAGER), house.client(Role.ADMINISTRATOR)
    sent = {
        "name": "Matrícula", "offering": "service", "audience": "benefit", "fee_unit": "free", "unit": "bd",
        "summary": "De la primera.", "based_on": "1",
    }  # fmt: skip
    assert first.post(url, sent).status_code == 302
    late = second.post(url, sent | {"summary": "De la segunda."})
    assert late.status_code == 422 and "De la primera." in words(late) and "De la segunda." in words(late)
    row.refresh_from_db()
    assert (row.summary, row.version) == ("De la primera.", 2)
    drafts.save_draft(**by(house), draft=row, **whole(house))
    drafts.submit_draft(**by(house), draft=row)
    closed = first.post(url, sent | {"based_on": "3"})
    assert closed.status_code == 422 and "no está en borrador" in words(closed)


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.AUDITOR, Role.HEAD_OF_UNIT])
def test_who_may_only_read_reads(house, role):
    row = drafted(house)
    client, url = house.client(role), page_of(house, row)
    assert client.get(url).status_code == 200
    for address in ("cambiar/", "hacer/", "decidir/"):
        assert client.post(f"{url}{address}", {"hacer": "enviar"}).status_code == 403, address
    assert client.post(f"/{house.slug}/gestion/servicios/nuevo/", {}).status_code == 403


def test_what_another_body_writes_does_not_exist(house):
    other = make_house("valle")
    row, service = drafted(other), published(other, name="Otra")
    manager = house.client(Role.QUALITY_MANAGER)
    for address in (f"borradores/{row.pk}/", f"borradores/{row.pk}/cambiar/", f"{service.pk}/ediciones/"):
        assert manager.get(f"/{house.slug}/gestion/servicios/{address}").status_code == 404, address
    assert manager.post(f"/{house.slug}/gestion/servicios/borradores/{row.pk}/hacer/").status_code == 404
    assert manager.post(f"/{house.slug}/gestion/servicios/{service.pk}/cambiar/").status_code == 404


def test_a_name_that_is_published_is_not_taken_twice(house):
    published(house)
    with pytest.raises(Refused, match="service_taken"):
        drafted(house)
    row = drafted(house, name="Otra")
    drafts.submit_draft(**by(house), draft=row)
    published(house, name="Otra")
    with pytest.raises(Refused, match="service_taken"):
        drafts.publish_draft(**by(house, Role.AUTHORITY), draft=row)


def test_a_draft_that_is_left_changes_nothing_and_another_may_be_begun(house):
    service = published(house)
    row = drafts.start_draft(**by(house), service=service)
    assert house.client(Role.QUALITY_MANAGER).post(
        f"{page_of(house, row)}hacer/", {"hacer": "descartar"}
    ).status_code == 302  # fmt: skip
    assert drafts.start_draft(**by(house), service=service) != row
    with pytest.raises(Refused, match="sheet_not_open"):
        drafts.save_draft(**by(house), draft=row, **whole(house))


def test_a_form_that_came_as_a_file_is_handed_out_from_the_page_of_its_service_alone(house, other_house):
    manager = house.client(Role.QUALITY_MANAGER)
    sent = {
        "name": "Matrícula", "offering": "service", "audience": "benefit", "fee_unit": "free", "unit": "bd",
        "summary": "Qué es.", "steps-0-text": "Pida", "channels-0-channel": "web", "channels-0-how": "Aquí",
        "responsible_id": str(house.units["oirs"]), "based_on": "",
        "review_on": str(house.institution.local_date(timezone.now()) + timedelta(days=9)),
        "attachments": SimpleUploadedFile("Solicitud de matrícula.pdf", PDF, "application/pdf"),
    }  # fmt: skip
    made = manager.post(f"/{house.slug}/gestion/servicios/nuevo/", sent)
    assert made.status_code == 302, words(made)
    row = ServiceDraft.objects.get()
    (form,) = row.form_links
    assert form["title"] == "Solicitud de matrícula"
    assert manager.get(f"/{house.slug}/gestion/servicios/formularios/{form['file']}/").status_code == 200
    drafts.submit_draft(**by(house), draft=row)
    public = f"/{house.slug}/servicios/matricula/formularios/{form['file']}/"
    assert house.client().get(public).status_code == 404
    drafts.publish_draft(**by(house, Role.AUTHORITY), draft=row)
    answer = house.client().get(public)
    assert answer.status_code == 200 and "attachment" in answer["Content-Disposition"]
    assert public in house.client().get(f"/{house.slug}/servicios/matricula/").content.decode()
    save_service(**by(other_house, Role.ADMINISTRATOR), **whole(other_house))
    other = other_house.client().get(f"/{other_house.slug}/servicios/matricula/formularios/{form['file']}/")
    assert other.status_code == 404
    with pytest.raises(Refused, match="service_form_file"):
        save_service(**by(other_house), **whole(other_house, name="Otra", form_links=[form]))


def test_what_is_not_given_any_more_keeps_its_page_and_leaves_lists(house):
    service = published(house)
    today = house.institution.local_date(timezone.now())
    manager, url = house.client(Role.QUALITY_MANAGER), f"/{house.slug}/gestion/servicios/{service.pk}/"
    ended = manager.post(f"{url}termina/", {"on": str(today), "reason": "Ahora lo da el municipio."})
    assert ended.status_code == 302
    house.institution.refresh_from_db()
    shown = words(house.client().get(f"/{house.slug}/servicios/matricula/"))
    assert "Ya no se presta" in shown and "Ahora lo da el municipio." in shown
    assert "Matrícula" not in words(house.client().get(f"/{house.slug}/servicios/"))
    assert frequent_questions(house.institution) == []
    twice = manager.post(f"{url}termina/", {"on": str(today), "reason": ""})
    assert twice.status_code == 422 and "Ya no se presta" in words(twice)
    assert manager.post(f"{url}vuelve/").status_code == 302
    assert "Ya no se presta" not in words(house.client().get(f"/{house.slug}/servicios/matricula/"))
    with pytest.raises(Refused, match="service_given"):
        offer_again(**by(house), service=service)


def test_a_service_that_ends_on_a_day_is_given_until_then(house):
    service = published(house)
    today = house.institution.local_date(NOW)
    common = {"institution": house.institution, "actor": None, "now": NOW}
    end_service(**common, service=service, on=today + timedelta(days=3), reason="Termina el programa.")
    assert end_due(house.institution, now=NOW + timedelta(days=2)) == 0
    assert "Se presta hasta" in words(house.client().get(f"/{house.slug}/servicios/matricula/"))
    assert end_due(house.institution, now=NOW + timedelta(days=3)) == 1
    assert end_due(house.institution, now=NOW + timedelta(days=3)) == 0
    service.refresh_from_db()
    assert not service.is_active
    with pytest.raises(Refused, match="service_end"):
        end_service(**common, service=published(house, name="Otra"), on=date(2999, 1, 1), reason="")


def test_still_so_is_noted_with_who_and_until_when(house):
    service = published(house)
    today = house.institution.local_date(timezone.now())
    manager, url = house.client(Role.QUALITY_MANAGER), f"/{house.slug}/gestion/servicios/{service.pk}/"
    assert manager.post(f"{url}sigue-vigente/", {"review_on": "2001-01-01"}).status_code == 302
    service.refresh_from_db()
    assert service.version == 1
    manager.post(f"{url}sigue-vigente/", {"review_on": str(today + timedelta(days=90))})
    service.refresh_from_db()
    assert service.review_on == today + timedelta(days=90)
    assert house.user(Role.QUALITY_MANAGER).name in words(manager.get(url))
    with pytest.raises(Refused, match="service_reviewed"):
        still_holds(**by(house), service=service, review_on=today)


def test_frequent_questions_are_found_with_their_service(house):
    published(house)
    published(house, name="Becas", questions=[{"question": "¿Cuánto dura?", "answer": "Un año."}])
    assert [each.service for each in frequent_questions(house.institution)] == ["Becas", "Matrícula"]
    assert [each.answer for each in find_questions(house.institution, "pasaporte")] == [
        "Sí, también vencido."
    ]
    services(house.institution)
    with at_most(0):
        find_questions(house.institution, "dura")
    page = house.client().get(f"/{house.slug}/servicios/matricula/").content.decode()
    assert '"@type": "FAQPage"' in page and "¿Sirve el pasaporte?" in page


def test_the_sheet_on_paper_says_what_the_page_says(house, monkeypatch):
    published(
        house, name="Matrícula *especial* #1", amount=5, unit="bd", entitled="Familias",
        requirements=[{"text": "Cédula", "where": "Registro Civil"}],
        legal=[{"norm": "Ley 20.845", "article": "art. 7", "url": ""}],
    )  # fmt: skip
    made = house.client().get(f"/{house.slug}/servicios/matricula-especial-1/hoja.pdf")
    assert made["Content-Type"] == "application/pdf"
    paper = PdfReader(io.BytesIO(made.content))
    text = " ".join(" ".join(page.extract_text() for page in paper.pages).split())
    for said in (
        "Matrícula *especial* #1", "Trámite", "5 días hábiles", "Sin costo", "Cédula (Registro Civil)",
        "Pida hora", "Por internet: En el portal", "Ley 20.845, art. 7", "¿Sirve el pasaporte?", "Edición 1",
        f"/{house.slug}/servicios/matricula-especial-1/",
    ):  # fmt: skip
        assert said in text, said

    def fails(*args, **kwargs):
        raise PdfUnavailable

    monkeypatch.setattr(portal, "service_paper", fails)
    page = house.client().get(f"/{house.slug}/servicios/matricula-especial-1/hoja.pdf")
    assert page.status_code == 503 and "inténtelo" in words(page).lower()


def test_pages_cost_as_much_with_many(house):
    client = house.client(Role.QUALITY_MANAGER)
    addresses = [
        f"/{house.slug}/gestion/servicios/{end}" for end in ("borradores/", "falta/", "por-revisar/")
    ]
    for count in (1, 60):
        for number in range(count):
            drafted(house, name=f"Ficha {count} {number}")
            published(
                house, name=f"Servicio {count} {number}",
                review_on=house.institution.local_date(timezone.now()) + timedelta(days=2),
            )  # fmt: skip
        for address in addresses:
            client.get(address)
            with at_most(6):
                assert client.get(address).status_code == 200
    row = drafted(house, name="Una")
    with at_most(12):
        client.get(page_of(house, row))

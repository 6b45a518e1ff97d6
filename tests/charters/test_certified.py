# SPDX-License-Identifier: EUPL-1.2
"""Somebody outside certifies a charter: audited every year, renewed every three, shown while it holds."""

from datetime import date, timedelta

import pytest
from django.db.models import F

from siac.accounts.public import Role
from siac.charters.commands.certifying import note_audit, open_audit_finding, save_certification
from siac.charters.domain.certifying import audits_between, holds_until
from siac.charters.models import Certification, CertificationAudit, Commitment
from siac.charters.queries import audits_to_make, certificates_of, certificates_to_renew
from siac.charters.sealing import problems
from siac.journal.public import recorded
from siac.kernel.errors import Refused
from siac.organizations.public import Institution
from tests.checklists.test_visits import sent
from tests.factories import NOW, House, upload
from tests.words import words

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 1, 31), date(2029, 1, 28)


def certified(house: House, **more) -> Certification:
    return save_certification(
        **{
            "institution": house.institution, "charter_id": house.commitment.edition.charter_id,
            "certifier": "AENOR", "norm": "UNE 93200", "number": "A-1", "scope": "Reclamos por escrito",
            "valid_from": FIRST, "valid_to": LAST, "files": [], "actor": house.user(Role.QUALITY_MANAGER),
            "now": NOW, **more,
        }
    )  # fmt: skip


def noted(house: House, audit, **more):
    return note_audit(
        **{
            "institution": house.institution, "audit_id": audit.pk, "held_on": date(2026, 9, 1),
            "result": "kept", "words": "", "files": [], "actor": house.user(Role.QUALITY_MANAGER), "now": NOW,
            **more,
        }
    )  # fmt: skip


def test_a_certificate_is_audited_each_year_and_ends_after_three():
    assert holds_until(FIRST) == LAST
    assert audits_between(FIRST, LAST) == [date(2027, 1, 28), date(2028, 1, 28)]
    assert audits_between(FIRST, date(2026, 12, 31)) == []


def test_it_is_told_in_public_while_it_holds(house):
    url = f"/{house.slug}/cartas/carta/"
    assert "Carta certificada" not in words(house.client().get(url))
    row = certified(house, valid_from=NOW.date() - timedelta(days=9), valid_to=date(2099, 1, 1))
    page = words(house.client().get(url))
    assert "Carta certificada por AENOR" in page and "Reclamos por escrito" in page
    assert "Carta certificada" in words(house.client().get(f"{url}cumplimiento/"))
    audit = row.audits.first()
    noted(house, audit, result="lost", words="No hay seguimiento", held_on=NOW.date() - timedelta(days=1))
    assert "Carta certificada" not in words(house.client().get(url))
    assert certificates_of(house.institution, row.charter_id, today=NOW.date() - timedelta(days=2)) != []


def test_somebody_is_told_before_an_audit_and_before_its_end(house):
    row = certified(house)
    assert not audits_to_make(house.institution, today=date(2026, 11, 27)).exists()
    assert audits_to_make(house.institution, today=date(2026, 11, 28)).count() == 1
    assert not certificates_to_renew(house.institution, today=date(2028, 7, 27)).exists()
    assert certificates_to_renew(house.institution, today=date(2028, 7, 28)).get() == row
    certified(house, number="A-2", valid_from=LAST, valid_to=date(2032, 1, 28))
    assert not certificates_to_renew(house.institution, today=date(2028, 8, 1)).exists()


def test_what_waits_stands_on_the_first_page_of_whoever_keeps_charters(house):
    today = date.today()
    certified(house, valid_from=today - timedelta(days=700), valid_to=today + timedelta(days=100))
    page = words(house.client(Role.QUALITY_MANAGER).get(f"/{house.slug}/gestion/", follow=True))
    assert "Certificaciones por auditar o renovar" in page
    assert "Renovar el certificado: Carta de servicios" in page
    list_of_all = f"/{house.slug}/gestion/cartas/certificaciones/"
    assert f'href="{list_of_all}"' in house.client(Role.QUALITY_MANAGER).get(
        f"/{house.slug}/gestion/", follow=True
    ).content.decode()  # fmt: skip
    listed = words(house.client(Role.QUALITY_MANAGER).get(list_of_all))
    waits = audits_to_make(house.institution, today=today).count()
    assert listed.count("Auditoría de seguimiento") == waits and listed.count("Renovar el certificado") == 1
    assert house.client(Role.AUDITOR).get(list_of_all).status_code == 403


def test_an_audit_noted_by_mistake_is_corrected_and_gives_the_certificate_back(house):
    row = certified(house)
    audit = row.audits.first()
    noted(house, audit, result="lost", words="No hay seguimiento")
    row.refresh_from_db()
    assert row.ended_on == date(2026, 9, 1)
    with pytest.raises(Refused, match="audit_noted"):
        noted(house, audit, result="kept")
    with pytest.raises(Refused, match="saved_meanwhile"):
        noted(house, audit, result="kept", based_on=0)
    manager = house.client(Role.QUALITY_MANAGER)
    page = manager.get(f"/{house.slug}/gestion/cartas/{row.charter_id}/certificacion/")
    url = f"/{house.slug}/gestion/cartas/auditorias/{audit.pk}/"
    assert f'href="{url}"' in page.content.decode()
    assert "No hay seguimiento" in words(manager.get(url))
    sent = {"held_on": "2026-09-01", "result": "kept", "words": "", "based_on": "1"}
    assert manager.post(url, sent).status_code == 302
    assert "Otra persona lo guardó" in words(manager.post(url, sent | {"result": "lost", "words": "Mal"}))
    row.refresh_from_db()
    assert row.ended_on is None and row.is_valid(date(2026, 9, 2))
    results = [entry.data["result"] for entry in recorded(house.institution.pk, ["charters.audited"])]
    assert results == ["lost", "kept"]


@pytest.mark.parametrize(
    ("model", "change", "said"),
    [
        (Certification, {"scope": "Todo"}, "el certificado de una carta"),
        (Certification, {"ended_on": date(2027, 1, 1)}, "el certificado de una carta"),
        (CertificationAudit, {"words": "Nada que decir"}, "la auditoría de un certificado"),
    ],
)
def test_verification_holds_certificates_and_audits(house, model, change, said):
    audit = certified(house).audits.first()
    noted(house, audit, result="noted", words="Falta un registro")
    assert list(problems(house.institution.pk)) == []
    model.objects.filter(pk=audit.pk if model is CertificationAudit else audit.certification_id).update(
        **change
    )
    (found,) = problems(house.institution.pk)
    assert said in found and "no dice lo que consta" in found


def test_an_audit_leads_to_findings(house):
    manager, audit = house.client(Role.QUALITY_MANAGER), certified(house).audits.first()
    common = {
        "institution": house.institution, "audit_id": audit.pk, "title": "Falta el registro", "severity": 2,
        "detail": "", "unit_id": house.units["obras"], "due_on": None,
        "actor": house.user(Role.QUALITY_MANAGER), "now": NOW,
    }  # fmt: skip
    with pytest.raises(Refused, match="audit_waits"):
        open_audit_finding(**common)
    noted(house, audit, result="noted", words="Falta un registro")
    made = open_audit_finding(**common)
    assert open_audit_finding(**common).pk == made.pk  # sent twice, it is there once
    assert open_audit_finding(**common | {"title": "Falta otra cosa"}).pk != made.pk
    page = words(manager.get(f"/{house.slug}/gestion/cartas/{audit.certification.charter_id}/certificacion/"))
    assert f"{made.code} Falta el registro" in page and "Se mantiene, con observaciones" in page
    told = words(manager.get(f"/{house.slug}/gestion/hallazgos/{made.pk}/"))
    assert "Auditoría de AENOR, 01-09-2026" in told and "Auditoría externa" in told


def test_a_certificate_is_written_with_its_file_on_a_form(house):
    manager = house.client(Role.QUALITY_MANAGER)
    charter = house.commitment.edition.charter_id
    url = f"/{house.slug}/gestion/cartas/{charter}/certificacion/"
    sent = {
        "certifier": "AENOR", "norm": "UNE 93200", "number": "A-9", "scope": "Reclamos", "based_on": "",
        "valid_from": "2026-01-31", "attachments": upload("certificado.pdf"),
    }  # fmt: skip
    made = manager.post(f"{url}nueva/", sent)
    assert made.status_code == 302, words(made)
    row = Certification.objects.get()
    assert row.valid_to == LAST and "certificado.pdf" in words(manager.get(url))
    again = manager.post(f"{url}nueva/", {**sent, "attachments": upload()})
    assert "ya está en esta carta" in words(again)
    stale = {**sent, "scope": "Todo", "attachments": "", "based_on": "0"}
    assert manager.post(f"{url}{row.pk}/", stale).status_code == 422
    audit = row.audits.first()
    answer = manager.post(
        f"/{house.slug}/gestion/cartas/auditorias/{audit.pk}/", {"held_on": "2026-02-20", "result": "kept"}
    )
    assert answer.status_code == 302, words(answer)
    found = manager.post(
        f"/{house.slug}/gestion/cartas/auditorias/{audit.pk}/hallazgo/", {"title": "Una", "severity": "3"}
    )
    assert found.status_code == 302 and "Una" in words(manager.get(url))


def test_a_correction_keeps_the_audits_that_were_made(house):
    row = certified(house)
    done = noted(house, row.audits.first())
    certified(house, certification_id=row.pk, based_on=1, valid_to=date(2028, 1, 10))
    assert [each.pk for each in row.audits.all()] == [done.pk]


def test_a_correction_leaves_the_year_whose_audit_came_first_of_all(house):
    row = certified(house)
    first, second = row.audits.all()
    noted(house, second)
    certified(house, certification_id=row.pk, based_on=1, scope="Reclamos y consultas")
    assert [(each.due_on, each.held_on) for each in row.audits.all()] == [
        (first.due_on, None), (second.due_on, date(2026, 9, 1)),
    ]  # fmt: skip
    # where its days move, the one that was made stands for the first year that is left
    certified(house, certification_id=row.pk, based_on=2, valid_from=date(2026, 2, 10))
    assert [each.due_on for each in row.audits.all()] == [second.due_on, date(2028, 2, 10)]


def test_a_slip_of_the_year_is_a_refusal_and_shuts_no_page(house):
    assert holds_until(date(9998, 1, 31)) == date.max
    assert audits_between(date(9997, 1, 31), date.max) == [date(9998, 1, 28), date(9999, 1, 28)]
    with pytest.raises(Refused, match="certificate_days"):
        certified(house, valid_to=date(9999, 12, 31))
    manager, charter = house.client(Role.QUALITY_MANAGER), house.commitment.edition.charter_id
    url = f"/{house.slug}/gestion/cartas/{charter}/certificacion/"
    sent = {"certifier": "AENOR", "norm": "UNE 93200", "number": "A-9", "scope": "Todo", "based_on": ""}
    assert manager.post(f"{url}nueva/", {**sent, "valid_from": "9998-01-31"}).status_code == 302
    assert manager.get(url).status_code == 200


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"charter_id": 0}, "charter_unknown"),
        ({"certification_id": 0}, "certificate_unknown"),
        ({"valid_to": FIRST}, "certificate_days"),
        ({"scope": " \u200b "}, "certificate_empty"),
    ],
)
def test_what_is_no_certificate_is_refused(house, more, code):
    with pytest.raises(Refused, match=code):
        certified(house, **more)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"held_on": date(2026, 1, 30)}, "audit_day"),
        ({"held_on": NOW.date() + timedelta(days=1)}, "audit_day"),
        ({"result": "noted"}, "audit_words"),
    ],
)
def test_what_is_no_audit_is_refused(house, more, code):
    audit = certified(house).audits.first()
    with pytest.raises(Refused, match=code):
        noted(house, audit, **more)
    noted(house, audit)
    with pytest.raises(Refused, match="audit_noted"):
        noted(house, audit)


def test_the_register_lists_the_visits_to_the_units_of_the_charter(house):
    charter = house.commitment.edition.charter_id
    url = f"/{house.slug}/gestion/cartas/{charter}/registro/"
    Commitment.objects.filter(pk=house.commitment.pk).update(responsible_id=house.units["juridico"])
    house.institution.refresh_from_db()
    visit = sent(house)
    assert "cliente incógnito" not in words(house.client(Role.QUALITY_MANAGER).get(url))
    Commitment.objects.filter(pk=house.commitment.pk).update(responsible_id=visit.unit_id)
    Institution.objects.filter(pk=house.institution.pk).update(config_version=F("config_version") + 1)
    page = words(house.client(Role.QUALITY_MANAGER).get(url))
    assert "Auditorías internas y cliente incógnito" in page and visit.unit.name in page

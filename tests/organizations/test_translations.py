# SPDX-License-Identifier: EUPL-1.2
"""A body translates what it wrote: shown where it holds, in Spanish again where the original changed."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from siac.accounts.public import Role
from siac.cases.models import CaseKind
from siac.journal.public import JournalEntry
from siac.kernel.errors import Refused
from siac.organizations.commands.translating import save_translation
from siac.organizations.models import Institution, RecordTranslation, RecordTranslationVersion
from siac.organizations.public import update_institution
from siac.organizations.translating import translated_sorts
from tests.factories import NOW, House, make_house

pytestmark = pytest.mark.django_db


@pytest.fixture
def valdeolmos() -> House:
    house = make_house("valdeolmos", "ES")
    update_institution(institution=house.institution, actor=None, now=NOW, languages="ca eu")
    house.institution.refresh_from_db()
    return house


def kind_of(house: House) -> CaseKind:
    return CaseKind.objects.get(institution=house.institution, code="reclamo")


def address(house: House, language: str = "ca", pk: int = 0) -> str:
    return f"/{house.slug}/gestion/configuracion/traducciones/case-kind/{pk or kind_of(house).pk}/{language}/"


def in_catalan(house: House) -> Client:
    client = Client()
    client.get(f"/{house.slug}/idioma/ca/")
    return client


def test_what_is_translated_is_read_and_the_rest_stays_marked(valdeolmos):
    staff = valdeolmos.client(Role.QUALITY_MANAGER)
    form = staff.get(address(valdeolmos)).content.decode()
    assert "Quiero reclamar" in form and "¿Dónde ocurrió?" in form
    typed = {"need": "Vull reclamar", "q_donde": "On va passar?", "name": ""}
    assert staff.post(address(valdeolmos), typed).status_code == 302
    client = in_catalan(valdeolmos)
    page = client.get(f"/{valdeolmos.slug}/solicitud/reclamo/").content.decode()
    assert "Vull reclamar" in page and "On va passar?" in page and "Quiero reclamar" not in page
    assert '<title lang="es">' in page  # its name is not translated
    listed = staff.get(f"/{valdeolmos.slug}/gestion/configuracion/traducciones/").content.decode()
    assert "2 de " in listed
    entry = JournalEntry.objects.get(kind="organizations.translation_saved")
    assert entry.data["language"] == "ca" and "Vull" not in str(entry.data)


def test_a_changed_original_is_shown_in_spanish_until_it_is_translated_anew(valdeolmos):
    body, kind = valdeolmos.institution, kind_of(valdeolmos)
    keep = {"institution": body, "record": "case-kind", "record_id": kind.pk, "language": "ca", "actor": None}
    save_translation(**keep, said={"need": "Vull reclamar"}, now=NOW)
    CaseKind.objects.filter(pk=kind.pk).update(need="Quiero presentar un reclamo")
    update_institution(institution=body, actor=None, now=NOW, phone="600 1")  # caches go by its version
    page = in_catalan(valdeolmos).get(f"/{valdeolmos.slug}/solicitud/").content.decode()
    assert '<span lang="es">Quiero presentar un reclamo</span>' in page and "Vull reclamar" not in page
    staff = valdeolmos.client(Role.ADMINISTRATOR)
    form = staff.get(address(valdeolmos)).content.decode()
    assert "Desactualizada: tradujo «Quiero reclamar»." in form and "Vull reclamar" in form
    listed = staff.get(f"/{valdeolmos.slug}/gestion/configuracion/traducciones/").content.decode()
    assert ", 1 por poner al día" in listed


def test_translations_cost_no_sql_once_they_are_known(valdeolmos):
    client, page = in_catalan(valdeolmos), f"/{valdeolmos.slug}/solicitud/reclamo/"
    client.get(page)
    with CaptureQueriesContext(connection) as translated:
        client.get(page)
    with CaptureQueriesContext(connection) as spanish:
        Client().get(page)
    assert len(translated) == len(spanish)


def test_two_people_do_not_overwrite_each_other_and_versions_stay(valdeolmos):
    staff = valdeolmos.client(Role.ADMINISTRATOR)
    staff.post(address(valdeolmos), {"need": "Vull reclamar"})
    staff.post(address(valdeolmos), {"need": "Vull queixar-me", "based_on": "1"})
    late = staff.post(address(valdeolmos), {"need": "Una altra", "based_on": "1"})
    assert late.status_code == 422 and "Una altra" in late.content.decode()
    row = RecordTranslation.objects.get()
    assert (row.version, row.texts["need"]["said"]) == (2, "Vull queixar-me")
    with pytest.raises(DatabaseError), transaction.atomic():
        RecordTranslationVersion.objects.update(number=9)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"language": "arn"}, "translation_language"),
        ({"language": "gl"}, "translation_language"),
        ({"record": "nada"}, "translation_record"),
        ({"record_id": 0}, "translation_record"),
        ({"said": {"need": "x" * 6001}}, "translation_long"),
    ],
)
def test_what_cannot_be_is_refused(valdeolmos, changed, code):
    asked = {
        "institution": valdeolmos.institution, "record": "case-kind", "record_id": kind_of(valdeolmos).pk,
        "language": "ca", "said": {"need": "Vull"}, "actor": None, "now": NOW,
    }  # fmt: skip
    with pytest.raises(Refused) as refused:
        save_translation(**{**asked, **changed})
    assert refused.value.code == code


def test_of_another_body_nothing_is_there_and_nothing_is_said(valdeolmos, house):
    other = kind_of(house).pk
    staff = valdeolmos.client(Role.ADMINISTRATOR)
    assert staff.get(address(valdeolmos, pk=other)).status_code == 404
    assert staff.get(address(valdeolmos, "gl")).status_code == 404
    assert valdeolmos.client(Role.FRONT_DESK).get(address(valdeolmos)).status_code == 403
    save_translation(
        institution=valdeolmos.institution, record="case-kind", record_id=kind_of(valdeolmos).pk,
        language="ca", said={"need": "Vull reclamar"}, actor=None, now=NOW,
    )  # fmt: skip
    Institution.objects.filter(pk=house.institution.pk).update(jurisdiction="ES", languages="ca")
    page = in_catalan(house).get(f"/{house.slug}/solicitud/").content.decode()
    assert '<html lang="ca">' in page and "Vull reclamar" not in page


def test_what_people_read_of_services_points_kinds_and_topics_can_be_translated():
    codes = {sort.code for sort in translated_sorts()}
    assert codes == {"catalogue-service", "catalogue-topic", "service-point", "case-kind"}


def test_hostile_text_is_only_text(valdeolmos):
    staff = valdeolmos.client(Role.ADMINISTRATOR)
    staff.post(address(valdeolmos), {"need": "<script>x</script>\ue000\ue001"})
    page = in_catalan(valdeolmos).get(f"/{valdeolmos.slug}/solicitud/").content.decode()
    assert "&lt;script&gt;x&lt;/script&gt;" in page and "<script>x" not in page and "\ue000" not in page

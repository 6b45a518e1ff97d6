# SPDX-License-Identifier: EUPL-1.2
"""Exchange of registry entries at its edges: who acts for somebody, files, what cannot be given back."""

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import F

from siac.accounts.public import Role
from siac.cases.models import Case
from siac.documents.models import Attachment
from siac.documents.public import check_uploads
from siac.integrations.sicres.commands import bringing, deciding, sending
from siac.integrations.sicres.commands.deciding import reject_entry
from siac.integrations.sicres.commands.replying import reply_of
from siac.integrations.sicres.domain.layout import ORIGIN
from siac.integrations.sicres.domain.reading import Exchange, Party, Trouble, request_of
from siac.integrations.sicres.forms import BringForm
from siac.integrations.sicres.models import Dispatch, RegistryEntry, RegistryOffice
from siac.kernel.errors import Refused
from siac.organizations.models import Institution
from tests.factories import NOW, upload
from tests.sicres.samples import IDENTIFIER, exchange, fields_xml
from tests.sicres.test_exchange import (
    DESK,
    OFFICER,
    PAGE,
    brought,
    made,
    madrid,
    outgoing,
    replied,
    sent,
    whom,
)
from tests.words import words

__all__ = ["madrid"]
ACTS = {
    "Nombre_Representante": "Iker", "Primer_Apellido_Representante": "Sola",
    "Tipo_Documento_Identificacion_Representante": "N", "Documento_Identificacion_Representante": "00000000T",
    "Correo_Electronico_Representante": "iker@ejemplo.es", "Telefono_Contacto_Representante": "600000000",
}  # fmt: skip


def test_whoever_acts_for_a_person_is_kept_sealed_with_them_and_goes_out_with_them(madrid):
    acting = exchange().replace(b"</De_Interesado>", f"{fields_xml(ACTS)}</De_Interesado>".encode())
    case = made(madrid, brought(madrid, acting))
    line = "Iker Sola 00000000T; iker@ejemplo.es; 600000000"
    assert whom(madrid, case).agent == line and "Iker" not in case.text.body
    page = madrid.client(Role.QUALITY_MANAGER).get(f"/{madrid.slug}/gestion/solicitudes/{case.folio}/")
    assert f"Representante {line}" in words(page)


def test_whoever_acts_for_somebody_who_is_not_named_or_for_another_one_stays_in_the_text():
    agent, named = Party("N", "00000000T", "", "Iker", "Sola"), Party(given_names="Ana")
    said = "Actúa en representación: Iker Sola 00000000T."
    assert request_of(Exchange({}, [(Party(), agent)], [], [])).endswith(said)
    assert said not in request_of(Exchange({}, [(named, agent)], [], []))
    assert request_of(Exchange({}, [(named, Party()), (named, agent)], [], [])).endswith(said)


def test_files_are_fetched_before_anything_is_locked_and_must_still_be_those(madrid, monkeypatch):
    order, fetch, lock = [], sending._content, sending._sent
    monkeypatch.setattr(sending, "_content", lambda stored: (order.append("fetched"), fetch(stored))[1])
    monkeypatch.setattr(sending, "_sent", lambda *a, **k: (order.append("locked"), lock(*a, **k))[1])
    found = outgoing(sent(madrid, files=check_uploads([upload("foto.pdf")])))
    assert order == ["fetched", "locked"] and [each.name for each in found.annexes] == ["foto.pdf"]
    monkeypatch.setattr(sending, "_fetched", lambda *told: {})
    with pytest.raises(Refused, match="sicres_files_changed"):
        sent(madrid, files=check_uploads([upload("otra.pdf")]))


def test_what_is_sent_is_stored_while_nothing_is_locked_and_nothing_may_have_changed_by_then(
    madrid, monkeypatch
):
    locked, real, meanwhile = [], sending.put_away, []

    def noted(files, now):
        locked.append(len(connection.savepoint_ids))
        for change in meanwhile:
            change()
        return real(files, now=now)

    monkeypatch.setattr(sending, "put_away", noted)
    monkeypatch.setattr(bringing, "put_away", noted)
    sent(madrid)
    brought(madrid, exchange())
    assert locked == [0, 0] and Dispatch.objects.count() == 1
    meanwhile.append(lambda: Case.objects.update(version=F("version") + 1))
    with pytest.raises(Refused, match="changed"):
        sent(madrid)
    meanwhile[:] = [lambda: Attachment.objects.filter(subject_type="case").update(erased_at=NOW)]
    with pytest.raises(Refused, match="sicres_files_changed"):
        sent(madrid, files=check_uploads([upload("foto.pdf")]))
    assert Dispatch.objects.count() == 1


def test_times_come_in_and_go_out_by_the_clock_of_the_peninsula_also_in_the_canaries(madrid):
    """What a body sends it would read as the same moment."""
    Institution.objects.update(time_zone="Atlantic/Canary")
    madrid.institution.refresh_from_db()
    entry = brought(madrid, exchange())
    assert entry.entered_at == datetime(2026, 9, 1, 7, 30, tzinfo=UTC)
    case = made(madrid, entry)
    entry.refresh_from_db()
    office = RegistryOffice.objects.get()
    assert b"<Fecha_Hora_Entrada_Destino>20260907170000<" in reply_of(entry, office, "respuesta")
    found = outgoing(sent(madrid))
    assert found.field(ORIGIN, "Fecha_Hora_Entrada") == "20260907170000"
    assert case.filed_at == datetime(2026, 9, 1, 7, 30, tzinfo=UTC)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(madrid, monkeypatch):
    field = BringForm.base_fields["file"]
    monkeypatch.setattr(field, "most", 10)
    monkeypatch.setattr(bringing, "opened", None)
    page = madrid.client(DESK).post(PAGE, {"file": SimpleUploadedFile("a.xml", exchange())})
    assert page.status_code == 422 and "El archivo es de más de" in page.content.decode()


@pytest.mark.parametrize("is_erased", [False, True])
def test_a_rejected_entry_that_cannot_be_read_has_its_origin_told_why_in_a_message(
    madrid, monkeypatch, is_erased
):
    entry, client = brought(madrid, exchange()), madrid.client(DESK)
    reject_entry(
        institution=madrid.institution, entry_id=entry.pk, reason="No es competente",
        actor=madrid.user(DESK), now=NOW,
    )  # fmt: skip
    if is_erased:
        RegistryEntry.objects.update(erased_at=NOW)
        Attachment.objects.filter(subject_type="sicres_entry").update(erased_at=NOW)
    monkeypatch.setattr(deciding, "opened", lambda content: Trouble("unreadable"))
    entry.refresh_from_db()
    back = replied(madrid, entry)
    assert back.values["Tipo_Mensaje"] == "02" and back.values["Identificador_Intercambio"] == IDENTIFIER
    assert back.values["Descripcion_Mensaje"].startswith("Rechazada: No es competente.")
    assert "avise además a la oficina de origen" in words(client.get(f"{PAGE}{entry.pk}/"))


def test_an_entry_that_does_not_say_whose_it_is_says_that_nothing_can_be_given_back(madrid):
    entry = brought(madrid, b"<no/>")
    page = words(madrid.client(DESK).get(f"{PAGE}{entry.pk}/"))
    assert "no hay ningún archivo que devolver" in page and "mensaje 02" not in page


def test_it_is_said_that_what_is_added_later_does_not_go_out(madrid):
    dispatch = sent(madrid)
    page = madrid.client(OFFICER).get(f"/{madrid.slug}/gestion/registro-sir/enviadas/{dispatch.pk}/")
    assert "no llega al otro organismo" in words(page)

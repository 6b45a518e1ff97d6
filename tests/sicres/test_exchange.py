# SPDX-License-Identifier: EUPL-1.2
"""Spain's exchange of registry entries: what comes becomes a request once, what goes out is followed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from siac.accounts.public import Role
from siac.cases.models import Case
from siac.cases.public import refer_case
from siac.documents.models import Attachment
from siac.documents.public import check_uploads, open_file
from siac.infra.retrying import StoreAway
from siac.integrations.sicres.commands import deciding
from siac.integrations.sicres.commands.bringing import bring
from siac.integrations.sicres.commands.deciding import file_entry, reject_entry
from siac.integrations.sicres.commands.office import save_office
from siac.integrations.sicres.commands.replying import reply_of
from siac.integrations.sicres.commands.sending import send_case, transfer_accepted
from siac.integrations.sicres.commands.tidying import erase_of_cases, erase_old
from siac.integrations.sicres.domain.layout import CONTROL, DESTINATION, FORM, PERSON, SUBJECT
from siac.integrations.sicres.domain.parsing import read
from siac.integrations.sicres.domain.reading import Exchange, Message, Trouble, told
from siac.integrations.sicres.models import Dispatch, RegistryEntry, RegistryOffice
from siac.integrations.sicres.queries import office_of
from siac.journal.public import history, verify_institution
from siac.kernel.errors import Refused
from siac.people.public import PersonData, reveal
from tests.factories import ANONYMOUS, NOW, House, file, make_house, upload
from tests.sicres.samples import IDENTIFIER, OFFICE, OTHER, UNIT, annex, exchange, message
from tests.sql_counts import at_most

PAGE = "/madrid/gestion/registro-sir/"
DESK, OFFICER = Role.FRONT_DESK, Role.UNIT_OFFICER


def set_up(house: House, **changes: Any) -> None:
    values = {
        "office_code": OFFICE, "office_name": "Registro General", "unit_code": UNIT,
        "kind_id": house.kinds["reclamo"].pk, **changes,
    }  # fmt: skip
    save_office(institution=house.institution, actor=house.user(Role.ADMINISTRATOR), now=NOW, **values)


@pytest.fixture
def madrid(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    house = make_house("madrid", "ES")
    set_up(house)
    return house


def brought(house: House, content: bytes, *, now: datetime = NOW) -> Any:
    return bring(institution=house.institution, content=content, actor=house.user(DESK), now=now)


def made(house: House, entry: RegistryEntry, **changes: Any) -> Case:
    return file_entry(
        institution=house.institution, entry_id=entry.pk, actor=house.user(DESK), now=NOW, **changes
    )


def whom(house: House, case: Case) -> PersonData:
    assert case.person_id is not None
    return reveal(house.institution.pk, [case.person_id], actor_id=None, reason="", now=NOW)[case.person_id]


def parsed(content: bytes) -> Any:
    value, contents = read(content, {})
    return told(value, contents)


def replied(house: House, entry: RegistryEntry, which: str = "respuesta") -> Any:
    office = office_of(house.institution)
    assert office is not None
    found = RegistryEntry.objects.select_related("case", "institution").get(pk=entry.pk)
    return parsed(reply_of(found, office, which))


def sent(house: House, **changes: Any) -> Dispatch:
    now = changes.pop("now", NOW)
    case = file(
        house,
        body=changes.pop("body", "Hay un bache."),
        files=changes.pop("files", ()),
        place=changes.pop("place", ""),
    )
    case = refer_case(
        institution=house.institution, case_id=case.pk, version=None, unit_id=house.units["obras"],
        actor=house.user(Role.QUALITY_MANAGER), now=NOW,
    )  # fmt: skip
    values = {"office_code": OTHER.lower(), "unit_code": "", "name": "Ayuntamiento de Vega Alta", **changes}
    send_case(
        institution=house.institution,
        case_id=case.pk,
        version=None,
        actor=house.user(OFFICER),
        now=now,
        **values,
    )
    return Dispatch.objects.select_related("case").latest("pk")


def test_an_entry_becomes_a_request_whose_term_runs_from_its_origin(madrid):
    entry = brought(madrid, exchange(annexes=[annex()]))
    assert (entry.state, entry.origin_number) == ("waiting", "REGAGE26e0000042")
    case = made(madrid, entry)
    assert case.channel == "platform"
    assert case.filed_at == datetime(2026, 9, 1, 7, 30, tzinfo=UTC)  # 09:30 in Madrid
    assert case.text.subject == "Farola apagada en la plaza"
    person = whom(madrid, case)
    assert (person.given_names, person.family_names) == ("Elena", "Ñíguez Prado")
    assert (person.document_type, person.document_number) == ("dni_es", "12345678Z")
    assert [each.name for each in Attachment.objects.filter(subject_type="case")] == ["plano.pdf"]
    assert "sicres.filed" in [each.kind for each in history(madrid.institution.pk, case.stream)]
    assert verify_institution(madrid.institution.pk).problems == []


def test_the_same_exchange_twice_is_told_where_it_is(madrid):
    case = made(madrid, brought(madrid, exchange()))
    with pytest.raises(Refused) as refused:
        brought(madrid, exchange(Resumen="otro"))
    assert (refused.value.code, refused.value.context["where"]) == ("sicres_again", case.folio)
    with pytest.raises(Refused, match="sicres_decided"):
        made(madrid, RegistryEntry.objects.get())
    assert Case.objects.count() == 1


def test_another_body_may_have_the_same_exchange(madrid):
    brought(madrid, exchange())
    other = make_house("toledo", "ES")
    set_up(other)
    assert brought(other, exchange()).state == "waiting"


@pytest.mark.slow
def test_two_at_once_are_one(real_commits, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    house = make_house("madrid", "ES")
    set_up(house)
    user = house.user(DESK)

    def once(number: int) -> str:
        try:
            bring(institution=house.institution, content=exchange(), actor=user, now=NOW)
            return "kept"
        except Refused as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(once, range(2))) == ["kept", "sicres_again"]


REFUSED_FILES = [
    (exchange(Codigo_Entidad_Registral_Destino=OTHER), "destination"),
    (exchange(Codigo_Unidad_Tramitacion_Destino="L01000001"), "destination"),
    (exchange(Fecha_Hora_Entrada="20270101000000"), "future"),
    (exchange(annexes=[annex(Hash="QUJD")]), "annex_digest_form"),
    (exchange(head="<!DOCTYPE x>"), "doctype"),
    (b"PK\x03\x04 roto", "package"),
]


@pytest.mark.parametrize(("content", "code"), REFUSED_FILES)
def test_a_bad_file_is_kept_and_says_why_and_holds_up_no_other(madrid, content, code):
    entry = brought(madrid, content)
    assert (entry.state, entry.troubles[0][0]) == ("refused", code)
    with pytest.raises(Refused, match="sicres_decided"):
        made(madrid, entry)
    assert brought(madrid, exchange()).state == "waiting"
    page = madrid.client(DESK).get(f"{PAGE}{entry.pk}/").content.decode()
    assert "Qué tiene mal" in page and "Crear solicitud" not in page


def test_the_origin_is_told_what_was_wrong_with_a_file_that_says_whose_it_is(madrid):
    entry = brought(madrid, exchange(Fecha_Hora_Entrada="ayer"))
    said = replied(madrid, entry)
    assert isinstance(said, Message) and said.troubles == []
    assert said.values["Tipo_Mensaje"] == "02" and "Fecha_Hora_Entrada" in said.values["Descripcion_Mensaje"]
    office = office_of(madrid.institution)
    assert office is not None
    with pytest.raises(Refused, match="sicres_no_message"):
        reply_of(brought(madrid, b"<html/>"), office, "respuesta")


def test_a_file_that_may_not_be_kept_is_told_and_left_out(madrid):
    entry = brought(madrid, exchange(annexes=[annex("programa.exe", b"MZ\x90\x00" * 20), annex()]))
    case = made(madrid, entry)
    assert [each.name for each in Attachment.objects.filter(subject_type="case")] == ["plano.pdf"]
    assert "programa.exe" in case.text.body


def test_what_of_a_person_cannot_be_used_goes_into_the_text(madrid):
    changes = {
        "Documento_Identificacion_Interesado": "12345678A",
        "Correo_Electronico_Interesado": "sin arroba",
    }
    case = made(madrid, brought(madrid, exchange(**changes)))
    person = whom(madrid, case)
    assert (person.document_type, person.document_number, person.email) == ("other", "12345678A", "")
    assert "sin arroba" in case.text.body


def test_the_place_and_answers_of_a_request_go_out_in_its_text(madrid):
    case = sent(madrid, place="Plaza").case
    labels = {each.code: each.label for each in case.kind.parsed_questions()}
    said = outgoing(Dispatch.objects.get()).field(FORM, "Expone")
    assert said.startswith("Hay un bache.\n\nLugar: Plaza\n\n")
    assert said.endswith(f"{labels['donde']}: Calle Larga 12")


def test_a_test_makes_no_request(madrid):
    entry = brought(madrid, exchange(Indicador_Prueba="1"))
    with pytest.raises(Refused, match="sicres_test"):
        made(madrid, entry)
    assert replied(madrid, entry, "acuse").values["Indicador_Prueba"] == "1"


def test_the_origin_is_answered_as_the_norm_has_it(madrid):
    entry = brought(madrid, exchange())
    assert replied(madrid, entry, "acuse").values["Tipo_Mensaje"] == "01"
    with pytest.raises(Refused, match="sicres_no_message"):
        replied(madrid, entry)
    case = made(madrid, entry)
    said = replied(madrid, entry)
    assert said.troubles == []
    assert said.values["Tipo_Mensaje"] == "03"
    assert said.values["Numero_Registro_Entrada_Destino"] == case.folio
    assert said.values["Fecha_Hora_Entrada_Destino"] == "20260907170000"
    assert said.values["Codigo_Entidad_Registral_Destino"] == OTHER


def test_a_rejected_entry_goes_back_with_all_it_brought_and_why(madrid):
    entry = brought(madrid, exchange(annexes=[annex()]))
    reject_entry(
        institution=madrid.institution, entry_id=entry.pk, reason="No es competente", actor=madrid.user(DESK),
        now=NOW,
    )  # fmt: skip
    back = replied(madrid, entry)
    assert isinstance(back, Exchange) and back.troubles == []
    assert back.field(CONTROL, "Tipo_Anotacion") == "04"
    assert back.field(CONTROL, "Descripcion_Tipo_Anotacion") == "No es competente"
    assert back.field(DESTINATION, "Codigo_Entidad_Registral_Destino") == OTHER
    assert back.people[0][0].name == "Elena Ñíguez Prado"
    assert len(back.annexes) == 1 and back.identifier == IDENTIFIER
    corrected = brought(madrid, exchange(Tipo_Anotacion="03"))
    assert corrected.pk != entry.pk and corrected.state == "waiting"


@pytest.mark.parametrize("fault", [Trouble("unreadable"), StoreAway("bucket")])
def test_a_waiting_entry_that_cannot_be_read_now_says_so_and_its_file_is_there(madrid, monkeypatch, fault):
    entry = brought(madrid, exchange())

    def fails(content: bytes) -> Trouble:
        if isinstance(fault, Exception):
            raise fault
        return fault

    with monkeypatch.context() as patch:
        patch.setattr(deciding, "opened", fails)
        page = madrid.client(DESK).get(f"{PAGE}{entry.pk}/").content.decode()
        assert "no se puede leer ahora" in page and "Descargar como" in page and "Crear solicitud" not in page
        with pytest.raises((Refused, StoreAway)):
            made(madrid, entry)
    assert made(madrid, entry).folio  # nothing of it was decided


def test_a_waiting_entry_that_cannot_be_read_can_be_rejected_from_its_page(madrid, monkeypatch):
    entry, client = brought(madrid, exchange()), madrid.client(DESK)
    monkeypatch.setattr(deciding, "opened", lambda content: Trouble("unreadable"))
    where = reverse("workspace:sicres:entry_reject", args=[madrid.slug, entry.pk])
    assert f'action="{where}"' in client.get(f"{PAGE}{entry.pk}/").content.decode()
    unsaid = client.post(where, {"reason": ""})
    assert unsaid.status_code == 422 and f'action="{where}"' in unsaid.content.decode()
    assert client.post(where, {"reason": "Ilegible"}, follow=True).status_code == 200
    entry.refresh_from_db()
    assert (entry.state, entry.reason) == ("rejected", "Ilegible")


def test_an_entry_is_read_before_anything_is_locked(madrid, monkeypatch):
    entry, locking = brought(madrid, exchange()), []
    read_it = deciding.opened

    def noted(content: bytes):
        locking.append(any("FOR UPDATE" in each["sql"] for each in asked))
        return read_it(content)

    monkeypatch.setattr(deciding, "opened", noted)
    with CaptureQueriesContext(connection) as asked:
        made(madrid, entry)
    assert locking == [False] and any("FOR UPDATE" in each["sql"] for each in asked)


def test_a_message_to_try_with_decides_nothing(madrid):
    dispatch = sent(madrid)
    with pytest.raises(Refused, match="sicres_message_test"):
        brought(madrid, message("02", dispatch.identifier, Indicador_Prueba="1"))
    dispatch.refresh_from_db()
    assert dispatch.state == "sent"


def outgoing(dispatch: Dispatch) -> Exchange:
    stored = Attachment.objects.get(subject_type="sicres_dispatch", subject_id=dispatch.pk)
    with open_file(stored) as content:
        found = parsed(content.read())
    assert isinstance(found, Exchange)
    return found


def test_a_request_goes_out_with_its_person_text_and_files(madrid):
    dispatch = sent(madrid, files=check_uploads([upload("foto.pdf")]), body="x" * 4100)
    found = outgoing(dispatch)
    assert found.troubles == []
    assert found.identifier == dispatch.identifier and dispatch.identifier.startswith(f"{OFFICE}_26_")
    assert found.people[0][0].document_number == "12345678Z"
    assert found.parties[0]["Primer_Apellido_Interesado"] == "Ñancupil"
    assert [each.name for each in found.annexes] == ["foto.pdf", "solicitud-completa.txt"]
    assert found.field(FORM, "Expone") == "x" * 4000
    whole = (found.annexes[1].content or b"").decode()
    assert whole.startswith("x" * 4100) and whole.endswith(": Calle Larga 12")
    assert found.field(SUBJECT, "Numero_Expediente") == dispatch.case.folio
    assert PERSON not in found.values
    later = sent(madrid).identifier
    assert (later[:-8], int(later[-8:])) == (found.identifier[:-8], int(found.identifier[-8:]) + 1)


def test_what_was_sent_after_a_backup_lends_its_identifier_to_nothing_sent_once_that_is_restored(madrid):
    first = sent(madrid).identifier
    RegistryOffice.objects.update(sent_year=2026, sent_number=0)  # as the backup knew it
    again = sent(madrid, now=NOW + timedelta(minutes=1)).identifier
    assert int(again[-8:]) == int(first[-8:]) + 120
    put_back = sent(madrid).identifier  # the clock of the machine
    assert int(put_back[-8:]) == int(again[-8:]) + 1
    new_year = datetime(2026, 12, 31, 23, 0, 1, tzinfo=UTC)  # it begins an hour earlier in Madrid
    assert sent(madrid, now=new_year).identifier.endswith("_27_00000002")


def test_once_accepted_it_may_end_here_and_not_before(madrid):
    dispatch = sent(madrid)
    values = {
        "institution": madrid.institution, "dispatch_id": dispatch.pk, "reason": "La lleva Vega Alta.",
        "actor": madrid.user(OFFICER), "now": NOW + timedelta(hours=1),
    }  # fmt: skip
    with pytest.raises(Refused, match="sicres_not_accepted"):
        transfer_accepted(**values)
    assert brought(madrid, message("01", dispatch.identifier)).state == "received"
    done = brought(madrid, message("03", dispatch.identifier))
    assert (done.state, done.number) == ("accepted", "REGAGE26e0000777")
    dispatch.case.refresh_from_db()
    assert dispatch.case.closed_at is None
    case = transfer_accepted(**values)
    assert case.state == "closed"
    kinds = [each.kind for each in history(madrid.institution.pk, case.stream)]
    assert {"sicres.sent", "sicres.received", "sicres.accepted"} <= set(kinds)
    assert verify_institution(madrid.institution.pk).problems == []


def test_an_entry_that_comes_back_is_a_rejection(madrid):
    dispatch = sent(madrid)
    back = exchange(
        Tipo_Anotacion="04",
        Identificador_Intercambio=dispatch.identifier,
        Codigo_Entidad_Registral_Origen=OTHER,
    )
    done = brought(madrid, back)
    assert done.state == "rejected"
    assert RegistryEntry.objects.count() == 0
    assert Dispatch.objects.get().answered_at == NOW
    sent_again = sent(madrid)
    assert brought(madrid, message("02", sent_again.identifier)).state == "failed"


MESSAGES = [
    ({"kind": "04"}, "sicres_message_odd"),
    ({"identifier": "O00001234_26_99999999"}, "sicres_unknown"),
    ({"Codigo_Entidad_Registral_Origen": "O00000001"}, "sicres_other_office"),
    ({"without": "Numero_Registro_Entrada_Destino"}, "sicres_message_odd"),
    ({"without": "Tipo_Mensaje"}, "sicres_message_odd"),
]


@pytest.mark.parametrize(("changes", "code"), MESSAGES)
def test_messages_that_are_none_change_nothing(madrid, changes, code):
    dispatch = sent(madrid)
    values = {"kind": "03", "identifier": dispatch.identifier, **changes}
    with pytest.raises(Refused, match=code):
        brought(madrid, message(**values))
    assert Dispatch.objects.get().state == "sent"


def test_what_was_decided_there_stays(madrid):
    dispatch = sent(madrid)
    brought(madrid, message("03", dispatch.identifier))
    with pytest.raises(Refused, match="sicres_answered"):
        brought(madrid, message("02", dispatch.identifier))


REFUSED_SENDINGS = [
    ({"office_code": "no"}, "sicres_code_odd"),
    ({"unit_code": "no"}, "sicres_code_odd"),
    ({"office_code": OFFICE}, "sicres_own_code"),
]


@pytest.mark.parametrize(("changes", "code"), REFUSED_SENDINGS)
def test_sendings_that_are_none(madrid, changes, code):
    with pytest.raises(Refused, match=code):
        sent(madrid, **changes)


def test_nobodys_request_is_sent_nowhere_and_none_twice_at_a_time(madrid):
    case = file(madrid, "sugerencia", who=ANONYMOUS)
    values = {
        "institution": madrid.institution, "version": None, "office_code": OTHER, "unit_code": "",
        "name": "Otro", "actor": madrid.user(OFFICER), "now": NOW,
    }  # fmt: skip
    with pytest.raises(Refused, match="sicres_anonymous"):
        send_case(case_id=case.pk, **values)
    dispatch = sent(madrid)
    with pytest.raises(Refused, match="sicres_open_dispatch"):
        send_case(case_id=dispatch.case_id, **values)


def test_it_is_off_until_it_is_set_up_and_elsewhere(house, other_house):
    with pytest.raises(Refused, match="sicres_not_set"):
        brought(house, exchange())
    with pytest.raises(Refused, match="sicres_not_here"):
        set_up(house)
    client = house.client(Role.ADMINISTRATOR)
    assert "Registro (SIR)" not in client.get("/puerto/gestion/configuracion/").content.decode()
    assert "Registro (SIR)" not in house.client(DESK).get("/puerto/gestion/").content.decode()


def test_the_office_is_set_up_on_its_page(madrid):
    client = madrid.client(Role.ADMINISTRATOR)
    typed = {
        "office_code": "mal", "office_name": "General", "unit_code": UNIT,
        "kind_id": madrid.kinds["consulta"].pk,
    }  # fmt: skip
    address = "/madrid/gestion/configuracion/registro-sir/"
    wrong = client.post(address, typed)
    assert wrong.status_code == 422 and "nueve letras y números" in wrong.content.decode().lower()
    assert 'value="mal"' in wrong.content.decode()
    assert client.post(address, {**typed, "office_code": "o00004321"}).status_code == 302
    office = office_of(madrid.institution)
    assert office is not None and (office.office_code, office.kind.code) == ("O00004321", "consulta")


def test_through_the_pages(madrid):
    client = madrid.client(DESK)
    given = SimpleUploadedFile("entrada.xml", exchange(annexes=[annex()]))
    entry_page = client.post(PAGE, {"file": given})["Location"]
    page = client.get(entry_page).content.decode()
    assert "Elena Ñíguez Prado" in page and "plano.pdf" in page and "La farola lleva un mes apagada." in page
    again = client.post(PAGE, {"file": SimpleUploadedFile("entrada.xml", exchange())})
    assert again.status_code == 422 and "ya está aquí" in again.content.decode()
    empty = client.post(f"{entry_page}rechazar/", {"reason": " "})
    assert empty.status_code == 422 and "Escriba por qué" in empty.content.decode()
    client.post(f"{entry_page}ingresar/", {"kind_id": madrid.kinds["consulta"].pk})
    case = Case.objects.get()
    assert case.kind.code == "consulta"
    case_page = client.get(f"/madrid/gestion/solicitudes/{case.folio}/").content.decode()
    assert "Llegó de Registro de Vega Alta" in case_page
    got = client.get(f"{entry_page}respuesta.xml")
    assert got["Content-Disposition"].startswith("attachment") and b"<Tipo_Mensaje>03<" in got.content
    assert client.get(f"{entry_page}archivo/").status_code == 200


def test_sending_through_the_pages(madrid):
    case = file(madrid, unit_id=madrid.units["obras"])
    client = madrid.client(OFFICER)
    address = f"/madrid/gestion/solicitudes/{case.folio}/enviar-sir/"
    assert "Organismo de destino" in client.get(address).content.decode()
    typed = {"version": case.version, "name": "Vega Alta", "office_code": "mal"}
    assert client.post(address, typed).status_code == 422
    assert client.post(address, {**typed, "office_code": OTHER}).status_code == 302
    dispatch = Dispatch.objects.get()
    assert "Vega Alta" in client.get(f"/madrid/gestion/solicitudes/{case.folio}/").content.decode()
    page = f"{PAGE}enviadas/{dispatch.pk}/"
    assert client.post(page, {"reason": "x"}).status_code == 404
    got = client.get(f"{page}archivo/")
    assert dispatch.identifier in got["Content-Disposition"]
    brought(madrid, message("03", dispatch.identifier))
    assert "Trasladar a Vega Alta" in client.get(page).content.decode()
    assert client.post(page, {"reason": "La lleva Vega Alta."}).status_code == 302
    case.refresh_from_db()
    assert case.state == "closed"


def test_who_sees_what(madrid):
    entry = brought(madrid, exchange())
    address = f"{PAGE}{entry.pk}/"
    assert madrid.client(Role.QUALITY_MANAGER).get(address).status_code == 200
    assert madrid.client(OFFICER).get(address).status_code == 404  # it is of no unit yet
    assert madrid.client(Role.AUDITOR).get(address).status_code == 403
    made(madrid, entry, kind_id=madrid.kinds["denuncia"].pk)
    # It is closed to the desk now, even to who entered it.
    assert madrid.client(DESK).get(address).status_code == 404
    assert madrid.client(Role.HEAD_OF_UNIT).get(address).status_code == 404
    other = make_house("toledo", "ES")
    stranger = other.client(DESK)
    assert stranger.get(address.replace("madrid", "toledo")).status_code == 404
    dispatch = sent(madrid)
    assert stranger.get(f"/toledo/gestion/registro-sir/enviadas/{dispatch.pk}/").status_code == 404


def test_lists_cost_the_same_however_long(madrid):
    client = madrid.client(DESK)
    for number in range(8):
        brought(madrid, exchange(Identificador_Intercambio=f"{OTHER}_26_{number:08d}"))
        sent(madrid)
    client.get(PAGE)
    with at_most(12):
        client.get(PAGE)
    with at_most(12):
        client.get(f"{PAGE}enviadas/")


def test_files_end(madrid):
    kept, waiting = brought(madrid, b"<html/>"), brought(madrid, exchange())
    assert erase_old(NOW + timedelta(days=179)) == 0
    assert erase_old(NOW + timedelta(days=181)) == 1
    kept.refresh_from_db()
    assert kept.erased_at is not None
    case = made(madrid, waiting)
    dispatch = sent(madrid)
    erase_of_cases(madrid.institution.pk, [case.pk, dispatch.case_id], NOW)
    left = Attachment.objects.filter(subject_type__startswith="sicres", erased_at=None)
    assert left.count() == 0

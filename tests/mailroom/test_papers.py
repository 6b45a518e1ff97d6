# SPDX-License-Identifier: EUPL-1.2
"""The registry of incoming papers: numbers without gaps, a screen of seconds, a
label, and a request in one step.
"""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from pypdf import PdfReader

from siac.accounts.public import Role
from siac.cases.public import Case
from siac.documents.models import Attachment
from siac.documents.public import check_uploads
from siac.journal.public import JournalEntry
from siac.kernel.errors import Refused
from siac.mailroom.domain import paper_number, parse_paper_number
from siac.mailroom.labels import label_pdf
from siac.mailroom.public import (
    IncomingPaper,
    NewPaper,
    PaperFiling,
    PaperType,
    file_paper,
    register_paper,
    return_paper,
    send_paper,
)
from siac.mailroom.verification import paper_problems
from siac.people.public import PersonData, reveal
from tests.factories import NOW, make_house, upload
from tests.sql_counts import at_most

ROSA = PersonData(given_names="Rosa", family_names="Quispe", address="Calle Larga 12")


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def stamped(house, *, now=NOW, **changes) -> IncomingPaper:
    values = {"type": PaperType.LETTER, "summary": "Pide podar los árboles", "sender": ROSA, **changes}
    return register_paper(
        institution=house.institution, paper=NewPaper(**values), actor=house.user(Role.FRONT_DESK), now=now
    )


def filed(house, paper, kind="reclamo", now=NOW, **changes) -> Case:
    filing = PaperFiling(house.kinds[kind].pk, "Pide podar los árboles de su calle", **changes)
    return file_paper(
        institution=house.institution,
        paper_id=paper.pk,
        filing=filing,
        actor=house.user(Role.FRONT_DESK),
        now=now,
    )


def url(house, paper=None, action="") -> str:
    return (
        f"/{house.slug}/gestion/partes/"
        + (f"{paper.pk}/" if paper else "")
        + (f"{action}/" if action else "")
    )


def test_a_page_that_shows_an_older_state_sends_returns_and_files_nothing_and_keeps_what_was_typed(house):
    paper, desk = stamped(house), house.client(Role.FRONT_DESK)
    shown = {"version": str(paper.version)}
    sent = shown | {"unit_id": str(house.units["juridico"])}
    assert desk.post(url(house, paper, "enviar"), sent).status_code == 302
    late = {
        "enviar": {"unit_id": str(house.units["obras"])},
        "devolver": {"reason": "Es de otro organismo"},
        "ingresar": {"kind_id": str(house.kinds["consulta"].pk), "body": "Piden un banco"},
    }
    for action, typed in late.items():
        page = desk.post(url(house, paper, action), shown | typed)
        words = page.content.decode()
        assert page.status_code == 422 and "cambió este documento mientras usted lo miraba" in words
        written = {name: text for name, text in typed.items() if name in ("reason", "body")}
        assert [text for text in written.values() if text not in words] == []
    paper.refresh_from_db()
    assert (paper.state, paper.unit_id, paper.case_id) == ("sent", house.units["juridico"], None)
    now = {"version": str(page.context["paper"].version)}
    assert desk.post(url(house, paper, "devolver"), now | late["devolver"]).status_code == 302


def test_a_form_both_stale_and_wrong_says_both_before_it_is_sent_again(house):
    paper, desk = stamped(house), house.client(Role.FRONT_DESK)
    shown = {"version": str(paper.version)}
    sent = shown | {"unit_id": house.units["juridico"]}
    assert desk.post(url(house, paper, "enviar"), sent).status_code == 302
    wrong = {"enviar": {"unit_id": ""}, "devolver": {"reason": ""}, "ingresar": {"body": ""}}
    for action, typed in wrong.items():
        page = desk.post(url(house, paper, action), shown | typed)
        (form,) = page.context["bound"]
        assert page.status_code == 422 and len(form.errors) >= 2
        assert "cambió este documento mientras usted lo miraba" in page.content.decode()
        fresh = {"version": str(page.context["paper"].version)}
        again = desk.post(url(house, paper, action), fresh | typed).content.decode()
        assert "mientras usted lo miraba" not in again


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("OP-2026-000012", (2026, 12)),
        (" op 2026/12 ", (2026, 12)),
        ("2026-000012", None),
        ("OP-26-1", None),
        ("", None),
    ],
)
def test_numbers_as_people_type_them(typed, number):
    assert parse_paper_number(typed) == number
    assert paper_number(2026, 12) == "OP-2026-000012"


def test_numbers_run_per_body_and_local_year_and_a_failure_gives_its_number_back(house, other_house):
    assert [stamped(house).code, stamped(house).code, stamped(other_house).code] == [
        "OP-2026-000001", "OP-2026-000002", "OP-2026-000001",
    ]  # fmt: skip
    with transaction.atomic():
        stamped(house)
        transaction.set_rollback(True)
    assert stamped(house).number == 3
    # 1 January 2027 at 02:30 UTC is still the old year in Chile.
    assert stamped(house, now=NOW.replace(year=2027, month=1, day=1, hour=2, minute=30)).year == 2026
    assert list(paper_problems(house.institution.pk)) == []
    IncomingPaper.objects.filter(number=2, institution=house.institution).update(number=9)
    assert len(list(paper_problems(house.institution.pk))) == 1


@pytest.mark.postgres
def test_two_desks_at_once_get_two_numbers(real_commits, settings, tmp_path):
    house = make_house()
    together = threading.Barrier(4)

    def work() -> None:
        together.wait()
        try:
            for _ in range(5):
                stamped(house)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(IncomingPaper.objects.values_list("number", flat=True)) == list(range(1, 21))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"summary": "  "}, "paper_summary_missing"),
        ({"received_at": NOW + timedelta(minutes=1)}, "received_in_future"),
        ({"dated_on": (NOW + timedelta(days=1)).date()}, "paper_dated_after_stamp"),
        ({"unit_id": 0}, "unit_unknown"),
    ],
)
def test_refusals(house, changes, code):
    with pytest.raises(Refused) as refused:
        stamped(house, **changes)
    assert refused.value.code == code
    assert IncomingPaper.objects.count() == 0


def test_a_paper_becomes_a_request_with_its_stamp_its_sender_and_its_files(house):
    stamp = NOW - timedelta(days=3)
    paper = stamped(
        house, received_at=stamp, unit_id=house.units["obras"], files=check_uploads([upload("carta.pdf")])
    )
    case = filed(house, paper)
    assert (case.channel, case.filed_at, case.unit_id) == ("letter", stamp, house.units["obras"])
    who = reveal(house.institution.pk, [case.person_id], actor_id=None, reason="", now=NOW)[case.person_id]
    assert (who.display_name, who.address) == ("Rosa Quispe", "Calle Larga 12")
    assert Attachment.objects.get().subject_id == case.pk
    paper.refresh_from_db()
    assert (paper.state, paper.case_id) == ("filed", case.pk)
    kinds = JournalEntry.objects.filter(stream=case.stream).order_by("seq").values_list("kind", flat=True)
    assert list(kinds) == ["cases.filed", "cases.paper_linked"]
    for again in (
        lambda: filed(house, paper),
        lambda: send_paper(
            institution=house.institution,
            paper_id=paper.pk,
            unit_id=house.units["obras"],
            actor=None,
            now=NOW,
        ),
        lambda: return_paper(
            institution=house.institution, paper_id=paper.pk, reason="No", actor=None, now=NOW
        ),
    ):
        with pytest.raises(Refused, match="paper_finished"):
            again()


def test_both_pages_name_each_other(house):
    paper = stamped(house, now=timezone.now())
    case = filed(house, paper, now=timezone.now())
    client = house.client(Role.FRONT_DESK)
    assert f"/gestion/solicitudes/{case.folio}/" in client.get(url(house, paper)).content.decode()
    page = client.get(f"/{house.slug}/gestion/solicitudes/{case.folio}/").content.decode()
    assert url(house, paper) in page
    assert paper.code in page


def test_a_letter_without_a_sender_is_anonymous_where_the_kind_admits_it_and_else_stays_with_the_reason(
    house,
):
    paper = stamped(house, sender=None)
    with pytest.raises(Refused, match="identity_needed"):
        filed(house, paper)
    paper.refresh_from_db()
    assert (paper.state, paper.unfiled, paper.case_id) == ("registered", "identity_needed", None)
    client = house.client(Role.FRONT_DESK)
    assert (
        "Sigue en el registro: Este tipo de solicitud no admite"
        in client.get(url(house, paper)).content.decode()
    )
    assert "Falta el remitente" in client.get(url(house)).content.decode()
    case = filed(house, paper, "sugerencia")
    paper.refresh_from_db()
    assert (case.person_id, paper.unfiled) == (None, "")


def test_the_states_are_rules_of_the_database(house):
    paper = stamped(house)
    for wrong in ({"state": "filed"}, {"state": "returned"}, {"state": "sent"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            IncomingPaper.objects.filter(pk=paper.pk).update(**wrong)


FORM = {
    "sender": "Rosa Quispe",
    "summary": "Pide podar los árboles",
    "type": "letter",
    "pages": "2",
    "annexes": "1 plano",
    "envio": "k1",
}


def test_an_officer_stamps_a_paper_in_one_screen_and_twice_sent_is_once_kept(house):
    client = house.client(Role.FRONT_DESK)

    def sent(**more):
        form = {**FORM, "unit": house.units["obras"], "attachments": [upload("carta.pdf")], **more}
        return client.post(url(house, action="nuevo"), form)

    first = sent()
    assert first["Location"] == sent()["Location"]
    other = sent(sender="Otra Persona")
    assert other.status_code == 422
    assert "ya se usó con otro contenido" in other.content.decode()
    paper = IncomingPaper.objects.get()
    page = client.get(first["Location"]).content.decode()
    for text in ("OP-", "Rosa Quispe", "Obras y mantención", "1 plano", "carta.pdf", "Etiqueta (PDF)"):
        assert text in page
    scan = Attachment.objects.get()
    assert client.get(url(house, paper, f"archivo/{scan.pk}")).status_code == 200


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"summary": ""}, "Escriba de qué trata"),
        ({"pages": "muchas"}, ""),
        ({"received_time": "25:99"}, "Escriba la hora así"),
        ({"received_time": "10:00"}, "Escriba también el día."),
        (
            {"received_on_day": "1", "received_on_month": "9", "received_on_year": "2026"},
            "Escriba también la hora del timbre.",
        ),
        (
            {"received_on": "2999-01-01", "received_time": "10:00"},
            "La fecha de recepción no puede ser posterior",
        ),
        ({"dated_on": "2999-01-01"}, "no puede tener fecha posterior"),
    ],
)
def test_a_wrong_form_keeps_what_was_typed(house, changes, sentence):
    client = house.client(Role.FRONT_DESK)
    page = client.post(url(house, action="nuevo"), {**FORM, **changes})
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert "Rosa Quispe" in page.content.decode()
    assert IncomingPaper.objects.count() == 0


def test_every_action_from_its_form(house):
    client, paper = house.client(Role.FRONT_DESK), stamped(house)
    assert client.post(url(house, paper, "enviar"), {"unit_id": ""}).status_code == 422
    assert client.post(url(house, paper, "enviar"), {"unit_id": house.units["juridico"]}).status_code == 302
    paper.refresh_from_db()
    assert (paper.state, paper.unit_id) == ("sent", house.units["juridico"])
    assert client.post(url(house, paper, "ingresar"), {"kind_id": "", "body": "x"}).status_code == 422
    done = client.post(
        url(house, paper, "ingresar"),
        {"kind_id": house.kinds["consulta"].pk, "topic_id": "", "body": "Poda"},
        follow=True,
    )
    assert Case.objects.get().folio in done.content.decode()
    other = stamped(house)
    assert client.post(url(house, other, "devolver"), {"reason": ""}).status_code == 422
    assert client.post(url(house, other, "devolver"), {"reason": "Dirección equivocada"}).status_code == 302
    assert "Se devolvió: Dirección equivocada" in client.get(url(house, other)).content.decode()


def test_a_paper_of_a_restricted_request_is_for_those_with_the_right_to_it(house):
    paper = stamped(house, unit_id=house.units["obras"])
    filed(house, paper, "denuncia")
    codes = {
        role: house.client(role).get(url(house, paper)).status_code
        for role in (Role.FRONT_DESK, Role.UNIT_OFFICER, Role.HEAD_OF_UNIT)
    }
    assert codes == {Role.FRONT_DESK: 404, Role.UNIT_OFFICER: 404, Role.HEAD_OF_UNIT: 200}
    listed = house.client(Role.UNIT_OFFICER).get(url(house)).context["rows"]
    assert listed == []


def test_the_list_is_searched_and_filtered_and_exported(house):
    client = house.client(Role.QUALITY_MANAGER)
    rosa = stamped(house, unit_id=house.units["obras"])
    law = stamped(
        house,
        summary="Oficio sobre inundaciones",
        reference="ORD-77",
        sender=PersonData(family_names="Contraloría"),
    )

    def found(**params) -> list[int]:
        return [row["paper"].pk for row in client.get(url(house), params).context["rows"]]

    assert found() == [law.pk, rosa.pk]
    assert (
        found(q=rosa.code)
        == found(q="quispe")
        == found(q="arbol")
        == found(unidad=house.units["obras"])
        == [rosa.pk]
    )
    assert found(q="ORD-77") == found(q="inundación") == [law.pk]
    assert found(estado="sent") == found(q="nada de esto") == []
    response = client.get(url(house, action="exportar"), {"q": "quispe"})
    text = b"".join(response.streaming_content).decode()
    assert rosa.code in text
    assert "Rosa Quispe" in text
    assert law.code not in text
    assert house.client(Role.FRONT_DESK).get(url(house, action="exportar")).status_code == 403


@pytest.mark.parametrize("count", [1, 60])
def test_the_list_pages_by_key_at_the_same_cost(house, count):
    for _ in range(count):
        stamped(house)
    client = house.client(Role.FRONT_DESK)
    client.get(url(house))
    with at_most(6):
        shown = client.get(url(house))
    seen = [row["paper"].pk for row in shown.context["rows"]]
    if following := shown.context["listing"].next_url:
        seen += [row["paper"].pk for row in client.get(following).context["rows"]]
    assert len(set(seen)) == count
    with at_most(12):
        client.get(url(house, IncomingPaper.objects.first()))
    assert client.get(url(house) + "?desde=roto").status_code == 200


def test_stamping_costs_at_most_twelve_statements(house):
    stamped(house)
    with at_most(12):
        stamped(house, files=check_uploads([upload("carta.pdf")]))


def test_the_label_names_body_number_and_moment(house, tmp_path):
    paper = stamped(house, pages=2)
    file = tmp_path / "label.pdf"
    file.write_bytes(label_pdf(house.institution, paper))
    (sheet,) = PdfReader(file).pages
    text = " ".join(sheet.extract_text().split())
    for words in ("Servicio de Puerto", "OP-2026-000001", "7 de septiembre de 2026, 12:00"):
        assert words in text
    assert round(float(sheet.mediabox.width) / 72 * 25.4) == 90
    response = house.client(Role.FRONT_DESK).get(url(house, paper, "etiqueta"))
    assert response["Content-Type"] == "application/pdf"

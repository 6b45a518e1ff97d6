# SPDX-License-Identifier: EUPL-1.2
"""Answers kept as drafts and approved before they go out: by whom, in which
order, and what two people at once see.
"""

import re

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from siac.accounts.public import Role
from siac.cases.models import AnswerDraft, CaseKind, CaseMessage
from siac.cases.public import Case, Outcome, classify_case, save_kind
from siac.catalogue.public import Topic, save_topic
from siac.documents.models import Attachment
from siac.journal.public import history
from siac.notices.models import Notice
from tests.cases.test_handling import clock, refusal
from tests.factories import NOW, House, answer, file, upload
from tests.sql_counts import at_most

pytestmark = [pytest.mark.django_db]
TEXT = "Se limpió el desagüe el lunes."


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def ask_approval(house: House, approver: str = "head_of_unit", kind: str = "reclamo") -> None:
    save_kind(institution=house.institution, actor=None, now=NOW, kind=house.kinds[kind], approver=approver)
    house.institution.refresh_from_db()


def url(house: House, case: Case, action: str = "") -> str:
    return f"/{house.slug}/gestion/solicitudes/{case.folio}/" + (f"{action}/" if action else "")


def post(house: House, case: Case, action: str, role: Role = Role.UNIT_OFFICER, **data):
    case.refresh_from_db()
    draft = AnswerDraft.objects.filter(case=case).first()
    versions = {"version": case.version, "draft_version": draft.version if draft else ""}
    return house.client(role).post(url(house, case, action), {**versions, **data})


def page(house: House, case: Case, role: Role = Role.UNIT_OFFICER) -> str:
    return house.client(role).get(url(house, case)).content.decode()


def events(case: Case) -> list[str]:
    return [entry.kind for entry in history(case.institution_id, case.stream)]


def in_unit(house: House, kind: str = "reclamo") -> Case:
    return file(house, kind, now=timezone.now(), unit_id=house.units["obras"])


def submitted(house: House, kind: str = "reclamo") -> Case:
    case = in_unit(house, kind)
    assert post(house, case, "enviar-a-aprobacion", body=TEXT, outcome="upheld").status_code == 302
    return case


def test_a_draft_waits_on_the_server_with_its_files_and_goes_out_with_the_answer(house):
    case = in_unit(house)
    assert post(house, case, "borrador", body="Se limp", attachments=[upload("plano.pdf")]).status_code == 302
    shown = page(house, case, Role.HEAD_OF_UNIT)
    assert "Se limp</textarea>" in shown
    assert "Borrador de Unit Officer" in shown
    [attachment] = Attachment.objects.filter(subject_type="answer_draft")
    assert (
        house.client(Role.HEAD_OF_UNIT).get(url(house, case) + f"archivo/{attachment.pk}/").status_code == 200
    )
    assert not Notice.objects.filter(kind="cases.answered").exists()
    assert post(house, case, "responder", Role.HEAD_OF_UNIT, body=TEXT, outcome="upheld").status_code == 302
    message = CaseMessage.objects.get(kind="answer")
    attachment.refresh_from_db()
    assert (attachment.subject_type, attachment.subject_id) == ("message", message.pk)
    assert not AnswerDraft.objects.exists()
    assert events(case)[-2:] == ["cases.answer_drafted", "cases.answered"]


def test_a_draft_need_not_be_whole_but_not_empty(house):
    case = in_unit(house)
    empty = post(house, case, "borrador")
    assert empty.status_code == 422
    assert "Escriba el texto." in empty.content.decode()
    assert post(house, case, "borrador", outcome="denied").status_code == 302
    assert AnswerDraft.objects.get().outcome == "denied"


def test_two_officers_writing_at_once_see_both_texts(house):
    case = in_unit(house)
    post(house, case, "borrador", body="Lo de Ana")
    stale = house.client(Role.HEAD_OF_UNIT).post(
        url(house, case, "borrador"), {"version": case.version, "draft_version": "", "body": "Lo de Beto"}
    )
    shown = stale.content.decode()
    assert stale.status_code == 422
    assert "guardó otra versión de esta respuesta" in shown
    assert "Lo de Beto</textarea>" in shown
    assert "Versión guardada por Unit Officer" in shown
    assert "<p>Lo de Ana</p>" in shown
    assert AnswerDraft.objects.get().body == "Lo de Ana"
    again = 'name="draft_version" value="1"'
    assert again in shown  # sent again, it replaces what its writer has now seen
    sent = house.client(Role.HEAD_OF_UNIT).post(
        url(house, case, "responder"),
        {"version": case.version, "draft_version": "", "body": "Lo de Beto", "outcome": "upheld"},
    )
    assert sent.status_code == 422
    case.refresh_from_db()
    assert case.state == "with_unit"


def test_a_draft_is_thrown_away_with_its_files(house):
    case = in_unit(house)
    assert post(house, case, "descartar").status_code == 422
    post(house, case, "borrador", body="Nada", attachments=[upload("plano.pdf")])
    assert "Descartar el borrador" in page(house, case)
    assert post(house, case, "descartar").status_code == 302
    assert not AnswerDraft.objects.exists()
    assert Attachment.objects.get(subject_type="answer_draft").erased_at is not None
    assert "answer_discarded" in events(case)[-1]


def test_an_answer_that_needs_approval_is_not_sent_without_it(house):
    ask_approval(house)
    case = in_unit(house)
    assert 'id="responder"' not in page(house, case)
    assert (
        "La respuesta de este tipo de solicitud debe aprobarse"
        in post(house, case, "responder", body=TEXT, outcome="upheld").content.decode()
    )
    assert refusal(lambda: answer(house, case, now=timezone.now())) == "approval_needed"
    ask_approval(house, "")
    assert post(house, case, "enviar-a-aprobacion", body=TEXT, outcome="upheld").status_code == 422


def test_the_approver_finds_it_reads_it_and_sends_it_in_the_name_of_its_writer(house):
    ask_approval(house)
    case = submitted(house)
    head = house.client(Role.HEAD_OF_UNIT)
    assert case.folio in head.get(f"/{house.slug}/gestion/por-aprobar/").content.decode()
    shown = page(house, case, Role.HEAD_OF_UNIT)
    assert TEXT in shown
    assert 'id="aprobar"' in shown
    assert 'id="aprobar"' not in page(house, case, Role.UNIT_OFFICER)
    assert clock(house, case).state == "running"  # the term does not wait for the approval
    assert post(house, case, "aprobar", Role.HEAD_OF_UNIT).status_code == 302
    case.refresh_from_db()
    assert (case.state, case.outcome) == ("answered", "upheld")
    message = CaseMessage.objects.get(kind="answer")
    assert (message.body, message.author) == (TEXT, house.user(Role.UNIT_OFFICER))
    assert Notice.objects.filter(kind="cases.answered", subject_id=case.pk).count() == 1
    assert events(case)[-3:] == ["cases.answer_submitted", "cases.answer_approved", "cases.answered"]
    assert history(case.institution_id, case.stream)[-1].actor_id == house.user(Role.HEAD_OF_UNIT).pk
    assert case.folio not in head.get(f"/{house.slug}/gestion/por-aprobar/").content.decode()


def test_the_second_of_two_approvals_is_refused(house):
    ask_approval(house)
    case = submitted(house)
    case.refresh_from_db()
    seen = {"version": case.version}
    clients = [house.client(Role.HEAD_OF_UNIT), house.client(Role.HEAD_OF_UNIT)]
    first, second = (client.post(url(house, case, "aprobar"), seen) for client in clients)
    assert (first.status_code, second.status_code) == (302, 422)
    assert CaseMessage.objects.filter(kind="answer").count() == 1
    assert Notice.objects.filter(kind="cases.answered").count() == 1


def test_nobody_approves_an_answer_that_is_not_the_one_they_read(house):
    ask_approval(house)
    case = submitted(house)
    seen = re.compile(r'name="seen" value="(\w{64})"')

    def read(shown: str) -> str:
        return seen.search(shown.partition('id="aprobar_form"')[2])[1]

    before = read(page(house, case, Role.HEAD_OF_UNIT))
    assert post(house, case, "devolver", remarks="La cambio").status_code == 302
    post(house, case, "enviar-a-aprobacion", body=TEXT + " O el martes.", outcome="upheld")
    late = post(house, case, "aprobar", Role.HEAD_OF_UNIT, seen=before)
    shown = late.content.decode()
    assert late.status_code == 422
    assert "Lo que iba a aprobar cambió desde que usted lo miró" in shown
    assert f"{TEXT} O el martes." in shown  # now it is before their eyes
    again = read(shown)
    assert again == read(page(house, case, Role.HEAD_OF_UNIT)) != before
    assert not CaseMessage.objects.filter(kind="answer").exists()
    assert post(house, case, "aprobar", Role.HEAD_OF_UNIT, seen=again).status_code == 302


def test_an_answer_given_back_is_written_on_again(house):
    ask_approval(house)
    case = submitted(house)
    locked = post(house, case, "borrador", body="Otro texto")
    assert "espera aprobación" in locked.content.decode()
    assert post(house, case, "devolver", Role.HEAD_OF_UNIT, remarks="").status_code == 422
    assert post(house, case, "devolver", Role.HEAD_OF_UNIT, remarks="Falta la fecha").status_code == 302
    shown = page(house, case)
    assert "Observaciones a la respuesta: Falta la fecha" in shown
    assert "Se devolvió con observaciones" in shown
    assert f"{TEXT}</textarea>" in shown
    late = post(house, case, "aprobar", Role.HEAD_OF_UNIT)
    assert "alguien ya la aprobó o la devolvió" in late.content.decode()
    assert post(house, case, "enviar-a-aprobacion", body=TEXT + " Ayer.", outcome="upheld").status_code == 302
    assert (
        post(house, case, "devolver", remarks="La cambio").status_code == 302
    )  # its own unit may take it back


@pytest.mark.parametrize(
    ("approver", "role"),
    [
        ("head_of_unit", Role.HEAD_OF_UNIT),
        ("quality_manager", Role.QUALITY_MANAGER),
        ("authority", Role.AUTHORITY),
    ],
)
def test_only_the_named_role_approves(house, approver, role):
    ask_approval(house, approver)
    case = submitted(house)
    for other in (Role.HEAD_OF_UNIT, Role.QUALITY_MANAGER, Role.AUTHORITY):
        listed = house.client(other).get(f"/{house.slug}/gestion/por-aprobar/").content.decode()
        assert (case.folio in listed) == (other == role)
        if other != role:
            assert post(house, case, "aprobar", other).status_code == 403
    assert post(house, case, "aprobar", role).status_code == 302


def topic_approved_by(house, case, approver):
    topic = Topic.objects.filter(institution=house.institution).first()
    house.institution.refresh_from_db()
    save_topic(
        institution=house.institution,
        actor=None,
        now=NOW,
        name=topic.name,
        unit_id=topic.unit_id,
        approver=approver,
        topic=topic,
    )
    house.institution.refresh_from_db()
    Case.objects.filter(pk=case.pk).update(topic=topic)


def test_a_topic_says_who_approves_whatever_the_kind_says(house):
    ask_approval(house, "head_of_unit")
    case = submitted(house)
    topic_approved_by(house, case, "authority")
    for role in (Role.HEAD_OF_UNIT, Role.QUALITY_MANAGER, Role.AUTHORITY):
        listed = house.client(role).get(f"/{house.slug}/gestion/por-aprobar/").text
        assert (case.folio in listed) == (role == Role.AUTHORITY)
    assert "La aprueba: Autoridad" in page(house, case)
    assert post(house, case, "aprobar", Role.HEAD_OF_UNIT).status_code == 403
    assert post(house, case, "aprobar", Role.AUTHORITY).status_code == 302


def test_a_topic_asks_approval_where_the_kind_asks_none(house):
    case = in_unit(house)
    topic_approved_by(house, case, "quality_manager")
    assert 'id="responder"' not in page(house, case)
    assert refusal(lambda: answer(house, case, now=timezone.now())) == "approval_needed"
    assert post(house, case, "enviar-a-aprobacion", body=TEXT, outcome="upheld").status_code == 302
    assert case.folio in house.client(Role.QUALITY_MANAGER).get(f"/{house.slug}/gestion/por-aprobar/").text


def test_of_a_restricted_case_only_the_kind_says_who_approves(house):
    case = in_unit(house)
    topic_approved_by(house, case, "authority")
    Case.objects.filter(pk=case.pk).update(is_restricted=True)
    answer(house, case, now=timezone.now())
    case.refresh_from_db()
    assert case.state == "answered"


def test_a_head_approves_nothing_of_another_unit(house):
    ask_approval(house, kind="acceso")
    case = file(house, "acceso", now=timezone.now())  # goes to the legal unit
    AnswerDraft.objects.create(
        institution=house.institution, case=case, state="review", outcome="upheld", body=TEXT,
        author=house.user(Role.UNIT_OFFICER), saved_at=NOW, submitted_at=NOW,
    )  # fmt: skip
    listed = house.client(Role.HEAD_OF_UNIT).get(f"/{house.slug}/gestion/por-aprobar/").content.decode()
    assert case.folio not in listed
    assert post(house, case, "aprobar", Role.HEAD_OF_UNIT).status_code in (403, 404)


def test_a_case_reclassified_meanwhile_is_given_back_by_its_unit(house):
    ask_approval(house)
    case = submitted(house)
    classify_case(
        institution=house.institution, case_id=case.pk, version=None, kind_id=house.kinds["consulta"].pk,
        topic_id=None, actor=house.user(Role.HEAD_OF_UNIT), now=timezone.now(),
    )  # fmt: skip
    assert post(house, case, "aprobar", Role.HEAD_OF_UNIT).status_code == 403
    assert post(house, case, "devolver", remarks="Cambió el tipo").status_code == 302
    assert post(house, case, "responder", body=TEXT, outcome="upheld").status_code == 302


def test_restricted_answers_are_approved_by_whoever_may_read_them(house):
    denuncia = house.kinds["denuncia"]
    assert refusal(lambda: ask_approval(house, "authority", "denuncia")) == "kind_approver"
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseKind.objects.filter(pk=denuncia.pk).update(approver="quality_manager")
    ask_approval(house, "head_of_unit", "denuncia")


def test_an_answer_through_another_door_leaves_the_draft(house):
    case = in_unit(house)
    post(house, case, "borrador", body="A medias")
    answer(house, case, now=timezone.now(), outcome=Outcome.UPHELD)
    assert AnswerDraft.objects.get().body == "A medias"


def test_what_the_lists_cost(house):
    ask_approval(house)
    case = submitted(house)
    browser = house.client(Role.HEAD_OF_UNIT)
    for address, budget in ((f"/{house.slug}/gestion/por-aprobar/", 6), (url(house, case), 12)):
        browser.get(address)
        with at_most(budget):
            assert browser.get(address).status_code == 200
    for _ in range(10):
        submitted(house)
    with at_most(6):
        browser.get(f"/{house.slug}/gestion/por-aprobar/")

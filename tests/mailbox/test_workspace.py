# SPDX-License-Identifier: EUPL-1.2
"""What an officer does with the mail that no rule made a request."""

from datetime import timedelta

import pytest
from django.utils import timezone

from siac.accounts.public import Role
from siac.cases.public import Case, CaseMessage
from siac.documents.models import Attachment
from siac.integrations.mailbox.commands.tidying import KEEP_UNUSED, KEEP_USED, erase_old
from siac.integrations.mailbox.models import BlockedSender, IncomingMail
from siac.journal.models import JournalEntry
from tests.factories import ANONYMOUS, NOW, PDF, answer, file, person
from tests.mailbox.conftest import take_in
from tests.mailbox.mails import mail
from tests.sql_counts import at_most


def listed(client, house, view: str) -> list[int]:
    page = client.get(f"/{house.slug}/gestion/correo/", {"vista": view})
    return [row["mail"].pk for row in page.context["rows"]]


def address(house, row, action: str = "") -> str:
    return f"/{house.slug}/gestion/correo/{row.pk}/" + (f"{action}/" if action else "")


@pytest.fixture
def spam(house, box, imap) -> IncomingMail:
    imap.deliver(mail(X_Spam_Flag="YES", files=[("foto.pdf", PDF)]), at=NOW - timedelta(days=2))
    take_in(box)
    return IncomingMail.objects.get()


def test_unwanted_mail_becomes_a_request_with_the_day_it_was_received(house, spam):
    client = house.client(Role.FRONT_DESK)
    assert listed(client, house, "no-deseado") == [spam.pk]
    page = client.get(address(house, spam)).content.decode()
    for text in ("El servidor de correo lo marcó", "ana@ejemplo.org", "En mi calle no hay luz", "foto.pdf"):
        assert text in page
    done = client.post(
        address(house, spam, "ingresar"), {"kind_id": house.kinds["consulta"].pk, "unit_id": ""}
    )
    assert done.status_code == 302
    case = Case.objects.get()
    assert (case.filed_at, case.kind.code, case.filed_by) == (
        NOW - timedelta(days=2), "consulta", house.user(Role.FRONT_DESK),
    )  # fmt: skip
    spam.refresh_from_db()
    assert (spam.state, spam.case_id, spam.decided_by_id) == ("filed", case.pk, case.filed_by_id)
    again = client.post(
        address(house, spam, "ingresar"), {"kind_id": house.kinds["consulta"].pk, "unit_id": ""}
    )
    assert again.status_code == 422
    assert "Otra persona ya decidió" in again.content.decode()
    assert Case.objects.count() == 1
    manager = house.client(Role.QUALITY_MANAGER)
    shown = manager.get(f"/{house.slug}/gestion/solicitudes/{case.folio}/").content.decode()
    way = f"/{house.slug}/gestion/correo/?vista=ingresado&amp;solicitud={case.folio}"
    assert way in shown
    page = manager.get(way.replace("&amp;", "&"))
    assert [row["mail"].pk for row in page.context["rows"]] == [spam.pk]
    other = manager.get(way.replace("&amp;", "&").replace(case.folio, "2026-999999"))
    assert other.context["rows"] == []


def test_left_mail_can_still_be_filed_and_a_bad_form_says_why(house, spam):
    client = house.client(Role.FRONT_DESK)
    assert client.post(address(house, spam, "dejar")).status_code == 302
    assert listed(client, house, "dejado") == [spam.pk]
    wrong = client.post(address(house, spam, "ingresar"), {"kind_id": "", "unit_id": ""})
    assert wrong.status_code == 422
    assert "Elija el tipo." in wrong.content.decode()
    client.post(address(house, spam, "ingresar"), {"kind_id": house.kinds["consulta"].pk, "unit_id": ""})
    assert Case.objects.count() == 1


def test_a_mail_without_sender_is_filed_only_where_the_kind_admits_it(house, box, imap):
    imap.deliver(mail(sender=""))
    take_in(box)
    row, client = IncomingMail.objects.get(), house.client(Role.FRONT_DESK)
    refused = client.post(
        address(house, row, "ingresar"), {"kind_id": house.kinds["consulta"].pk, "unit_id": ""}
    )
    assert refused.status_code == 422
    assert "no admite envíos anónimos" in refused.content.decode()
    client.post(address(house, row, "ingresar"), {"kind_id": house.kinds["sugerencia"].pk, "unit_id": ""})
    assert Case.objects.get().person_id is None


@pytest.fixture
def disagreement(house, box, imap) -> IncomingMail:
    case = file(
        house, who=person(email="ana@ejemplo.org"), unit_id=house.units["obras"], now=NOW - timedelta(days=6)
    )
    answer(house, case, now=NOW - timedelta(days=5))
    imap.deliver(mail("No estoy de acuerdo", subject=f"Re: {case.folio}"), at=NOW - timedelta(days=1))
    take_in(box)
    return IncomingMail.objects.get()


def test_a_reply_to_an_answer_opens_the_review_on_the_day_it_was_received(house, disagreement):
    client = house.client(Role.FRONT_DESK)
    assert client.post(address(house, disagreement, "revision")).status_code == 302
    case = Case.objects.get()
    assert (case.state, case.reviews) == ("with_unit", 1)
    assert CaseMessage.objects.get(case=case, kind="contest").at == NOW - timedelta(days=1)
    disagreement.refresh_from_db()
    assert disagreement.state == "added"


def test_thanks_are_added_to_the_finished_case_as_a_note(house, disagreement):
    client = house.client(Role.FRONT_DESK)
    case = Case.objects.get()
    for folio, code in (("2026-999999", 422), ("nada", 422), (case.folio, 302)):
        assert client.post(address(house, disagreement, "agregar"), {"folio": folio}).status_code == code
    case.refresh_from_db()
    assert case.state == "answered"
    assert CaseMessage.objects.get(case=case, kind="note").body == "No estoy de acuerdo"


def test_a_new_request_from_it_names_the_old_one(house, disagreement):
    client = house.client(Role.FRONT_DESK)
    client.post(
        address(house, disagreement, "ingresar"), {"kind_id": house.kinds["consulta"].pk, "unit_id": ""}
    )
    old, new = Case.objects.order_by("pk")
    assert old.folio in CaseMessage.objects.get(case=new).body


def test_a_blocked_address_goes_to_the_unwanted_until_it_is_unblocked(house, box, imap, spam):
    client = house.client(Role.FRONT_DESK)
    client.post(address(house, spam, "bloquear"))
    imap.deliver(mail("otra vez"))
    take_in(box)
    assert list(IncomingMail.objects.order_by("pk").values_list("reason", flat=True)) == [
        "blocked",
        "blocked",
    ]
    page = client.get(f"/{house.slug}/gestion/correo/bloqueados/").content.decode()
    assert "ana@ejemplo.org" in page
    client.post(f"/{house.slug}/gestion/correo/bloqueados/{BlockedSender.objects.get().pk}/quitar/")
    imap.deliver(mail("y otra"))
    take_in(box)
    assert Case.objects.count() == 1


def test_mail_of_a_restricted_mailbox_is_for_those_with_the_right_to_it(house, box, imap):
    type(box).objects.update(kind_id=house.kinds["denuncia"].pk)
    imap.deliver(mail(X_Spam_Flag="YES"))
    take_in(box)
    row = IncomingMail.objects.get()
    seen = {
        role
        for role in (Role.FRONT_DESK, Role.HEAD_OF_UNIT)
        if listed(house.client(role), house, "no-deseado")
    }
    assert seen == {Role.HEAD_OF_UNIT}
    assert house.client(Role.FRONT_DESK).get(address(house, row)).status_code == 404
    assert house.client(Role.FRONT_DESK).post(address(house, row, "dejar")).status_code == 404


@pytest.mark.parametrize("count", [1, 55])
def test_the_list_costs_the_same_whatever_its_length(house, box, imap, count):
    imap.deliver(*(mail(f"n {n}", sender=f"p{n}@ejemplo.org") for n in range(count)))
    take_in(box)
    client = house.client(Role.FRONT_DESK)
    url = f"/{house.slug}/gestion/correo/?vista=ingresado"
    client.get(url)
    with at_most(6):
        page = client.get(url)
    seen = [row["mail"].pk for row in page.context["rows"]]
    if following := page.context["listing"].next_url:
        seen += [row["mail"].pk for row in client.get(following).context["rows"]]
    assert len(set(seen)) == count
    with at_most(12):
        client.get(address(house, IncomingMail.objects.first()))
    assert client.get(url + "&desde=roto").status_code == 200


def test_nothing_is_erased_before_its_time_and_nothing_undecided_ever(house, box, imap):
    imap.deliver(mail(), mail(X_Spam_Flag="YES"), mail(sender=""))
    take_in(box)
    erased = [
        erase_old(NOW + KEEP_USED),
        erase_old(NOW + KEEP_USED + timedelta(days=1)),
        erase_old(NOW + KEEP_UNUSED),
        erase_old(NOW + KEEP_UNUSED + timedelta(days=1)),
        erase_old(NOW + timedelta(days=4000)),
    ]
    assert erased == [0, 1, 0, 1, 0]
    spam = IncomingMail.objects.get(state="spam")
    assert (bytes(spam.sender), spam.subject) == (b"", "")
    assert Attachment.objects.filter(subject_type="mail", erased_at=None).count() == 1
    client = house.client(Role.FRONT_DESK)
    assert "El original se borró" in client.get(address(house, spam)).content.decode()
    refused = client.post(
        address(house, spam, "ingresar"), {"kind_id": house.kinds["consulta"].pk, "unit_id": ""}
    )
    assert "El original ya se borró" in refused.content.decode()
    assert client.get(address(house, spam, "original")).status_code == 404
    assert take_in(box, timezone.now()) == 0


def test_the_original_is_handed_out_as_a_file(house, spam):
    response = house.client(Role.FRONT_DESK).get(address(house, spam, "original"))
    assert response["Content-Disposition"].startswith("attachment")
    assert b"X-Spam-Flag: YES" in b"".join(response.streaming_content)


def test_an_original_that_quotes_a_code_shows_it_with_an_entry_or_stays_here(house, box, imap):
    """The code of somebody who gave their name is shown and noted; that of an anonymous request never."""
    own, nobody_s = file(house), file(house, "sugerencia", who=ANONYMOUS)
    for case in (own, nobody_s):
        imap.deliver(mail(text=f"Mi código es {case.code}", X_Spam_Flag="YES"), at=NOW - timedelta(days=2))
    take_in(box)
    known, hidden = IncomingMail.objects.order_by("pk")
    client = house.client(Role.FRONT_DESK)
    assert client.get(address(house, known, "original"))["Content-Disposition"].startswith("attachment")
    entry = JournalEntry.objects.get(kind="cases.code_shown")
    assert (entry.stream, entry.actor_id) == (own.stream, house.user(Role.FRONT_DESK).pk)
    refused = client.get(address(house, hidden, "original"), follow=True)
    assert "lo conoce solo quien la presentó" in refused.text
    assert nobody_s.code not in refused.text
    assert JournalEntry.objects.filter(kind="cases.code_shown").count() == 1

# SPDX-License-Identifier: EUPL-1.2
"""What is owed for a broken promise: on a clock of its own, decided, written, delivered, refused, undone."""

from datetime import date, timedelta

import pytest

from siac.accounts.public import Role
from siac.cases.models import Case
from siac.cases.portal.following import FOLLOWING, cookie_name
from siac.charters.commands.claims import decide_claim, file_claim
from siac.charters.commands.erasing import cases_owed, erase_proofs
from siac.charters.commands.remedies import decide_remedy, deliver_remedy, send_letter
from siac.charters.measuring import SOURCE
from siac.charters.models import Breach, Charter, Claim, Remedy, RemedyFact
from siac.clocks.public import (
    CalendarLayer,
    Clock,
    add_days,
    apply_calendar_change,
    clocks_of,
    open_own_layer,
    revoke_days,
    settle_overdue,
)
from siac.journal.public import history, verify_institution
from siac.kernel.errors import Refused
from siac.notices.public import Notice, mark_sent, send_due
from siac.notices.public import cancel as cancel_notice
from siac.organizations.public import touch_configuration
from tests.factories import ANONYMOUS, NOW, House, answer, file
from tests.words import words

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LATER = NOW + 20 * DAY
LETTER = "El 14 de septiembre no cumplimos. Le pedimos disculpas."


@pytest.fixture
def owed(house: House) -> Remedy:
    """What is owed for a complaint whose five promised days are over."""
    file(house, unit_id=house.units["obras"])
    settle_overdue(LATER)
    return Remedy.objects.get()


def common(house: House, row: Remedy, role: Role = Role.HEAD_OF_UNIT, now=LATER + DAY) -> dict:
    return {"institution": house.institution, "remedy_id": row.pk, "actor": house.user(role), "now": now}


def clock_of(house: House, row: Remedy) -> Clock:
    [clock] = clocks_of(house.institution.pk, "remedy", [row.pk])
    return clock


def following(house: House, case: Case) -> str:
    client = house.client()
    client.cookies[cookie_name(house.institution)] = FOLLOWING.sign(str(case.pk))
    return words(client.get(f"/{house.slug}/seguimiento/medida/"))


def kinds_told(house: House, row: Remedy) -> list[str]:
    told = history(house.institution.pk, f"case:{row.breach.case_id}")
    return [entry.kind for entry in told if entry.kind.startswith("charters.")]


def test_a_remedy_has_a_clock_of_its_own_in_business_days_of_the_body(house, owed):
    clock = clock_of(house, owed)
    assert (clock.amount, clock.unit, clock.state, clock.due_on) == (10, "bd", "running", owed.due_on)
    # found on Sunday 27 September: ten business days, from Monday 28 on
    assert owed.due_on == date(2026, 10, 9)


def test_it_is_decided_then_delivered_with_its_proof(house, owed):
    row = decide_remedy(**common(house, owed), is_due=True, reason="")
    assert (row.state, row.decided_by, clock_of(house, row).state) == (
        "decided", house.user(Role.HEAD_OF_UNIT), "running",
    )  # fmt: skip
    assert Notice.objects.get(kind="charters.remedy_decided").subject_id == owed.breach.case_id
    with pytest.raises(Refused, match="remedy_decided"):
        decide_remedy(**common(house, owed), is_due=False, reason="Lo pensamos mejor y no")
    with pytest.raises(Refused, match="proof_missing"):
        deliver_remedy(**common(house, owed), proof="\u200b \n")
    row = deliver_remedy(**common(house, owed, now=LATER + 5 * DAY), proof="Carta 12, en mano")
    assert (row.state, clock_of(house, row).state) == ("delivered", "met")
    with pytest.raises(Refused, match="remedy_settled"):
        deliver_remedy(**common(house, owed), proof="otra vez")
    told = ["breach_opened", "remedy_decided", "remedy_settled"]
    assert kinds_told(house, owed) == [f"charters.{kind}" for kind in told]


def test_what_is_delivered_after_its_day_misses_its_clock_and_breaks_nothing_else(house, owed):
    row = deliver_remedy(**common(house, owed, now=LATER + 60 * DAY), proof="Carta 12")
    clock = clock_of(house, row)
    assert (clock.state, clock.days_late > 0) == ("missed", True)
    assert Breach.objects.count() == 1


def test_refused_needs_a_reason_that_the_person_reads(house, owed):
    with pytest.raises(Refused, match="remedy_reason"):
        decide_remedy(**common(house, owed), is_due=False, reason="no")
    decide_remedy(**common(house, owed), is_due=False, reason="Se respondió el día 11: consta en el acta")
    owed.refresh_from_db()
    assert (owed.state, clock_of(house, owed).state) == ("refused", "cancelled")
    assert "consta en el acta" in following(house, owed.breach.case)
    with pytest.raises(Refused, match="remedy_settled"):
        decide_remedy(**common(house, owed), is_due=True, reason="")


def test_a_letter_is_the_remedy_and_delivers_it_when_it_has_left(house, owed):
    send_letter(**common(house, owed), letter=LETTER)
    owed.refresh_from_db()
    assert (owed.state, owed.proof) == ("decided", "")
    notice = Notice.objects.get(pk=owed.notice_id)
    with pytest.raises(Refused, match="letter_waits"):
        send_letter(**common(house, owed), letter=LETTER)
    mark_sent(
        house.institution.pk, notice.pk, actor_id=house.user(Role.HEAD_OF_UNIT).pk, now=LATER + 2 * DAY,
        proof="Certificada 881",
    )  # fmt: skip
    owed.refresh_from_db()
    assert owed.state == "delivered" and "Certificada 881" in owed.proof
    assert clock_of(house, owed).state == "met"
    assert LETTER in following(house, owed.breach.case)
    assert verify_institution(house.institution.pk).problems == []


def test_a_letter_by_mail_goes_out_with_what_was_written(house, owed):
    send_letter(**common(house, owed), letter=LETTER)
    send_due(lambda: LATER + 2 * DAY)
    owed.refresh_from_db()
    sent = Notice.objects.get(pk=owed.notice_id)
    assert (sent.state, owed.state) == ("shown", "delivered")  # what a test shows stands for what is sent
    assert LETTER in sent.body and owed.breach.case.folio in sent.subject_line


def test_a_letter_that_was_cancelled_can_be_written_again(house, owed):
    send_letter(**common(house, owed), letter=LETTER)
    owed.refresh_from_db()
    cancel_notice(house.institution.pk, owed.notice_id, actor_id=house.user(Role.HEAD_OF_UNIT).pk, now=LATER)
    send_letter(**common(house, owed), letter="Otra carta, con más explicación")
    owed.refresh_from_db()
    assert (
        owed.letter.startswith("Otra") and Notice.objects.filter(kind="charters.remedy_letter").count() == 2
    )


def test_who_gave_no_name_is_written_to_where_they_follow(house):
    kind = house.kinds["sugerencia"]
    type(house.commitment).objects.filter(pk=house.commitment.pk).update(kind=kind)
    touch_configuration(house.institution.pk)
    house.institution.refresh_from_db()
    case = file(house, "sugerencia", who=ANONYMOUS)
    settle_overdue(LATER)
    row = Remedy.objects.get(breach__case=case)
    send_letter(**common(house, row), letter=LETTER)
    row.refresh_from_db()
    assert (row.state, row.notice_id) == ("delivered", None)
    assert LETTER in following(house, case)


@pytest.mark.parametrize("letter", ["", "  \n\u200b ", "corta"])
def test_a_letter_says_something(house, owed, letter):
    with pytest.raises(Refused, match="letter_empty"):
        send_letter(**common(house, owed), letter=letter)


def test_a_letter_has_an_end(house, owed):
    with pytest.raises(Refused, match="letter_long"):
        send_letter(**common(house, owed), letter="x" * 5001)


def closed(house: House, *days: date, on=LATER + DAY) -> None:
    """Enter days off of the body, after the fact, and let the clocks follow."""
    layer = open_own_layer(institution_id=house.institution.pk, name="Servicio", country="CL", now=NOW)
    add_days(
        layer_code=layer.code, days=list(days), name="Paro", kind="closure", source="Circular 3",
        reason="Paro", institution_id=house.institution.pk, actor_id=None, now=on,
    )  # fmt: skip
    apply_calendar_change(layer.code, days=list(days), now=on)


PARO = [date(2026, 9, day) for day in (8, 9, 10, 11, 14, 15, 16, 17, 21, 22, 23, 24, 25)]


def test_a_calendar_corrected_afterwards_takes_back_a_promise_that_was_not_broken(house, owed):
    closed(house, *PARO)
    owed.refresh_from_db()
    breach = Breach.ever.get()
    assert (breach.taken_back_at, owed.state) == (LATER + DAY, "undone")
    assert not Breach.objects.exists() and clock_of(house, owed).state == "cancelled"
    assert kinds_told(house, owed)[-1] == "charters.breach_taken_back"
    assert "el plazo no había terminado" in following(house, breach.case)
    SOURCE.refresh(house.institution.pk, [owed.pk])
    assert not RemedyFact.objects.exists()
    # Its term runs on: broken after all, the same row is open again, and owes its remedy anew.
    settle_overdue(LATER + 40 * DAY)
    owed.refresh_from_db()
    breach.refresh_from_db()
    assert (breach.taken_back_at, owed.state, Remedy.objects.count()) == (None, "owed", 1)
    assert [clock.state for clock in clocks_of(house.institution.pk, "remedy", [owed.pk])] == [
        "cancelled", "running",
    ]  # fmt: skip
    assert verify_institution(house.institution.pk).problems == []


def test_what_the_person_was_told_is_not_taken_back_with_the_calendar(house, owed):
    deliver_remedy(**common(house, owed, now=LATER), proof="Carta 12")
    closed(house, *PARO)
    owed.refresh_from_db()
    assert owed.state == "delivered" and not Breach.objects.exists()
    entry = history(house.institution.pk, f"case:{owed.breach.case_id}")[-1]
    assert (entry.kind, entry.data["became"]) == ("charters.breach_taken_back", "kept")
    # Broken again, nothing is owed a second time for the same promise on the same request.
    settle_overdue(LATER + 40 * DAY)
    owed.refresh_from_db()
    assert owed.state == "delivered" and Breach.objects.count() == 1


def test_what_was_delivered_and_is_broken_again_took_no_days_less_than_none(house, owed):
    found_at = owed.breach.found_at
    deliver_remedy(**common(house, owed, now=LATER + DAY), proof="Carta 12")
    closed(house, *PARO)
    settle_overdue(LATER + 40 * DAY)
    breach = Breach.objects.get()
    assert (breach.taken_back_at, breach.found_at) == (None, found_at)
    SOURCE.refresh(house.institution.pk, [owed.pk])
    fact = RemedyFact.objects.get()
    assert (fact.days, fact.decision_days) == (1, 1)


def test_a_claim_that_was_right_stays_right_whatever_the_calendar_says(house):
    case = file(house, unit_id=house.units["obras"])
    claim = file_claim(
        institution=house.institution, case=case, commitment_id=house.commitment.pk, words="", now=NOW
    )
    settle_overdue(LATER)
    decide_claim(
        institution=house.institution, claim_id=claim.pk, is_upheld=True, answer="Es cierto: nadie llamó",
        actor=house.user(Role.HEAD_OF_UNIT), now=LATER,
    )  # fmt: skip
    closed(house, *PARO)
    assert Breach.objects.get().taken_back_at is None and Remedy.objects.get().state == "owed"
    assert "Es cierto: nadie llamó" in following(house, case)
    settle_overdue(LATER + 40 * DAY)
    assert Breach.objects.count() == 1 and Remedy.objects.get().state == "owed"
    assert verify_institution(house.institution.pk).problems == []


def test_who_was_told_that_nothing_was_broken_may_still_claim_it(house, owed):
    case = owed.breach.case
    assert "Pedir mi medida" not in following(house, case)
    closed(house, *PARO)
    page = following(house, case)
    assert "el plazo no había terminado" in page and "Pedir mi medida" in page
    claim = file_claim(
        institution=house.institution, case=case, commitment_id=house.commitment.pk, words="", now=LATER + DAY
    )
    assert "Por decidir" in following(house, case)
    decide_claim(
        institution=house.institution, claim_id=claim.pk, is_upheld=False, answer="El plazo sigue abierto",
        actor=house.user(Role.HEAD_OF_UNIT), now=LATER + DAY,
    )  # fmt: skip
    page = following(house, case)
    assert "No acogida" in page and "El plazo sigue abierto" in page


def test_the_list_of_a_unit_does_not_tell_that_a_restricted_request_is_its(house, owed):
    Case.objects.filter(pk=owed.breach.case_id).update(is_restricted=True)
    url, manager = f"/{house.slug}/gestion/medidas/", house.client(Role.QUALITY_MANAGER)
    assert len(manager.get(url).context["listing"].rows) == 1
    assert manager.get(url, {"unidad": house.units["obras"]}).context["listing"].rows == []


def test_what_was_decided_before_the_calendar_changed_says_so_to_who_delivers_it(house, owed):
    decide_remedy(**common(house, owed), is_due=True, reason="")
    closed(house, *PARO)
    page = words(house.client(Role.HEAD_OF_UNIT).get(page_of(house, owed)))
    assert "se entrega igual, porque ya se decidió" in page
    assert "Después el calendario se corrigió y el plazo no había terminado" in page
    assert "El 14 de septiembre de 2026 no cumplimos" not in page


def test_a_term_that_moved_and_is_over_all_the_same_was_broken_on_its_new_day(house, owed):
    breach = Breach.objects.get()
    before, clock = breach.due_on, Clock.objects.get(pk=breach.clock_id)
    closed(house, date(2026, 9, 8))
    breach.refresh_from_db()
    clock.refresh_from_db()
    assert breach.due_on == clock.due_on > before and breach.taken_back_at is None
    assert kinds_told(house, owed)[-1] == "charters.breach_opened"


def test_what_ended_late_keeps_how_it_was_judged(house, owed):
    answer(house, owed.breach.case, now=LATER)
    closed(house, *PARO)
    assert Breach.objects.count() == 1 and Remedy.objects.get().state == "owed"


def test_the_day_of_a_remedy_and_of_a_claim_follows_the_calendar_of_the_body(house, owed):
    case = file(house, unit_id=house.units["obras"], now=LATER)
    claim = file_claim(
        institution=house.institution, case=case, commitment_id=house.commitment.pk, words="", now=LATER
    )
    before = owed.due_on, claim.due_on
    closed(house, date(2026, 10, 5), date(2026, 10, 6))
    owed.refresh_from_db()
    claim.refresh_from_db()
    assert owed.due_on == date(2026, 10, 14) > before[0] and claim.due_on > before[1]
    assert kinds_told(house, owed)[-1] == "charters.remedy_moved"
    revoked = {"reason": "Se levantó", "institution_id": house.institution.pk, "actor_id": None}
    layer = CalendarLayer.objects.get(institution=house.institution, unit=None).code
    revoke_days(layer_code=layer, days=[date(2026, 10, 5)], now=LATER + DAY, **revoked)
    apply_calendar_change(layer, days=[date(2026, 10, 5)], now=LATER + DAY)
    owed.refresh_from_db()
    assert owed.due_on == date(2026, 10, 13)
    assert verify_institution(house.institution.pk).problems == []


def page_of(house: House, row: Remedy) -> str:
    return f"/{house.slug}/gestion/medidas/{row.pk}/"


def test_one_page_decides_writes_and_delivers(house, owed):
    head = house.client(Role.HEAD_OF_UNIT)
    page = words(head.get(page_of(house, owed)))
    assert "Enviar la carta" in page and "no cumplimos lo que nuestra carta de servicios le promete" in page
    missing = head.post(page_of(house, owed), {"act": "letter", "letter": ""})
    assert missing.status_code == 422 and "Escriba la carta." in words(missing)
    missing = head.post(page_of(house, owed), {"act": "refused", "letter": LETTER, "words": ""})
    assert missing.status_code == 422 and LETTER in words(missing)
    assert head.post(page_of(house, owed), {"act": "later", "letter": LETTER}).status_code == 302
    page = words(head.get(page_of(house, owed)))
    assert "No procede" not in page and "Por entregar" in page
    assert head.post(page_of(house, owed), {"act": "letter", "letter": LETTER}).status_code == 302
    page = words(head.get(page_of(house, owed)))
    assert "Enviar la carta" not in page and "La carta está escrita" in page
    done = {"act": "delivered", "words": "Se la leyó por teléfono el 2 de octubre"}
    assert head.post(page_of(house, owed), done).status_code == 302
    assert "por teléfono" in words(head.get(page_of(house, owed)))


def test_under_rd_951_the_head_of_the_body_decides(house, owed):
    Charter.objects.update(norm="rd951")
    head, authority = house.client(Role.HEAD_OF_UNIT), house.client(Role.AUTHORITY)
    page = words(head.get(page_of(house, owed)))
    assert "lo decide la autoridad del organismo" in page and "Guardar" not in page
    head.post(page_of(house, owed), {"act": "refused", "words": "Porque no corresponde"})
    owed.refresh_from_db()
    assert owed.state == "owed"
    assert authority.post(page_of(house, owed), {"act": "later"}).status_code == 302
    assert head.post(page_of(house, owed), {"act": "delivered", "words": "Carta 12"}).status_code == 302


def test_the_list_narrows_counts_and_is_taken_away(house, owed):
    other = file(house)
    Case.objects.filter(pk=other.pk).update(is_restricted=True)
    settle_overdue(LATER + DAY)
    head = house.client(Role.HEAD_OF_UNIT)
    url = f"/{house.slug}/gestion/medidas/"
    assert len(head.get(url).context["listing"].rows) == 2
    mine = head.get(url, {"unidad": house.units["obras"]}).context["listing"].rows
    assert [row.pk for row in mine] == [owed.pk]
    assert head.get(url, {"tipo": "priority"}).context["listing"].rows == []
    charter = Charter.objects.get()
    assert len(head.get(url, {"carta": charter.pk}).context["listing"].rows) == 2
    assert head.get(url, {"estado": "delivered"}).context["listing"].rows == []
    manager = house.client(Role.QUALITY_MANAGER)
    page = words(manager.get(url))
    assert other.folio not in page and "Reservada" in page
    told = b"".join(manager.get(url, {"formato": "csv"}).streaming_content).decode()
    assert owed.breach.case.folio in told and other.folio not in told and told.count("\n") == 3


def test_the_list_costs_the_same_for_one_and_for_many(house, owed, django_assert_max_num_queries):
    client, url = house.client(Role.HEAD_OF_UNIT), f"/{house.slug}/gestion/medidas/"
    client.get(url)
    for _ in range(12):
        file(house, unit_id=house.units["obras"])
    settle_overdue(LATER)
    with django_assert_max_num_queries(9):
        assert len(client.get(url).context["listing"].rows) == 13


def test_what_waits_is_kept_and_what_was_written_goes_with_the_request(house, owed):
    case_id = owed.breach.case_id
    decide_remedy(**common(house, owed), is_due=True, reason="")
    assert list(cases_owed(house.institution.pk)) == [case_id]
    send_letter(**common(house, owed), letter=LETTER)
    deliver_remedy(**common(house, owed), proof="En mano")
    assert list(cases_owed(house.institution.pk)) == []
    erase_proofs(house.institution.pk, [case_id], LATER)
    owed.refresh_from_db()
    assert (owed.letter, "Borrado" in owed.proof) == ("", True)


def test_what_a_night_finds_broken_is_owed_with_a_clock_each(house):
    for _ in range(30):
        file(house)
    settle_overdue(LATER)
    assert Remedy.objects.count() == 30
    assert Clock.objects.filter(subject_type="remedy", state="running").count() == 30
    assert not Claim.objects.exists()

# SPDX-License-Identifier: EUPL-1.2
"""A person says that a promise was not kept: heard once, decided with its reason, owed if they are right."""

from datetime import timedelta

import pytest

from siac.accounts.public import Role
from siac.cases.portal.following import FOLLOWING, cookie_name
from siac.charters.commands.breaches import open_breaches
from siac.charters.commands.claims import decide_claim, file_claim
from siac.charters.commands.erasing import cases_owed, erase_proofs
from siac.charters.models import Breach, BreachCause, Claim, Commitment, Remedy
from siac.clocks.public import Clock, settle_overdue
from siac.journal.models import JournalEntry
from siac.kernel.errors import Refused
from tests.factories import NOW, House, file, make_house
from tests.words import words

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def citizen(house: House, case):
    client = house.client()
    client.cookies[cookie_name(house.institution)] = FOLLOWING.sign(str(case.pk))
    return client


def filed(house: House, case, said: str = "Nadie me llamó", **more) -> Claim:
    given = {"institution": house.institution, "commitment_id": house.commitment.pk, "now": NOW + DAY, **more}
    return file_claim(case=case, words=said, **given)


def decided(house: House, claim: Claim, *, is_upheld: bool = True, **more) -> Claim:
    given = {"answer": "La llamada no se hizo, como la persona dice", "now": NOW + 2 * DAY, **more}
    return decide_claim(
        institution=house.institution, claim_id=claim.pk, is_upheld=is_upheld,
        actor=house.user(Role.HEAD_OF_UNIT), **given,
    )  # fmt: skip


def test_a_claim_that_is_right_opens_the_breach_and_owes_the_remedy(house):
    case = file(house)
    claim = filed(house, case)
    assert filed(house, case, "otra vez").pk == claim.pk and Claim.objects.count() == 1
    assert claim.due_on == house.today(NOW) + 16 * DAY  # ten business days, over the national days
    decided(house, claim)
    breach = Breach.objects.get(case=case)
    assert (breach.cause, breach.clock_id, breach.commitment) == (BreachCause.CLAIM, None, house.commitment)
    assert Remedy.objects.get(breach=breach).text == "Disculpa escrita de la jefatura"
    entries = JournalEntry.objects.filter(stream=f"case:{case.pk}").order_by("seq")
    kinds = [entry.kind.partition(".")[2] for entry in entries]
    assert kinds[-3:] == ["claim_filed", "claim_decided", "breach_opened"]
    with pytest.raises(Refused, match="claim_decided"):
        decided(house, claim)


def test_a_claim_that_is_not_says_why_and_owes_nothing(house):
    claim = filed(house, file(house))
    with pytest.raises(Refused, match="claim_answer"):
        decided(house, claim, is_upheld=False, answer="no")
    decided(house, claim, is_upheld=False)
    assert not Breach.objects.exists()


def test_what_a_clock_found_needs_no_claim_and_one_decided_later_owes_nothing_twice(house):
    first, second = file(house), file(house)
    claim = filed(house, second)
    settle_overdue(NOW + 20 * DAY)
    with pytest.raises(Refused, match="claim_known"):
        filed(house, first)
    assert Remedy.objects.count() == 2
    decided(house, claim, now=NOW + 21 * DAY)
    assert Remedy.objects.count() == Breach.objects.count() == 2


def test_a_claim_whose_breach_the_clock_found_is_not_rejected_and_the_person_reads_the_answer(house):
    case = file(house)
    claim = filed(house, case)
    settle_overdue(NOW + 20 * DAY)
    with pytest.raises(Refused, match="claim_broken"):
        decided(house, claim, is_upheld=False, now=NOW + 21 * DAY)
    decided(house, claim, answer="Es cierto: nadie la llamó", now=NOW + 21 * DAY)
    page = citizen(house, case).get(f"/{house.slug}/seguimiento/medida/")
    assert "Es cierto: nadie la llamó" in words(page)


def test_nobody_claims_what_they_were_not_promised(house):
    other = make_house("valle")
    with pytest.raises(Refused, match="claim_unknown"):
        filed(house, file(house, "consulta"))
    with pytest.raises(Refused, match="claim_unknown"):
        filed(house, file(house), commitment_id=other.commitment.pk)
    with pytest.raises(Refused, match="claim_unknown"):
        decided(other, filed(house, file(house)))


def test_a_promise_that_says_it_has_no_remedy_is_broken_and_owes_nothing(house):
    Commitment.objects.filter(pk=house.commitment.pk).update(
        remedy_kind="none", remedy="", no_remedy_reason="Solo informa"
    )
    case = file(house)
    clock = Clock.objects.get(subject_id=case.pk, kind="commitment")
    assert open_breaches([clock], now=NOW + 20 * DAY) == 1
    assert Breach.objects.get().owed is None and not Remedy.objects.exists()


def test_the_person_claims_where_they_follow_and_reads_what_was_decided(house):
    case = file(house, unit_id=house.units["obras"])
    client, url = citizen(house, case), f"/{house.slug}/seguimiento/medida/"
    page = words(client.get(f"/{house.slug}/seguimiento/solicitud/"))
    assert "Lo que le prometimos" in page and "Pida su medida" in page
    assert "no nos consta que lo hayamos incumplido" in words(client.get(url))
    wrong = client.post(url, {"words": "x"})
    assert wrong.status_code == 422 and "Elija qué no cumplimos" in words(wrong)
    fields = {"commitment_id": str(house.commitment.pk), "words": "<b>Nadie</b> me llamó"}
    assert client.post(url, fields).status_code == 302
    assert "Por decidir" in words(client.get(url))
    claim = Claim.objects.get()
    head = house.client(Role.HEAD_OF_UNIT)
    assert house.commitment.text in words(head.get(f"/{house.slug}/gestion/medidas/pedidas/"))
    page = f"/{house.slug}/gestion/medidas/pedidas/{claim.pk}/"
    assert "&lt;b&gt;Nadie" in house.client(Role.QUALITY_MANAGER).get(page).content.decode()
    done = head.post(page, {"is_upheld": "no", "answer": "Consta la llamada del 8 de septiembre"})
    assert done.status_code == 302
    assert "Consta la llamada del 8 de septiembre" in words(client.get(url))
    assert "Se decidió" in words(head.get(page))


def test_who_says_that_somebody_is_right_goes_on_to_what_is_owed(house):
    claim = filed(house, file(house, unit_id=house.units["obras"]))
    page = f"/{house.slug}/gestion/medidas/pedidas/{claim.pk}/"
    said = {"is_upheld": "si", "answer": "Así consta en el expediente"}
    done = house.client(Role.HEAD_OF_UNIT).post(page, said)
    owed = Remedy.objects.get(breach__case=claim.case_id)
    assert done["Location"] == f"/{house.slug}/gestion/medidas/{owed.pk}/"


def test_without_the_code_nobody_sees_anything(house):
    file(house)
    page = house.client().get(f"/{house.slug}/seguimiento/medida/")
    assert page.status_code == 302 or "Lo que le prometimos" not in words(page)


def test_a_case_that_waits_for_a_decision_is_kept_and_then_its_words_go(house):
    case = file(house)
    claim = filed(house, case)
    assert list(cases_owed(house.institution.pk)) == [case.pk]
    decided(house, claim, is_upheld=False)
    assert list(cases_owed(house.institution.pk)) == []
    erase_proofs(house.institution.pk, [case.pk], NOW)
    claim.refresh_from_db()
    assert claim.words == "" and "Borrado" in claim.answer

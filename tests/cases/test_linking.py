# SPDX-License-Identifier: EUPL-1.2
"""Cases that belong together: linked, split, unlinked; and who is answering one at this moment."""

from datetime import timedelta

import pytest
from django.utils import timezone

from siac.accounts.public import Role
from siac.cases.commands.citizen import contest_answer
from siac.cases.commands.endings import dismiss_case, merge_case, transfer_case, withdraw_case
from siac.cases.linking.commands import link_cases, split_case, unlink_cases
from siac.cases.models import Case, CaseLink, Presence
from siac.cases.restricting.commands import restrict_case
from siac.cases.teamwork.presence import forget_presence, sign_presence
from siac.clocks.public import Clock
from siac.journal.models import JournalEntry
from siac.journal.public import history, verify_institution
from siac.kernel.errors import Refused
from siac.notices.models import Notice
from tests.factories import ANONYMOUS, NOW, answer, file
from tests.sql_counts import at_most

pytestmark = [pytest.mark.django_db]
R = Role


def link(house, case, other, role=R.HEAD_OF_UNIT):
    return link_cases(
        institution=house.institution,
        case_id=case.pk,
        version=None,
        other=other,
        actor=house.user(role),
        now=NOW,
    )


def address(house, case, code=""):
    return f"/{house.slug}/gestion/solicitudes/{case.folio}/{code}"


def last_kind(case):
    return history(case.institution_id, case.stream)[-1].kind


def test_two_cases_are_linked_both_ways_and_unlinked(house):
    one, two = (file(house, unit_id=house.units["obras"]) for _ in range(2))
    client = house.client(R.HEAD_OF_UNIT)
    assert client.post(address(house, two, "vincular/"), {"other": one.folio}).status_code == 302
    for here, there in ((one, two), (two, one)):
        shown = client.get(address(house, here)).content.decode()
        assert "Vinculadas" in shown and f">{there.folio}</a>" in shown
        assert last_kind(here) == "cases.linked"
    row = CaseLink.objects.get()
    assert client.post(address(house, one, f"vinculos/{row.pk}/quitar/")).status_code == 302
    assert not CaseLink.objects.exists()
    assert last_kind(one) == last_kind(two) == "cases.unlinked"


def test_a_case_restricted_later_is_no_longer_named_by_those_linked_or_joined_with_it(house):
    one, two, three = (file(house, unit_id=house.units["obras"]) for _ in range(3))
    link(house, one, two.folio)
    common = {
        "institution": house.institution,
        "version": None,
        "actor": house.user(R.HEAD_OF_UNIT),
        "now": NOW,
    }
    merge_case(case_id=three.pk, into=one.folio, **common)
    client = house.client(R.UNIT_OFFICER)
    for other in (two, three):
        assert one.folio in client.get(address(house, other)).text
    assert two.folio in client.get(address(house, one)).text
    restrict_case(case_id=one.pk, ground="minors", **common)
    for other in (two, three):
        shown = client.get(address(house, other))
        # What was written to the person when they were joined stays written;
        # the page itself names it no more.
        assert shown.status_code == 200 and f"{one.folio}/" not in shown.text
    assert (
        two.folio in house.client(R.HEAD_OF_UNIT).get(address(house, one)).text
    )  # from inside, the way out stays


def ends(house, case, how):
    """End a case without an answer, as its person or an officer does."""
    common = {"institution": house.institution, "case_id": case.pk, "now": NOW + timedelta(hours=2)}
    officer = {**common, "version": None, "actor": house.user(R.HEAD_OF_UNIT)}
    if how == "withdrawn":
        withdraw_case(**common, body="Ya no la necesito.", actor=None)
    elif how == "transferred":
        transfer_case(**officer, competent_body="Otro organismo", reason="No es de nuestra competencia.")
    else:
        dismiss_case(**officer, reason="No cumple lo que pide la ley.")


@pytest.mark.parametrize("how", ["withdrawn", "transferred", "dismissed"])
def test_what_was_joined_to_a_case_that_ends_without_an_answer_comes_back_with_its_term(house, how):
    main, joined, further = (file(house, "consulta", unit_id=house.units["obras"]) for _ in range(3))
    due = joined.legal_due_on
    assert due is not None
    join(house, further, joined)
    join(house, joined, main)
    ends(house, main, how)
    for other in (joined, further):
        other.refresh_from_db()
        assert (other.state, other.ending, other.merged_into_id) == ("with_unit", "", None)
        assert other.legal_due_on == due and other.due_on is not None
        assert Clock.objects.filter(subject_type="case", subject_id=other.pk, state="running").exists()
        assert last_kind(other) == "cases.reopened"
        assert Notice.objects.filter(subject_id=other.pk, kind="cases.reopened").count() == 1
    main.refresh_from_db()
    assert main.ending == how
    assert verify_institution(house.institution.pk).problems == []


def test_who_got_the_answer_of_a_case_does_not_come_back_when_its_review_is_withdrawn(house):
    main, first, second = (file(house, "consulta", unit_id=house.units["obras"]) for _ in range(3))
    join(house, first, main)
    answer(house, main, now=NOW + timedelta(minutes=5))
    contest_answer(
        institution=house.institution, case_id=main.pk, body="No me sirve.", now=NOW + timedelta(minutes=30)
    )
    join(house, second, main, now=NOW + timedelta(hours=1))
    ends(house, main, "withdrawn")
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.ending) == ("closed", "merged")
    assert (second.state, second.ending) == ("with_unit", "")


def join(house, case, into, *, now=NOW):
    merge_case(
        institution=house.institution,
        case_id=case.pk,
        version=None,
        into=into.folio,
        actor=house.user(R.HEAD_OF_UNIT),
        now=now,
    )


def test_what_is_not_linked(house):
    case = file(house, unit_id=house.units["obras"])
    hidden = file(house, unit_id=house.units["juridico"])
    secret = file(house, "denuncia", unit_id=house.units["obras"])
    twin = file(house, unit_id=house.units["obras"])
    link(house, case, twin.folio)
    for other, code in (
        (case.folio, "link_itself"),
        (twin.folio, "link_twice"),
        (hidden.folio, "merge_target_unknown"),
        ("2026-999999", "merge_target_unknown"),
        ("nada", "merge_target_unknown"),
        (secret.folio, "link_restricted"),
    ):
        with pytest.raises(Refused, match=code):
            link(house, case, other)


def split(house, case, **changes):
    values = {
        "subject": "El farol",
        "body": "Además no hay luz.",
        "kind_id": house.kinds["reclamo"].pk,
        "topic_id": None,
    }
    return split_case(
        institution=house.institution, case_id=case.pk, version=None, actor=house.user(R.HEAD_OF_UNIT),
        now=NOW + timedelta(days=7), **{**values, **changes},
    )  # fmt: skip


def test_a_part_becomes_a_case_whose_clocks_count_from_the_original_day(house):
    case = file(house, unit_id=house.units["obras"])
    split(house, case)
    fresh = Case.objects.exclude(pk=case.pk).get()
    assert (fresh.person_id, fresh.filed_at, fresh.unit_id) == (case.person_id, case.filed_at, case.unit_id)
    assert fresh.folio != case.folio and fresh.text.body == "Además no hay luz."
    assert fresh.legal_due_on == case.legal_due_on
    days = {
        pk: sorted(Clock.objects.filter(subject_id=pk).values_list("kind", "day0", "due_on"))
        for pk in (case.pk, fresh.pk)
    }
    assert days[case.pk] == days[fresh.pk] != []
    assert last_kind(case) == "cases.split" and last_kind(fresh) == "cases.split_from"
    assert Notice.objects.filter(subject_id=fresh.pk, kind="cases.receipt").count() == 1
    case.refresh_from_db()
    assert case.is_open and case.text.body.startswith("En mi calle")


def test_what_was_split_stays_linked_and_confidential_and_anonymous(house):
    case = file(house, "denuncia", who=ANONYMOUS, unit_id=house.units["obras"])
    split(house, case, kind_id=house.kinds["sugerencia"].pk)
    fresh = Case.objects.exclude(pk=case.pk).get()
    assert fresh.is_restricted and fresh.person_id is None
    row = CaseLink.objects.get()
    with pytest.raises(Refused, match="link_stays"):
        unlink_cases(
            institution=house.institution,
            case_id=case.pk,
            link_id=row.pk,
            actor=house.user(R.HEAD_OF_UNIT),
            now=NOW,
        )


def test_a_refused_split_makes_nothing(house):
    case = file(house, unit_id=house.units["obras"])
    with pytest.raises(Refused, match="text_missing"):
        split(house, case, body=" ")
    with pytest.raises(Refused, match="changed_meanwhile"):
        split_case(
            institution=house.institution, case_id=case.pk, version=99, subject="x", body="x", topic_id=None,
            kind_id=house.kinds["reclamo"].pk, actor=house.user(R.HEAD_OF_UNIT), now=NOW,
        )  # fmt: skip
    answer(house, case, now=NOW)
    with pytest.raises(Refused, match="move_not_allowed"):
        split(house, case)
    assert Case.objects.count() == 1


def test_splitting_through_its_page(house):
    case = file(house, now=timezone.now(), unit_id=house.units["obras"])
    client = house.client(R.UNIT_OFFICER)
    page = client.get(address(house, case, "dividir/")).content.decode()
    assert "En mi calle hubo una inundación" in page and "Sus plazos cuentan desde el" in page
    typed = {"subject": "El farol", "body": "", "kind_id": house.kinds["reclamo"].pk}
    refused = client.post(address(house, case, "dividir/"), typed)
    assert refused.status_code == 422 and "El farol" in refused.content.decode()
    shown = client.post(
        address(house, case, "dividir/"), {**typed, "body": "No hay luz."}, follow=True
    ).content.decode()
    fresh = Case.objects.exclude(pk=case.pk).get()
    assert fresh.folio in shown and "(dividida)" in shown


def test_others_see_who_is_answering_and_it_fades(house):
    case = file(house, now=timezone.now(), unit_id=house.units["obras"])
    head, officer = house.client(R.HEAD_OF_UNIT), house.client(R.UNIT_OFFICER)
    words = "Unit Officer está respondiendo esta solicitud ahora."
    assert words not in head.get(address(house, case)).content.decode()
    assert not Presence.objects.exists()  # reading leaves no trace
    for _ in range(2):
        assert officer.post(address(house, case, "presencia/")).status_code == 200
    assert Presence.objects.count() == 1
    assert words in head.get(address(house, case)).content.decode()
    assert words in head.get(address(house, case, "presencia/")).content.decode()
    assert "respondiendo" not in officer.get(address(house, case, "presencia/")).content.decode()
    Presence.objects.update(seen_at=timezone.now() - timedelta(minutes=1))
    assert words not in head.get(address(house, case)).content.decode()
    forget_presence(now=timezone.now() + timedelta(hours=2))
    assert not Presence.objects.exists()


def test_only_those_who_work_on_it_say_so_and_asking_is_cheap_and_unrecorded(house):
    case = file(house, "denuncia", now=timezone.now(), who=ANONYMOUS, unit_id=house.units["obras"])
    auditor = house.client(R.AUDITOR)
    assert auditor.post(address(house, case, "presencia/")).status_code == 403
    assert house.client(R.FRONT_DESK).get(address(house, case, "presencia/")).status_code == 404
    before = JournalEntry.objects.count()
    auditor.get(address(house, case, "presencia/"))
    with at_most(4):
        auditor.get(address(house, case, "presencia/"))
    assert JournalEntry.objects.count() == before


def test_the_case_page_costs_no_more_with_links_and_company(house):
    case = file(house, now=timezone.now(), unit_id=house.units["obras"])
    for _ in range(5):
        link(house, case, file(house, unit_id=house.units["obras"]).folio)
    sign_presence(case=case, actor=house.user(R.HEAD_OF_UNIT), now=timezone.now())
    client = house.client(R.UNIT_OFFICER)
    client.get(address(house, case))
    with at_most(12):
        client.get(address(house, case))

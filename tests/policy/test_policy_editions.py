# SPDX-License-Identifier: EUPL-1.2
"""A policy from its draft to its second edition: who writes, which councils must approve, what is sealed."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from siac.accounts.public import Role
from siac.journal.public import verify_institution
from siac.kernel.errors import Refused
from siac.policy.commands.approving import approve_edition, call_back, propose
from siac.policy.commands.policies import save_links, save_policy, start_edition
from siac.policy.commands.sections import save_cells, save_section
from siac.policy.models import PolicyEdition, PolicyRound, PolicySection
from siac.policy.queries import edition_in_force, rounds_of
from siac.policy.sealing import policy_problems
from siac.policy.texts import REFUSALS
from tests.factories import NOW
from tests.policy.writing_it import ROWS, A, approved, common, council_of, decided, drafted
from tests.sql_counts import at_most
from tests.words import words

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def url(house, name, *args):
    return reverse(f"workspace:policy:{name}", args=[house.slug, *args])


def test_a_body_has_one_policy_and_one_draft(house):
    council, _ = council_of(house)
    drafted(house, council)
    with pytest.raises(Refused, match="policy_exists"):
        save_policy(**common(house), title="Otra", council_ids=[])
    with pytest.raises(Refused, match="policy_draft_open"):
        start_edition(**common(house))
    with pytest.raises(Refused, match="policy_title"):
        save_policy(**common(house), title=" ​", council_ids=[])
    with pytest.raises(Refused, match="policy_council"):
        save_policy(**common(house), title="Otra", council_ids=[council.pk + 99])


def test_what_cannot_be_written_is_refused(house):
    council, _ = council_of(house)
    drafted(house, council)
    asked = {**common(house), "number": 1}
    with pytest.raises(Refused, match="policy_section"):
        save_section(**asked, code="otra")
    with pytest.raises(Refused, match="policy_option"):
        save_section(**asked, code="objectives", rows=[{"name": "x", "sort": "huge", "text": "x"}])
    with pytest.raises(Refused, match="policy_rows"):
        save_section(**asked, code="principles", rows=[{"name": "x", "text": "x"}] * 61)
    took_part = {"group": "users", "how": "survey", "said": "x", "done": "y", "people": 3}
    for wrong in ({"people": 0}, {"on": house.institution.local_date(NOW) + DAY}, {"on": None}):
        row = {**took_part, "on": house.institution.local_date(NOW), **wrong}
        with pytest.raises(Refused, match="policy_people"):
            save_section(**asked, code="participation", rows=[row])
    for row, said in (("p9", {}), ("p1", {"s9": "x"})):
        with pytest.raises(Refused, match="policy_section"):
            save_cells(**asked, code="principle_links", row=row, said=said)


def test_somebody_must_approve_and_offices_answer_for_it(house):
    save_policy(**common(house), title="Política", council_ids=[])
    row = start_edition(**common(house))
    with pytest.raises(Refused, match="policy_councils"):
        propose(**common(house), number=1)
    council, _ = council_of(house)
    save_policy(**common(house), policy=row.policy, title="Política", council_ids=[council.pk])
    with pytest.raises(Refused, match="policy_offices"):
        propose(**common(house), number=1)
    assert not PolicyRound.objects.exists()


def test_an_empty_section_or_office_keeps_it_from_being_proposed(house):
    council, _ = council_of(house)
    drafted(house, council)
    save_section(**common(house), number=1, code="users")
    with pytest.raises(Refused) as refused:
        propose(**common(house), number=1)
    assert refused.value.code == "policy_empty"
    assert "personas usuarias" in REFUSALS["policy_empty"].format(**refused.value.context)
    save_section(**common(house), number=1, code="users", rows=ROWS["users"])
    with pytest.raises(Refused, match="approval_overtaken"):
        propose(**common(house), number=1, seen="what stood before")


def test_one_council_that_rejects_returns_it_and_all_are_asked_again(house, client):
    (committee, seat), (society, other) = council_of(house), council_of(house, "Consejo de la sociedad civil")
    drafted(house, committee, society)
    first = propose(**common(house), number=1)
    with pytest.raises(Refused, match="policy_closed"):
        save_section(**common(house), number=1, code="validity", text="Otra cosa")
    decided(house, first, committee, seat, "for")
    with pytest.raises(Refused, match="policy_waiting"):
        approve_edition(**common(house, A), number=1, valid_from=date(2026, 1, 1), review_by=date(2028, 1, 1))
    decided(house, first, society, other, "against", why="Faltan las personas mayores.")
    row = PolicyEdition.objects.get()
    assert row.state == "draft"
    assert [each.ending for each in rounds_of(row)] == ["rejected"]
    client.force_login(house.user(Role.QUALITY_MANAGER))
    told = words(client.get(url(house, "edition", 1)))
    assert "La aprobó" in told and "La rechazó" in told
    assert "Faltan las personas mayores." in told
    with pytest.raises(Refused, match="policy_moment"):
        approve_edition(**common(house, A), number=1, valid_from=date(2026, 1, 1), review_by=date(2028, 1, 1))
    # What the first proposal got counts for nothing in the second one.
    second = propose(**common(house), number=1)
    decided(house, second, society, other, "for", now=NOW + DAY)
    with pytest.raises(Refused) as refused:
        approve_edition(**common(house, A), number=1, valid_from=date(2026, 1, 1), review_by=date(2028, 1, 1))
    assert refused.value.context["councils"] == "Comité de calidad"
    decided(house, second, committee, seat, "for", now=NOW + DAY)
    made = approve_edition(
        **common(house, A, NOW + DAY), number=1, valid_from=date(2026, 1, 1), review_by=date(2028, 1, 1)
    )
    councils = [each["council"] for each in made.approvals]
    assert councils == ["Comité de calidad", "Consejo de la sociedad civil"]


def test_a_late_vote_on_a_proposal_that_was_returned_changes_nothing(house):
    (committee, seat), (society, other) = council_of(house), council_of(house, "Consejo de la sociedad civil")
    drafted(house, committee, society)
    first = propose(**common(house), number=1)
    decided(house, first, society, other, "against")
    second = propose(**common(house), number=1)
    decided(house, first, committee, seat, "against")
    assert PolicyEdition.objects.get().state == "review"
    assert PolicyRound.objects.get(pk=second.pk).ended_at is None


def test_it_is_taken_back_to_change_it(house):
    council, _ = council_of(house)
    drafted(house, council)
    propose(**common(house), number=1)
    call_back(**common(house), number=1)
    save_section(**common(house), number=1, code="validity", text="Otra cosa")
    with pytest.raises(Refused, match="policy_moment"):
        call_back(**common(house), number=1)
    assert propose(**common(house), number=1).number == 2


def test_an_edition_follows_another_and_rows_keep_their_code(house):
    first = approved(house)
    today = house.institution.local_date(NOW)
    assert edition_in_force(house.institution, today) == first
    second = start_edition(**common(house))
    rows = PolicySection.objects.get(edition=second, code="principles").rows
    assert [row["code"] for row in rows] == ["p1", "p2"]
    assert not PolicySection.objects.filter(edition=second, code="participation").exists()
    save_section(
        **common(house), number=2, code="participation",
        rows=[{"group": "users", "how": "survey", "on": today, "people": 3, "said": "x", "done": "y"}],
    )  # fmt: skip
    council, seat = council_of(house, "Otro comité")
    policy = second.policy
    save_policy(**common(house), policy=policy, title=policy.title, council_ids=[council.pk])
    decided(house, propose(**common(house), number=2), council, seat, "for")
    asked = {**common(house, A), "number": 2}
    for since, review in ((date(2026, 1, 1), date(2028, 1, 1)), (today + DAY, today + DAY)):
        with pytest.raises(Refused, match="policy_days"):
            approve_edition(**asked, valid_from=since, review_by=review)
    with pytest.raises(Refused, match="approval_overtaken"):
        approve_edition(**asked, valid_from=today + DAY, review_by=date(2028, 1, 1), seen="other")
    approve_edition(**asked, valid_from=today + DAY, review_by=date(2028, 1, 1))
    first.refresh_from_db()
    assert first.valid_to == today
    assert edition_in_force(house.institution, today).number == 1
    assert edition_in_force(house.institution, today + DAY).number == 2
    assert list(policy_problems(house.institution.pk)) == []


def test_verification_sees_a_changed_section_and_an_edition_that_is_gone(house):
    row = approved(house)
    body = house.institution.pk
    assert list(policy_problems(body)) == []
    PolicySection.objects.filter(edition=row, code="validity").update(text="Se revisa nunca.")
    assert list(policy_problems(body)) == ["política, edición 1: no dice lo que se aprobó"]
    assert "política, edición 1: no dice lo que se aprobó" in str(verify_institution(body))
    PolicySection.objects.filter(edition=row, code="validity").update(text="Se revisa cada dos años.")
    assert list(policy_problems(body)) == []
    PolicyEdition.objects.filter(pk=row.pk).update(review_by=date(2040, 1, 1))
    assert len(list(policy_problems(body))) == 1
    PolicyEdition.objects.filter(pk=row.pk).update(state="review")
    assert list(policy_problems(body)) == [
        f"edición de la política {row.pk}: la bitácora la conoce y ya no está aprobada"
    ]


def test_saved_versions_of_sections_are_never_rewritten(house):
    council, _ = council_of(house)
    drafted(house, council)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE policy_sectionversion SET number = 7")


def test_links_are_of_a_line_and_of_known_sorts(house):
    row = approved(house)
    asked = {**common(house), "edition": row}
    with pytest.raises(Refused, match="policy_line"):
        save_links(**asked, line="l9", things=[])
    with pytest.raises(Refused, match="policy_source"):
        save_links(**asked, line="l1", things=[("dream", 1)])


def test_the_page_costs_the_same_however_much_it_says(house, client):
    approved(house)
    client.force_login(house.user(Role.QUALITY_MANAGER))
    with at_most(16):  # whoever has a seat in a council is read once
        client.get(url(house, "edition", 1))
    start_edition(**common(house))
    many = [{"name": f"Línea {n}", "text": "x"} for n in range(50)]
    save_section(**common(house), number=2, code="lines", rows=many)
    with at_most(15):
        client.get(url(house, "edition", 2))

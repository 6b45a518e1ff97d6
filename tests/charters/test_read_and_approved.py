# SPDX-License-Identifier: EUPL-1.2
"""Nobody reviews, approves or overrides what is no longer what they read."""

from datetime import timedelta
from decimal import Decimal

import pytest

from siac.accounts.public import Role
from siac.catalogue.public import save_service
from siac.charters.commands import steps
from siac.charters.commands.charters import change_charter
from siac.charters.commands.drafting import (
    remove_commitment,
    save_commitment,
    save_days,
    save_services,
    start_edition,
)
from siac.charters.commands.gaps import override_gap
from siac.charters.domain.gaps import Gap
from siac.charters.domain.parts import Norm
from siac.charters.models import CharterEdition, GapOverride
from siac.charters.papers import dossier_pdf
from siac.charters.sealing import standing
from siac.charters.weighing import weighed
from siac.kernel.errors import Refused
from tests.charters.reading import text_of
from tests.factories import NOW, House, promised
from tests.words import words

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
BELOW = Gap(Decimal(50), Decimal(90), None)


def common(house: House, role: Role = Role.QUALITY_MANAGER) -> dict:
    return {"institution": house.institution, "actor": house.user(role), "now": NOW}


@pytest.fixture
def draft(house) -> CharterEdition:
    row = start_edition(**common(house), charter_id=house.commitment.edition.charter_id)
    since = house.today() + 5 * DAY
    save_days(**common(house), edition_id=row.pk, valid_from=since, revised_by=None, based_on=1)
    return row


def read(draft: CharterEdition) -> str:
    return standing(CharterEdition.objects.get(pk=draft.pk))


def handed_in(house: House, draft: CharterEdition) -> None:
    steps.submit(**common(house), edition_id=draft.pk, checked=lambda edition, today: [])


def reviewed(house: House, draft: CharterEdition, aspect: str, role: Role, **fields) -> None:
    given = {"is_favourable": True, "words": "", "seen": read(draft), **fields}
    steps.review(**common(house, role), edition_id=draft.pk, aspect=aspect, **given)


def approved(house: House, draft: CharterEdition, seen: str) -> None:
    steps.approve(
        **common(house, Role.AUTHORITY), edition_id=draft.pk, act="Resolución 12", approved_on=house.today(),
        checked=lambda edition, today: [], seen=seen,
    )  # fmt: skip


def test_a_page_opened_before_it_was_sent_back_neither_reviews_nor_approves(house, draft):
    handed_in(house, draft)
    seen = read(draft)
    objection = {"is_favourable": False, "words": "La meta debe subir"}
    reviewed(house, draft, "technical", Role.QUALITY_MANAGER, **objection)
    row = draft.commitments.get()
    save_commitment(
        **common(house), edition_id=draft.pk, commitment_id=row.pk, fields=promised(house, target=Decimal(1))
    )
    handed_in(house, draft)
    with pytest.raises(Refused, match="approval_overtaken"):
        reviewed(house, draft, "political", Role.AUTHORITY, seen=seen)
    reviewed(house, draft, "technical", Role.QUALITY_MANAGER)
    reviewed(house, draft, "political", Role.AUTHORITY)
    with pytest.raises(Refused, match="approval_overtaken"):
        approved(house, draft, seen)
    approved(house, draft, read(draft))
    draft.refresh_from_db()
    assert draft.state == "approved"


def test_what_flows_in_is_read_too(house, draft):
    service = save_service(**common(house), name="Becas", summary="Ayuda para estudiar")
    house.institution.refresh_from_db()
    save_services(**common(house), edition_id=draft.pk, service_ids=[service.pk], based_on=None)
    handed_in(house, draft)
    reviewed(house, draft, "technical", Role.QUALITY_MANAGER)
    reviewed(house, draft, "political", Role.AUTHORITY)
    for change in ("service", "charter"):
        seen = read(draft)
        if change == "service":
            save_service(**common(house), service=service, name="Becas", summary="Préstamos")
        else:
            change_charter(
                **common(house), charter_id=draft.charter_id, title="Otro título", norm=Norm.UNE,
                responsible_id=None,
            )  # fmt: skip
        house.institution.refresh_from_db()
        with pytest.raises(Refused, match="approval_overtaken"):
            approved(house, draft, seen)
    approved(house, draft, read(draft))


def overridden(house: House, draft: CharterEdition, **fields) -> GapOverride:
    given = {"gap": BELOW, "level": "50 %", "reason": "La ley nos obliga a prometerlo", **fields}
    return override_gap(
        **common(house, Role.AUTHORITY), edition_id=draft.pk, commitment_id=draft.commitments.get().pk,
        **given,
    )  # fmt: skip


def test_an_override_sent_twice_is_there_once(house, draft):
    overridden(house, draft)
    with pytest.raises(Refused, match="gap_none"):
        overridden(house, draft)
    assert GapOverride.objects.count() == 1


def test_an_override_holds_for_the_promise_that_was_read_and_no_other(house, draft):
    row = draft.commitments.get()
    first = overridden(house, draft)
    row.edition = draft
    save_commitment(
        **common(house), edition_id=draft.pk, commitment_id=row.pk, fields=promised(house, target=Decimal(99))
    )
    line = type("Line", (), {"commitment": draft.commitments.get(), "value": Decimal(50)})
    (each,) = weighed(draft, [line])
    assert each.gap.verdict == "blocked" and each.override is None
    with pytest.raises(Refused, match="approval_overtaken"):
        overridden(house, draft, seen=row.version)
    second = overridden(house, draft, reason="Sigue siendo lo que pide la ley")
    (each,) = weighed(draft, [line])
    assert each.gap.verdict == "overridden" and each.override == second != first


def test_why_it_is_promised_all_the_same_stands_on_the_page_and_on_paper_while_it_is_promised(house, draft):
    draft.institution = draft.charter.institution = house.institution
    overridden(house, draft)
    steps.prepublish(**common(house), edition_id=draft.pk, until=house.today() + 15 * DAY)
    page = words(house.client().get(f"/{house.slug}/cartas/carta/borrador/"))
    assert "Se promete sin llegar todavía: 50 %. La ley nos obliga" in page
    CharterEdition.objects.filter(pk=draft.pk).update(state="draft")
    assert "La ley nos obliga" in text_of(dossier_pdf(draft, "https://x.example"))
    remove_commitment(**common(house), edition_id=draft.pk, commitment_id=draft.commitments.get().pk)
    assert "La ley nos obliga" not in text_of(dossier_pdf(draft, "https://x.example"))

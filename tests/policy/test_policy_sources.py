# SPDX-License-Identifier: EUPL-1.2
"""By what lines of action are seen: each sort of thing with its number of now, for whom it is theirs."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from siac.accounts.public import Role
from siac.findings.public import Severity, Source, Step, follow_finding, open_finding
from siac.governance.public import (
    AgreementState,
    Point,
    agree,
    approve_minutes,
    call_sitting,
    close_sitting,
    end_agreement,
    minutes_digest,
    open_sitting,
    plan_sitting,
    save_council,
    save_seat,
)
from siac.indicators.results.commands import write_result
from siac.indicators.results.keeping_commands import save_indicator
from siac.organizations.public import access_in
from siac.policy.progress import Asking, progress_sources, told
from tests.architecture.samples import build_objects
from tests.factories import NOW, House
from tests.policy.writing_it import K, common
from tests.surveys.conftest import make_survey

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 1)


def asking(house: House, role: Role | None = K) -> Asking:
    body = house.institution
    access = access_in(house.user(role), house.slug) if role else None
    return Asking(body, body.local_date(NOW), access)


def known(house: House, kind: str, number: int, role: Role | None = K):
    """Return what is told of one thing; None where it is not for who asks."""
    return told(asking(house, role), {kind: [number, number + 10_000]}).get((kind, number))


def offered(house: House, kind: str, role: Role = K) -> dict[int, str]:
    source = next(each for each in progress_sources() if each.kind == kind)
    return dict(source.offered(asking(house, role)))


def test_a_charter_tells_its_promises_to_everybody(house):
    number = house.commitment.edition.charter_id
    assert number in offered(house, "charter")
    inside, outside = known(house, "charter", number), known(house, "charter", number, None)
    assert inside.words == outside.words == "1 compromiso vigente"
    assert "/gestion/" in inside.url and "/gestion/" not in outside.url


def test_an_indicator_tells_its_latest_result_to_the_house(house):
    row = save_indicator(
        institution=house.institution, code="mano", name="Visitas", definition="Cuántas.", metric_key="",
        unit="visitas", target=3, since=date(2026, 1, 1), actor=None, now=NOW,
    )  # fmt: skip
    assert offered(house, "indicator")[row.pk] == "Visitas"
    assert known(house, "indicator", row.pk).words == "Todavía sin resultados"
    write_result(
        institution=house.institution, indicator_id=row.pk, first=date(2026, 1, 1), value=Decimal(2),
        note="Libro", actor=house.user(K), now=NOW,
    )  # fmt: skip
    said = known(house, "indicator", row.pk).words
    assert said == "2,0 visitas en enero de 2026: bajo la meta (3,0 visitas)"
    for role in (None, Role.FRONT_DESK):
        assert known(house, "indicator", row.pk, role) is None


def test_a_survey_tells_whether_it_was_measured_this_year(house):
    row = make_survey(house)
    assert row.pk in offered(house, "survey")
    assert known(house, "survey", row.pk).words == "Sin mediciones este año; recibe respuestas"
    for role in (None, Role.FRONT_DESK):
        assert known(house, "survey", row.pk, role) is None


def test_a_finding_tells_where_it_stands_to_who_may_see_it(house):
    row = open_finding(
        **common(house), source=Source.AUDIT, title="Falta el letrero", severity=Severity.MODERATE,
        due_on=TODAY,
    )  # fmt: skip
    assert row.pk in offered(house, "finding")
    assert known(house, "finding", row.pk).words == "Abierto, para el 1 de octubre de 2026"
    follow_finding(**common(house), finding_id=row.pk, step=Step.SOLVE, body="Se puso.")
    assert known(house, "finding", row.pk).words.startswith("Resuelto")
    for role in (None, Role.FRONT_DESK):
        assert known(house, "finding", row.pk, role) is None


def test_an_agreement_is_told_to_everybody_once_its_minutes_are_approved(house):
    council = save_council(
        **common(house), name="Consejo", kind="users", quorum="majority", majority="simple", publishes=True
    )
    seat = save_seat(**common(house), council=council, name="Ana", role="chair", since=date(2026, 1, 1))
    row = plan_sitting(
        **common(house), council=council, starts_at=NOW, place="Sala", points=[Point("Horario")]
    )
    asked = {**common(house), "sitting_id": row.pk}
    call_sitting(**asked)
    open_sitting(**asked, present=[seat.pk])
    made = agree(
        **asked, item_id=row.items.get().pk, text="Abrir los sábados", unit_id=house.units["oirs"],
        due_on=TODAY,
    )  # fmt: skip
    assert made.pk in offered(house, "agreement")
    assert known(house, "agreement", made.pk).words == "Pendiente, para el 1 de octubre de 2026"
    assert known(house, "agreement", made.pk, None) is None
    close_sitting(**asked)
    row.refresh_from_db()
    approve_minutes(**asked, seen=minutes_digest(row))
    end_agreement(
        **common(house), agreement_id=made.pk, state=AgreementState.DONE, outcome="Se abre.", today=TODAY
    )
    told_ = known(house, "agreement", made.pk, None)
    assert told_.words == "Cumplido" and told_.name == "Acuerdo de Consejo: Abrir los sábados"
    assert "/gestion/" not in told_.url


def test_plans_courses_and_campaigns_tell_how_far_they_are_to_who_may_know(house):
    build_objects(house)
    today = house.institution.local_date(timezone.now())

    def seen(role: Role | None) -> dict[str, str]:
        access = access_in(house.user(role), house.slug) if role else None
        asked = Asking(house.institution, today, access)
        found = {}
        for source in progress_sources():
            if source.kind in ("improvement_plan", "course", "campaign"):
                numbers = list(source.offered(asked))
                for each in source.told(asked, [*numbers, 10**9]).values():
                    found[source.kind] = f"{each.name}. {each.words}"
        return found

    told_to = seen(K)
    assert told_to["improvement_plan"].startswith("Plan de mejora: ")
    assert told_to["campaign"].startswith("Campaña: ")
    assert "campaign" not in seen(None) and "course" not in seen(None)
    assert "campaign" not in seen(Role.COUNCIL_MEMBER)

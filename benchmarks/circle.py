# SPDX-License-Identifier: EUPL-1.2
"""The circle of a body with two hundred promises, its public version, and a pack of evidence of a year."""

from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.test import Client
from django.utils.timezone import now as current_time

from benchmarks.charters import BACKEND, WHO, month_before, often, once, opened, periods, promised
from benchmarks.fill import SLUG
from siac.accounts.public import User
from siac.charters.commands.freezing import SUBJECT
from siac.charters.models import PeriodResult
from siac.documents.public import attachment, open_file
from siac.findings.public import Severity, Source, Subject, all_findings, open_finding
from siac.indicators.public import freeze_result, save_indicator
from siac.infra.metrics import Statistic
from siac.organizations.public import Institution, access_in
from siac.programme.models import Pack, Programme
from siac.programme.public import ask_pack, open_programme
from siac.programme.tasks import make_pack

YEAR = 2025
"""The whole year of which the filled cases have answers."""
FOUND = 200
"""Findings about closed periods that missed: one for each of so many."""
_GUIDE = "pmg-calidad-servicio"


def circle_speed(institution: Institution, size: int) -> Iterable[str]:
    """Yield what the circle over `size` cases costs, in the house and in public, and a pack of evidence."""
    user = User.objects.get(email=WHO)
    first, _ = month_before(institution.local_date(current_time()))
    yield from promised(institution, user, size, first)
    periods(institution, first)
    _find(institution, user)
    browser = Client()
    browser.force_login(user, backend=BACKEND)
    for name, address in (
        ("the circle, for the house", "gestion/circulo/"),
        ("the breaches behind its number", "gestion/circulo/incumplimientos/"),
        ("the circle in public", "como-mejoramos/"),
    ):
        took = often(lambda address=address: opened(browser, f"/{SLUG}/{address}"))  # type: ignore[misc]
        yield f"- {size:,} cases: {name}, `{address}`: {took.words}, {took.found / 1024:.0f} kB"
    yield from _pack(institution, user, size)


@transaction.atomic
def _find(institution: Institution, user: User) -> None:
    """Open a finding about the newest closed period of each promise."""
    of_before = all_findings(institution).filter(title="Hallazgo del banco")
    of_before.update(subject_kind="", subject_id=None)  # its periods were written anew
    rows = PeriodResult.objects.filter(institution=institution, charter__code__startswith="banco-")
    for pk in rows.order_by("-last", "pk").values_list("pk", flat=True)[:FOUND]:
        open_finding(
            institution=institution, actor=user, now=current_time(), source=Source.INDICATOR,
            title="Hallazgo del banco", severity=Severity.MODERATE, subject=Subject(SUBJECT, pk),
        )  # fmt: skip


def _pack(institution: Institution, user: User, size: int) -> Iterator[str]:
    """Freeze the year of an indicator that counts every answer, and make the pack of the requirement that it
    shows, as its job does.
    """
    moment = current_time()
    common: dict[str, Any] = {"institution": institution, "actor": user, "now": moment}
    code = f"banco-expediente-{moment:%H%M%S}"
    row = save_indicator(
        **common, code=code, name="Respondidas en 5 días", definition="En 5 ÷ todas.",
        metric_key="cases.answer_days", statistic=Statistic.WITHIN, within=5, target=Decimal(90),
        frequency="year", since=date(YEAR, 1, 1),
    )  # fmt: skip
    took = once(lambda: freeze_result(**common, indicator_id=row.pk, first=date(YEAR, 1, 1)))
    yield f"- {size:,} cases: a year of {took.found.total:,} answers frozen: {took.words}"
    rows = Programme.objects.filter(institution=institution, year=YEAR, guide__code=_GUIDE)
    programme = rows.first()
    if programme is None:
        programme = open_programme(**common, guide_code=_GUIDE, year=YEAR)
    access = access_in(user, institution.slug)
    made = ask_pack(access=access, programme=programme, phase="E3", task="r4", now=moment)
    took = once(lambda: make_pack(made.pk))
    kept = Pack.objects.get(pk=made.pk)
    if kept.state != "done" or kept.attachment_id is None:
        raise SystemExit(f"circle: the pack ended as {kept.state} ({kept.fault})")
    with closing(open_file(attachment(institution.pk, kept.attachment_id))) as file:
        weighs = len(file.read())
    yield f"- {size:,} cases: its pack of evidence, {weighs / 1_000_000:,.1f} MB: {took.words}"

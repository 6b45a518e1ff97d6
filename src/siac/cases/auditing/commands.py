# SPDX-License-Identifier: EUPL-1.2
"""Drawing a sample of requests by lot: the same seed gives the same sample, to whoever repeats the draw."""

import hashlib
import secrets
from datetime import date, datetime

from django.db import transaction
from django.db.models import BinaryField, F, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

from siac.cases.access import visible_to
from siac.cases.domain.rights import CaseRight
from siac.cases.models import AuditSample, Case, Drawn
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.organizations.public import Access, Institution, unit_tree

LARGEST = 500
LONGEST_DAYS = 366


def lot(seed: str, folio: str) -> str:
    """Return the lot of one request: SHA-256, in hexadecimal, of `seed:folio` ("7f3a:2026-000123").

    The lowest are drawn.
    """
    return hashlib.sha256(f"{seed}:{folio}".encode()).hexdigest()


@transaction.atomic
def draw_sample(
    *,
    access: Access,
    population: Drawn,
    first_day: date,
    last_day: date,
    size: int,
    seed: str = "",
    kind_id: int | None = None,
    unit_id: int | None = None,
    now: datetime,
) -> AuditSample:
    """Draw `size` of the requests that the holder of `access` sees; without a
    seed one is made by chance (4 SQL).

    Days are local, both included; at most a year of them. Who is drawn can be worked out by hand: see `lot`.

    Raises:
        Refused: the period is upside down, of the future or longer than a year (sample_period), the size is
            none or above the largest (sample_size), or nothing was filed or answered in it (sample_empty).
        PermissionDenied: the holder of `access` controls nothing.
    """
    access.require(CaseRight.AUDIT)
    institution, used = access.institution, squeeze(seed) or secrets.token_hex(8)
    _check(first_day, last_day, size, today=institution.local_date(now))
    rows = _population(access, population, first_day, last_day, kind_id, unit_id)
    ranked = rows.annotate(lot=_lot_of(used)).order_by("lot").values_list("pk", flat=True)
    count = rows.count()
    if not count:
        raise Refused("sample_empty")
    sample = AuditSample.objects.create(
        institution=institution,
        drawn_by=access.user,
        drawn_at=now,
        population=population,
        first_day=first_day,
        last_day=last_day,
        kind_id=kind_id,
        unit_id=unit_id,
        seed=used,
        size=size,
        population_size=count,
        case_ids=list(ranked[:size]),
    )
    record(
        institution_id=institution.pk,
        stream=sample.stream,
        kind="cases.sample_drawn",
        at=now,
        actor_id=access.user.pk,
        data={"seed": used, "size": size, "population": count, "cases": sample.case_ids},
    )
    return sample


def draw_again(sample: AuditSample, *, access: Access) -> tuple[int, list[int]]:
    """Return (population, cases in the order of the draw) that the seed of
    `sample` gives with the register of now (2 SQL).

    They differ from what was drawn where requests of the period came later (a register was loaded), were
    erased, or where the holder of `access` sees others than whoever drew.
    """
    rows = _population(
        access, Drawn(sample.population), sample.first_day, sample.last_day, sample.kind_id, sample.unit_id
    )
    ranked = rows.annotate(lot=_lot_of(sample.seed)).order_by("lot").values_list("pk", flat=True)
    return rows.count(), list(ranked[: sample.size])


def samples_of(institution: Institution) -> QuerySet[AuditSample]:
    """Return the samples of a body, the latest first."""
    return AuditSample.objects.filter(institution=institution).select_related("drawn_by", "kind", "unit")


def _check(first: date, last: date, size: int, *, today: date) -> None:
    if not first <= last <= today or (last - first).days >= LONGEST_DAYS:
        raise Refused("sample_period", days=LONGEST_DAYS)
    if not 1 <= size <= LARGEST:
        raise Refused("sample_size", largest=LARGEST)


def _population(
    access: Access, population: Drawn, first: date, last: date, kind_id: int | None, unit_id: int | None
) -> QuerySet[Case]:
    start, end = access.institution.day_bounds(first, last)
    moment = "filed_at" if population is Drawn.FILED else "answered_at"
    wanted = Q(**{f"{moment}__gte": start, f"{moment}__lt": end})
    if kind_id is not None:
        wanted &= Q(kind=kind_id)
    if unit_id is not None:
        wanted &= Q(unit__in=unit_tree(access.institution).below(unit_id))
    return visible_to(access).filter(wanted)


def _lot_of(seed: str) -> Func:
    """Return what PostgreSQL computes of `lot` for a row: the bytes, which sort as their hexadecimal does."""
    number = Cast(F("number"), TextField())
    digits = Func(Value(6), Func(number, function="length"), function="greatest")  # a folio is never cut
    padded = Func(number, digits, Value("0"), function="lpad", output_field=TextField())
    text = Concat(
        Value(f"{seed}:", TextField()), Cast(F("year"), TextField()), Value("-", TextField()), padded,
        output_field=TextField(),
    )  # fmt: skip
    return Func(
        Func(text, Value("UTF8"), function="convert_to"), function="sha256", output_field=BinaryField()
    )

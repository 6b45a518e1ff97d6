# SPDX-License-Identifier: EUPL-1.2
"""What of charters stands on the first page of those who look after them."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.timezone import now as current_time

from siac.charters.domain.parts import Norm
from siac.charters.domain.rights import CharterRight
from siac.charters.domain.risk import still_needed, still_possible
from siac.charters.models import WAITING, CharterEdition, ClaimState, Remedy, RemedyState
from siac.charters.queries import (
    audits_to_make,
    certificates_to_renew,
    charters_late_to_report,
    charters_to_report,
    claims,
    editions_ending,
    editions_to_review,
    remedies,
    review_due,
)
from siac.charters.standings import AtRisk, Standing, at_risk, period, standings
from siac.indicators.public import IndicatorRight
from siac.organizations.public import Access, StaffRight
from siac.ui.public import long_date
from siac.ui.tiles import SHOWN, Ahead, AheadItem, Tile, TileRow


def _owed(access: Access) -> QuerySet[Remedy]:
    return remedies(access.institution, *WAITING)


def _remedy_rows(access: Access, today: date) -> Sequence[TileRow]:
    return _told(access, _owed(access))


def _told(access: Access, rows: QuerySet[Remedy]) -> list[TileRow]:
    """Return the first of some remedies; their requests are named by their pages only (1 SQL)."""
    slug = access.institution.slug
    return [
        TileRow(
            row.text,
            reverse("workspace:charters:remedy", args=[slug, row.pk]),
            f"por «{row.breach.commitment.text}»",
            due_on=row.due_on,
            act="Decidir" if row.state == RemedyState.OWED else "Entregar",
        )
        for row in rows.order_by("due_on", "pk")[:SHOWN]
    ]


def _claim_rows(access: Access, today: date) -> Sequence[TileRow]:
    rows = claims(access.institution, ClaimState.FILED).order_by("due_on", "pk")[:SHOWN]
    return [
        TileRow(
            row.commitment.text,
            reverse("workspace:charters:claim", args=[access.institution.slug, row.pk]),
            f"pedida el {long_date(access.institution.local_date(row.filed_at))}",
            due_on=row.due_on,
            act="Decidir",
        )
        for row in rows
    ]


def _missed_rows(access: Access, today: date) -> Sequence[TileRow]:
    first, last = period(access.institution, current_time())
    lines = standings(access.institution, first=first, last=last, is_dated=False)
    return [_missed_row(access, line) for line in lines if line.reached is False]


def _missed_row(access: Access, line: Standing) -> TileRow:
    commitment = line.commitment
    return TileRow(
        commitment.text,
        reverse("workspace:charters:cases", args=[access.institution.slug, commitment.pk]),
        line.of_words,
        f"{line.value_words} · meta {line.target_words}",
        act="Ver casos" if line.is_guarantee else "Ver la cifra",
    )


def _risk_rows(access: Access, today: date) -> Sequence[TileRow]:
    return [_risk_row(access, each) for each in at_risk(access.institution, today=today)]


def _risk_row(access: Access, each: AtRisk) -> TileRow:
    share, commitment = each.standing.share, each.standing.commitment
    so_far = (
        f"{number_format(share.percent)} % hasta hoy" if share.percent is not None else "Nada vencido aún"
    )
    return TileRow(
        commitment.text,
        reverse("workspace:charters:cases", args=[access.institution.slug, commitment.pk]),
        still_needed(share.met, share.total, commitment.target)
        if each.is_open
        else still_possible(each.may_fail, each.left, each.best.percent),
        f"{so_far} · meta {number_format(commitment.target)} %",
        act="Ver casos",
    )


def _to_review(access: Access, today: date) -> QuerySet[CharterEdition]:
    return editions_to_review(access.institution, today=today)


def _review_rows(access: Access, today: date) -> Sequence[TileRow]:
    url = reverse("workspace:charters:compliance", args=[access.institution.slug])
    return [
        TileRow(
            row.charter.title,
            url,
            f"edición {row.number}, vigente desde el {long_date(row.since)}",
            due_on=review_due(row),
            act="Ver",
        )
        for row in _to_review(access, today).select_related("charter").order_by("valid_from", "pk")[:SHOWN]
    ]


def _certified_rows(access: Access, today: date) -> Sequence[TileRow]:
    slug = access.institution.slug
    audits = audits_to_make(access.institution, today=today).select_related("certification__charter")
    ending = certificates_to_renew(access.institution, today=today).select_related("charter")
    rows = [
        (each.due_on, each.certification, "Auditoría de seguimiento")
        for each in audits.order_by("due_on", "pk")[:SHOWN]
    ]
    rows += [
        (each.valid_to, each, "Renovar el certificado") for each in ending.order_by("valid_to", "pk")[:SHOWN]
    ]
    return [
        TileRow(
            f"{words}: {certificate.charter.title}",
            reverse("workspace:charters:certifications", args=[slug, certificate.charter_id]),
            f"{certificate.certifier}, {certificate.number}", due_on=due_on, act="Ver",
        )
        for due_on, certificate, words in sorted(rows, key=lambda row: row[0])[:SHOWN]
    ]  # fmt: skip


def _remedies_ahead(access: Access, first: date, last: date) -> Sequence[AheadItem]:
    rows = (
        _owed(access).filter(due_on__range=(first, last)).order_by("due_on").values_list("due_on", flat=True)
    )
    url = reverse("workspace:charters:remedies", args=[access.institution.slug])
    return [
        AheadItem(day, f"{count} medida{'s' if count > 1 else ''} por entregar", url)
        for day, count in sorted(Counter(rows).items())
    ]


AHEAD = Ahead("charters.remedies", lambda access: access.has(CharterRight.REMEDIES), _remedies_ahead, 1)


def _for_authority(access: Access) -> QuerySet[Remedy]:
    """Return what only the head of the body decides (RD 951/2005, 9.c)."""
    rows = remedies(access.institution, RemedyState.OWED)
    return rows.filter(breach__commitment__edition__charter__norm=Norm.RD951)


TILES = (
    Tile(
        "Medidas que decide la autoridad",
        "workspace:charters:remedies",
        lambda access: access.has(CharterRight.APPROVE),
        40,
        counted=lambda access, today: (_for_authority(access),),
        late=lambda access, today: _for_authority(access).filter(due_on__lt=today),
        rows=lambda access, today: _told(access, _for_authority(access)),
        sql=1,
        query="?decide=autoridad",
    ),
    Tile(
        "Medidas por entregar",
        "workspace:charters:remedies",
        lambda access: access.has(CharterRight.REMEDIES),
        40,
        counted=lambda access, today: (_owed(access),),
        late=lambda access, today: _owed(access).filter(due_on__lt=today),
        rows=_remedy_rows,
        sql=1,
    ),
    Tile(
        "Medidas pedidas por decidir",
        "workspace:charters:claims",
        lambda access: access.has(CharterRight.REMEDIES),
        41,
        counted=lambda access, today: (claims(access.institution, ClaimState.FILED),),
        late=lambda access, today: claims(access.institution, ClaimState.FILED).filter(due_on__lt=today),
        rows=_claim_rows,
        sql=1,
    ),
    Tile(
        "Compromisos bajo su meta",
        "workspace:charters:compliance",
        # Whoever looks after remedies is told what can still be kept this month.
        lambda access: access.has(StaffRight.FIGURES) and not access.has(CharterRight.REMEDIES),
        45,
        rows=_missed_rows,
        sql=2,
    ),
    Tile(
        "Compromisos en riesgo este mes",
        "workspace:charters:compliance",
        lambda access: access.has(CharterRight.REMEDIES),
        44,
        rows=_risk_rows,
        sql=3,
        query="#compromisos",
    ),
    Tile(
        "Certificaciones por auditar o renovar",
        "workspace:charters:certificates_waiting",
        lambda access: access.has(CharterRight.KEEP),
        49,
        counted=lambda access, today: (
            audits_to_make(access.institution, today=today),
            certificates_to_renew(access.institution, today=today),
        ),
        rows=_certified_rows,
        sql=2,
    ),
    Tile(
        "Cartas por revisar",
        "workspace:charters:compliance",
        lambda access: access.has(IndicatorRight.KEEP),
        48,
        counted=lambda access, today: (_to_review(access, today),),
        rows=_review_rows,
        sql=1,
        query="#ediciones",
    ),
    Tile(
        "Cartas que terminan",
        "workspace:charters:charters",
        lambda access: access.has(IndicatorRight.KEEP),
        49,
        counted=lambda access, today: (editions_ending(access.institution, today=today),),
    ),
    Tile(
        "Informes de cartas por hacer",
        "workspace:charters:report_list",
        lambda access: access.has(CharterRight.REPORT),
        47,
        counted=lambda access, today: (charters_to_report(access.institution, today=today),),
        late=lambda access, today: charters_late_to_report(access.institution, today=today),
    ),
)

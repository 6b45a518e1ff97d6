# SPDX-License-Identifier: EUPL-1.2
"""The proofs that come with the product: each reads what its context keeps of a year."""

from datetime import date

from django.urls import reverse

from siac.catalogue.public import services
from siac.charters.public import approved_between, reported_between
from siac.findings.public import findings_between
from siac.governance.public import agreed_between, minuted_between
from siac.indicators.public import Evidence, approved_plans, frozen_between, number_words
from siac.organizations.public import Institution
from siac.programme.domain.proofs import FrozenFigure, Proof, Row, Told, year_of
from siac.programme.proving.telling import page, told
from siac.servicepoints.public import service_points
from siac.surveys.public import visits_between, waves_since


def _sittings(institution: Institution, year: int, today: date) -> Told:
    """Sessions with approved minutes (1 SQL)."""
    rows = minuted_between(institution, *year_of(year))
    return told(
        (
            Row(
                f"{row.council.name}, sesión {row.number}",
                institution.local_date(row.opened_at) if row.opened_at else None,
                page(institution, "governance:sitting", row.pk), row.digest,
            )
            for row in rows
        ),
        f"sesiones de órganos abiertas en {year} con acta aprobada",
    )  # fmt: skip


def _agreements(institution: Institution, year: int, today: date) -> Told:
    """What was agreed (1 SQL)."""
    rows = agreed_between(institution, *year_of(year))
    return told(
        (
            Row(
                f"{row.text} ({row.unit.name})", institution.local_date(row.agreed_at),
                page(institution, "governance:sitting", row.item.sitting_id),
            )
            for row in rows
        ),
        f"acuerdos de {year} en sesiones con acta aprobada",
    )  # fmt: skip


def _charters(institution: Institution, year: int, today: date) -> Told:
    """Editions approved (1 SQL)."""
    rows = approved_between(institution, *year_of(year))
    return told(
        (
            Row(
                f"{row.charter.title}, edición {row.number}: {row.approved_by}", row.approved_on,
                f"{page(institution, 'charters:charter', row.charter_id)}?edicion={row.number}",
            )
            for row in rows
        ),
        f"ediciones de cartas cuyo acto de aprobación es de {year}",
    )  # fmt: skip


def _charter_reports(institution: Institution, year: int, today: date) -> Told:
    """Reports of charters (1 SQL)."""
    rows = reported_between(institution, *year_of(year))
    return told(
        (Row(row.title, row.last, page(institution, "charters:report", row.pk)) for row in rows),
        f"informes de cartas de períodos que terminaron en {year}",
    )


def _findings(institution: Institution, year: int, today: date) -> Told:
    """Findings opened (1 SQL)."""
    rows = findings_between(institution, *year_of(year))
    return told(
        (
            Row(
                f"{row.code} {row.title}. {row.get_state_display()}", institution.local_date(row.opened_at),
                page(institution, "findings:finding", row.pk),
            )
            for row in rows
        ),
        f"hallazgos abiertos en {year}",
    )  # fmt: skip


def _visits(institution: Institution, year: int, today: date) -> Told:
    """Visits by a protocol (1 SQL)."""
    rows = visits_between(institution, *year_of(year))
    return told(
        (
            Row(f"{row.protocol.name}: {row.unit.name}", row.visited_on or row.due_on,
                page(institution, "surveys:visit", row.pk))
            for row in rows
        ),
        f"visitas enviadas con plazo en {year}",
    )  # fmt: skip


def _waves(institution: Institution, year: int, today: date) -> Told:
    """Waves of surveys (1 SQL)."""
    first, last = year_of(year)
    rows = [row for row in waves_since(institution, first) if row.drawn_on <= last]
    return told(
        (
            Row(
                f"{row.survey.title}, {row.name}", row.drawn_on,
                page(institution, "surveys:survey", row.survey_id),
            )
            for row in reversed(rows)
        ),
        f"mediciones cuya muestra se sacó en {year}",
    )  # fmt: skip


def _services(institution: Institution, year: int, today: date) -> Told:
    """Services that are published today: no SQL when warm."""
    rows = [row for row in services(institution).values() if row.is_active]
    return told(
        (Row(row.name, None, page(institution, "catalogue:service", row.pk)) for row in rows),
        "fichas de servicios publicadas el día en que se mira",
    )


def _points(institution: Institution, year: int, today: date) -> Told:
    """Service points in use today: no SQL when warm."""
    rows = [row for row in service_points(institution).values() if row.is_active]
    return told(
        (
            Row(
                f"{row.name}, {row.address}", None,
                reverse("portal:servicepoints:point", args=[institution.slug, row.code]),
            )
            for row in rows
        ),
        "puntos de atención en uso el día en que se mira",
    )  # fmt: skip


def _demand(institution: Institution, year: int, today: date) -> Told:
    """Approved plans of demand (1 SQL)."""
    return told(
        (
            Row(
                f"Plan de demanda {row.year}, edición {row.edition}",
                institution.local_date(row.approved_at) if row.approved_at else None,
                page(institution, "indicators:demand_plan", row.pk), bytes(row.digest).hex(),
            )
            for row in approved_plans(institution, year)
        ),
        f"planes de demanda de {year} aprobados",
    )  # fmt: skip


def _results(institution: Institution, year: int, today: date) -> Told:
    """Frozen results of periods that ended in the year (2 SQL, and one for each whose rows are read)."""
    found = frozen_between(institution, *year_of(year))
    rows = [
        Row(
            _said(each),
            each.result.last, page(institution, "indicators:result", each.result.pk),
            bytes(each.result.digest).hex(),
        )
        for each in found
    ]  # fmt: skip
    query = f"resultados fijados de períodos que terminaron en {year}, la última revisión de cada uno"
    return Told(len(rows), rows, query, tuple(map(_figure, found)))


def _said(each: Evidence) -> str:
    value = each.result.value
    return f"{each.fields['name']}: {'sin datos' if value is None else number_words(value)}"


def _figure(each: Evidence) -> FrozenFigure:
    row, fields = each.result, each.fields
    return FrozenFigure(
        code=row.indicator.code, name=str(fields["name"]), definition=str(fields["definition"]),
        metric=str(fields["metric"] or ""), statistic=str(fields["statistic"]),
        within=int(str(fields["within"] or 0)), least=each.least, first=row.first, last=row.last,
        revision=row.revision, value=row.value, target=row.target, total=row.total, met=row.met,
        digest=bytes(row.digest).hex(), note=row.note, rows=each.rows,
    )  # fmt: skip


READY = (
    Proof("sittings", "Sesiones con acta aprobada", _sittings, "workspace:governance:councils"),
    Proof("agreements", "Acuerdos de los órganos", _agreements, "workspace:governance:agreements"),
    Proof("charters", "Cartas aprobadas", _charters, "workspace:charters:charters"),
    Proof("charter_reports", "Informes de cartas", _charter_reports, "workspace:charters:report_list"),
    Proof("findings", "Hallazgos", _findings, "workspace:findings:findings"),
    Proof("visits", "Visitas a los lugares de atención", _visits, "workspace:surveys:visits"),
    Proof("waves", "Mediciones de satisfacción", _waves, "workspace:surveys:surveys"),
    Proof("services", "Fichas de servicios", _services, "workspace:catalogue:services"),
    Proof("points", "Puntos de atención", _points, "portal:servicepoints:points"),
    Proof("demand", "Plan de demanda aprobado", _demand, "workspace:indicators:demand"),
    Proof("results", "Resultados de indicadores", _results, "workspace:indicators:indicators"),
)

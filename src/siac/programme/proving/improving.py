# SPDX-License-Identifier: EUPL-1.2
"""Proofs of what was meant, changed, learnt and told: policy, improvement, staff, outreach."""

from datetime import date

from siac.improvement.public import approved_between, done_between, measured_between
from siac.organizations.public import Institution
from siac.outreach.public import campaigns
from siac.policy.public import editions_of, participation_of, references
from siac.programme.domain.proofs import Proof, Row, Told, year_of
from siac.programme.proving.telling import page, told
from siac.staff.public import assessed_between, courses_between, headcount, profiles


def _policies(institution: Institution, year: int, today: date) -> Told:
    """Editions of the policy approved (1 SQL)."""
    first, last = year_of(year)
    rows = [
        (row, institution.local_date(row.approved_at))
        for row in reversed(editions_of(institution))
        if row.approved_at is not None
    ]
    return told(
        (
            Row(
                f"{row.title}, edición {row.number}: {row.act}", on,
                page(institution, "policy:edition", row.number), row.digest,
            )
            for row, on in rows
            if first <= on <= last
        ),
        f"ediciones de la política aprobadas en {year}",
    )  # fmt: skip


def _participation(institution: Institution, year: int, today: date) -> Told:
    """Who took part in writing the policy, by group (2 SQL)."""
    first, last = year_of(year)
    return told(
        (
            Row(
                f"{each.group}: {each.people} personas. {each.how}", each.on,
                page(institution, "policy:policy"),
            )
            for each in participation_of(institution)
            if first <= each.on <= last
        ),
        f"participación anotada en la política, de {year}",
    )  # fmt: skip


def _references(institution: Institution, year: int, today: date) -> Told:
    """Links to planning, e-government, technology and quality management in use (1 SQL)."""
    return told(
        (
            Row(f"{row.get_area_display()}: {row.name}", row.checked_on, page(institution, "policy:maturity"))
            for row in references(institution)
            if row.is_active
        ),
        "vínculos en uso el día en que se mira, con la última vez que se revisaron",
    )  # fmt: skip


def _plans(institution: Institution, year: int, today: date) -> Told:
    """Plans of improvement approved (1 SQL)."""
    return told(
        (
            Row(
                f"{row.name}. {row.get_state_display()}",
                institution.local_date(row.approved_at) if row.approved_at else None,
                page(institution, "improvement:plan", row.pk),
            )
            for row in approved_between(institution, *year_of(year))
        ),
        f"planes de mejora aprobados en {year}",
    )  # fmt: skip


def _actions(institution: Institution, year: int, today: date) -> Told:
    """Actions done (1 SQL)."""
    return told(
        (
            Row(
                f"{row.title} ({row.unit.name})", row.done_on,
                page(institution, "improvement:action", row.pk),
            )
            for row in done_between(institution, *year_of(year))
        ),
        f"acciones de mejora hechas en {year}",
    )  # fmt: skip


def _effects(institution: Institution, year: int, today: date) -> Told:
    """Effects measured (1 SQL)."""
    return told(
        (
            Row(
                f"{row.action.title}: {row.get_effect_display().lower()}",
                institution.local_date(row.measured_at),
                page(institution, "improvement:action", row.action_id), bytes(row.digest).hex(),
            )
            for row in measured_between(institution, *year_of(year))
        ),
        f"efectos de acciones medidos en {year}, en el mismo indicador antes y después",
    )  # fmt: skip


def _staff(institution: Institution, year: int, today: date) -> Told:
    """How many people the records hold on the last day of the year, or today (1 SQL)."""
    day = min(today, year_of(year)[1])
    count = headcount(institution, day)
    rows = [Row(f"Personas en ficha: {count}", day, page(institution, "staff:overview"))] if count else []
    return told(rows, "fichas de personas que trabajan ese día; sin nombres")


def _profiles(institution: Institution, year: int, today: date) -> Told:
    """Profiles of functions and competences: no SQL when warm."""
    return told(
        (Row(row.name, None, page(institution, "staff:profiles")) for row in profiles(institution).values()),
        "perfiles de funciones y competencias el día en que se mira",
    )


def _gaps(institution: Institution, year: int, today: date) -> Told:
    """How many diagnoses were made (1 SQL)."""
    count = assessed_between(institution, *year_of(year))
    rows = [Row(f"Diagnósticos hechos: {count}", None, page(institution, "staff:gaps"))] if count else []
    return told(rows, f"diagnósticos de competencias de {year}; sin nombres")


def _training(institution: Institution, year: int, today: date) -> Told:
    """Courses of approved plans that ended (1 SQL)."""
    return told(
        (
            Row(row.name, row.ends_on, page(institution, "staff:plan", row.plan_id))
            for row in courses_between(institution, *year_of(year))
        ),
        f"cursos de planes aprobados que terminaron en {year}",
    )


def _outreach(institution: Institution, year: int, today: date) -> Told:
    """Campaigns of the plan of the year (1 SQL)."""
    return told(
        (
            Row(f"{row.title}: {row.audience}", row.starts_on, page(institution, "outreach:campaign", row.pk))
            for row in campaigns(institution).filter(year=year, is_dropped=False)
        ),
        f"campañas del plan de difusión de {year}",
    )


IMPROVING = (
    Proof("policies", "Política aprobada", _policies, "workspace:policy:policy"),
    Proof("participation", "Participación", _participation, "workspace:policy:policy"),
    Proof("links", "Vínculos con otros sistemas", _references, "workspace:policy:maturity"),
    Proof("plans", "Planes de mejora aprobados", _plans, "workspace:improvement:plans"),
    Proof("actions", "Acciones hechas", _actions, "workspace:improvement:actions"),
    Proof("effects", "Efectos medidos", _effects, "workspace:improvement:plans"),
    Proof("staff", "Dotación caracterizada", _staff, "workspace:staff:overview"),
    Proof("profiles", "Perfiles", _profiles, "workspace:staff:profiles"),
    Proof("gaps", "Diagnóstico de competencias", _gaps, "workspace:staff:gaps"),
    Proof("training", "Cursos hechos", _training, "workspace:staff:plans"),
    Proof("outreach", "Campañas de difusión", _outreach, "workspace:outreach:campaigns"),
)

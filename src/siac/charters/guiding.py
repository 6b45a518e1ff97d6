# SPDX-License-Identifier: EUPL-1.2
"""The process by which a charter is made, and what its guide looks at in it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import cast

from django.urls import reverse

from siac.catalogue.public import services
from siac.charters.checking import problems_of
from siac.charters.domain.checks import Level
from siac.charters.domain.checks import Problem as Found
from siac.charters.domain.states import UNAPPROVED, EditionState
from siac.charters.models import Charter, CharterEdition, PeriodResult
from siac.charters.team.queries import team_of, told_team
from siac.charters.texts import GroupLabel, TeamRole
from siac.findings.public import Named as About
from siac.organizations.public import Access, Institution
from siac.processes.public import Named, Problem

SUBJECT = "charter"
SPREADING = "charter_edition"
"""An approved edition that is made known."""


def charter_names(access: Access, ids: Sequence[int]) -> dict[int, Named]:
    """Return what charters are called, and their pages (1 SQL)."""
    slug = access.institution.slug
    rows = Charter.objects.filter(institution=access.institution, pk__in=ids)
    return {
        row.pk: Named(row.title, reverse("workspace:charters:charter", args=[slug, row.pk])) for row in rows
    }


def edition_names(access: Access, ids: Sequence[int]) -> dict[int, Named]:
    """Return what editions are called, and their pages (1 SQL)."""
    rows = CharterEdition.objects.filter(institution=access.institution, pk__in=ids).select_related("charter")
    found = {}
    for row in rows:
        url = reverse("workspace:charters:charter", args=[access.institution.slug, row.charter_id])
        name = f"Difusión de {row.charter.title}, edición {row.number}"
        found[row.pk] = Named(name, f"{url}?edicion={row.number}")
    return found


def result_names(access: object, ids: list[int]) -> Mapping[int, About]:
    """Return what findings call results of promises, and their pages (1 SQL)."""
    body = cast("Access", access).institution
    rows = PeriodResult.objects.filter(institution=body, pk__in=ids).select_related("commitment")
    return {
        row.pk: About(
            f"{row.commitment.text}, {row.first:%d-%m-%Y} a {row.last:%d-%m-%Y}",
            reverse("workspace:charters:register", args=[body.slug, row.charter_id]),
        )
        for row in rows
    }


def _edition(institution: Institution, charter_id: int) -> CharterEdition | None:
    """Return the edition of a charter that is being written, else the newest approved one (1 SQL)."""
    rows = CharterEdition.objects.filter(institution=institution, charter=charter_id)
    rows = rows.exclude(state=EditionState.ABANDONED).select_related("charter__responsible")
    found = sorted(rows, key=lambda row: (row.state not in UNAPPROVED, -row.number))
    for row in found:
        row.institution = row.charter.institution = institution
    return found[0] if found else None


Look = Callable[[CharterEdition, date], Sequence[Problem]]


def _looks(look: Look) -> Callable[[Institution, int, date], Sequence[Problem]]:
    """Return a check of processes that looks at the edition of a charter."""

    def finds(institution: Institution, charter_id: int, today: date) -> Sequence[Problem]:
        edition = _edition(institution, charter_id)
        return [Problem(True, "La carta no tiene edición.")] if edition is None else look(edition, today)

    return finds


def _page(edition: CharterEdition, at: str = "") -> str:
    url = reverse("workspace:charters:charter", args=[edition.institution.slug, edition.charter_id])
    return f"{url}#{at}" if at else url


def _of(edition: CharterEdition, today: date, wanted: Callable[[Found], bool], at: str) -> list[Problem]:
    """Return the errors of an edition that a guide asks about; an approved one has none."""
    if not edition.is_draft:
        return []
    found = [each for each in problems_of(edition, today) if wanted(each)]
    return [Problem(each.level is Level.ERROR, each.text, _page(edition, at), each.source) for each in found]


def _services(edition: CharterEdition, today: date) -> Sequence[Problem]:
    return _of(edition, today, lambda each: each.at in ("services", "places"), "servicios")


def _processes(edition: CharterEdition, today: date) -> Sequence[Problem]:
    known = services(edition.institution)
    bare = [known[pk] for pk in edition.service_ids if pk in known and not known[pk].process]
    slug = edition.institution.slug
    found = [
        Problem(
            True, f"Falta el proceso de «{each.name}»",
            reverse("workspace:catalogue:service", args=[slug, each.pk]),
        )
        for each in bare
    ]  # fmt: skip
    nothing = [] if edition.service_ids else [Problem(True, "La carta no dice de qué servicios trata")]
    return found or nothing


def _promises(edition: CharterEdition, today: date) -> Sequence[Problem]:
    return _of(
        edition, today, lambda each: each.at == "promises" or each.at.startswith("commitment:"), "promesas"
    )


def _texts(edition: CharterEdition, today: date) -> Sequence[Problem]:
    return _of(edition, today, lambda each: each.at.startswith("text:"), "parte-aims")


def _comments(edition: CharterEdition, today: date) -> Sequence[Problem]:
    if edition.comments_until is None:
        return [Problem(True, "El borrador no se ha prepublicado", _page(edition))]
    waiting = edition.comments.filter(verdict="").count()
    if waiting:
        return [Problem(True, f"Comentarios sin responder: {waiting}", _page(edition, "comentarios"))]
    return []


def _approved(edition: CharterEdition, today: date) -> Sequence[Problem]:
    return [Problem(True, "La edición no está aprobada", _page(edition))] if edition.is_draft else []


def _expectations(edition: CharterEdition, today: date) -> Sequence[Problem]:
    slug = edition.institution.slug
    url = reverse("workspace:charters:expectations", args=[slug, edition.pk]) if edition.is_draft else ""
    if not edition.expectations:  # where they are brought from a survey, or written
        bring = reverse("workspace:charters:levels", args=[slug, edition.pk]) if edition.is_draft else ""
        return [Problem(True, "No dice qué valoran las personas ni cuánto esperan", bring)]
    bare = [row["name"] for row in edition.expectations if row["expected"] is None]
    return [Problem(True, f"«{name}» no dice cuánto se espera", url) for name in bare]


def _participation(edition: CharterEdition, today: date) -> Sequence[Problem]:
    taken = {row["group"] for row in edition.participation}
    slug = edition.institution.slug
    url = reverse("workspace:charters:participation", args=[slug, edition.pk]) if edition.is_draft else ""
    return [
        Problem(code == "staff", f"No consta que participara: {label}", url)
        for code, label in GroupLabel.choices
        if code not in taken
    ]


def _gap(edition: CharterEdition, today: date) -> Sequence[Problem]:
    return _of(edition, today, lambda each: each.at.startswith("gap:"), "promesas")


def _decision(edition: CharterEdition, today: date) -> Sequence[Problem]:
    row = team_of(edition.charter)
    url = _team_page(edition)
    found = [] if row and row.act else [Problem(True, "Falta el acto que decide hacer la carta", url)]
    return found if row and row.lead_id else [*found, Problem(True, "Falta el responsable político", url)]


def _team(edition: CharterEdition, today: date) -> Sequence[Problem]:
    told, url = told_team(edition.charter), _team_page(edition)
    if told is None or not told.members:
        return [Problem(True, "Falta el equipo", url)]
    found = [
        Problem(True, f"«{each.office}» dejó el organismo: falta quien sustituya", url) for each in told.gone
    ]
    if not told.row.mandate:
        found.append(Problem(True, "Falta el mandato del equipo", url))
    roles = {each["role"] for each in told.row.members}
    if TeamRole.COORDINATION not in roles:
        found.append(Problem(True, "Nadie coordina el equipo", url))
    if TeamRole.FRONT_LINE not in roles:
        found.append(Problem(False, "Nadie del equipo atiende público", url))
    return found


def _training(edition: CharterEdition, today: date) -> Sequence[Problem]:
    row = team_of(edition.charter)
    if row and row.training:
        return []
    return [Problem(True, "No consta que el equipo se formara", _team_page(edition))]


def _team_page(edition: CharterEdition) -> str:
    return reverse("workspace:charters:team", args=[edition.institution.slug, edition.charter_id])


def _objectives(edition: CharterEdition, today: date) -> Sequence[Problem]:
    if edition.objectives:
        return []
    url = reverse("workspace:charters:objectives", args=[edition.institution.slug, edition.pk])
    return [Problem(True, "La carta no dice qué quiere lograr", url if edition.is_draft else "")]


CHECKS = {
    "charters.objectives": ("La carta dice qué quiere lograr", _looks(_objectives)),
    "charters.decision": ("Consta el acto que decide la carta y quién responde por él", _looks(_decision)),
    "charters.team": ("El equipo tiene mandato y está completo", _looks(_team)),
    "charters.training": ("Consta que el equipo se formó", _looks(_training)),
    "charters.expectations": ("Se sabe qué valoran y esperan las personas", _looks(_expectations)),
    "charters.participation": ("Consta quiénes participaron", _looks(_participation)),
    "charters.gap": ("Lo que no llega a lo esperado tiene causa y plan", _looks(_gap)),
    "charters.services": ("La carta dice de qué servicios y lugares trata", _looks(_services)),
    "charters.processes": ("Cada servicio tiene su proceso", _looks(_processes)),
    "charters.promises": ("Los compromisos no tienen errores", _looks(_promises)),
    "charters.texts": ("La carta dice lo que pide su norma", _looks(_texts)),
    "charters.comments": ("El borrador se consultó y se respondió", _looks(_comments)),
    "charters.approved": ("La edición está aprobada", _looks(_approved)),
}

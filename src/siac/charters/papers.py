# SPDX-License-Identifier: EUPL-1.2
"""A charter on paper: the whole of it, a leaflet, a poster; each accessible, each with its edition."""

from collections.abc import Callable
from typing import Any

from siac.charters.composing import Block, Promise, Section, composed
from siac.charters.flowing import Given, PlaceTold, TeamTold
from siac.charters.models import CharterEdition
from siac.infra.pdf import Paper, qr_svg, render
from siac.ui.public import long_date

POSTER_PROMISES = 6
"""Promises that a poster has room for: the first ones."""


def _blocks(blocks: tuple[Block, ...]) -> list[dict[str, Any]]:
    return [{"text": block.text, "items": list(block.items)} for block in blocks]


def _sections(sections: list[Section]) -> list[dict[str, Any]]:
    return [{"title": each.part.title, "blocks": _blocks(each.blocks)} for each in sections]


def _edition_words(edition: CharterEdition) -> str:
    if edition.is_draft or edition.valid_from is None:
        return f"Edición {edition.number}, borrador: todavía no obliga"
    until = f" hasta el {long_date(edition.valid_to)}" if edition.valid_to else ""
    return f"Edición {edition.number}, vigente desde el {long_date(edition.valid_from)}{until}"


def _closing(edition: CharterEdition) -> str:
    act = f"Aprobada por {edition.approved_by}" if edition.approved_by else ""
    on = f" el {long_date(edition.approved_on)}" if edition.approved_on else ""
    revised = f"Se revisa antes del {long_date(edition.revised_by)}" if edition.revised_by else ""
    told = [f"{act}{on}" if act else "", revised, _edition_words(edition)]
    return ". ".join(filter(None, told)) + "."


def _otherwise(promise: Promise) -> str:
    if promise.remedy:
        return f"Si no cumplimos: {promise.remedy}"
    return f"Sin medida si no cumplimos: {promise.no_remedy}" if promise.no_remedy else ""


def _promise(promise: Promise) -> dict[str, Any]:
    rows = [["Meta", promise.target], ["Plazo", promise.term], ["Se mide", promise.measured]]
    rows += [["Si no cumplimos", promise.remedy or promise.no_remedy]]
    return {
        "text": f"{promise.number}. {promise.text}", "target": promise.target,
        "otherwise": _otherwise(promise), "rows": [row for row in rows if row[1]],
    }  # fmt: skip


def _service(given: Given) -> dict[str, Any]:
    rows: list[list[Any]] = [
        ["Quién puede", given.entitled], ["Qué se necesita", list(given.requirements)],
        ["Por dónde", list(given.channels)], ["Costo", given.cost], ["Plazo", given.time],
        ["Responsable", given.responsible],
    ]  # fmt: skip
    return {"name": given.name, "summary": given.summary, "rows": [row for row in rows if row[1]]}


def _place(place: PlaceTold) -> dict[str, Any]:
    rows = [
        ["Dirección", place.address], ["Horario", place.hours], ["Teléfono", place.phone],
        ["Responsable", place.in_charge],
    ]  # fmt: skip
    said = ". ".join(filter(None, (place.address, place.hours, place.phone)))
    return {"name": place.name, "said": said or "sin horario", "rows": [row for row in rows if row[1]]}


def _team(team: TeamTold | None) -> list[list[str]]:
    """Return who made a charter, by office."""
    if team is None:
        return []
    rows = [
        ["Acto que la decide", team.decision], ["Responsable político", team.lead],
        ["Equipo", "; ".join(team.offices)], ["Mandato", team.mandate],
        ["Capacitación", "; ".join(team.training)],
    ]  # fmt: skip
    return [row for row in rows if row[1]]


def _content(edition: CharterEdition, url: str) -> dict[str, Any]:
    """Return what every paper of an edition says (4 SQL)."""
    paper = composed(edition)
    by_code = {each.part.code: each for each in paper.sections}
    comments = edition.comments.exclude(verdict="").order_by("pk") if edition.comments_until else []
    aims = by_code.get("aims")
    return {
        "heading": paper.title,
        "edition": _edition_words(edition),
        "closing": _closing(edition),
        "before": _sections(paper.before),
        "after": _sections(paper.after),
        "services": [_service(each) for each in paper.flowing.services],
        "places": [_place(each) for each in paper.flowing.places],
        "promises": [_promise(each) for each in paper.promises],
        "aims": aims.blocks[0].text if aims else "",
        "short": _sections([each for each in paper.sections if each.part.in_leaflet and each != aims]),
        "objectives": [
            f"{each.text}. {each.words}".strip(". ") for each in paper.objectives
        ],
        "team": _team(paper.flowing.team),
        "participants": [
            {
                "who": each.who,
                "how": each.how,
                "proposed": each.proposed,
                "verdict": each.verdict,
                "why": each.why,
            }
            for each in paper.participants
        ],
        "overrides": [
            f"{each.text}: {each.all_the_same}" for each in paper.promises if each.all_the_same
        ],
        "comments": [
            {
                "said": each.text if each.is_shown else "Este comentario no se muestra.",
                "verdict": each.get_verdict_display(), "answer": each.answer,
            }
            for each in comments
        ],
        "qr_words": "Lea la carta y mire cómo cumplimos",
        "qr_alt": f"Código QR que lleva a {url}",
        "claim": "Pida su medida con el código de su solicitud.",
        "size": _size(len(paper.promises)),
    }  # fmt: skip


def _size(promises: int) -> int:
    """Return how large the promises of a poster are written, in points: fewer have more room."""
    return 26 if promises > 3 else 34 if promises > 2 else 44


def _made(
    template: str,
    edition: CharterEdition,
    url: str,
    change: Callable[[dict[str, Any]], None],
    signed: str = "",
) -> bytes:
    content = _content(edition, url)
    change(content)
    paper = Paper(
        edition.institution, f"{content['heading']}, edición {edition.number}", content,
        files={"qr.svg": qr_svg(url)}, draft="BORRADOR" if edition.is_draft else "",
        signed=signed,
    )  # fmt: skip
    return render(template, paper)


def dossier_pdf(edition: CharterEdition, url: str, *, signed: str = "") -> bytes:
    """Return the whole charter as an accessible PDF; `url` is where it is read on the portal, `signed` is
    said on each page of one that gets an electronic signature.

    Raises:
        PdfUnavailable: it could not be typeset now.
    """
    return _made("charters/papers/dossier.typ", edition, url, lambda content: None, signed)


def leaflet_pdf(edition: CharterEdition, url: str) -> bytes:
    """Return the leaflet of a charter as an accessible PDF.

    Raises:
        PdfUnavailable: as `dossier_pdf`.
    """
    return _made("charters/papers/leaflet.typ", edition, url, lambda content: None)


def poster_pdf(edition: CharterEdition, url: str) -> bytes:
    """Return the poster of a charter, A3, with its first promises.

    Raises:
        PdfUnavailable: as `dossier_pdf`.
    """

    def shorten(content: dict[str, Any]) -> None:
        content["promises"] = content["promises"][:POSTER_PROMISES]

    return _made("charters/papers/poster.typ", edition, url, shorten)


PAPERS = {"carta": dossier_pdf, "folleto": leaflet_pdf, "afiche": poster_pdf}
"""By the word in its address."""

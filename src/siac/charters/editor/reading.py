# SPDX-License-Identifier: EUPL-1.2
"""What the pages of a charter show of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.http import Http404
from django.urls import reverse

from siac.charters.composing import blocks
from siac.charters.domain.checks import Level, Problem
from siac.charters.domain.parts import Norm, Part, parts_of
from siac.charters.domain.states import UNAPPROVED, EditionState
from siac.charters.models import Charter, CharterEdition
from siac.organizations.public import Access, Institution


def charter_of(access: Access, charter_id: int) -> Charter:
    """Return a charter of the body of whoever asks (1 SQL).

    Raises:
        Http404: the body has none with that number.
    """
    rows = Charter.objects.filter(institution=access.institution, pk=charter_id)
    found = rows.select_related("responsible").first()
    if found is None:
        raise Http404(str(charter_id))
    found.institution = access.institution
    return found


def edition_of(access: Access, edition_id: int) -> CharterEdition:
    """Return an edition of the body of whoever asks, with its charter (1 SQL).

    Raises:
        Http404: the body has none with that number.
    """
    rows = CharterEdition.objects.filter(institution=access.institution, pk=edition_id)
    found = rows.select_related("charter__responsible", "saved_by").first()
    if found is None:
        raise Http404(str(edition_id))
    found.institution = found.charter.institution = access.institution
    return found


def all_charters(institution: Institution) -> QuerySet[Charter]:
    """Return the charters of a body with their editions, the newest first. Lazy: no SQL until it is read
    (2).
    """
    editions = Prefetch("editions", CharterEdition.objects.order_by("-number"))
    rows = Charter.objects.filter(institution=institution).select_related("responsible")
    return rows.prefetch_related(editions)


Edition = CharterEdition | None


def standing_of(charter: Charter, today: date) -> tuple[Edition, Edition, Edition]:
    """Return the edition of a charter that is in force on a local day, or else ended last; one that is
    approved for a day to come; and the one that is being written. No SQL once its editions are at hand.
    """
    rows = list(charter.editions.all())
    approved = [row for row in rows if row.state == EditionState.APPROVED]
    begun = next((row for row in approved if row.since <= today), None)
    coming = next((row for row in approved if row.since > today), None)
    return begun, coming, next((row for row in rows if row.state in UNAPPROVED), None)


@dataclass(frozen=True, slots=True)
class PartLine:
    """A part of a charter on the page where it is written."""

    part: Part
    text: str
    is_asked: bool
    """Whether its norm asks for it."""
    url: str

    @property
    def words(self) -> str:
        """What it says, in one go: the things of a list one after another."""
        told = blocks(self.text)
        return " ".join("; ".join(i.rstrip(".") for i in each.items) or each.text for each in told)

    @property
    def is_missing(self) -> bool:
        """Whether its norm asks for it and it says nothing."""
        return self.is_asked and not self.text


def part_lines(edition: CharterEdition) -> list[PartLine]:
    """Return the parts of an edition, those its norm asks for first. No SQL."""
    norm, slug = Norm(edition.charter.norm), edition.institution.slug
    return [
        PartLine(
            part,
            edition.texts.get(part.code, ""),
            norm in part.asked_by,
            reverse("workspace:charters:part", args=[slug, edition.pk, part.code]),
        )
        for part in parts_of(norm)
    ]


@dataclass(frozen=True, slots=True)
class Told:
    """A problem with the address where it is mended (empty: not for whoever looks)."""

    problem: Problem
    url: str

    @property
    def is_error(self) -> bool:
        """Whether the edition cannot be approved like this."""
        return self.problem.level is Level.ERROR


def told_problems(edition: CharterEdition, found: Sequence[Problem], *, may_write: bool) -> list[Told]:
    """Return problems with the links that lead to where each is mended. No SQL."""
    return [Told(each, _place(edition, each.at) if may_write else "") for each in found]


_PAGES = {
    "text": ("part", str), "commitment": ("promise", int), "gap": ("gap", int),
    "promises": ("promise_new", None), "services": ("services", None), "edition": ("days", None),
}  # fmt: skip
"""By the place of a problem, the page where it is mended, and how its key is written there."""


def _place(edition: CharterEdition, at: str) -> str:
    slug = edition.institution.slug
    kind, _, key = at.partition(":")
    if kind == "places":
        return reverse("workspace:servicepoints:points", args=[slug])
    if kind not in _PAGES:
        return reverse("workspace:charters:charter_change", args=[slug, edition.charter_id])
    page, read = _PAGES[kind]
    args = [slug, edition.pk] if read is None else [slug, edition.pk, read(key)]
    return reverse(f"workspace:charters:{page}", args=args)

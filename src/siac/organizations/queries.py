# SPDX-License-Identifier: EUPL-1.2
"""What can be asked about bodies, their units and the people who work in them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db.models import QuerySet

from siac.accounts.public import has_accounts
from siac.infra.config_cache import ConfigCache
from siac.infra.turns import Step, each_in_turn
from siac.organizations.domain.tree import UnitNode, UnitTree
from siac.organizations.models import Institution, Membership, Unit


def institutions() -> QuerySet[Institution]:
    """Return the bodies that are open to the public, by name. Lazy: no SQL until it is read."""
    return Institution.objects.filter(is_active=True).order_by("name", "pk")


def compared_bodies(institution: Institution) -> list[Institution]:
    """Return the bodies that agreed to be compared with `institution`, itself among them, by name (1 SQL);
    none where it did not agree itself (no SQL). Invented bodies are compared with invented ones only, and
    those to practise on with nobody.
    """
    if not institution.is_compared or institution.is_practice:
        return []
    agreed = institutions().filter(is_compared=True, practice_of=None, is_demo=institution.is_demo)
    return list(agreed)


def institution_of(pk: int) -> Institution:
    """Return a body by primary key, open or not (1 SQL).

    Raises:
        Institution.DoesNotExist: there is none.
    """
    return Institution.objects.get(pk=pk)


def institutions_of(pks: Iterable[int]) -> list[Institution]:
    """Return bodies by primary key, open or not, in the order of their keys (1 SQL)."""
    return list(Institution.objects.filter(pk__in=list(pks)).order_by("pk"))


def open_institution(slug: str) -> Institution | None:
    """Return the body with an address, while it is open (1 SQL)."""
    return Institution.objects.filter(slug=slug, is_active=True).first()


def institutions_by_slug(slugs: Iterable[str]) -> dict[str, Institution]:
    """Return bodies by their addresses, open or not (1 SQL)."""
    return {each.slug: each for each in Institution.objects.filter(slug__in=list(slugs))}


def installed_slugs() -> set[str]:
    """Return the addresses of all bodies of the installation, open or not (1 SQL)."""
    return set(Institution.objects.values_list("slug", flat=True))


def has_real_bodies() -> bool:
    """Return whether the installation has a body that is not of the demonstration (1 SQL)."""
    return Institution.objects.filter(is_demo=False).exists()


def is_only_body() -> bool:
    """Return whether one body alone is open, practice bodies left out (1 SQL)."""
    return Institution.objects.filter(is_active=True, practice_of=None).count() == 1


def lock_institution(pk: int) -> Institution:
    """Lock the row of a body until the transaction ends and return it as it is then (1 SQL).

    For what is done in a body once at a time. Whoever only points at the body is not held up.
    """
    return Institution.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)


def in_each_body(job: str, work: Callable[[Institution], int], *, now: datetime) -> int:
    """Do the work of a job in every open body, each alone; return how many things (see `infra.turns`).

    1 SQL and those of the work.
    """
    return steps_in_each_body(job, lambda body: [("", partial(work, body))], now=now)


def steps_in_each_body(job: str, steps: Callable[[Institution], Iterable[Step]], *, now: datetime) -> int:
    """Do the steps of a job in every open body, each step alone; return how many things were done.

    A body whose steps cannot even be told (its calendar ends, say) ends no other: it is noted, and `/salud`
    shows it.

    1 SQL and those of the steps.
    """
    return sum(
        each_in_turn(job, body.pk, (step for each in (body,) for step in steps(each)), now=now)
        for body in institutions()
    )


def practice_body_of(institution: Institution) -> Institution | None:
    """Return the body on which the people of a body practise, while it is open (1 SQL)."""
    return Institution.objects.filter(practice_of=institution, is_active=True).first()


def _load_units(institution_id: int) -> UnitTree:
    rows = Unit.objects.filter(institution_id=institution_id).order_by("sort_key", "pk")
    return UnitTree.of(
        UnitNode(
            unit.pk,
            unit.parent_id,
            unit.code,
            unit.name,
            unit.email,
            unit.place,
            unit.is_active,
            unit.successor_id,
        )
        for unit in rows
    )


_UNITS: ConfigCache[UnitTree] = ConfigCache(_load_units)


def unit_tree(institution: Institution) -> UnitTree:
    """Return the units of a body; no SQL once this process knows the body's configuration."""
    return _UNITS.get(institution)


def units_placed_elsewhere(institution_id: int, place: str) -> list[int]:
    """Return the units of a body, by primary key, that do not themselves say that they are at `place`
    (1 SQL).
    """
    rows = Unit.objects.filter(institution_id=institution_id).exclude(place=place)
    return list(rows.values_list("pk", flat=True))


def unit_options(institution: Institution) -> list[tuple[int, str]]:
    """Return the active units of a body as options of a form, each indented under the one it depends on (no
    SQL when warm).
    """
    rows = unit_tree(institution).outline()
    return [(node.pk, "\u2014 " * depth + node.name) for depth, node in rows if node.is_active]


def memberships(institution: Institution) -> QuerySet[Membership]:
    """Return who holds which role in a body, by name of the person. Lazy: no SQL until it is read."""
    return (
        Membership.objects.filter(institution=institution)
        .select_related("user", "unit")
        .order_by("user__name", "user_id", "role", "pk")
    )


def demonstration_memberships() -> QuerySet[Membership]:
    """Return who holds which role in the invented bodies, practice bodies left out. Lazy: no SQL until it
    is read.
    """
    return (
        Membership.objects.filter(institution__is_demo=True, institution__practice_of=None)
        .select_related("user", "institution")
        .order_by("institution__name", "pk")
    )


def colleagues(institution: Institution) -> list[tuple[int, str]]:
    """Return (user id, name) of the active people of a body who may work on cases, by name. 1 SQL."""
    rows = (
        Membership.objects.filter(institution=institution, user__is_active=True)
        .values_list("user_id", "user__name")
        .order_by("user__name", "user_id")
        .distinct()
    )
    return [(pk, name) for pk, name in rows]


def is_colleague(institution: Institution, user_id: int) -> bool:
    """Return whether a user is one of the `colleagues` of a body (1 SQL, whatever their number)."""
    return Membership.objects.filter(institution=institution, user_id=user_id, user__is_active=True).exists()


def colleagues_by_email(institution: Institution) -> dict[str, int]:
    """Return the active people of a body: user id by e-mail in small letters (1 SQL)."""
    rows = Membership.objects.filter(institution=institution, user__is_active=True)
    return {email.lower(): pk for email, pk in rows.values_list("user__email", "user_id")}


@dataclass(frozen=True, slots=True)
class Holders:
    """Who holds which role of a body, where."""

    tree: UnitTree
    rows: Sequence[tuple[str, int | None, int]]
    """(role, unit id or None for the whole body, user id) of active people."""

    def over(self, role: str, unit_id: int | None) -> list[int]:
        """Return the users who hold `role` over a unit (None: over the whole body), by id."""
        return sorted(
            {user for held, unit, user in self.rows if held == role and self._covers(unit, unit_id)}
        )

    def _covers(self, unit: int | None, wanted: int | None) -> bool:
        return unit is None or (wanted is not None and wanted in self.tree.below(unit))


def holders(institution: Institution) -> Holders:
    """Return who holds which role of a body, where (1 SQL)."""
    return Holders(unit_tree(institution), roles_held(institution.pk))


def roles_held(institution_id: int) -> list[tuple[str, int | None, int]]:
    """Return who holds which role of a body: (role, unit id or None for the whole body, user id) of active
    people (1 SQL).
    """
    rows = Membership.objects.filter(institution_id=institution_id, user__is_active=True)
    return list(rows.order_by("pk").values_list("role", "unit_id", "user_id"))


def installation_is_new() -> bool:
    """Return whether nobody uses this installation yet: no body, no account (1 to 2 SQL)."""
    return not Institution.objects.exists() and not has_accounts()

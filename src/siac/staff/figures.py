# SPDX-License-Identifier: EUPL-1.2
"""Who works in a body and what they lack, in numbers; groups of so few that they would tell of somebody are
left out, and as many more as would give them away.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from siac.kernel.hiding import hidden
from siac.organizations.public import Institution, unit_tree
from siac.servicepoints.public import service_points
from siac.staff.domain.levels import standings
from siac.staff.domain.seniority import band_of, whole_years
from siac.staff.domain.training import share
from siac.staff.models import AgeBand, Employee, Group, Presence, Sex, Studies
from siac.staff.queries import competences, profiles, said_of, working
from siac.staff.texts import BAND_NAMES

UNSAID = "Sin decir"


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group: its name, how many, and in a hundred of all; None where it is of too few to tell."""

    name: str
    n: int | None
    share: Decimal | None


@dataclass(frozen=True, slots=True)
class Table:
    """One way to tell people apart."""

    title: str
    lines: Sequence[GroupLine]
    total: int

    @property
    def hides(self) -> bool:
        """Whether a group is left out."""
        return any(line.n is None for line in self.lines)


def _table(title: str, names: Mapping[str, str], members: Iterable[str], least: int) -> Table:
    sizes = Counter(members)
    total = sum(sizes.values())
    few = hidden(sizes, {}, least=least) if least else set()
    lines = [
        GroupLine(name, *((None, None) if code in few else (sizes[code], share(sizes[code], total))))
        for code, name in names.items()
        if sizes[code]
    ]
    return Table(title, lines, total)


def _choices(choices: Any) -> dict[str, str]:
    return {**{code: str(label) for code, label in choices}, "": UNSAID}


def characterise(institution: Institution, *, today: date, least: int) -> Sequence[Table]:
    """Return the people who work in a body on a local day by unit, place, staff group, studies, seniority,
    training, sex and age; groups of fewer than `least` are left out, 0 shows all (2 SQL once the units and
    places are known).
    """
    rows = list(Employee.objects.filter(working(today), institution=institution).order_by("pk"))
    came = Presence.objects.filter(enrolment__employee__institution=institution, is_present=True)
    trained = set(came.values_list("enrolment__employee", flat=True))
    units = {str(pk): node.name for pk, node in unit_tree(institution).nodes.items()}
    points = {str(pk): point.name for pk, point in service_points(institution).items()}
    of: Sequence[tuple[str, Mapping[str, str], Callable[[Employee], str]]] = (
        ("Unidad", {**units, "": UNSAID}, lambda row: str(row.unit_id or "")),
        ("Punto de atención", {**points, "": "En ninguno"}, lambda row: str(row.point_id or "")),
        ("Estamento", _choices(Group.choices), lambda row: row.group),
        ("Estudios", _choices(Studies.choices), lambda row: row.studies),
        (
            "Antigüedad en la institución", BAND_NAMES,
            lambda row: band_of(whole_years(row.hired_on, today)),
        ),
        (
            "Antigüedad en el punto de atención", {**BAND_NAMES, "": "En ninguno, o sin decir"},
            lambda row: band_of(whole_years(row.in_point_since, today)) if row.in_point_since else "",
        ),
        (
            "Capacitación", {"yes": "Con capacitación", "": "Sin capacitación"},
            lambda row: "yes" if row.pk in trained else "",
        ),
        ("Sexo", _choices(Sex.choices), lambda row: row.sex),
        ("Edad", _choices(AgeBand.choices), lambda row: row.age_band),
    )  # fmt: skip
    return [_table(title, names, map(code, rows), least) for title, names, code in of]


@dataclass(frozen=True, slots=True)
class GapLine:
    """Of one competence, unit or place: how many were diagnosed, how many of them lack something, in a
    hundred; None where they are too few to tell, and how many lack something also where that, or who does
    not, would be fewer: «six of six» tells of each.
    """

    name: str
    asked: int | None
    diagnosed: int | None
    lacking: int | None
    share: Decimal | None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class GapTables:
    """The gaps of a body."""

    by_competence: Sequence[GapLine]
    by_unit: Sequence[GapLine]
    by_point: Sequence[GapLine]
    without_profile: int
    undiagnosed: int


def gap_tables(institution: Institution, *, today: date, least: int) -> GapTables:
    """Return what the people who work in a body on a local day lack, by competence, unit and place; of groups
    of fewer than `least` diagnosed people nothing is told, 0 tells all (3 SQL once the body is known).
    """
    rows = list(Employee.objects.filter(working(today), institution=institution).order_by("pk"))
    asked, said = profiles(institution), said_of([row.pk for row in rows])
    by: dict[str, dict[str, list[int]]] = {"competence": {}, "unit": {}, "point": {}}
    told = 0
    for row in rows:
        profile = asked.get(row.profile_id or 0)
        found = standings(profile.levels, said.get(row.pk, [])) if profile else []
        gaps = [each.gap for each in found if each.gap is not None]
        told += bool(gaps)
        for each in found:
            _count(by["competence"], str(each.competence), each.gap is not None, bool(each.gap))
        if found:
            _count(by["unit"], str(row.unit_id or ""), bool(gaps), any(gaps))
            _count(by["point"], str(row.point_id or ""), bool(gaps), any(gaps))
    units = {str(pk): node.name for pk, node in unit_tree(institution).nodes.items()} | {"": UNSAID}
    points = {str(pk): each.name for pk, each in service_points(institution).items()} | {"": "En ninguno"}
    names = {str(pk): each.name for pk, each in competences(institution).items()}
    classes = {str(pk): str(each.get_kind_display()) for pk, each in competences(institution).items()}
    with_profile = sum(row.profile_id is not None for row in rows)
    return GapTables(
        _gap_lines(by["competence"], names, least, classes, alone=True),
        _gap_lines(by["unit"], units, least),
        _gap_lines(by["point"], points, least),
        len(rows) - with_profile,
        with_profile - told,
    )


def _count(found: dict[str, list[int]], key: str, is_diagnosed: bool, lacks: bool) -> None:
    counts = found.setdefault(key, [0, 0, 0])
    counts[0] += 1
    counts[1] += is_diagnosed
    counts[2] += lacks


def _gap_lines(
    found: Mapping[str, Sequence[int]],
    names: Mapping[str, str],
    least: int,
    details: Mapping[str, str] | None = None,
    *,
    alone: bool = False,
) -> list[GapLine]:
    """`alone`: the groups do not add up to a whole that is told, so none gives another away."""
    sizes = {key: counts[1] for key, counts in found.items()}
    few = {key for key, n in sizes.items() if n < least}
    if least and not alone:
        few |= hidden(sizes, {}, least=least)
    lines = []
    for key, name in names.items():
        if key not in found:
            continue
        n, diagnosed, lacking = found[key]
        detail = (details or {}).get(key, "")
        if key in few:
            lines.append(GapLine(name, None, None, None, None, detail))
        elif least and not least <= lacking <= diagnosed - least:  # all, or so few: each would be known
            lines.append(GapLine(name, n, diagnosed, None, None, detail))
        else:
            lines.append(GapLine(name, n, diagnosed, lacking, share(lacking, diagnosed), detail))
    return lines

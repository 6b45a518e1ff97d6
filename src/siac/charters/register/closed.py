# SPDX-License-Identifier: EUPL-1.2
"""Closed periods of promises as everybody is told them: in the register, on the badge and in open data.

What rests on few people is not told anywhere, and this is the one place that says what that is.
"""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber, TruncMonth

from siac.charters.domain.commitments import Form
from siac.charters.models import Breach, Commitment, PeriodResult, Remedy, RemedyState
from siac.charters.queries import commitments
from siac.charters.standings import lineage
from siac.indicators.public import is_of_few, period_words
from siac.organizations.public import Institution

UNTOLD = "No se muestra"
Promise = tuple[int, str]
"""A charter and the code of one of its promises: the same in all editions."""


@dataclass(frozen=True, slots=True)
class Given:
    """What became of the broken promises that were due in some days."""

    breaches: int = 0
    delivered: int = 0
    owed: int = 0
    refused: int = 0

    def beside(self, other: "Given") -> "Given":
        """Return both together."""
        return Given(
            self.breaches + other.breaches,
            self.delivered + other.delivered,
            self.owed + other.owed,
            self.refused + other.refused,
        )


@dataclass(frozen=True, slots=True)
class Closed:
    """A closed period of a promise as it is told: all of it, or that it is not shown."""

    result: PeriodResult
    is_hidden: bool
    _given: Given = Given()
    _letter: str = ""
    _is_refused: bool = False

    @property
    def commitment(self) -> Commitment:
        """The promise as it was on the last day."""
        return self.result.commitment

    @property
    def is_guarantee(self) -> bool:
        """Whether there are cases behind it."""
        return self.commitment.form == Form.GUARANTEE

    @property
    def is_reached(self) -> bool | None:
        """Whether it reached its target; None: nothing to tell, or nothing that is told."""
        return None if self.is_hidden else self.result.is_reached

    @property
    def words(self) -> str:
        """The figure with its unit."""
        return UNTOLD if self.is_hidden else self.result.words

    @property
    def brief(self) -> str:
        """The figure for a narrow column, without what every percentage has; a dash where there is none."""
        if self.is_hidden or self.result.value is None:
            return "\N{EN DASH}"
        return self.result.words.replace(",0", "").removesuffix("\N{NO-BREAK SPACE}%")

    @property
    def of_words(self) -> str:
        """How many of how many."""
        return "" if self.is_hidden else self.result.of_words

    @property
    def explanation(self) -> str:
        """What the body says of a miss."""
        return "" if self.is_hidden else self.result.explanation

    @property
    def letter(self) -> str:
        """What the body says to everybody of what it gives for a figure below its target, or why it gives
        nothing.
        """
        return "" if self.is_hidden else self._letter

    @property
    def is_refused(self) -> bool:
        """Whether `letter` says why nothing is given."""
        return self._is_refused

    @property
    def given(self) -> Given:
        """What became of what was broken in it."""
        return Given() if self.is_hidden else self._given

    @property
    def told(self) -> Hashable:
        """All that is told of it but the promise: what equals it says the same."""
        row = self.result
        if self.is_hidden:
            return row.pk, row.first, row.last, row.target_words
        return (
            row.pk, row.first, row.last, row.value, row.target, row.total, row.is_reached, row.words,
            row.target_words, row.of_words, row.explanation, self._letter, self._is_refused,
        )  # fmt: skip

    @property
    def period(self) -> str:
        """The period in words."""
        return period_words(self.commitment.moment, self.result.first)


def closed_periods(
    institution: Institution,
    *,
    charters: Collection[int] | None = None,
    since: date | None = None,
    newest: int | None = None,
) -> list[Closed]:
    """Return the closed periods of all promises of a body, or of some charters, the newest first; of those
    that began on `since` or later, and at most so many of the `newest` of each promise (2 SQL when warm).
    """
    rows = PeriodResult.objects.filter(institution=institution).order_by("-last", "charter", "code", "pk")
    if charters is not None:
        rows = rows.filter(charter__in=charters)
    if newest is not None:  # of each: else one that is told yearly goes under among many that are monthly
        place = Window(RowNumber(), partition_by=["charter", "code"], order_by=["-last", "-pk"])
        rows = rows.annotate(place=place).filter(place__lte=newest)
    closed = _told(institution, list(rows))
    told = [each for each in closed if since is None or each.result.first >= since]
    given = _given(institution, [each.result for each in told])
    letters = _letters([each.result for each in told])
    found = []
    for each in told:
        letter, is_refused = letters.get(each.result.pk, ("", False))
        became = given.get(each.result.pk, Given())
        found.append(replace(each, _given=became, _letter=letter, _is_refused=is_refused))
    return found


def _letters(rows: Sequence[PeriodResult]) -> Mapping[int, tuple[str, bool]]:
    """Return by result what was said to everybody of what a figure owes, and whether that is why nothing is
    given: the letter, or else how it was given or why not (1 SQL, none where no figure owes anything).
    """
    owing = [row.pk for row in rows if row.commitment.remedy_when_below and row.is_reached is False]
    if not owing:
        return {}
    settled = (RemedyState.DELIVERED, RemedyState.REFUSED)
    told = Remedy.objects.filter(breach__result__in=owing, state__in=settled)
    named = told.values_list("breach__result", "state", "letter", "proof")
    return {
        pk: (proof, True) if state == RemedyState.REFUSED else (letter or proof, False)
        for pk, state, letter, proof in named
    }


def closed_among(bodies: Sequence[Institution], *, since: date) -> dict[int, list[Closed]]:
    """Return, by body, the closed periods that began on `since` or later, without what became of what was
    broken (1 SQL when warm).
    """
    rows = PeriodResult.objects.filter(institution__in=bodies, first__gte=since).order_by("-last", "pk")
    by_body: dict[int, list[PeriodResult]] = {}
    for row in rows:
        by_body.setdefault(row.institution_id, []).append(row)
    return {body.pk: _told(body, by_body.get(body.pk, [])) for body in bodies}


def _told(institution: Institution, rows: Sequence[PeriodResult]) -> list[Closed]:
    known = commitments(institution)
    for row in rows:
        row.commitment = known[row.commitment_id]
    hidden = hidden_results(institution, rows)
    return [Closed(row, row.pk in hidden) for row in rows]


def hidden_results(institution: Institution, rows: Sequence[PeriodResult]) -> set[int]:
    """Return which results are not told: those of few, and those that share days with one of few of the same
    promise, which a quarter would give away with its other two months. No SQL when commitments are at hand.
    """
    few = [row for row in rows if _is_of_few(institution, row)]
    by_promise: dict[Promise, list[PeriodResult]] = {}
    for row in few:
        by_promise.setdefault((row.charter_id, row.code), []).append(row)
    return {
        row.pk
        for row in rows
        for other in by_promise.get((row.charter_id, row.code), ())
        if row.first <= other.last and other.first <= row.last
    }


def _is_of_few(institution: Institution, row: PeriodResult) -> bool:
    indicator = row.commitment.indicator
    if row.commitment.form == Form.GUARANTEE or indicator is None:
        return 0 < row.total < institution.smallest_group
    is_counted = bool(indicator.metric) and (row.total > 0 or row.value is None)
    return is_of_few(institution, indicator, row.value, row.total, is_counted=is_counted)


def _given(institution: Institution, rows: Sequence[PeriodResult]) -> Mapping[int, Given]:
    """Return, by result, what became of the promises that were due in its period (1 SQL). Days are told apart
    by months, where each period is made of whole ones.
    """
    if not rows:
        return {}
    due_in = min(row.first for row in rows), max(row.last for row in rows)
    known, asked = commitments(institution), {(row.charter_id, row.code) for row in rows}
    own = [pk for pk, each in known.items() if lineage(each) in asked]
    whole = all(row.first.day == 1 and (row.last + timedelta(days=1)).day == 1 for row in rows)
    broken = Breach.objects.filter(institution=institution, commitment__in=own, due_on__range=due_in)
    day = TruncMonth("due_on") if whole else F("due_on")
    counted = broken.order_by().values_list("commitment_id", day, "remedy__state").annotate(n=Count("pk"))
    by_promise: dict[Promise, list[tuple[date, Given]]] = {}
    for pk, on, state, n in counted:
        of = {"delivered": "delivered", "owed": "owed", "decided": "owed", "refused": "refused"}.get(state)
        one = Given(breaches=n, **({of: n} if of else {}))
        by_promise.setdefault(lineage(known[pk]), []).append((on, one))
    found: dict[int, Given] = {}
    for row in rows:
        for on, one in by_promise.get((row.charter_id, row.code), ()):
            if row.first <= on <= row.last:
                found[row.pk] = found.get(row.pk, Given()).beside(one)
    return found

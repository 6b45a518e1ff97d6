# SPDX-License-Identifier: EUPL-1.2
"""An edition as the checks of its norm see it, and how its promises are kept today."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from siac.cases.public import kinds
from siac.catalogue.public import services, topics
from siac.charters.domain.checks import Offered, Problem, Promised, Written, problems
from siac.charters.domain.commitments import Form, Subject
from siac.charters.domain.parts import Norm
from siac.charters.flowing import places_of
from siac.charters.models import CharterEdition, Commitment
from siac.charters.queries import editions_beyond, topics_of
from siac.charters.standings import PERIOD_DAYS, Standing, standings, target_words
from siac.charters.texts import RemedyKind
from siac.charters.weighing import Weighed, is_share, weighed
from siac.clocks.public import Unit
from siac.indicators.public import Indicator, number_words
from siac.infra.metrics import Better, Statistic
from siac.servicepoints.public import hours_words, service_points

_METRICS = {
    (Subject.CASE, Unit.BUSINESS_DAYS): "cases.answer_days",
    (Subject.CASE, Unit.CALENDAR_DAYS): "cases.calendar_days",
    (Subject.ATTENTION, Unit.MINUTES): "attentions.waited",
    (Subject.ATTENTION, Unit.HOURS): "attentions.waited",
}
_MINUTES_OF_HOUR = 60


def trial_indicator(commitment: Commitment) -> Indicator | None:
    """Return the indicator that a guarantee would be followed by, not saved: what it would have said of the
    past. None where the answers of the past are not counted in its unit. No SQL when warm.
    """
    term, subject = commitment.term, Subject(commitment.subject)
    if term is None or (subject, term.unit) not in _METRICS:
        return None
    in_hours = subject is Subject.ATTENTION and term.unit is Unit.HOURS
    said: dict[str, list[Any]] = {
        "kind": [commitment.kind_id] if commitment.kind_id else [],
        "topic": topics_of(commitment),
        "channel": [commitment.channel] if commitment.channel else [],
        "point": [commitment.service_point_id] if commitment.service_point_id else [],
    }
    return Indicator(
        institution=commitment.institution,
        name=commitment.text,
        metric=_METRICS[subject, term.unit],
        statistic=Statistic.WITHIN,
        within=term.number * (_MINUTES_OF_HOUR if in_hours else 1),
        filters={name: [str(value) for value in values] for name, values in said.items() if values},
        target=commitment.target,
        better=Better.HIGHER,
    )


def levels(edition: CharterEdition, *, today: date) -> list[Standing]:
    """Return how each promise of an edition was kept in the year up to yesterday, whether it was promised
    then or not (5 SQL, and 2 for each unit of terms).
    """
    rows = edition.commitments.select_related("indicator", "kind", "edition")
    promised = list(rows.order_by("position", "pk"))
    if edition.is_draft:
        for commitment in promised:
            commitment.edition = edition
            if commitment.form == Form.GUARANTEE:
                commitment.indicator = trial_indicator(commitment)
    last = today - timedelta(days=1)
    first = last - timedelta(days=PERIOD_DAYS - 1)
    return standings(edition.institution, first=first, last=last, is_dated=False, among=promised)


def problems_of(edition: CharterEdition, today: date) -> Sequence[Problem]:
    """Return what is wrong with an edition on a local day, errors first (7 SQL, and 2 for each unit of
    terms).
    """
    return problems(written(edition, levels(edition, today=today), today), today=today)


def written(edition: CharterEdition, lines: Sequence[Standing], today: date) -> Written:
    """Return an edition as it is checked (1 SQL)."""
    charter = edition.charter
    beyond = editions_beyond(edition, edition.valid_from or today)
    before = beyond.order_by("-valid_from").values_list("valid_from", flat=True).first()
    known = services(edition.institution)
    places = places_of(edition)
    return Written(
        norm=Norm(charter.norm),
        texts=edition.texts,
        commitments=[_promised(each) for each in weighed(edition, lines)],
        services=[
            Offered(pk, known[pk].name, is_given=known[pk].is_active)
            for pk in edition.service_ids
            if pk in known
        ],
        places=len(places),
        places_without_hours=[point.name for point in places if not hours_words(point)],
        has_responsible=charter.responsible_id is not None,
        valid_from=edition.valid_from,
        revised_by=edition.revised_by,
        before=before,
    )


def _promised(each: Weighed) -> Promised:
    line = each.line
    of, indicator = line.commitment, line.commitment.indicator
    is_guarantee = of.form == Form.GUARANTEE
    return Promised(
        pk=of.pk,
        text=of.text,
        form=Form(of.form),
        number=of.amount if is_guarantee else None,
        unit=of.unit if is_guarantee else "",
        target=of.target,
        is_share=is_share(of, indicator),
        target_words=target_words(of),
        has_source=_has_source(of),
        level=line.value,
        level_words=line.value_words if line.value is not None else "",
        is_better_high=is_guarantee or indicator is None or indicator.better == Better.HIGHER,
        record=of.record,
        has_responsible=of.responsible_id is not None,
        is_controllable=of.is_controllable,
        dependence=of.dependence,
        remedy=of.remedy,
        is_of_attentions=of.subject == Subject.ATTENTION,
        is_without_remedy=of.remedy_kind == RemedyKind.NONE,
        no_remedy_reason=of.no_remedy_reason,
        service=of.service_id,
        gap=each.gap,
        expected_words=f"{number_words(each.gap.expected)} %" if each.gap.expected is not None else "",
    )


def _has_source(of: Commitment) -> bool:
    if of.form == Form.GUARANTEE:
        topic = topics(of.institution).get(of.topic_id) if of.topic_id else None
        point = service_points(of.institution).get(of.service_point_id) if of.service_point_id else None
        kind = kinds(of.institution).get(of.kind_id) if of.kind_id else None
        return all(each is None or each.is_active for each in (topic, point, kind))
    return of.indicator is not None and of.indicator.is_active and of.indicator.since is not None

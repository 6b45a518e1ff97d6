# SPDX-License-Identifier: EUPL-1.2
"""What a summary says of a period: figures, drawings and the sentences that rules put together from them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from siac.charters.public import compliance
from siac.indicators.public import (
    Length,
    Question,
    QuestionForm,
    Standing,
    bins,
    data_state,
    days_words,
    indicator_standings,
    measure_many,
    window_name,
)
from siac.infra.metrics import Statistic, metric, source
from siac.organizations.public import Institution
from siac.reporting.domain import findings, telling
from siac.reporting.domain.telling import number
from siac.reporting.home.drawing import STEPS
from siac.reporting.home.reading import CASES, DAYS, IN_TERM, RATED, RECEIVED, Overview, overview
from siac.ui.domain.due import MONTHS, WEEKDAYS

_PROFILES = (("channel", "Por canal"), ("person", "Quiénes escriben"))
MOST = 6
"""Rows of a table: two pages have no room for more; the rest is counted."""


def question_of(institution: Institution, length: Length, first: date, *, today: date) -> Question:
    """Return the question whose answer a summary tells: a period against the one before it.

    Raises:
        ValueError: no such period has begun.
    """
    asked = {"periodo": length.value, "en": first.isoformat()}
    form = QuestionForm(institution, None, asked, today=today, only=CASES)
    if not form.is_valid():
        raise ValueError(f"no {length} begins on {first}")
    return form.question


def content_of(institution: Institution, question: Question, *, now: datetime) -> dict[str, Any]:
    """Return what the summary of a period says, as JSON values (20 SQL, and what the charters cost)."""
    today = institution.local_date(now)
    page = overview(institution, question, today=today)
    window = question.window
    data_time, is_complete = data_state(institution)
    followed = indicator_standings(institution, last=window.last)
    promises = _promises(institution, window.first, window.last, today)
    return {
        "period": window_name(window),
        "days": days_words(*window.days),
        "compared": days_words(*question.before),
        "data_time": data_time.isoformat() if data_time else "",
        "is_complete": is_complete,
        "cards": _cards(page),
        "sentences": [each for each in _sentences(page, followed, promises) if each],
        "trend": _trend(page),
        "spread": _spread(page),
        "units": _units(page),
        "indicators": [
            [name, value, target, period, words] for name, value, target, period, words, _ in followed[:MOST]
        ],
        "more_indicators": max(len(followed) - MOST, 0),
        "promises": promises["rows"][:MOST],
        "profiles": _profiles(institution, question, today=today),
    }


def _cards(page: Overview) -> list[list[str]]:
    now, before = page.now, page.before
    days, rated = now.told[DAYS], now.told[RATED]
    median, earlier = days.value(Statistic.MEDIAN), before.told[DAYS].value(Statistic.MEDIAN)
    good = rated.value(Statistic.RATE)
    return [
        ["Recibidas", number(now.told[RECEIVED].total), f"antes {number(before.told[RECEIVED].total)}"],
        ["A tiempo", _percent(now.on_time.percent), f"antes {_percent(before.on_time.percent)}"],
        [
            "La mitad respondida en",
            "—" if median is None else f"{median} d. h.",
            "antes —" if earlier is None else f"antes {earlier} d. h.",
        ],
        ["Bien calificadas", _percent(good), f"de {number(rated.total)} calificadas"],
    ]


def _percent(value: Decimal | int | None) -> str:
    return "—" if value is None else f"{number(value)} %"


def _sentences(
    page: Overview, followed: Sequence[tuple[str, str, str, str, str, Standing]], promises: Mapping[str, Any]
) -> list[str]:
    now, before, target = page.now, page.before, page.targets.get(IN_TERM)
    on_time, days, rated = now.on_time, now.told[DAYS], now.told[RATED]
    earlier = before.told[RATED]
    good, was = rated.value(Statistic.RATE), earlier.value(Statistic.RATE)
    late = now.told[IN_TERM].total - now.told[IN_TERM].counted.n
    missed = [name for name, *_, standing in followed if standing is Standing.MISSED]
    measured = [each for each in followed if each[-1] is not Standing.UNKNOWN]
    weakest = next((line for line in page.units if line.now.total), None)
    by_day = [sum(page.arrivals.get(day * 24 + hour, 0) for hour in range(24)) for day in range(7)]
    return [
        telling.volume(now.told[RECEIVED].total, before.told[RECEIVED].total),
        telling.timeliness(on_time.met, on_time.total, on_time.percent, before.on_time.percent, target),
        telling.affected(late, now.overdue) if on_time.total else "",
        telling.speed(
            _whole(days.value(Statistic.MEDIAN)),
            _whole(days.value(Statistic.P90)),
            _whole(before.told[DAYS].value(Statistic.MEDIAN)),
        ),
        telling.unit(weakest.name, weakest.now.met, weakest.now.total, weakest.overdue)
        if weakest and weakest.now.met < weakest.now.total
        else "",
        telling.rating(
            None if good is None else Decimal(good),
            rated.total,
            None if good is None or was is None else Decimal(good) - Decimal(was),
            findings.margin(rated.counted.n, rated.total, earlier.counted.n, earlier.total),
        ),
        _net_sentence(page),
        telling.indicators(missed, len(measured)),
        telling.promises(promises["kept"], promises["measured"], promises["breaches"], promises["owed"]),
        f"{findings.busiest(by_day, WEEKDAYS)}." if sum(by_day) else "",
    ]


def _net_sentence(page: Overview) -> str:
    """Return what people say in surveys in the period; nothing of too few answers."""
    is_of_period = page.net is not None and page.net.window == page.question.window
    if page.net is None or not is_of_period or page.net.now.total < findings.FEWEST:
        return ""
    now, before = page.net.now, page.net.before
    value, earlier = now.value(Statistic.MEAN), before.value(Statistic.MEAN)
    if value is None or earlier is None or before.total < findings.FEWEST:
        return telling.net(None if value is None else Decimal(value), now.total, None, None)
    net, was = Decimal(value), Decimal(earlier)
    limit = findings.net_margin(net, now.total, was, before.total)
    return telling.net(net, now.total, net - was, limit)


def _whole(value: Decimal | int | None) -> int | None:
    return None if value is None else int(value)


def _trend(page: Overview) -> dict[str, Any]:
    target = page.targets.get(IN_TERM)
    shares = [(month, each.on_time) for month, each in page.months]
    known = [(month, share) for month, share in shares if share.percent is not None]
    last = known[-1] if known else shares[-1]
    lowest = min([share.percent or 0 for _, share in known] + ([target] if target is not None else []) or [0])
    return {
        "title": f"{findings.trend(window_name(last[0]), last[1].met, last[1].total, target)}.",
        "bottom": max(0, int(lowest) // 10 * 10 - 10),
        "target": None if target is None else float(target),
        "points": [
            {
                "name": MONTHS[month.first.month - 1][:3],
                "value": None if share.percent is None else float(share.percent),
                "words": _percent(None if share.percent is None else round(share.percent)),
                "of": f"{share.met}/{share.total}" if share.total else "",
            }
            for month, share in shares
        ],
    }


def _spread(page: Overview) -> dict[str, Any]:
    late = sum(n for value, n in page.margins.items() if value > 0)
    steps = bins({value - 1: n for value, n in page.margins.items()}, most=STEPS)
    columns = [
        {"name": str(high + 1 if high < 0 else low + 1), "n": n, "mark": "late" if low >= 0 else ""}
        for low, high, n in steps
    ]
    if page.now.overdue:
        columns.append({"name": "sin resp.", "n": page.now.overdue, "mark": "open"})
    return {
        "title": f"{findings.spread(late, page.now.overdue, sum(page.margins.values()))}.",
        "columns": columns,
    }


def _units(page: Overview) -> dict[str, Any]:
    target = page.targets.get(IN_TERM)
    shares = {line.name: (line.now.met, line.now.total) for line in page.units}
    return {
        "title": f"{findings.farthest(shares, target)}.",
        "target": None if target is None else float(target),
        "rows": [
            {
                "name": line.name,
                "value": None if line.now.percent is None else float(line.now.percent),
                "words": _percent(line.now.percent),
                "of": f"{line.now.met} de {line.now.total}" if line.now.total else "sin casos",
                "waiting": line.overdue,
            }
            for line in page.units[:MOST]
        ],
        "more": max(len(page.units) - MOST, 0),
    }


def _promises(institution: Institution, first: date, last: date, today: date) -> dict[str, Any]:
    """Return how the commitments were kept; of a period that runs, up to yesterday."""
    until = min(last, date.fromordinal(today.toordinal() - 1))
    lines = compliance(institution, first=first, last=until) if first <= until else []
    measured = [line for line in lines if line.reached is not None]
    return {
        "kept": sum(bool(line.reached) for line in measured),
        "measured": len(measured),
        "breaches": sum(line.breaches for line in lines),
        "owed": sum(line.remedies_owed for line in lines),
        "rows": [
            [
                line.commitment.text,
                line.value_words,
                line.of_words,
                line.target_words,
                str(line.breaches),
                str(line.remedies_owed),
            ]
            for line in lines
        ],
    }


def _profiles(institution: Institution, question: Question, *, today: date) -> list[dict[str, Any]]:
    """Return who wrote and by which way, the most first (2 SQL)."""
    received, found = metric(RECEIVED), []
    facts = source(received.of.source)
    for key, title in _PROFILES:
        said = measure_many(institution, [received], [question.window.days], today=today, by=key)[RECEIVED]
        names = facts.dimension(key).names(institution)
        counted = sorted(
            ((said.told(0, member).total, names.get(member, member)) for member in said.groups), reverse=True
        )
        total = sum(count for count, _ in counted)
        rows = [[name, number(n), _percent(round(Decimal(100 * n) / total))] for n, name in counted if n]
        found.append({"title": title, "rows": rows[:MOST]})
    return found

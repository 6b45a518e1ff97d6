# SPDX-License-Identifier: EUPL-1.2
"""A computed term in words for people and rows for screens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from siac.clocks.domain.calendar import WorkingCalendar
from siac.clocks.domain.computing import Term
from siac.clocks.domain.explaining import DAY_OFF, Day, Range, explain, ranges
from siac.clocks.domain.terms import RESTART
from siac.clocks.texts import (
    BASES,
    EVENTS,
    REASONS,
    amount_text,
    counting_text,
    date_text,
    due_text,
    not_counted_text,
    pause_text,
    safe_text,
    unconfirmed_text,
)


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a term ends when it ends.

    `sentences` are plain Spanish; `basis_note` is empty for a bare amount.
    """

    term: Term
    days: list[Day]
    ranges: list[Range]
    sentences: list[str]
    law: str
    basis: str
    basis_note: str
    silence: str
    appeals: list[str]
    calendar: str
    warnings: list[str]
    """What may still change the last day: days of a calendar that no gazette has published."""

    def rows(self) -> list[dict[str, Any]]:
        """Return the days as JSON-ready rows: date, counted, number, reason (code) and text (Spanish)."""
        return [day_row(day) for day in self.days]


def day_row(day: Day) -> dict[str, Any]:
    """Return one day as a JSON-ready row."""
    names = "; ".join(dict.fromkeys(day.names))
    return {
        "date": day.date.isoformat(),
        "counted": day.counted,
        "number": day.number,
        "reason": day.reason,
        "text": f"{names}: {REASONS[day.reason]}" if names and not day.counted else REASONS[day.reason],
        "layers": list(day.layers),
    }


def explain_term(term: Term, calendar: WorkingCalendar, *, event: str = "") -> Explanation:
    """Return the whole explanation of a computed term; `event` names the start of one that no rule names."""
    days = explain(term, calendar)
    rule = term.rule
    return Explanation(
        term=term,
        days=days,
        ranges=ranges(days),
        sentences=_sentences(term, days, event),
        law=rule.law if rule else "",
        basis=rule.basis if rule else "",
        basis_note=" ".join(filter(None, [BASES[rule.basis], rule.note])) if rule else "",
        silence=rule.silence if rule else "",
        appeals=_appeals(term),
        calendar=calendar.stamp,
        warnings=_warnings(term, calendar),
    )


def _warnings(term: Term, calendar: WorkingCalendar) -> list[str]:
    claim = calendar.claim
    if claim.confirmed_to is None or calendar.is_confirmed(term.due_on):
        return []
    return [unconfirmed_text(claim.pending, claim.confirmed_to)]


def _sentences(term: Term, days: Sequence[Day], event: str) -> list[str]:
    event = EVENTS[term.rule.event] if term.rule else event or "el hecho que lo inicia"
    off = [(day.date, " y ".join(dict.fromkeys(day.names))) for day in days if day.reason == DAY_OFF]
    waits = [
        pause_text(pause.asked_on, pause.answered_on, pause.received_on, restart=pause.mode == RESTART)
        for pause in term.pauses
    ]
    shift = f"{term.start.why} Día de inicio: {date_text(term.start.day0)}." if term.start.why else ""
    found = [
        shift,
        counting_text(term.amount, term.extended, term.country, event, term.start.day0),
        *waits,
        not_counted_text(off),
    ]
    if not term.total.unit.is_exact:
        found.append(due_text(term.due_on, term.nominal))
    if term.rule and term.rule.safe_nominal and term.nominal != term.due_on:
        found.append(safe_text(term.nominal))
    return [sentence for sentence in found if sentence]


def _appeals(term: Term) -> list[str]:
    found = []
    for appeal in term.rule.appeals if term.rule else ():
        length = f", en {amount_text(appeal.amount, term.country)}" if appeal.amount else ""
        since = f" desde {appeal.counted_from}" if appeal.counted_from else ""
        found.append(f"{appeal.body}{length}{since}.")
    return found


def term_json(explanation: Explanation, *, place: str) -> Mapping[str, Any]:
    """Return a term as `siac term` prints it."""
    term, rule = explanation.term, explanation.term.rule
    return {
        "due_on": term.due_on.isoformat(),
        "day0": term.start.day0.isoformat(),
        "rule": rule.id if rule else None,
        "rule_version": rule.version if rule else None,
        "amount": str(term.amount),
        "extended_amount": str(term.extended) if term.extended else None,
        "unrolled_due_on": term.nominal.isoformat(),
        "safe_due_on": (term.nominal if rule and rule.safe_nominal else term.due_on).isoformat(),
        "due_weekday": date_text(term.due_on).split()[0],
        "due_at": term.due_at.isoformat(),
        "unsuspended_due_on": term.unsuspended.isoformat(),
        "from": term.event_on.isoformat(),
        "start_reason": term.start.why or None,
        "pauses": [
            {
                "asked_on": p.asked_on.isoformat(),
                "answered_on": p.answered_on.isoformat(),
                "received_on": (p.received_on or p.answered_on).isoformat(),
                "mode": p.mode,
            }
            for p in term.pauses
        ],
        "law": explanation.law or None,
        "basis": explanation.basis or None,
        "basis_note": explanation.basis_note or None,
        "place": place,
        "calendar_versions": explanation.calendar,
        "explanation": explanation.sentences,
        "warnings": explanation.warnings,
        "days": explanation.rows(),
    }

# SPDX-License-Identifier: EUPL-1.2
"""What the law makes of a term that ended without an answer, and how far that has come for one case."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Stage(StrEnum):
    """Where a case stands.

    `REPORTABLE`: the person may report the delay, which gives the body one last term.
    """

    RUNNING = "running"
    EXPIRED = "expired"
    REPORTABLE = "reportable"
    REPORTED = "reported"
    GRANTED = "granted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Silence:
    """Stage of a case; `since` is the first local day of that stage, None while the term runs."""

    stage: Stage
    since: date | None = None


def silence_of(
    effect: str,
    *,
    today: date,
    due_on: date | None,
    needs_report: bool = False,
    last_term: date | None = None,
) -> Silence:
    """Return what silence means on the local day `today`.

    `effect` is the rule's (none, positive, negative, opens_appeal); `due_on` the last day of the legal term,
    None while it is stopped. `needs_report`: a positive silence only comes after the person reported the
    delay and the body let its last term, which ends on `last_term`, pass as well (art. 64 Ley 19.880).
    """
    if due_on is None or today <= due_on:
        return Silence(Stage.RUNNING)
    if effect == "negative":
        return Silence(Stage.REFUSED, due_on)
    if effect != "positive":
        return Silence(Stage.EXPIRED, due_on)
    if not needs_report:
        return Silence(Stage.GRANTED, due_on)
    if last_term is None:
        return Silence(Stage.REPORTABLE, due_on)
    return Silence(Stage.GRANTED, last_term) if today > last_term else Silence(Stage.REPORTED, due_on)

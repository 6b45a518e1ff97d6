# SPDX-License-Identifier: EUPL-1.2
"""Putting a report of one's own together, and freezing it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.db import IntegrityError, transaction

from siac.accounts.public import User
from siac.indicators.public import Window, names_read_once
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.organizations.public import Institution, StaffRight, note_configuration, save_version
from siac.reporting.domain.own import MOST_SECTIONS, TEXT_LIMIT, SectionKind, Shown
from siac.reporting.frozen.commands import ask_for_frozen
from siac.reporting.models import EachLabel, FrozenReport, OwnReport
from siac.reporting.own.describing import kept_of
from siac.reporting.own.forms import indicators_of


@transaction.atomic
def save_own_report(
    *,
    institution: Institution,
    title: str,
    sections: Sequence[Mapping[str, Any]],
    intro: str = "",
    every: str = EachLabel.MONTH,
    is_frozen: bool = False,
    told: Collection[str] = (),
    is_active: bool = True,
    report: OwnReport | None = None,
    based_on: int | None = None,
    actor: User | None,
    now: datetime,
) -> OwnReport:
    """Put a report together, or `report` otherwise (6 SQL, and the names of the dimensions of its figures).
    `is_frozen`: each period that ends from now on is frozen by itself; `told`: the roles told of each copy.

    Raises:
        Refused: it is of no such period (own_every), says nothing or too much (own_sections), one of its
            sections cannot be told (own_section, with its `number`), a role cannot see it (own_told), another
            is called so (own_taken), or somebody saved it meanwhile (saved_meanwhile).
    """
    if str(every) not in EachLabel:
        raise Refused("own_every")
    if not 0 < len(sections) <= MOST_SECTIONS:
        raise Refused("own_sections", limit=MOST_SECTIONS)
    if not set(told) <= StaffRight.FIGURES.held_by:
        raise Refused("own_told")
    today = institution.local_date(now)
    since = (report.frozen_since if report else None) or today
    fields = {
        "title": squeeze(title),
        "intro": intro.strip(),
        "every": str(every),
        "frozen_since": since if is_frozen else None,
        "told": sorted(str(role) for role in set(told)),
        "is_active": is_active,
        "sections": _checked(institution, sections, today=today),
    }
    row = report or OwnReport(institution=institution)
    try:
        saved = save_version(row, fields, based_on=based_on, actor=actor, now=now)
    except IntegrityError as error:
        raise Refused("own_taken") from error
    if saved.is_changed:
        data = {"report": saved.row.pk, "version": saved.row.version, "is_active": is_active}
        note_configuration(institution.pk, "reporting.own_saved", actor=actor, now=now, data=data)
    return saved.row


def freeze_own_report(
    *, report: OwnReport, window: Window, actor: User | None, now: datetime
) -> FrozenReport:
    """Have a report frozen of a whole period that is over, as `ask_for_frozen`, of which it costs the same.

    Raises:
        Refused: it is out of use (own_retired), the period runs (own_running), or as `ask_for_frozen`.
    """
    body = report.institution
    if not report.is_active:
        raise Refused("own_retired")
    if window.end >= body.local_date(now):
        raise Refused("own_running")
    return ask_for_frozen(institution=body, report=report, window=window, actor=actor, now=now)


def _checked(
    institution: Institution, sections: Sequence[Mapping[str, Any]], *, today: date
) -> list[dict[str, Any]]:
    """Return the sections as they are kept."""
    names, indicators = names_read_once(institution), indicators_of(institution)
    found = []
    for number, each in enumerate(sections, start=1):
        kind, kept = (
            each.get("kind"),
            {"kind": str(each.get("kind")), "title": squeeze(each.get("title", ""))},
        )
        if kind == SectionKind.INDICATOR and each.get("indicator") in indicators:
            found.append({**kept, "indicator": each["indicator"]})
        elif kind == SectionKind.WORDS and 0 < len(str(each.get("text", "")).strip()) <= TEXT_LIMIT:
            found.append({**kept, "text": str(each["text"]).strip()})
        elif kind == SectionKind.FIGURE and each.get("shown") in list(Shown):
            key, typed = str(each.get("metric")), urlencode(each.get("asked", {}))
            asked = kept_of(institution, key, typed, today=today, names=names)
            if asked is None:
                raise Refused("own_section", number=number)
            found.append({**kept, "metric": key, "asked": asked, "shown": str(each["shown"])})
        else:
            raise Refused("own_section", number=number)
    return found

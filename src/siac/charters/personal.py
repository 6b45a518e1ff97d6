# SPDX-License-Identifier: EUPL-1.2
"""What charters hold of a person: what they claimed, and what they were owed, for the copy of their data."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q

from siac.cases.public import PersonEntries, openable, readable_attentions
from siac.charters.models import Breach, Claim, Remedy, RemedyState
from siac.charters.subjects import BREACH_OF
from siac.organizations.public import Access

PART = "compromisos"
TEXTS = ("texto", "respuesta", "constancia")


def promises_of(access: Access, entries: PersonEntries) -> Sequence[Mapping[str, Any]]:
    """Return what a person claimed of a charter, and what they were owed for promises that were broken, on
    requests and attentions that the holder of `access` may open, oldest first (4 SQL).
    """
    claims = Claim.objects.filter(institution=access.institution, case__person__in=entries.ids)
    claimed = list(claims.select_related("case", "commitment").order_by("pk"))
    of = Q(breach__case__person__in=entries.ids) | Q(breach__interaction__person__in=entries.ids)
    remedies = Remedy.objects.filter(of, institution=access.institution)
    remedies = remedies.exclude(state=RemedyState.UNDONE)
    owed = list(remedies.select_related("breach__commitment", *BREACH_OF).order_by("pk"))
    cases = openable(
        access, [row.case_id for row in claimed] + [row.breach.case_id for row in owed if row.breach.case_id]
    )
    attentions = readable_attentions(
        access, [row.breach.interaction_id for row in owed if row.breach.interaction_id]
    )
    seen = [row for row in claimed if row.case_id in cases]
    theirs = [row for row in owed if row.breach.case_id in cases or row.breach.interaction_id in attentions]
    return [*map(_claim, seen), *map(_remedy, theirs)]


def _claim(row: Claim) -> Mapping[str, Any]:
    return {
        "que": "Medida pedida",
        "solicitud": row.case.folio,
        "compromiso": row.commitment.text,
        "pedida": _moment(row.filed_at),
        "estado": row.get_state_display(),
        "texto": row.words,
        "respuesta": row.answer,
        "decidida": _moment(row.decided_at),
    }


def _remedy(row: Remedy) -> Mapping[str, Any]:
    return {
        "que": "Medida debida",
        **_on(row.breach),
        "compromiso": row.breach.commitment.text,
        "no_se_cumplio": row.breach.due_on.isoformat(),
        "medida": row.text,
        "estado": row.get_state_display(),
        "ultimo_dia": row.due_on.isoformat(),
        "texto": row.letter,
        "constancia": row.proof,
        "resuelta": _moment(row.settled_at),
    }


def _on(breach: Breach) -> Mapping[str, Any]:
    return {"solicitud": breach.case.folio} if breach.case else {"atencion": breach.interaction_id}


def _moment(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None

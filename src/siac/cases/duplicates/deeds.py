# SPDX-License-Identifier: EUPL-1.2
"""What is done with a request that repeats one already answered."""

from siac.cases.deeds import Deed
from siac.cases.domain.rights import CaseRight
from siac.cases.domain.states import Move
from siac.cases.duplicates.commands import archive_duplicate
from siac.cases.duplicates.forms import DuplicateForm
from siac.cases.situation import Situation
from siac.clocks.public import explained_term
from siac.ui.public import long_date


def duplicate_guide(situation: Situation) -> list[str]:
    """Say by when the person must know, and what to do where the other is not resolved."""
    rule = situation.rule
    if rule is None or "duplicate" not in rule.related:
        return []
    term = explained_term(
        rule.related["duplicate"],
        place=situation.institution.place,
        zone=situation.institution.zone,
        on=situation.today,
        institution_id=situation.institution.pk,
        channel="desk",
    ).term
    return [
        (
            "Solo si repite una ya respondida de la misma persona. La norma pide "
            f"avisarle hasta el {long_date(term.due_on)}; el aviso sale ahora."
        ),
        "Si la otra sigue abierta, acumule esta a ella.",
    ]


DEEDS = (
    Deed(
        "repetida",
        "Archivar por repetida",
        "",
        Move.DUPLICATE,
        CaseRight.WORK,
        DuplicateForm,
        archive_duplicate,
        "Archivada y comunicada.",
        guide=duplicate_guide,
        when=lambda situation: situation.rule is not None and "duplicate" in situation.rule.related,
        place=380,
    ),
)

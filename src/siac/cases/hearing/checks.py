# SPDX-License-Identifier: EUPL-1.2
"""What third parties hold back: decisions they may keep from being given, and terms that wait for them."""

from siac.cases.commands.terms import legal_rule
from siac.cases.models import Case, Outcome, ThirdParty
from siac.clocks.public import Rule
from siac.kernel.errors import Refused


def check_third_parties(case: Case, outcome: Outcome) -> None:
    """Refuse an answer that gives what third parties may keep from being given (art. 20 Ley 20.285).

    Raises:
        Refused: somebody's term to object still runs (third_party_pending), or somebody objected where that
            blocks the delivery (third_party_objected; what it does not touch can be given in part).
    """
    if outcome not in (Outcome.UPHELD, Outcome.PARTLY):
        return
    stands = set(ThirdParty.objects.filter(case=case).values_list("stand", flat=True))
    if ThirdParty.Stand.PENDING in stands:
        raise Refused("third_party_pending")
    if ThirdParty.Stand.OBJECTED in stands and outcome == Outcome.UPHELD:
        rule = legal_rule(case)
        if rule is not None and rule.third_party_effect == "blocks":
            raise Refused("third_party_objected")


def waits_for_third_parties(case: Case, rule: Rule | None) -> bool:
    """Return whether a term that stops while a third party is heard (art. 19.3 Ley 19/2013) waits for one (1
    SQL; none under another rule).
    """
    if rule is None or rule.third_party_effect != "suspends":
        return False
    return ThirdParty.objects.filter(case=case, stand=ThirdParty.Stand.PENDING).exists()

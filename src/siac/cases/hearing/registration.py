# SPDX-License-Identifier: EUPL-1.2
"""What hearing third parties adds to cases."""

from django.db.models import Exists, OuterRef, Q

from siac.cases.access import visible_to
from siac.cases.deeds import register_deeds
from siac.cases.extensions import Naming, register_naming
from siac.cases.features import register_decision_check, register_wait
from siac.cases.hearing import texts
from siac.cases.hearing.checks import check_third_parties, waits_for_third_parties
from siac.cases.hearing.deeds import DEEDS
from siac.cases.hearing.notices import ThirdPartyNotice
from siac.cases.models import ThirdParty
from siac.cases.texts.events import register_words
from siac.notices.public import register_kind
from siac.organizations.public import Access


def register() -> None:
    """Register what this feature adds."""
    register_deeds(*DEEDS)
    register_words(texts)
    register_decision_check(check_third_parties)
    register_wait(waits_for_third_parties)
    notice = ThirdPartyNotice()
    register_kind(notice.code, notice.render, title=notice.title)
    register_naming(Naming(ThirdParty, "person", _seen))


def _seen(access: Access) -> Q:
    return Q(Exists(visible_to(access).filter(pk=OuterRef("case"))))

# SPDX-License-Identifier: EUPL-1.2
"""Peru's book of complaints."""

from siac.cases.commands import book
from siac.cases.deeds import Deed
from siac.cases.domain.clock_kinds import PLATFORM
from siac.cases.domain.rights import CaseRight
from siac.cases.domain.states import Move
from siac.cases.forms.book import PlatformForm

DEEDS = (
    Deed(
        "en-la-plataforma",
        "Ya está en la plataforma",
        "",
        Move.PLATFORM,
        CaseRight.FILE,
        PlatformForm,
        book.note_on_platform,
        "Código anotado.",
        when=lambda situation: bool(situation.live(PLATFORM)),
        place=370,
    ),
)

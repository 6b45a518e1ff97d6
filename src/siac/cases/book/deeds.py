# SPDX-License-Identifier: EUPL-1.2
"""Peru's book of complaints."""

from siac.cases import guides
from siac.cases.book import commands as book
from siac.cases.book.forms import DuplicateForm, PlatformForm
from siac.cases.commands import endings
from siac.cases.deeds import Deed
from siac.cases.domain.clock_kinds import PLATFORM
from siac.cases.domain.rights import CaseRight
from siac.cases.domain.states import Move

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
    Deed(
        "repetida",
        "Archivar por repetida",
        "",
        Move.DUPLICATE,
        CaseRight.WORK,
        DuplicateForm,
        endings.archive_duplicate,
        "Archivada y comunicada.",
        guide=guides.duplicate_guide,
        when=lambda situation: situation.rule is not None and "duplicate" in situation.rule.related,
        place=380,
    ),
)

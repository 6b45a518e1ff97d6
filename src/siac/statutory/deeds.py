# SPDX-License-Identifier: EUPL-1.2
"""What is done with a complaint of Peru's book."""

from siac.cases.public import CaseRight, Deed, Move
from siac.statutory.commands import note_on_platform
from siac.statutory.forms import PlatformForm

DEEDS = (
    Deed(
        "en-la-plataforma",
        "Ya está en la plataforma",
        "",
        Move.PLATFORM,
        CaseRight.FILE,
        PlatformForm,
        note_on_platform,
        "Código anotado.",
        when=lambda situation: situation.owes_duty,
        place=370,
    ),
)

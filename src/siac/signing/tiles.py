# SPDX-License-Identifier: EUPL-1.2
"""Signatures that somebody must look after, on the first page of who signs."""

from siac.signing.domain.rights import SignRight
from siac.signing.queries import unfinished
from siac.ui.tiles import Tile

TILE = Tile(
    "Firmas por atender",
    "workspace:signing:documents",
    lambda access: access.has(SignRight.SIGN),
    49,
    counted=lambda access, today: (unfinished(access),),
)

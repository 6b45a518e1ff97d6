# SPDX-License-Identifier: EUPL-1.2
"""What sets the complaints of Peru's Libro de Reclamaciones apart (DS
007-2020-PCM); its decisions are in the rule packs.
"""

BOOK_RULE = "PE.LR"
"""A kind whose legal term is this one is a complaint of the book."""
PLATFORM_URL = "https://reclamos.servicios.gob.pe/"
"""The national platform: where a body that keeps no book here sends its people, and where its book
ends up.
"""

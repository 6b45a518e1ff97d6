# SPDX-License-Identifier: EUPL-1.2
"""Spanish words for the codes of this context."""

REFUSALS: dict[str, str] = {
    "programme_year": "Escriba el año con cuatro cifras.",
    "programme_open": "Ese año ya tiene ese programa.",
    "requirement_unknown": "El programa no tiene ese requisito: sus reglas pueden haber cambiado.",
    "pack_begun": "Ese expediente ya se está haciendo.",
    "pack_unknown": "Ese expediente no existe.",
    "pack_waits": "El expediente todavía no está listo.",
    "pack_reviewed": "Ese expediente ya se revisó. Si algo cambió, pida otro.",
    "pack_own": "Quien pidió el expediente no lo revisa: debe hacerlo otra persona.",
    "pack_words": "Diga si es conforme; si tiene observaciones, escríbalas.",
}
RECORDED = (
    "programme.opened",
    "programme.rules_changed",
    "programme.pack_made",
    "programme.pack_reviewed",
)
"""Every kind of entry that this context writes in the journal."""

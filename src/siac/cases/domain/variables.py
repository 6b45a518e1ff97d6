# SPDX-License-Identifier: EUPL-1.2
"""Variables in braces of an answer's template: which exist, what they become, which are left."""

import re
from collections.abc import Mapping

from siac.kernel.errors import Refused

VARIABLES: Mapping[str, str] = {
    "nombre": "el nombre de la persona",
    "folio": "el folio de la solicitud",
    "asunto": "su asunto",
    "vence": "el último día para responder",
    "unidad": "la unidad que responde",
    "fecha": "el día de hoy",
    "organismo": "el nombre del organismo",
}
"""Name -> what it stands for, in Spanish."""
_BRACES = re.compile(r"\{([^{}\n]*)\}")
_TO_WRITE = (
    "complet|escrib|indi[cq]|insert|expli[cq]|detall|agreg|reemplaz|fecha|nombre|folio|número|monto|direcci"
    "|motivo|razones"
)
_LEFT = re.compile(
    rf"\{{[^{{}}\n]{{1,60}}\}}|\[(?:{_TO_WRITE})[^\[\]\n]{{0,60}}\]|\[\s*\]|\bx{{4,}}\b|\bxx[/-]xx[/-]\w+|_{{4,}}",
    re.IGNORECASE,
)
"""What people leave in a text to write over it: braces, an instruction or nothing
in brackets, a row of x or of underscores.
"""


def check_variables(text: str) -> None:
    """Check that every variable of a template exists.

    Raises:
        Refused: one does not (variable_unknown), by its name.
    """
    for name in _BRACES.findall(text):
        if name not in VARIABLES:
            known = ", ".join(f"{{{own}}}" for own in VARIABLES)
            raise Refused("variable_unknown", name=f"{{{name}}}", known=known)


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return `text` with its variables replaced; one without a value stays as
    it is, for somebody to write over.
    """
    return _BRACES.sub(lambda found: values.get(found[1]) or found[0], text)


def unfilled(text: str) -> list[str]:
    """Return what `text` still holds that somebody was to write over, each once
    and in order, as it stands there.
    """
    return list(dict.fromkeys(found[0] for found in _LEFT.finditer(text)))


def check_filled(text: str) -> None:
    """Check that an answer holds no variable and no gap that nobody filled in.

    Raises:
        Refused: it does (variable_unfilled), naming them.
    """
    left = unfilled(text)
    if left:
        raise Refused("variable_unfilled", names=", ".join(left))

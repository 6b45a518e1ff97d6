# SPDX-License-Identifier: EUPL-1.2
"""Documents of Chile, the most usual first."""

import re

from stdnum.cl import rut

from siac.countries.documents import OTHER, PASSPORT, Document


def _kept(number: str) -> str:
    checked: str = rut.validate(number.zfill(8))
    return checked.lstrip("0")


def _shown(number: str) -> str:
    return f"{int(number[:-1]):,}".replace(",", ".") + f"-{number[-1]}" if len(number) > 1 else number


DOCUMENTS = (
    Document(
        code="rut",
        check="mod11_k",
        name="RUT",
        clean=_kept,
        show=_shown,
        labels=("rut", "run"),
        called=("run", "cedula", "cedula de identidad"),
        in_text=re.compile(r"(?<![\w.-])\d{1,2}\.?\d{3}\.?\d{3}\s?-?\s?[\dkK](?![\w-])"),
        has_check_digit=True,
        proves_without_last=True,
    ),
    PASSPORT,
    OTHER,
)

# SPDX-License-Identifier: EUPL-1.2
"""Documents of Spain, the most usual first."""

import re

from stdnum.es import cif, dni, nie

from siac.countries.documents import OTHER, PASSPORT, Document, by, with_letter_apart


def _kept_dni(number: str) -> str:
    checked: str = dni.validate(number.zfill(9))
    return checked


DOCUMENTS = (
    Document(
        code="dni_es",
        check="letter23",
        name="DNI",
        clean=_kept_dni,
        show=with_letter_apart,
        labels=("dni", "nif"),
        in_text=re.compile(r"(?<![\w.-])\d{2}\.?\d{3}\.?\d{3}[ -]?[A-Za-z](?!\w)"),
        has_check_digit=True,
    ),
    Document(
        code="nie",
        check="letter23_xyz",
        name="NIE",
        clean=by(nie),
        show=with_letter_apart,
        labels=("nie",),
        in_text=re.compile(r"(?<![\w.-])[XYZxyz][ -]?\d{7}[ -]?[A-Za-z](?!\w)"),
        has_check_digit=True,
    ),
    Document(
        code="nif_legal",
        check="control10",
        name="NIF de entidad",
        clean=by(cif),
        labels=("nif", "cif"),
        called=("cif",),
    ),
    PASSPORT,
    OTHER,
)

# SPDX-License-Identifier: EUPL-1.2
"""The documents of identity of every country, by their codes."""

from siac.countries.public import COUNTRIES, Document


def documents() -> dict[str, Document]:
    """Return every document by its code, country by country, most usual first."""
    return {document.code: document for country in COUNTRIES.values() for document in country.documents}


def document_of(code: str) -> Document | None:
    """Return the document of a code; None where no country has it."""
    return documents().get(code)

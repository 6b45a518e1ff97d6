# SPDX-License-Identifier: EUPL-1.2
"""What a paper says."""

import io

from pypdf import PdfReader


def text_of(made: bytes) -> str:
    """Return the words of a PDF, in one line."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages).split())

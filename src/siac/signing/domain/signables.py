# SPDX-License-Identifier: EUPL-1.2
"""What can be signed: each context says what it makes that a body signs, and how it looks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Found:
    """A document of which somebody asks: what it is called, and the address of the page it belongs to."""

    title: str
    url: str
    stands_from: datetime | None = None
    """From when on it cannot be taken back any more; it is not signed before."""


@dataclass(frozen=True, slots=True)
class Signable:
    """A kind of document that a body may sign.

    Documents do not change once they are: each row of `kind` and `subject` stands for one text.
    """

    kind: str
    """Its word in addresses: `acta`."""
    title: str
    """What it is, as people say: «Acta»."""
    find: Callable[[Any, int, datetime], Found]
    """`(access, subject, now)`; raises what the page shall answer where there is none, or not for them."""
    seen: Callable[[Any], Any]
    """`(access)`: the rows, lazily, of which `find` gives them one, by their primary key the `subject`; None
    where it gives none. Lists of what was signed name no others.
    """
    render: Callable[[Any, int, str], bytes]
    """`(body, subject, line)` gives its PDF with the `line` that says of the signature on every page; raises
    Refused where it is not there any more, PdfUnavailable where it cannot be made now.
    """
    file_of: str
    """To what the signed file belongs (the subject type of its attachment): who may have that, has it too."""
    is_public: bool = False
    """Whether the person it is for gets the signed file with the rest."""
    published: Callable[[Any, int], bool] | None = None
    """`(body, subject)`: whether everybody may read that document, and so have it signed too; None: no such
    document is for everybody.
    """


_SIGNABLES: dict[str, Signable] = {}


def register_signable(signable: Signable) -> None:
    """Let documents of a kind be signed."""
    _SIGNABLES[signable.kind] = signable


def signables() -> list[Signable]:
    """Return all kinds of documents that may be signed."""
    return list(_SIGNABLES.values())


def signable(kind: str) -> Signable | None:
    """Return the documents of a kind; None where nobody registered it."""
    return _SIGNABLES.get(kind)


def title_of(kind: str) -> str:
    """Return what documents of a kind are called, or its code where nobody makes them any more."""
    return _SIGNABLES[kind].title if kind in _SIGNABLES else kind

# SPDX-License-Identifier: EUPL-1.2
"""What somebody typed in a form that could not be taken, to be shown and sent again: nothing typed is
lost.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, QueryDict

SECRET_FIELDS = {
    "csrfmiddlewaretoken", "password", "password1", "password2", "oldpassword", "code", "secret", "token_key",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kept:
    """The fields of a form, and whether they may be sent again as they are; secrets are never among them."""

    address: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    """Names of files, which no page can keep."""
    complete: bool = False
    """Nothing secret is missing: the form can be sent again."""

    @property
    def shown(self) -> list[str]:
        """Return the texts worth reading again."""
        return [value for _, value in self.fields if value.strip() and len(value) > 3]

    def context(self, *, token: str) -> dict[str, Any]:
        """Return what `ui/parts/kept.html` shows, with the token that the form is sent with."""
        return {"kept": self, "token": token, "retry": self.complete and bool(token)}


def kept_of(request: HttpRequest) -> Kept:
    """Return what a request carried: nothing where no form was sent, or not by a page of this very site.

    A form that another site made somebody send is never offered to be sent again.
    """
    address = request.get_full_path()
    if request.method != "POST" or is_foreign(request):
        return Kept(address)
    files = [file.name or "" for _, sent in request.FILES.lists() for file in sent if file]
    return kept_fields(address, request.POST, files)


def kept_fields(address: str, sent: QueryDict, files: Sequence[str] = ()) -> Kept:
    """Return what may be shown of the fields that were sent to an address, and sent there again."""
    fields = [
        (name, value)
        for name, values in sent.lists()
        for value in values
        if name not in SECRET_FIELDS and isinstance(value, str)
    ]
    secret = SECRET_FIELDS & (set(sent) - {"csrfmiddlewaretoken"})
    return Kept(address, fields, list(files), complete=bool(fields) and not secret)


def is_foreign(request: HttpRequest) -> bool:
    """Return whether the browser says that another site sent this; one that
    says nothing is taken at its word.
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return True
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.get_host()

# SPDX-License-Identifier: EUPL-1.2
"""Where somebody files: the pages of the portal, or a frame in a site of others.

A browser keeps no cookie of ours in a frame. What opens a draft there is written into the address instead:
its key and, after a point, what is otherwise in the cookie.
"""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

PAGES, FRAME = "portal:cases:", "portal:cases:framed_"


@dataclass(frozen=True, slots=True)
class Door:
    """`slug`: the body. `browser`: the secret of whoever files. `is_framed`: it is a frame."""

    slug: str
    browser: str
    is_framed: bool = False

    def key_of(self, draft: str) -> str:
        """Return what stands for a draft in addresses and forms."""
        return f"{draft}.{self.browser}" if self.is_framed else draft

    def url(self, page: str, *arguments: Any) -> str:
        """Return the address of a page of filing: choose, fill, check, receipt, receipt_pdf,
        and end of a frame."""
        return reverse(f"{FRAME if self.is_framed else PAGES}{page}", args=[self.slug, *arguments])

    @property
    def choose_url(self) -> str:
        """Where one chooses what to file."""
        return self.url("choose")

    @property
    def layout(self) -> str:
        """The template that pages stand in."""
        return "cases/portal/framed.html" if self.is_framed else "ui/portal_base.html"


def opened(text: str) -> tuple[str, str]:
    """Return the key of a draft and the secret of its browser, from an address of a frame."""
    key, _, browser = text.partition(".")
    return key, browser

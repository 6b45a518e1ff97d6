# SPDX-License-Identifier: EUPL-1.2
"""How a charter is kept, as a small picture that other sites show: no script, no cookie, nobody counted."""

import textwrap
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_safe

from siac.charters.models import Charter
from siac.charters.register.reading import Register, register_of
from siac.charters.texts import kept_words
from siac.infra.handing import for_everybody
from siac.kernel.text import legible, squeeze
from siac.organizations.public import Institution, portal_page
from siac.ui.domain.colour import tokens
from siac.ui.public import long_date

WIDTH, HEIGHT = 400, 132
"""Points: the same of every badge, so that a page does not move when it comes."""
_LINE, _LINES = 38, 2
"""Letters of a line of the title, and how many lines it may have; whoever reads with a voice hears all."""
_BODY = 46
"""Letters of the name of the body."""


@dataclass(frozen=True, slots=True)
class Badge:
    """What a badge says."""

    title: str
    verdict: str
    about: str
    """The edition and the period."""
    body: str
    stamp: str
    brand: str

    @property
    def lines(self) -> list[str]:
        """The title as it is drawn."""
        return textwrap.wrap(self.title, _LINE, max_lines=_LINES, placeholder="…", break_on_hyphens=False)

    @property
    def short_body(self) -> str:
        """The name of the body as it is drawn, after what every paper of an invented one says."""
        said = f"{self.stamp} · {self.body}" if self.stamp else self.body
        return textwrap.shorten(said, _BODY, placeholder="…")

    @property
    def told(self) -> str:
        """All of it, for who does not see it."""
        parts = (self.verdict, self.about, self.body, self.stamp)
        return ". ".join(part for part in parts if part) + "."


def badge_of(institution: Institution, charter: Charter | None, register: Register | None) -> Badge:
    """Return what the badge of a charter says; of one that is not there, or in force yet, that it is not."""
    common = {
        "body": _legible(institution.name),
        "stamp": institution.stamp,
        "brand": tokens(institution.brand_colour)["--siac-brand"],
    }
    if charter is None or register is None:
        return Badge("Carta de servicios", "Esta carta no existe", "", **common)
    edition, title = register.edition, _legible(charter.title)
    about = f"Edición {edition.number}"
    if register.is_over:
        ended = f"Terminó el {long_date(edition.valid_to)}" if edition.valid_to else "Terminó"
        return Badge(title, ended, about, **common)
    if not register.measured:
        return Badge(title, "Todavía sin cifras que mostrar", about, **common)
    of = register.newest or "último período de cada uno"
    return Badge(title, f"Cumple {kept_words(register.kept, register.measured)}", f"{about} · {of}", **common)


def _legible(text: str) -> str:
    return squeeze(legible(text))


@require_safe
@portal_page
def badge(request: HttpRequest, institution: Institution, code: str) -> HttpResponseBase:
    """Give the badge of a charter as SVG (3 SQL); of one that is not there a picture that says so, too."""
    charter = Charter.objects.filter(institution=institution, code=code).first()
    today = institution.local_date(current_time())
    register = register_of(institution, charter, today=today) if charter else None
    context = {"badge": badge_of(institution, charter, register), "width": WIDTH, "height": HEIGHT}
    content = render_to_string("charters/portal/badge.svg", context).encode()
    return for_everybody(request, content, "image/svg+xml; charset=utf-8", status=200 if register else 404)


def snippet(institution: Institution, charter: Charter) -> str:
    """Return the HTML by which another site shows the badge, a link to the register. No SQL."""
    args = [institution.slug, charter.code]
    return format_html(
        '<a href="{}"><img src="{}" alt="{}" width="{}" height="{}" loading="lazy" '
        'referrerpolicy="no-referrer"></a>',
        f"{settings.SITE_URL}{reverse('portal:charters:register', args=args)}",
        f"{settings.SITE_URL}{reverse('portal:charters:badge', args=args)}",
        f"Cómo cumple {institution.name} su carta «{charter.title}»",
        WIDTH,
        HEIGHT,
    )

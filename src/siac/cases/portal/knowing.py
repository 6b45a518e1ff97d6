# SPDX-License-Identifier: EUPL-1.2
"""Whether whoever fills in a form identified themselves, or may, and how they change their mind in its midst.

Both ways go through the draft: what was typed waits there. Who reports a wrongdoing is neither asked nor
known: no trace of who they are comes near it but what they type.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from siac.cases.models import CaseKind, Nature
from siac.organizations.public import Institution
from siac.signin.public import Identified, IdentityDoor, identified, identity_door, leave_identification
from siac.ui.fields import Problem
from siac.ui.kiosk import kiosk_of

IDENTIFY, WITHOUT = "identificarme", "sin_identidad"
TURNS = (IDENTIFY, WITHOUT)
"""Buttons of the form that keep what was typed and lead elsewhere."""
ENDED = "Su identificación terminó. Identifíquese otra vez, o escriba sus datos."
SHOWN = "conocida"
"""Field of the form that says it was shown to somebody who was known."""


@dataclass(frozen=True, slots=True)
class Knowing:
    """Who is known, or else by which server they may say who they are (None where by none)."""

    institution: Institution
    identity: Identified | None = None
    door: IdentityDoor | None = None

    def turns(self, request: HttpRequest) -> str:
        """Return which of `TURNS` was pressed, where it leads anywhere; empty otherwise."""
        if self.door is not None and IDENTIFY in request.POST:
            return IDENTIFY
        return WITHOUT if self.identity is not None and WITHOUT in request.POST else ""

    def kept(self, turns: str) -> dict[str, str]:
        """Return what the draft keeps of this beside what was typed."""
        return {"identificada": "si" if self.identity else "", "vuelve": "si" if turns else ""}

    def went(self, kept: Mapping[str, str]) -> bool:
        """Return whether a draft was kept because somebody went to say who they are, or to say it no more."""
        return kept.get("vuelve") == "si"

    def is_no_more(self, kept: Mapping[str, str]) -> bool:
        """Return whether who wrote a draft was known, and is not any more without having said so."""
        return self.identity is None and kept.get("identificada") == "si" and not self.went(kept)

    def is_lost(self, request: HttpRequest) -> bool:
        """Return whether who sends the form was known when it was shown, and is not any more."""
        return self.identity is None and request.POST.get(SHOWN) == "si"

    def ended(self, request: HttpRequest, kept: Mapping[str, str]) -> Problem | None:
        """Return that the identification of whoever writes ended, and where they go on; None where it did
        not.
        """
        if not (self.is_lost(request) or self.is_no_more(kept)):
            return None
        return Problem("#identificarme" if self.door else "#id_given_names", ENDED)

    def turned(self, request: HttpRequest, page: str) -> HttpResponse:
        """Lead to the server of identity and back to `page`, or end the identification and show `page`."""
        if self.identity is not None:
            return leave_identification(request, redirect(page), self.institution)
        ask = reverse("portal:identity:ask", args=[self.institution.slug])
        return redirect(f"{ask}?{urlencode({'next': page})}")


def knowing(
    request: HttpRequest, institution: Institution, kind: CaseKind | None = None, *, now: datetime
) -> Knowing:
    """Return who is known where a kind of request is filled in (no SQL where nobody is, once warm)."""
    if kind is not None and kind.nature == Nature.WRONGDOING:
        return Knowing(institution)
    identity = identified(request, institution, now=now)
    if identity is not None:
        return Knowing(institution, identity)
    at_screen = kiosk_of(request, institution.slug) is not None
    return Knowing(institution, door=None if at_screen else identity_door(institution))

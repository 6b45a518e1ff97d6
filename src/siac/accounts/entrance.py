# SPDX-License-Identifier: EUPL-1.2
"""Ways in beside password and passkey: higher contexts add them, and may ask that only they be used."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from siac.accounts.models import User


@dataclass(frozen=True, slots=True)
class Offer:
    """A button of the page for signing in."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Entrance:
    """What a higher context adds to signing in."""

    offers: Callable[[str], Sequence[Offer]]
    """The buttons for whoever wants to go on to an address of ours."""
    turns_away: Callable[[HttpRequest, User, str], HttpResponse | None]
    """The answer to somebody whose password was right and who may not come in by it; None lets them in."""
    proves_again: Callable[[User], str]
    """Where somebody proves anew who they are; empty where they cannot."""


_ENTRANCES: list[Entrance] = []


def register_entrance(entrance: Entrance) -> None:
    """Add a way in."""
    _ENTRANCES.append(entrance)


def offers(go_on: str) -> list[Offer]:
    """Return the buttons of the page for signing in; costs what those who add some cost."""
    return [offer for entrance in _ENTRANCES for offer in entrance.offers(go_on)]


def turned_away(request: HttpRequest, user: User, go_on: str) -> HttpResponse | None:
    """Return the answer to somebody who may not come in with a password; None where they may."""
    for entrance in _ENTRANCES:
        if (answer := entrance.turns_away(request, user, go_on)) is not None:
            return answer
    return None


def ways_to_prove_again(user: User) -> list[str]:
    """Return the addresses at which somebody can prove anew who they are, beside ours."""
    return [url for entrance in _ENTRANCES if (url := entrance.proves_again(user))]

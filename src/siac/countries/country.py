# SPDX-License-Identifier: EUPL-1.2
"""What a country is made of."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib import import_module
from importlib.resources import files

from siac.countries.counting import Counting
from siac.countries.days_off import SeedLayer
from siac.countries.documents import Document
from siac.countries.identity import IdentityServer
from siac.countries.phones import Phones
from siac.countries.places import Places, read_places

RULES = "rules.toml"
STARTER = "starter.toml"
INDICATORS = "indicators.toml"
YEARLY = "yearly.toml"
PUBLIC_TEXTS = "public_texts.toml"


class Duty(StrEnum):
    """What only the law of some countries asks of its bodies: whether it does is a fact of the country, how
    it is done is a feature of the product.
    """

    COMPLAINTS_BOOK = "complaints_book"
    INFORMATION_PORTAL = "information_portal"
    """Take requests for information from a portal of the State, and answer them there."""
    REGISTRY_EXCHANGE = "registry_exchange"
    """Exchange registry entries with other bodies of the State."""
    RESERVE_INDEX = "reserve_index"
    SATISFACTION_BONUS = "satisfaction_bonus"
    """Pay its staff by how much net satisfaction grows from one measurement to the next."""


@dataclass(frozen=True, slots=True)
class Preferred:
    """Somebody who is attended before others at a counter; words as the screen offers them."""

    code: str
    words: str
    source: str
    """The law that says so, or why it is offered where none does."""


@dataclass(frozen=True, slots=True)
class Money:
    """A unit in which its bodies charge: a currency, or what the law counts in (UF, UTM, UIT)."""

    code: str
    """At most five capital letters: what is stored."""
    words: str
    """As it stands after an amount."""
    digits: int
    """Decimals of its least part: 2 for cents."""


@dataclass(frozen=True, kw_only=True)
class Country:
    """A country: its facts here, and its files beside them in its folder (`finding.PIECES`)."""

    folder: str
    """Its package: `__name__` in the folder itself."""
    code: str
    """ISO 3166-1, two letters: what is stored, and how its places and rules begin."""
    name: str
    """As people of the house read it."""
    zone: str
    """IANA name of the time zone that most of it keeps."""
    local_zones: Mapping[str, str] = field(default_factory=dict)
    """Beginning of a place without the country (a region, or the number of a local place) -> the zone
    kept there instead.
    """

    counting: Counting
    documents: tuple[Document, ...]
    """Offered by its forms, the most usual first."""
    phones: Phones
    duties: frozenset[Duty] = frozenset()
    money: tuple[Money, ...] = ()
    """In what its bodies charge, the most usual first."""
    charter_norm: str = "une"
    """Whose list of what a service charter must say its bodies usually follow."""
    preferred: tuple[Preferred, ...] = ()
    """Whom its counters attend first, the most usual first."""
    preferred_passes: int | None = 45
    """Minutes: whoever is attended first passes those who wait, but for who came so much earlier, so that
    nobody stays behind for ever; None: its law frees them from any turn.
    """
    languages: tuple[str, ...] = ()
    """ISO 639 codes of the languages its bodies may offer beside Spanish, the most spoken first."""
    identity: IdentityServer | None = None
    """By which server its people identify themselves; None: there is none that all of it knows."""
    signs_by: tuple[str, ...] = ()
    """Programs and services of its State by which documents are signed, by their codes in `signing`."""
    counts_peoples: bool = False
    """Its statistics tell indigenous peoples apart."""

    @property
    def places(self) -> Places:
        """Its regions and local places."""
        return read_places(self.folder)

    @property
    def public_texts(self) -> Mapping[str, str]:
        """What its law wants said of personal data (`basis`, `rights`, `authority`: before whom to complain)
        and, where a page is not accessible, of whom to turn to (`complaint`).
        """
        return _read_texts(self.folder)

    def zone_at(self, place: str) -> str:
        """Return the IANA name of the zone of a place expression of this country: `CL-MA`, `CL-05201`."""
        within = place.removeprefix(f"{self.code}-")
        found = max((start for start in self.local_zones if within.startswith(start)), key=len, default="")
        return self.local_zones.get(found, self.zone)

    def days_off(self) -> Iterator[SeedLayer]:
        """Yield every calendar that ships for it: the country, its regions, local places with known days.

        Loads `listed_days`, 40 MB in a worker: only who seeds asks.
        """
        layers: Iterator[SeedLayer] = import_module(f"{self.folder}.days_off").layers()
        return layers

    def read(self, name: str) -> str:
        """Return the text of a file of its folder."""
        return files(self.folder).joinpath(name).read_text(encoding="utf-8")


@cache
def _read_texts(folder: str) -> Mapping[str, str]:
    return tomllib.loads(files(folder).joinpath(PUBLIC_TEXTS).read_text(encoding="utf-8"))

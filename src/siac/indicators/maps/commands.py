# SPDX-License-Identifier: EUPL-1.2
"""Bringing in the shapes of territories."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from siac.accounts.public import User
from siac.indicators.maps.territory import territory_names
from siac.indicators.models import TerritoryShapes
from siac.infra.confined import CannotRead, read
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.organizations.public import Institution, note_configuration

MOST_BYTES = 8 * 2**20
SECONDS = 15.0
_READER = "siac.indicators.domain.shapes:read_shapes"
_LISTED = 100


def load_shapes(
    *,
    institution: Institution,
    content: bytes,
    source: str,
    property_name: str = "",
    replaces: bool = False,
    actor: User | None,
    now: datetime,
) -> TerritoryShapes:
    """Take the shapes of a GeoJSON file in place of those of before, read in a process apart (3 SQL, and what
    the names of territories cost). `property_name`: the property with the code of the country; empty: the one
    that names most territories.

    Raises:
        Refused: it is too large (shapes_large), cannot be read or drawn (shapes_bad), or names no territory
            of the country (shapes_unknown); or there are shapes already and nobody said that these take their
            place (shapes_replace).
    """
    if len(content) > MOST_BYTES:
        raise Refused("shapes_large", limit=MOST_BYTES // 2**20)
    try:
        found, _ = read(_READER, content, seconds=SECONDS)
    except CannotRead as error:
        raise Refused("shapes_bad") from error
    known = set(territory_names(institution)) - {""}
    name = squeeze(property_name) or _likeliest(found["areas"], known)
    areas, unknown = _joined(found["areas"], name, known)
    if not areas:
        raise Refused("shapes_unknown")
    kept = {
        "source": squeeze(source), "property": name[:200], "width": found["width"], "height": found["height"],
        **{name: found[name] for name in ("west", "north", "across", "down")},
        "areas": areas, "unknown": unknown[:_LISTED], "broken": found["broken"], "loaded_by": actor,
        "loaded_at": now,
    }  # fmt: skip
    data = {"areas": len(areas), "unknown": len(unknown), "broken": len(found["broken"])}
    with transaction.atomic():
        standing = TerritoryShapes.objects.select_for_update().filter(institution=institution).first()
        if standing is not None and not replaces:
            raise Refused("shapes_replace", count=len(standing.areas))
        row, _ = TerritoryShapes.objects.update_or_create(institution=institution, defaults=kept)
        note_configuration(institution.pk, "indicators.shapes_loaded", actor=actor, now=now, data=data)
    return row


def _likeliest(areas: Sequence[Mapping[str, Any]], known: set[str]) -> str:
    """Return the property whose values name most territories; empty where none names any."""
    counts: dict[str, int] = {}
    for area in areas:
        for name, value in area["told"].items():
            if _code(value, known):
                counts[name] = counts.get(name, 0) + 1
    return max(sorted(counts), key=lambda name: counts[name], default="")


def _code(value: str, known: set[str]) -> str:
    """Return the code of a territory as the country writes it; files lose the zeros that begin one."""
    told = value.strip()
    if told in known:
        return told
    if not (told.isascii() and told.isdigit()):
        return ""
    lengths = sorted({len(each) for each in known if each.isdigit()}, reverse=True)
    return next((code for length in lengths if (code := told.zfill(length)) in known), "")


def _joined(
    areas: Sequence[Mapping[str, Any]], name: str, known: set[str]
) -> tuple[dict[str, str], list[str]]:
    """Return the path of each territory (one that lies in several pieces has them all), and the areas of
    which no territory is known.
    """
    found: dict[str, str] = {}
    unknown: list[str] = []
    for area in areas:
        code = _code(area["told"].get(name, ""), known)
        if code:
            found[code] = found.get(code, "") + area["path"]
        else:
            unknown.append(max(area["told"].values(), key=len, default="sin nombre"))
    return found, unknown

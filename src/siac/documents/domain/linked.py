# SPDX-License-Identifier: EUPL-1.2
"""What an office file fetches from elsewhere when somebody opens it, without being asked."""

import re
from collections.abc import Mapping
from xml.parsers import expat

_FETCHED = frozenset({"attachedtemplate", "oleobject", "frame", "subdocument", "afchunk", "control"})
"""Kinds of relationship whose target an office program opens by itself, and may run. A link is followed only
by who clicks on it; of a picture or another workbook elsewhere the program asks, or shows nothing of it.
"""
_HERE = re.compile(r"(?:file:/{3})?[a-z]:[\\/]|[^:\\/]*\.dot[xm]?\Z", re.IGNORECASE)
"""A place on the machine of whoever wrote it, as templates of their own have: it leads nowhere on another."""


def fetches_from_elsewhere(relations: bytes) -> bool:
    """Return whether a part of relationships (`*.rels`, ECMA-376 part 2) names something elsewhere that is
    opened with the file.

    Raises:
        ValueError: it is no XML, or declares entities, which such parts may not.
    """
    found: list[bool] = []

    def begin(name: str, attributes: Mapping[str, str]) -> None:
        told = {key.rpartition(":")[2].lower(): value for key, value in attributes.items()}
        kind = told.get("type", "").rpartition("/")[2].lower()
        is_elsewhere = told.get("targetmode", "").strip().lower() == "external"
        found.append(is_elsewhere and kind in _FETCHED and not _HERE.match(told.get("target", "").strip()))

    def refuse(*declared: object) -> None:
        raise ValueError("entities")

    parser = expat.ParserCreate()
    parser.StartElementHandler = begin
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(relations, True)
    except expat.ExpatError as error:
        raise ValueError("no XML") from error
    return any(found)

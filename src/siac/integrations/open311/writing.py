# SPDX-License-Identifier: EUPL-1.2
"""Answers of GeoReport v2: the same as XML, which every client of it knows, and as JSON."""

import json
import re
from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree as Xml

from django.http import HttpResponse

TYPES = {"xml": "text/xml; charset=utf-8", "json": "application/json; charset=utf-8"}
ITEMS = {"values": "value", "attributes": "attribute"}
"""What the members of a list inside an object are called in XML."""
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Wrong(Exception):
    """What was asked cannot be answered: a status of HTTP and why, for people."""

    def __init__(self, status: int, description: str) -> None:
        super().__init__(description)
        self.status, self.description = status, description


def answered(form: str, told: Any, *, root: str, item: str = "", status: int = 200) -> HttpResponse:
    """Return an answer: a list of objects (`root` of `item` in XML), or an object (`root`)."""
    is_json = form == "json"
    content = json.dumps(told, ensure_ascii=False).encode() if is_json else xml_of(told, root, item)
    response = HttpResponse(content, status=status, content_type=TYPES[form])
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def wrong(form: str, errors: Sequence[tuple[int, str]]) -> HttpResponse:
    """Return why something could not be done, each as (status, description); the first is that of HTTP."""
    told = [{"code": str(status), "description": said} for status, said in errors]
    return answered(form, told, root="errors", item="error", status=errors[0][0])


def xml_of(told: Any, root: str, item: str) -> bytes:
    """Return a list of objects, or one, as XML; signs that XML cannot hold are left out."""
    top = Xml.Element(root)
    if isinstance(told, list):
        for each in told:
            _add(Xml.SubElement(top, item), each)
    else:
        _add(top, told)
    written: bytes = Xml.tostring(top, encoding="utf-8", xml_declaration=True)
    return written


def _add(node: Xml.Element, told: Any) -> None:
    if isinstance(told, dict):
        for name, value in told.items():
            child = Xml.SubElement(node, name)
            if isinstance(value, list):
                for each in value:
                    _add(Xml.SubElement(child, ITEMS[name]), each)
            else:
                _add(child, value)
    elif isinstance(told, bool):
        node.text = "true" if told else "false"
    elif told is not None:
        node.text = _NO_XML.sub("", str(told))

# SPDX-License-Identifier: EUPL-1.2
"""What is kept of people and groups, as directories ask for it."""

from typing import Any

from siac.signin.domain.scim.naming import GROUP, USER
from siac.signin.domain.scim.reading import NAME


def _attribute(name: str, kind: str = "string", **more: Any) -> dict[str, Any]:
    said = {
        "name": name,
        "type": kind,
        "multiValued": False,
        "description": name,
        "required": False,
        "mutability": "readWrite",
        "returned": "default",
    }
    if kind == "string":
        said |= {"caseExact": False, "uniqueness": "none"}
    return {**said, **more}


def schemas() -> dict[str, dict[str, Any]]:
    """Return what is kept of people and groups, as `/Schemas` tells it (RFC 7643, 7)."""
    user = [
        _attribute("userName", required=True, uniqueness="server"),
        _attribute("name", "complex", subAttributes=[_attribute(part) for part in NAME]),
        _attribute("displayName"),
        _attribute("active", "boolean"),
        _attribute(
            "emails",
            "complex",
            multiValued=True,
            subAttributes=[_attribute("value"), _attribute("type"), _attribute("primary", "boolean")],
        ),
        _attribute(
            "groups",
            "complex",
            multiValued=True,
            mutability="readOnly",
            subAttributes=[
                _attribute("value", mutability="readOnly"),
                _attribute("$ref", "reference", mutability="readOnly", referenceTypes=["Group"]),
                _attribute("display", mutability="readOnly"),
            ],
        ),
    ]
    group = [
        _attribute("displayName", required=True, uniqueness="server"),
        _attribute(
            "members",
            "complex",
            multiValued=True,
            subAttributes=[
                _attribute("value", mutability="immutable", caseExact=True),
                _attribute("$ref", "reference", mutability="immutable", referenceTypes=["User"]),
                _attribute("type", mutability="immutable", canonicalValues=["User"]),
            ],
        ),
    ]
    return {
        USER: {"id": USER, "name": "User", "description": "Persona del organismo", "attributes": user},
        GROUP: {"id": GROUP, "name": "Group", "description": "Grupo del directorio", "attributes": group},
    }

# SPDX-License-Identifier: EUPL-1.2
"""The parts of a resource that are asked for."""

from typing import Any


def selected(resource: dict[str, Any], attributes: str, excluded: str) -> dict[str, Any]:
    """Return a resource with the attributes that are asked for only (RFC 7644, 3.9)."""
    always = {"schemas", "id"}
    if attributes:
        wanted = {name.strip().rpartition(":")[2].lower() for name in attributes.split(",")}
        tops = {name.partition(".")[0] for name in wanted}
        return {
            key: _parts(value, key, wanted)
            for key, value in resource.items()
            if key in always or key.lower() in tops
        }
    left_out = {name.strip().rpartition(":")[2].lower() for name in excluded.split(",") if name.strip()}
    return {
        key: _without(value, key, left_out)
        for key, value in resource.items()
        if key in always or key.lower() not in left_out
    }


def _parts(value: Any, key: str, wanted: set[str]) -> Any:
    subs = {name.partition(".")[2] for name in wanted if name.partition(".")[0] == key.lower()}
    if not subs or "" in subs:
        return value
    if isinstance(value, list):
        return [{k: v for k, v in each.items() if k.lower() in subs} for each in value]
    return {k: v for k, v in value.items() if k.lower() in subs} if isinstance(value, dict) else value


def _without(value: Any, key: str, left_out: set[str]) -> Any:
    subs = {name.partition(".")[2] for name in left_out if name.partition(".")[0] == key.lower()} - {""}
    if not subs:
        return value
    if isinstance(value, list):
        return [{k: v for k, v in each.items() if k.lower() not in subs} for each in value]
    return {k: v for k, v in value.items() if k.lower() not in subs} if isinstance(value, dict) else value

# SPDX-License-Identifier: EUPL-1.2
"""Columns of a row as JSON values, and back: what a row held a moment ago."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Field, Model


def held(row: Model, names: Sequence[str]) -> dict[str, Any]:
    """Return the columns `names` of `row` as JSON values; moments keep their microseconds."""
    values = {name: getattr(row, name) for name in names}
    return {
        name: value.isoformat() if isinstance(value, date | datetime) else value
        for name, value in values.items()
    }


def give_back(row: Model, saved: Mapping[str, Any]) -> None:
    """Put what `held` returned into `row` again, unsaved."""
    for name, value in saved.items():
        column: Field[Any, Any] = row._meta.get_field(name)  # type: ignore[assignment]
        setattr(row, name, column.to_python(value))

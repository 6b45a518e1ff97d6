# SPDX-License-Identifier: EUPL-1.2
"""The numbers without gaps of this context."""

from siac.infra.series import Series

SHEETS = Series(
    "cases_bookcounter", "cases_booksheet", key="service_point_id", unique="service_point_id", first="first"
)
"""Of the sheets of the book of complaints, by site; a book begins where it stood at its first sheet here."""

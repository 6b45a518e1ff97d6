# SPDX-License-Identifier: EUPL-1.2
"""What a program that holds a token may ask for; its user's roles narrow it further."""

from enum import StrEnum


class Scope(StrEnum):
    CASES_CREATE = "cases:create"
    CASES_READ = "cases:read"
    CASES_WRITE = "cases:write"
    CASES_ANSWER = "cases:answer"
    """Send the answer of the body: keys made to add information do not get it by themselves."""
    CATALOGUE_READ = "catalogue:read"
    """Topics, services and places, as people read them."""
    FIGURES_READ = "figures:read"
    """Indicators, charters, what of them was kept, and what surveys say."""
    PEOPLE_WRITE = "people:write"
    """Bring the people of a body and their roles up to date (SCIM)."""

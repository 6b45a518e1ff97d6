# SPDX-License-Identifier: EUPL-1.2
"""What a program that holds a token may ask for; its user's roles narrow it further."""

from enum import StrEnum


class Scope(StrEnum):
    CASES_CREATE = "cases:create"
    CASES_READ = "cases:read"
    CASES_WRITE = "cases:write"

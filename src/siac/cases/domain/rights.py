# SPDX-License-Identifier: EUPL-1.2
"""What people of the house may do with cases."""

from siac.accounts.public import Right, Role

_DESK, _OFFICER, _HEAD = Role.FRONT_DESK, Role.UNIT_OFFICER, Role.HEAD_OF_UNIT
_QUALITY, _AUTHORITY, _AUDITOR = Role.QUALITY_MANAGER, Role.AUTHORITY, Role.AUDITOR


class CaseRight(Right):
    """Rights over cases; those of a unit reach the cases of that unit and of the units below it."""

    FILE = "case.file", _DESK, _OFFICER, _HEAD, _QUALITY
    READ_ALL = "case.read_all", _DESK, _QUALITY, _AUTHORITY, _AUDITOR
    READ_UNIT = "case.read_unit", _OFFICER, _HEAD
    READ_RESTRICTED = "case.read_restricted", _HEAD, _AUDITOR
    CLASSIFY = "case.classify", _DESK, _OFFICER, _HEAD, _QUALITY
    ASSIGN = "case.assign", _DESK, _OFFICER, _HEAD, _QUALITY
    """Give a case to a person."""
    WORK = "case.work", _OFFICER, _HEAD
    EXTEND = "case.extend", _HEAD, _QUALITY
    APPROVE = "answer.approve", _HEAD, _QUALITY, _AUTHORITY
    IMPORT = "case.import", _QUALITY, Role.ADMINISTRATOR
    EXPORT = "case.export", _HEAD, _QUALITY, _AUDITOR
    AUDIT = "register.verify", _AUDITOR
    """Draw samples of cases, and see who read what."""


READERS = frozenset({CaseRight.READ_ALL, CaseRight.READ_UNIT})
"""Whoever reads cases, all or those of a unit."""

# SPDX-License-Identifier: EUPL-1.2
"""Roles of the people of the house and what each may do.

The roles mirror the actors of a quality policy (mission row I4). A role is held in a body or in
one unit of it; what it may do there is the set of permissions below. Anything absent is denied.
"""

from enum import StrEnum


class Role(StrEnum):
    FRONT_DESK = "front_desk"
    UNIT_OFFICER = "unit_officer"
    HEAD_OF_UNIT = "head_of_unit"
    QUALITY_MANAGER = "quality_manager"
    AUTHORITY = "authority"
    COMMITTEE_MEMBER = "committee_member"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Permission(StrEnum):
    """One verb on one thing; checked with `access` functions, never with role names."""

    CASE_FILE = "case.file"
    CASE_READ_ALL = "case.read_all"
    CASE_READ_UNIT = "case.read_unit"
    CASE_READ_RESTRICTED = "case.read_restricted"
    CASE_CLASSIFY = "case.classify"
    CASE_WORK = "case.work"
    CASE_ASSIGN = "case.assign"
    """Give a case to a person."""
    TEAM_MANAGE = "team.manage"
    """Keep the absences of the people of a unit, and its templates."""
    CASE_EXTEND = "case.extend"
    ANSWER_APPROVE = "answer.approve"
    CASE_IMPORT = "case.import"
    CASE_EXPORT = "case.export"
    IDENTITY_READ = "identity.read"
    REGISTER_VERIFY = "register.verify"
    CHARTER_MANAGE = "charter.manage"
    CHARTER_READ = "charter.read"
    INDICATOR_READ = "indicator.read"
    REMEDY_MANAGE = "remedy.manage"
    SETUP = "setup"
    SETUP_CALENDARS = "setup.calendars"
    OUTBOX_READ = "outbox.read"
    OUTBOX_MANAGE = "outbox.manage"


_P = Permission

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.FRONT_DESK: frozenset(
        {
            _P.CASE_FILE,
            _P.CASE_READ_ALL,
            _P.CASE_CLASSIFY,
            _P.CASE_ASSIGN,
            _P.IDENTITY_READ,
            _P.CHARTER_READ,
        }
    ),
    Role.UNIT_OFFICER: frozenset(
        {
            _P.CASE_FILE,
            _P.CASE_READ_UNIT,
            _P.CASE_CLASSIFY,
            _P.CASE_ASSIGN,
            _P.CASE_WORK,
            _P.IDENTITY_READ,
            _P.CHARTER_READ,
        }
    ),
    Role.HEAD_OF_UNIT: frozenset(
        {
            _P.CASE_FILE,
            _P.CASE_READ_UNIT,
            _P.CASE_READ_RESTRICTED,
            _P.CASE_CLASSIFY,
            _P.CASE_WORK,
            _P.CASE_ASSIGN,
            _P.TEAM_MANAGE,
            _P.CASE_EXTEND,
            _P.ANSWER_APPROVE,
            _P.CASE_EXPORT,
            _P.IDENTITY_READ,
            _P.CHARTER_READ,
            _P.INDICATOR_READ,
            _P.REMEDY_MANAGE,
        }
    ),
    Role.QUALITY_MANAGER: frozenset(
        {
            _P.CASE_FILE,
            _P.CASE_READ_ALL,
            _P.CASE_CLASSIFY,
            _P.CASE_ASSIGN,
            _P.TEAM_MANAGE,
            _P.CASE_EXTEND,
            _P.ANSWER_APPROVE,
            _P.CASE_IMPORT,
            _P.CASE_EXPORT,
            _P.IDENTITY_READ,
            _P.CHARTER_MANAGE,
            _P.CHARTER_READ,
            _P.INDICATOR_READ,
            _P.REMEDY_MANAGE,
            _P.SETUP_CALENDARS,
            _P.OUTBOX_READ,
            _P.OUTBOX_MANAGE,
        }
    ),
    Role.AUTHORITY: frozenset({_P.CASE_READ_ALL, _P.ANSWER_APPROVE, _P.CHARTER_READ, _P.INDICATOR_READ}),
    Role.COMMITTEE_MEMBER: frozenset({_P.CHARTER_READ, _P.INDICATOR_READ}),
    Role.AUDITOR: frozenset(
        {
            _P.CASE_READ_ALL,
            _P.CASE_READ_RESTRICTED,
            _P.CASE_EXPORT,
            _P.IDENTITY_READ,
            _P.REGISTER_VERIFY,
            _P.CHARTER_READ,
            _P.INDICATOR_READ,
            _P.OUTBOX_READ,
        }
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            _P.SETUP,
            _P.SETUP_CALENDARS,
            _P.CASE_IMPORT,
            _P.OUTBOX_READ,
            _P.OUTBOX_MANAGE,
            _P.CHARTER_READ,
        }
    ),
}

# SPDX-License-Identifier: EUPL-1.2
"""What GeoReport v2 calls things: a kind of request is a service, a case is a service request."""

from datetime import date, datetime, time
from typing import Any

from siac.cases.public import OPEN_STATES, Case, StateLabel, cover_codes, portal_kinds
from siac.cases.public import CaseKind as Kind
from siac.kernel.questions import Question, QuestionType
from siac.organizations.public import Institution, unit_tree

_DATATYPES = {
    QuestionType.LINE: "string",
    QuestionType.TEXT: "text",
    QuestionType.CHOICE: "singlevaluelist",
    QuestionType.DATE: "datetime",
}


def services_of(institution: Institution) -> dict[str, Kind]:
    """Return by code the kinds that can be asked for so: those of the portal, but for those that only some
    may read and those that want an identity document, which this interface cannot carry. No SQL when warm.
    """
    return {
        kind.code: kind
        for kind in portal_kinds(institution)
        if not kind.is_restricted and not kind.requires_document
    }


def service(kind: Kind) -> dict[str, Any]:
    """Return a kind as a service. No SQL."""
    return {
        "service_code": kind.code,
        "service_name": kind.name,
        "description": kind.hint or kind.need,
        "metadata": bool(kind.parsed_questions()),
        "type": "realtime",
        "keywords": kind.nature,
        "group": kind.get_nature_display(),
    }


def definition(kind: Kind) -> dict[str, Any]:
    """Return what a kind asks. No SQL."""
    asked = kind.parsed_questions()
    return {
        "service_code": kind.code,
        "attributes": [_attribute(question, place) for place, question in enumerate(asked, start=1)],
    }


def _attribute(question: Question, place: int) -> dict[str, Any]:
    return {
        "variable": True,
        "code": question.code,
        "datatype": _DATATYPES[question.type],
        "required": question.required,
        "datatype_description": question.hint,
        "order": place,
        "description": question.label,
        "values": [{"key": option, "name": option} for option in question.options],
    }


def request(institution: Institution, case: Case) -> dict[str, Any]:
    """Return a case as a service request, codes of following covered; its text is at hand. No SQL."""
    moved = max(moment for moment in (case.filed_at, case.answered_at, case.closed_at) if moment)
    unit = unit_tree(institution).nodes.get(case.unit_id) if case.unit_id else None
    return {
        "service_request_id": case.folio,
        "status": "open" if case.state in OPEN_STATES else "closed",
        "status_notes": StateLabel(case.state).label,
        "service_name": case.kind.name,
        "service_code": case.kind.code,
        "description": cover_codes(case.text.body),
        "agency_responsible": unit.name if unit else institution.name,
        "service_notice": "",
        "requested_datetime": _moment(institution, case.filed_at),
        "updated_datetime": _moment(institution, moved),
        "expected_datetime": _end_of(institution, case.due_on),
        "address": cover_codes(case.text.place),
        "address_id": None,
        "zipcode": None,
        "lat": None,
        "long": None,
        "media_url": None,
    }


def _moment(institution: Institution, moment: datetime) -> str:
    return moment.astimezone(institution.zone).isoformat(timespec="seconds")


def _end_of(institution: Institution, day: date | None) -> str | None:
    """Return the end of the last local day for an answer."""
    if day is None:
        return None
    return datetime.combine(day, time(23, 59, 59), institution.zone).isoformat()

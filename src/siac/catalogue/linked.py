# SPDX-License-Identifier: EUPL-1.2
"""Services as other programs read them: schema.org for search engines, CPSV-AP 3 for catalogues of Europe."""

from collections.abc import Callable, Sequence
from typing import Any

from siac.catalogue.models import Service
from siac.catalogue.queries import QuestionTold, cost_words, norm_words, term_words
from siac.organizations.public import Institution

_DURATIONS = {"cd": "P{}D", "h": "PT{}H", "min": "PT{}M"}
"""Of business days there is no duration: how long they take depends on the calendar; the words say them."""
_CONTEXT = {
    "cpsv": "http://purl.org/vocab/cpsv#", "cv": "http://data.europa.eu/m8g/", "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#", "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}  # fmt: skip


def government_service(row: Service, url: str) -> dict[str, Any]:
    """Return a service as schema.org has it (`GovernmentService`); `url` is its public page. No SQL."""
    institution = row.institution
    found: dict[str, Any] = {
        "@context": "https://schema.org", "@type": "GovernmentService", "@id": url, "url": url,
        "name": row.name,
        "provider": {"@type": "GovernmentOrganization", "name": institution.name},
    }  # fmt: skip
    found |= {"description": row.summary} if row.summary else {}
    found |= {"termsOfService": row.entitled} if row.entitled else {}
    found |= {"offers": _offer(row)} if cost_words(row) else {}
    channels = [_channel(each) for each in row.channels]
    return found | ({"availableChannel": channels} if channels else {})


def answered_questions(questions: Sequence[QuestionTold], url: str) -> dict[str, Any]:
    """Return the frequent questions of a service as schema.org has them (`FAQPage`); `url` is its public
    page. No SQL.
    """
    return {
        "@context": "https://schema.org", "@type": "FAQPage", "@id": f"{url}#preguntas",
        "mainEntity": [
            {"@type": "Question", "name": each.question,
             "acceptedAnswer": {"@type": "Answer", "text": each.answer}}
            for each in questions
        ],
    }  # fmt: skip


def _offer(row: Service) -> dict[str, Any]:
    offer: dict[str, Any] = {"@type": "Offer", "description": cost_words(row)}
    return offer | ({"price": 0} if row.fee == 0 else {})


def _channel(row: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"@type": "ServiceChannel"}
    if row.get("url"):
        found["serviceUrl"] = row["url"]
    if row.get("how"):
        found["description"] = row["how"]
    return found


def public_services(
    institution: Institution, rows: Sequence[Service], page: Callable[[Service], str], home: str
) -> dict[str, Any]:
    """Return services as CPSV-AP 3 has them, as one JSON-LD document; `page` gives the public page of each,
    `home` that of the body. No SQL when units are at hand.
    """
    authority = {
        "@id": f"{home}#organismo", "@type": "cv:PublicOrganisation", "dct:title": _text(institution.name),
        "foaf:page": {"@id": home},
    }  # fmt: skip
    return {"@context": _CONTEXT, "@graph": [authority, *(_of(row, page(row), home) for row in rows)]}


def _of(row: Service, url: str, home: str) -> dict[str, Any]:
    term = term_words(row)
    described = [row.summary, row.entitled, f"Plazo: {term}." if term else ""]
    found: dict[str, Any] = {
        "@id": url, "@type": "cpsv:PublicService", "dct:identifier": row.code, "dct:title": _text(row.name),
        "dct:description": _text("\n\n".join(each for each in described if each)),
        "foaf:page": {"@id": url},
        "cv:hasCompetentAuthority": {"@id": f"{home}#organismo"},
    }  # fmt: skip
    if row.amount and row.unit in _DURATIONS:
        duration = _DURATIONS[row.unit].format(row.amount)
        found["cv:processingTime"] = {"@type": "xsd:duration", "@value": duration}
    if cost_words(row):
        found["cv:hasCost"] = {"@type": "cv:Cost", "dct:description": _text(cost_words(row))}
    found["cpsv:hasInput"] = [
        {"@type": "cv:Evidence", "dct:title": _text(each["text"])} for each in row.requirements
    ]
    found["cv:hasLegalResource"] = [
        {"@type": "eli:LegalResource", "dct:title": _text(norm_words(each)),
         **({"foaf:page": {"@id": each["url"]}} if each.get("url") else {})}
        for each in row.legal
    ]  # fmt: skip
    found["cv:hasChannel"] = [
        {"@type": "cv:Channel", "dct:type": each["channel"],
         **({"dct:description": _text(each["how"])} if each.get("how") else {}),
         **({"foaf:page": {"@id": each["url"]}} if each.get("url") else {})}
        for each in row.channels
    ]  # fmt: skip
    return {key: value for key, value in found.items() if value not in ([], _text(""))}


def _text(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "es"}

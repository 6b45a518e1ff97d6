# SPDX-License-Identifier: EUPL-1.2
"""What a device needs of a body to register without network."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from siac.cases.public import AttentionForm, CaseKind, StaffFilingForm, kinds
from siac.catalogue.public import topics
from siac.kernel.questions import dump_questions
from siac.kernel.text import TEXT_LIMIT
from siac.offline.models import OfflineDevice
from siac.organizations.public import Institution, PublicText, text_in_force, unit_options
from siac.servicepoints.public import service_points

FORM = 1
"""Raised whenever the page is to fill in something else than before."""


def package(institution: Institution, *, now: datetime) -> dict[str, Any]:
    """Return all that the page without network fills its forms from: public facts of the body, nothing of
    anybody. Kinds that only some may read are not offered there. No SQL when warm.
    """
    common = {"form": FORM, "text_limit": TEXT_LIMIT}
    content: dict[str, Any] = {
        **common,
        "body": {
            "name": institution.name,
            "slug": institution.slug,
            "country": institution.jurisdiction,
            "zone": institution.time_zone,
        },
        "kinds": [
            _kind(each) for each in kinds(institution).values() if each.is_active and not each.is_restricted
        ],
        "channels": {
            "case": [[each.value, each.label] for each in StaffFilingForm.CHANNELS],
            "attention": [list(each) for each in AttentionForm.base_fields["channel"].choices],  # type: ignore[attr-defined]
        },
        "topics": [[pk, each.name] for pk, each in topics(institution).items() if each.is_active],
        "units": [[pk, str(name)] for pk, name in unit_options(institution)],
        "points": [
            [pk, each.name, each.kind] for pk, each in service_points(institution).items() if each.is_active
        ],
        "documents": [
            {"code": each.code, "name": each.name, "check": each.check}
            for each in institution.country.documents
        ],
        "privacy": _privacy(institution, now),
    }
    content["digest"] = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]
    return content


def _kind(kind: CaseKind) -> dict[str, Any]:
    return {
        "id": kind.pk,
        "version": kind.version,
        "name": kind.name,
        "anonymous": kind.allows_anonymous,
        "document": kind.requires_document,
        "questions": dump_questions(kind.parsed_questions()),
    }


def _privacy(institution: Institution, now: datetime) -> dict[str, Any] | None:
    text = text_in_force(institution, PublicText.PRIVACY, institution.local_date(now))
    if text is None:
        return None
    return {"number": text.number, "sections": [[heading, said] for _, heading, said in text.paragraphs()]}


def with_counts(devices: QuerySet[OfflineDevice]) -> QuerySet[OfflineDevice]:
    """Add to each device how many records it sent, and how many of them wait. Lazy: 1 SQL when read."""
    waits = Count("records", filter=Q(records__state="held"))
    return devices.select_related("officer", "revoked_by").annotate(sent=Count("records"), waiting=waits)


def shown_devices(devices: Sequence[OfflineDevice]) -> list[dict[str, Any]]:
    """Return devices as a list shows them, from those `with_counts`. No SQL."""
    return [
        {
            "device": each,
            "sent": vars(each)["sent"],
            "waiting": vars(each)["waiting"],
            "revoked_by": each.revoked_by.name if each.revoked_by else "",
        }
        for each in devices
    ]

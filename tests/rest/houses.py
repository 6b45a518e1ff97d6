# SPDX-License-Identifier: EUPL-1.2
"""A body for the tests of the programs' interface, made through commands, and programs with tokens in it."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db import transaction
from django.test import Client

from siac.accounts.public import Role, Scope, User, create_token
from siac.cases.public import Channel, Filing, file_case, kinds, save_kind
from siac.organizations.public import Institution, create_institution, grant_role, save_unit
from siac.people.public import PersonData

SINCE = datetime(2026, 1, 5, 15, tzinfo=UTC)
QUESTIONS = [{"code": "donde", "label": "¿Dónde ocurrió?", "type": "line", "required": True}]


@dataclass
class Body:
    institution: Institution
    users: dict[Role, User]
    unit_id: int

    def program(self, role: Role = Role.QUALITY_MANAGER, *scopes: Scope) -> "Program":
        """Return a program that acts for the person with `role`, with all scopes unless some are named."""
        _, token = create_token(
            institution_id=self.institution.pk,
            user=self.users[role],
            scopes=scopes or tuple(Scope),
            name="prueba",
            now=SINCE,
        )
        return Program(token)

    def file(self, number: int = 1, kind: str = "consulta", **changes: Any) -> Any:
        """File a request of somebody."""
        by_code = {found.code: pk for pk, found in kinds(self.institution).items()}
        person = PersonData(
            given_names="María", family_names=f"Ñancupil {number}", email=f"maria{number}@ejemplo.org"
        )
        filing = Filing(
            kind_id=by_code[kind],
            channel=Channel.WEB,
            person=person,
            **{"body": "Se inundó la calle.", **changes},
        )
        return file_case(institution=self.institution, filing=filing, actor=None, now=SINCE)


class Program:
    """Calls the interface as a program does."""

    def __init__(self, token: str) -> None:
        self.client, self.token = Client(), token

    def get(self, path: str, **params: Any) -> Any:
        return self.client.get(f"/api/v1{path}", params, headers=self._headers())

    def post(self, path: str, data: Any, **headers: str) -> Any:
        content = data if isinstance(data, str | bytes) else json.dumps(data)
        return self.client.post(
            f"/api/v1{path}", content, content_type="application/json", headers={**self._headers(), **headers}
        )

    def ask(self, method: str, path: str, **sent: Any) -> Any:
        return getattr(self.client, method)(f"/api/v1{path}", headers=self._headers(), **sent)

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


@transaction.atomic
def make_body(slug: str = "norte") -> Body:
    """Make a body with one unit, two kinds and a person per role."""
    institution = create_institution(
        actor=None, now=SINCE, slug=slug, name=f"Servicio {slug}", short_name=slug, jurisdiction="CL",
        time_zone="America/Santiago", place="CL-CO",
    )  # fmt: skip
    common: dict[str, Any] = {"institution": institution, "actor": None, "now": SINCE}
    unit = save_unit(**common, code="obras", name="Obras")
    for code, nature, extra in (
        ("consulta", "enquiry", {}),
        ("reclamo", "complaint", {"questions": QUESTIONS}),
        ("denuncia", "wrongdoing", {"is_restricted": True, "allows_anonymous": True}),
    ):
        save_kind(
            **common,
            code=code,
            nature=nature,
            name=code.title(),
            need=code,
            rule_id="CL.OIRS",
            unit_id=unit.pk,
            **extra,
        )
    users = {}
    for role in Role:
        email = f"{role.value}@{slug}.example"
        until = date(2099, 12, 31) if role is Role.COUNCIL_MEMBER else None
        grant_role(**common, email=email, name=role.value, role=role, unit_id=None, until=until)
        users[role] = User.objects.get(email=email)
    institution.refresh_from_db()
    return Body(institution, users, unit.pk)

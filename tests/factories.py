# SPDX-License-Identifier: EUPL-1.2
"""Bodies, people and cases for tests, made through the same commands people use.

A house is small but whole: units, kinds with the country's rules, topics, a place, a
charter with one commitment, and one person per role. `NOW` is a Monday morning in all
three countries; time is always an argument.
"""

import itertools
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from siac.accounts.public import Role, User
from siac.cases.public import (
    Attention,
    Case,
    CaseKind,
    Channel,
    Filing,
    Interaction,
    Occasion,
    Outcome,
    answer_case,
    file_case,
    kinds,
    register_attention,
    save_kind,
)
from siac.catalogue.public import save_topic
from siac.charters.public import Commitment, NewCommitment, publish_edition
from siac.clocks.public import DENIALS, law_rule
from siac.infra.crypto import journal_keys, vault_keys
from siac.organizations.public import (
    Access,
    Institution,
    access_in,
    create_institution,
    grant_role,
    save_unit,
)
from siac.people.public import PersonData
from siac.servicepoints.public import save_service_point
from tests.kept import made_once

NOW = datetime(2026, 9, 7, 15, 0, tzinfo=UTC)
PASSWORD = "una clave bien larga"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"

UNITS = (("direccion", "Dirección", ""), ("oirs", "Oficina de Informaciones", "direccion"),
         ("obras", "Obras y mantención", "direccion"), ("obras-calle", "Cuadrilla de calles", "obras"),
         ("juridico", "Departamento Jurídico", "direccion"))  # fmt: skip
TOPICS = (("Inundaciones", "obras"), ("Transparencia", "juridico"), ("Atención al público", "oirs"))
COUNTRIES: dict[str, dict[str, str]] = {
    "CL": {"time_zone": "America/Santiago", "place": "CL-CO", "general": "CL.OIRS", "access": "CL.SAIP"},
    "PE": {"time_zone": "America/Lima", "place": "PE-LIM", "general": "PE.PROC", "access": "PE.SAIP"},
    "ES": {"time_zone": "Europe/Madrid", "place": "ES-MD", "general": "ES.QYS", "access": "ES.SAIP"},
}
DOCUMENTS = {"CL": ("rut", "12345678-5"), "PE": ("dni_pe", "12345678"), "ES": ("dni_es", "12345678Z")}
ROLES: tuple[tuple[Role, str], ...] = (
    (Role.FRONT_DESK, "oirs"),
    (Role.UNIT_OFFICER, "obras"),
    (Role.HEAD_OF_UNIT, "obras"),
    (Role.QUALITY_MANAGER, ""),
    (Role.AUTHORITY, ""),
    (Role.COMMITTEE_MEMBER, ""),
    (Role.AUDITOR, ""),
    (Role.ADMINISTRATOR, ""),
    (Role.COMMUNICATIONS, ""),
    (Role.PEOPLE_MANAGER, ""),
    (Role.PLANNING, ""),
    (Role.INTERNAL_AUDITOR, ""),
    (Role.COUNCIL_MEMBER, ""),
)
QUESTIONS = [
    {"code": "donde", "label": "¿Dónde ocurrió?", "type": "line", "required": True},
    {"code": "cuando", "label": "¿Cuándo ocurrió?", "type": "date"},
]
_SERIAL = itertools.count(1)


@dataclass
class House:
    """A body with everything in it; dictionaries are by code."""

    institution: Institution
    units: dict[str, int]
    kinds: dict[str, CaseKind]
    topics: dict[str, int]
    point: int
    users: dict[Role, User]
    commitment: Commitment
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def slug(self) -> str:
        return self.institution.slug

    def user(self, role: Role) -> User:
        """Return the person of the house with that role."""
        return self.users[role]

    def access(self, role: Role) -> Access:
        """Return what that person may do here."""
        return access_in(self.users[role], self.slug)

    def client(self, role: Role | None = None) -> Client:
        """Return a browser, signed in as that person unless None."""
        client = Client()
        if role is not None:
            client.force_login(self.users[role], backend=BACKEND)
        return client

    def today(self, now: datetime = NOW) -> date:
        """Return the local day."""
        return self.institution.local_date(now)


def make_house(
    slug: str = "puerto", country: str = "CL", *, now: datetime = NOW - timedelta(days=400)
) -> House:
    """Make a body of a country, configured since `now`; its rows are copied from the third time on."""
    sealed_with = vault_keys().current, journal_keys().current
    return made_once((slug, country, now, *sealed_with), lambda: _make_house(slug, country, now))


def _make_house(slug: str, country: str, now: datetime) -> House:
    known = COUNTRIES[country]
    institution = create_institution(
        actor=None,
        now=now,
        slug=slug,
        name=f"Servicio de {slug.title()}",
        short_name=slug.title(),
        jurisdiction=country,
        time_zone=known["time_zone"],
        place=known["place"],
        email=f"contacto@{slug}.example",
        phone="+56 51 200 0000",
    )
    common: dict[str, Any] = {"institution": institution, "actor": None, "now": now}
    units: dict[str, int] = {}
    for code, name, parent in UNITS:
        units[code] = save_unit(**common, code=code, name=name, parent_id=units.get(parent)).pk
        institution.refresh_from_db()
    users = {role: _person(common, role, units.get(unit)) for role, unit in ROLES}
    topics = {name: save_topic(**common, name=name, unit_id=units[unit]).pk for name, unit in TOPICS}
    point = save_service_point(
        **common, code="oirs", name="OIRS", kind="information_office", unit_id=units["oirs"]
    ).pk
    _kinds(common, known, units)
    institution.refresh_from_db()
    by_code = {kind.code: kind for kind in kinds(institution).values()}
    edition = publish_edition(
        **common,
        code="carta",
        title="Carta de servicios",
        valid_from=institution.local_date(now),
        approved_by="Acta 1",
        commitments=[
            NewCommitment(
                "reclamos-5",
                "Respondemos los reclamos en 5 días hábiles",
                by_code["reclamo"].pk,
                5,
                Decimal("90.0"),
                "Disculpa escrita de la jefatura",
            ),
        ],
    )
    institution.refresh_from_db()
    return House(institution, units, by_code, topics, point, users, edition.commitments.get())


def of_kind(kind: CaseKind) -> Occasion:
    """Return what a promise may speak of: a request of a kind, without topic."""
    return Occasion("case", kind.pk, None, Channel.WEB.value, None)


def promised(house: House, **fields: Any) -> dict[str, Any]:
    """Return the fields of a commitment of a draft, as its form gives them."""
    return {
        "text": "Respondemos los reclamos en 10 días hábiles", "dimension": "speed", "form": "guarantee",
        "kind_id": house.kinds["reclamo"].pk, "amount": 10, "unit": "bd", "indicator_id": None,
        "target": Decimal("90.0"), "record": "Registro de solicitudes", "moment": "month",
        "responsible_id": house.units["obras"], "is_controllable": True, "dependence": "",
        "remedy_kind": "apology", "remedy": "Disculpa escrita de la jefatura", "remedy_days": 10,
        "no_remedy_reason": "", **fields,
    }  # fmt: skip


def _person(common: dict[str, Any], role: Role, unit_id: int | None) -> User:
    email = f"{role.value}@{common['institution'].slug}.example"
    name = role.value.replace("_", " ").title()
    until = date(2099, 12, 31) if role is Role.COUNCIL_MEMBER else None
    grant_role(**common, email=email, name=name, role=role, unit_id=unit_id, until=until)
    return User.objects.get(email=email)


def _kinds(common: dict[str, Any], known: dict[str, str], units: dict[str, int]) -> None:
    general, access = known["general"], known["access"]
    save_kind(
        **common,
        position=10,
        code="consulta",
        nature="enquiry",
        name="Consulta",
        need="Quiero preguntar algo",
        rule_id=general,
    )
    save_kind(
        **common,
        position=20,
        code="reclamo",
        nature="complaint",
        name="Reclamo",
        need="Quiero reclamar",
        rule_id=general,
        questions=QUESTIONS,
    )
    save_kind(
        **common,
        position=30,
        code="sugerencia",
        nature="suggestion",
        name="Sugerencia",
        need="Quiero proponer algo",
        rule_id=general,
        allows_anonymous=True,
        contest_days=0,
    )
    save_kind(
        **common,
        position=40,
        code="acceso",
        nature="information_request",
        name="Acceso a la información",
        need="Quiero pedir información pública",
        rule_id=access,
        unit_id=units["juridico"],
    )
    save_kind(
        **common,
        position=50,
        code="denuncia",
        nature="wrongdoing",
        name="Denuncia",
        need="Quiero denunciar",
        rule_id=general,
        allows_anonymous=True,
        is_restricted=True,
        requires_document=False,
    )


def set_password(user: User, password: str = PASSWORD) -> User:
    """Give a person a password, for tests that sign in through the page."""
    user.set_password(password)
    user.save(update_fields=["password"])
    return user


def person(country: str = "CL", **changes: Any) -> PersonData:
    """Return a citizen with a valid document of the country and an e-mail."""
    document_type, number = DOCUMENTS[country]
    values = {
        "given_names": "María",
        "family_names": "Ñancupil Soto",
        "document_type": document_type,
        "document_number": number,
        "email": f"maria{next(_SERIAL)}@ejemplo.org",
    }
    return PersonData(**{**values, **changes})


ANONYMOUS: Any = object()
"""Give it as `who` to file without a name."""


def file(
    house: House,
    kind: str = "reclamo",
    *,
    now: datetime = NOW,
    who: Any = None,
    actor: User | None = None,
    **changes: Any,
) -> Case:
    """File a case of that kind; `changes` are fields of `Filing`."""
    chosen = house.kinds[kind]
    values: dict[str, Any] = {
        "channel": Channel.WEB,
        "body": "En mi calle hubo una inundación y nadie ha venido.",
        "subject": "Agua en la calle",
        "answers": {"donde": "Calle Larga 12"} if chosen.questions else {},
    }
    citizen = None if who is ANONYMOUS else who or person(house.institution.jurisdiction)
    filing = Filing(kind_id=chosen.pk, person=citizen, **{**values, **changes})
    return file_case(institution=house.institution, filing=filing, actor=actor, now=now)


def attend(house: House, *, now: datetime = NOW, actor: User | None = None, **changes: Any) -> Interaction:
    """Register an attention at the desk; `changes` are fields of `Attention`."""
    said = {"channel": Channel.COUNTER, "unit_id": house.units["oirs"], "begun_at": now, **changes}
    return register_attention(
        institution=house.institution,
        attention=Attention(**said),
        actor=actor or house.user(Role.FRONT_DESK),
        now=now,
    )


def answer(
    house: House, case: Case, *, now: datetime, body: str = "Ya se limpió el desagüe.", **changes: Any
) -> Case:
    """Let the unit officer answer a case."""
    values: dict[str, Any] = {
        "outcome": Outcome.UPHELD,
        "version": None,
        "actor": house.user(Role.UNIT_OFFICER),
    }
    if case.kind.rule_id == "PE.LR" and changes.get("outcome", Outcome.UPHELD) == Outcome.UPHELD:
        values["measures"] = "Se agregó personal a la ventanilla."
    law = law_rule(case.kind.rule_id) if case.kind.rule_id else None
    if law and law.grounds and changes.get("outcome") in DENIALS and "ground" not in changes:
        values["ground"] = next(ground.id for ground in law.grounds if not ground.reserve)
        values["reasons"] = "Se buscó en el archivo de la unidad y no está."
    return answer_case(
        institution=house.institution, case_id=case.pk, body=body, now=now, **{**values, **changes}
    )


def upload(
    name: str = "foto.pdf", content: bytes = PDF, content_type: str = "application/pdf"
) -> SimpleUploadedFile:
    """Return a file as a browser sends it."""
    return SimpleUploadedFile(name, content, content_type)

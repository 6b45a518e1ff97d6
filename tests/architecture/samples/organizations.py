# SPDX-License-Identifier: EUPL-1.2
"""Pages of `organizations`: setting up a body, its units, people and texts."""

import hashlib
from datetime import datetime, timedelta

from siac.accounts.public import Scope, create_token
from siac.organizations.commands.processing import save_activity
from siac.organizations.domain.public_texts import SECTIONS
from siac.organizations.models import Invitation, Membership, StaffSheet
from siac.organizations.public import (
    PublicText,
    invite,
    note_absence,
    publish_version,
    save_text,
    update_institution,
)
from tests.architecture.samples.whom import ADMIN, ROUTERS, TRANSLATORS, Made, R, Sample, with_
from tests.factories import House

INVITED = "una-invitacion"

SAMPLES = {
    "workspace:setup:absences": Sample(ROUTERS),
    "workspace:setup:absence_new": Sample(ROUTERS),
    "workspace:setup:absence_remove": Sample(
        frozenset({R.HEAD_OF_UNIT, R.QUALITY_MANAGER}), with_(absence_id="absence"), post=True
    ),
    "portal:texts:privacy": Sample(),
    "portal:texts:privacy_version": Sample(arguments=with_(number="privacy")),
    "portal:texts:accessibility": Sample(),
    "portal:texts:accessibility_version": Sample(arguments=with_(number="declared")),
    "invitations:accept": Sample(arguments=with_(secret="invitation_secret")),
    "first_run:open": Sample(moved=True),
    "workspace:setup:start": Sample(ADMIN),
    "workspace:setup:start_mark": Sample(ADMIN, post=True, data={"paso": "keys", "hecho": "1"}),
    "workspace:setup:texts": Sample(ADMIN),
    "workspace:setup:text": Sample(ADMIN, lambda objects: {"subject": "privacy"}),
    "workspace:setup:text_publish": Sample(ADMIN, lambda objects: {"subject": "privacy"}, post=True),
    "workspace:setup:activities": Sample(ADMIN),
    "workspace:setup:activity_new": Sample(ADMIN),
    "workspace:setup:activities_export": Sample(ADMIN),
    "workspace:setup:activity": Sample(ADMIN, with_(activity_id="activity")),
    "workspace:setup:index": Sample(ADMIN),
    "workspace:setup:units": Sample(ADMIN),
    "workspace:setup:unit_new": Sample(ADMIN),
    "workspace:setup:unit": Sample(ADMIN, with_(unit_id="unit")),
    "workspace:setup:people": Sample(ADMIN),
    "workspace:setup:role_new": Sample(ADMIN),
    "workspace:setup:person": Sample(ADMIN, with_(user_id="colleague")),
    "workspace:setup:second_step": Sample(ADMIN, with_(user_id="colleague"), post=True),
    "workspace:setup:withdraw": Sample(ADMIN, with_(invitation_id="invitation"), post=True),
    "workspace:setup:role_revoke": Sample(ADMIN, with_(membership_id="membership"), post=True),
    "workspace:setup:sheets": Sample(ADMIN),
    "workspace:setup:sheet": Sample(ADMIN, with_(sheet_id="sheet")),
    "workspace:setup:sheet_load": Sample(ADMIN, with_(sheet_id="sheet"), post=True),
    "workspace:setup:sheet_template": Sample(ADMIN, lambda objects: {"form": "libro"}),
    "workspace:setup:translations": Sample(TRANSLATORS),
    "workspace:setup:translation": Sample(
        TRANSLATORS, lambda objects: {"record": "case-kind", "record_id": objects["kind"], "language": "arn"}
    ),
    "portal:texts:language": Sample(arguments=lambda objects: {"code": "es"}, moved=True),
    "workspace:setup:institution": Sample(ADMIN),
    "workspace:setup:practice": Sample(ADMIN),
    "workspace:setup:practice_open": Sample(ADMIN, post=True),
    "workspace:setup:tokens": Sample(ADMIN),
    "workspace:setup:token_revoke": Sample(ADMIN, with_(token_id="token"), post=True),
}


def make(house: House, made: Made, now: datetime) -> Made:
    """Make what an administrator sees: people, an invitation, a sheet, a token, texts, activities."""
    institution = house.institution
    codes = " ".join(institution.country.languages)
    update_institution(institution=institution, actor=None, now=now, languages=codes)
    token, _ = create_token(
        institution_id=institution.pk,
        user=house.user(R.QUALITY_MANAGER),
        scopes=[Scope.CASES_READ],
        name="prueba",
        now=now,
    )
    sheet = StaffSheet.objects.create(
        institution=institution,
        name="unidades.csv",
        created_at=now,
        tables=[["", [[1, ["Código", "Nombre"]], [2, ["nueva", "Unidad nueva"]]]]],
    )
    return {
        "unit": house.units["obras"],
        "colleague": house.user(R.UNIT_OFFICER).pk,
        "membership": Membership.objects.get(institution=institution, user=house.user(R.AUDITOR)).pk,
        "invitation": _invitation(house, now),
        "invitation_secret": INVITED,
        "absence": _absence(house, now),
        "token": token.pk,
        "sheet": sheet.pk,
        "activity": _activity(house, now),
        "privacy": _published(house, PublicText.PRIVACY, now),
        "declared": _published(house, PublicText.ACCESSIBILITY, now),
    }


def _invitation(house: House, now: datetime) -> int:
    """Invite somebody whose secret is known."""
    invite(
        institution=house.institution,
        email="nora@ejemplo.cl",
        name="Nora",
        role=R.AUDITOR,
        unit_id=None,
        actor=None,
        now=now,
    )
    offered = Invitation.objects.get()
    offered.digest = hashlib.sha256(INVITED.encode()).hexdigest()
    offered.save(update_fields=["digest"])
    return offered.pk


def _activity(house: House, now: datetime) -> int:
    return save_activity(
        institution=house.institution,
        actor=None,
        now=now,
        name="Atención de solicitudes",
        purpose="Responder",
        basis="Ley",
        subjects="Personas",
        data="Nombre",
        recipients="Nadie",
        retention="Dos años",
        security="Cifrado",
        responsible="OIRS",
    ).pk


def _published(house: House, subject: PublicText, now: datetime) -> int:
    words = dict.fromkeys(SECTIONS[subject], "Texto de la institución.")
    version = save_text(
        institution=house.institution, subject=subject, sections=words, actor=None, now=now, based_on=0
    )
    publish_version(
        institution=house.institution,
        subject=subject,
        number=version.number,
        from_day=house.institution.local_date(now),
        actor=None,
        now=now,
    )
    return version.number


def _absence(house: House, now: datetime) -> int:
    today = house.institution.local_date(now)
    return note_absence(
        institution=house.institution,
        user_id=house.user(R.HEAD_OF_UNIT).pk,
        substitute_id=None,
        starts_on=today,
        ends_on=today + timedelta(days=9),
        actor=house.user(R.QUALITY_MANAGER),
        now=now,
    ).pk

# SPDX-License-Identifier: EUPL-1.2
"""Changes of a body's configuration. Each is journaled and raises the body's `config_version`."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from siac.accounts.public import Role, User
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.kernel.text import sort_key, squeeze
from siac.organizations.models import Institution, Membership, Unit
from siac.organizations.queries import unit_tree

RESERVED_SLUGS = frozenset(
    {"api", "cuenta", "static", "media", "salud", "acceso", "admin", "estilo", "gestion"}
)


def touch_configuration(institution_id: int) -> None:
    """Raise the body's configuration version, so that every process loads its configuration anew."""
    Institution.objects.filter(pk=institution_id).update(config_version=F("config_version") + 1)


def touch_country(jurisdiction: str, institution_id: int | None = None) -> None:
    """Raise the configuration version of every body of a country, or only of one: a calendar they use has changed."""
    bodies = Institution.objects.filter(jurisdiction=jurisdiction)
    if institution_id is not None:
        bodies = bodies.filter(pk=institution_id)
    bodies.update(config_version=F("config_version") + 1)


def note_configuration(
    institution_id: int, kind: str, *, actor: User | None, now: datetime, data: dict[str, Any]
) -> None:
    """Journal a change of configuration and raise the version; call it inside the change's transaction."""
    touch_configuration(institution_id)
    record(
        institution_id=institution_id,
        stream=f"institution:{institution_id}",
        kind=kind,
        at=now,
        actor_id=actor.pk if actor else None,
        data=data,
    )


@transaction.atomic
def create_institution(*, actor: User | None, now: datetime, **fields: Any) -> Institution:
    """Open a public body in this installation.

    Raises:
        Refused: the slug is one of the installation's own addresses (reserved_slug).
    """
    if fields["slug"] in RESERVED_SLUGS:
        raise Refused("reserved_slug", slug=fields["slug"])
    institution = Institution.objects.create(**fields)
    note_configuration(
        institution.pk,
        "organizations.institution_created",
        actor=actor,
        now=now,
        data={"slug": institution.slug},
    )
    return institution


@transaction.atomic
def update_institution(
    *, institution: Institution, actor: User | None, now: datetime, **fields: Any
) -> Institution:
    """Change the data of a body; the journal keeps which fields changed, not their texts."""
    locked = Institution.objects.select_for_update().get(pk=institution.pk)
    changed = sorted(name for name, value in fields.items() if getattr(locked, name) != value)
    for name in changed:
        setattr(locked, name, fields[name])
    if changed:
        locked.save(update_fields=changed)
        note_configuration(
            locked.pk, "organizations.institution_changed", actor=actor, now=now, data={"fields": changed}
        )
    return locked


@transaction.atomic
def save_unit(
    *,
    institution: Institution,
    actor: User | None,
    now: datetime,
    code: str,
    name: str,
    unit: Unit | None = None,
    parent_id: int | None = None,
    email: str = "",
    place: str = "",
    is_active: bool = True,
) -> Unit:
    """Add a unit, or change `unit`.

    Raises:
        Refused: it would depend on itself (unit_would_loop), or the code is another unit's (code_taken).
    """
    Institution.objects.select_for_update().get(pk=institution.pk)
    if unit is not None and unit_tree(institution).would_loop(unit.pk, parent_id):
        raise Refused("unit_would_loop")
    row = unit or Unit(institution=institution)
    row.code, row.name, row.sort_key = code, squeeze(name), sort_key(name)
    row.parent_id, row.email, row.place, row.is_active = parent_id, email, place, is_active
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Refused("code_taken", code=code) from error
    kind = "organizations.unit_changed" if unit else "organizations.unit_created"
    note_configuration(institution.pk, kind, actor=actor, now=now, data={"unit": row.pk, "code": code})
    return row


@transaction.atomic
def grant_role(
    *,
    institution: Institution,
    email: str,
    name: str,
    role: Role,
    unit_id: int | None,
    actor: User | None,
    now: datetime,
) -> Membership:
    """Give a person a role in the body or in one of its units, opening their account if there is none.

    For whoever runs the installation (command line, demonstration) and for people who work in the body already;
    whoever administers a body invites others (`inviting.invite`), and they accept. A new account has no password: its
    owner sets one through the password-reset e-mail. The name of an account that stands is its person's and stays.

    Raises:
        Refused: the person holds that role there already (role_held).
    """
    user = User.objects.filter(email=email.strip().lower()).first()
    if user is None:
        user = User.objects.create_user(email, name=squeeze(name))
    held = Membership.objects.filter(institution=institution, user=user, role=role.value)
    if held.filter(unit_id=unit_id).exists() if unit_id else held.filter(unit=None).exists():
        raise Refused("role_held")
    membership = Membership.objects.create(
        institution=institution, user=user, unit_id=unit_id, role=role.value
    )
    note_configuration(
        institution.pk,
        "organizations.role_granted",
        actor=actor,
        now=now,
        data={"user": user.pk, "role": role.value, "unit": unit_id},
    )
    return membership


@transaction.atomic
def revoke_role(*, institution: Institution, membership_id: int, actor: User | None, now: datetime) -> None:
    """Take a role from a person, at once.

    Raises:
        Refused: nobody would be left to administer the body (last_administrator).
    """
    Institution.objects.select_for_update().get(pk=institution.pk)
    membership = Membership.objects.get(pk=membership_id, institution=institution)
    administrators = Membership.objects.filter(
        institution=institution, role=Role.ADMINISTRATOR, user__is_active=True
    )
    if membership.role == Role.ADMINISTRATOR and administrators.count() == 1:
        raise Refused("last_administrator")
    membership.delete()
    note_configuration(
        institution.pk,
        "organizations.role_revoked",
        actor=actor,
        now=now,
        data={"user": membership.user_id, "role": membership.role, "unit": membership.unit_id},
    )

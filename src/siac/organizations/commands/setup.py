# SPDX-License-Identifier: EUPL-1.2
"""Changes of a body's configuration. Each is journaled and raises the body's `config_version`."""

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet

from siac.accounts.public import (
    Role,
    User,
    account_of,
    account_without_password,
    close_account,
    end_provider_sessions,
)
from siac.infra.turns import each_alone
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.kernel.text import sort_key, squeeze
from siac.organizations.handing_over import hand_over_person, hand_over_unit
from siac.organizations.models import Institution, Membership, ProcessingActivity, Unit
from siac.organizations.place_book import ShownMoves, check_place, follow_place
from siac.organizations.queries import is_colleague, unit_tree
from siac.organizations.texts import TRAITS_ACTIVITY
from siac.organizations.versioned import save_version

RESERVED_SLUGS = frozenset(
    {
        "api",
        "cuenta",
        "static",
        "media",
        "salud",
        "acceso",
        "admin",
        "estilo",
        "gestion",
        "empezar",
        "scim",
        "metrics",
    }
)


def touch_configuration(institution_id: int) -> None:
    """Raise the body's configuration version, so that every process loads its configuration anew."""
    Institution.objects.filter(pk=institution_id).update(config_version=F("config_version") + 1)


def touch_country(jurisdiction: str, institution_id: int | None = None) -> None:
    """Raise the configuration version of every body of a country, or only of
    one: a calendar they use has changed.
    """
    bodies = Institution.objects.filter(jurisdiction=jurisdiction)
    if institution_id is not None:
        bodies = bodies.filter(pk=institution_id)
    else:
        # In the one order in which several bodies are locked, so that no two wait for each other.
        list(bodies.select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk"))
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
        Refused: the slug is one of the installation's own addresses (reserved_slug) or another body's
            (slug_taken), or no calendar knows the place.
    """
    slug = fields["slug"]
    if slug in RESERVED_SLUGS:
        raise Refused("reserved_slug", slug=slug)
    check_place(fields["place"])
    try:
        with transaction.atomic():
            institution = Institution.objects.create(**fields)
    except IntegrityError as error:
        raise Refused("slug_taken", slug=slug) from error
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
    *,
    institution: Institution,
    actor: User | None,
    now: datetime,
    shown: ShownMoves | None = None,
    **fields: Any,
) -> Institution:
    """Change the data of a body; the journal keeps which fields changed, not their texts.

    Running terms follow another place, as it was `shown`; None does not ask.

    Raises:
        Refused: no calendar knows its new place, or it would move others than was shown.
    """
    locked = Institution.objects.select_for_update(of=("self",), no_key=True).get(pk=institution.pk)
    changed = sorted(name for name, value in fields.items() if getattr(locked, name) != value)
    before = locked.place
    if "place" in changed:
        check_place(fields["place"])
    for name in changed:
        setattr(locked, name, fields[name])
    if changed:
        locked.save(update_fields=changed)
        note_configuration(
            locked.pk, "organizations.institution_changed", actor=actor, now=now, data={"fields": changed}
        )
        if "is_compared" in changed:
            data = {"is_compared": locked.is_compared}
            note_configuration(locked.pk, "organizations.comparison_decided", actor=actor, now=now, data=data)
        if "asks_traits" in changed and locked.asks_traits:
            _name_traits(locked, actor=actor, now=now)
        actor_id = actor.pk if actor else None
        follow_place(locked.pk, None, before, locked.place, actor_id=actor_id, now=now, shown=shown)
    return locked


def _name_traits(institution: Institution, *, actor: User | None, now: datetime) -> None:
    """Have the register of processing activities name that traits are asked, unless it does (2 SQL)."""
    name = TRAITS_ACTIVITY["name"]
    fields = {**TRAITS_ACTIVITY, "responsible": institution.name, "saved_by": actor, "saved_at": now}
    ProcessingActivity.objects.get_or_create(institution=institution, name=name, defaults=fields)


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
    successor_id: int | None = None,
    based_on: int | None = None,
    shown: ShownMoves | None = None,
) -> Unit:
    """Add a unit, or change `unit` as its next version (see `versioned.save_version`).

    One that is closed takes no new requests; what pointed to it points to its successor, which also takes
    over what it has open (`register_hand_over`). Running terms follow another place, as it was `shown`; None
    does not ask.

    Raises:
        Refused: somebody saved it meanwhile (saved_meanwhile), it would depend on itself (unit_would_loop),
            the code is another unit's (code_taken), it has open requests and no successor (unit_in_use), the
            successor is closed or itself (unit_successor), no calendar knows its place, or that would move
            others than was shown.
    """
    body = Institution.objects.select_for_update(of=("self",), no_key=True).get(pk=institution.pk)
    if unit is not None and unit_tree(institution).would_loop(unit.pk, parent_id):
        raise Refused("unit_would_loop")
    closes = unit is not None and not is_active
    if successor_id is not None and (not closes or not _takes_over(institution, unit, successor_id)):
        raise Refused("unit_successor")
    row = unit or Unit(institution=institution)
    if place and place != row.place:
        check_place(place)
    fields = {
        "successor_id": successor_id, "code": code, "name": squeeze(name), "sort_key": sort_key(name),
        "parent_id": parent_id, "email": email, "place": place, "is_active": is_active,
    }  # fmt: skip
    try:
        saved = save_version(row, fields, based_on=based_on, actor=actor, now=now)
    except IntegrityError as error:
        raise Refused("code_taken", code=code) from error
    row = saved.row
    if saved.before is not None:
        actor_id = actor.pk if actor else None
        before = saved.before["place"] or body.place
        after = place or body.place
        follow_place(body.pk, row.pk, before, after, actor_id=actor_id, now=now, shown=shown)
    if closes:
        hand_over_unit(institution, row.pk, successor_id, actor=actor, now=now)
    if not saved.is_changed:
        return row
    kind = "organizations.unit_changed" if unit else "organizations.unit_created"
    data = {
        "unit": row.pk, "code": code, "active": is_active, "successor": successor_id, "version": row.version,
    }  # fmt: skip
    note_configuration(institution.pk, kind, actor=actor, now=now, data=data)
    return row


def _takes_over(institution: Institution, unit: Unit | None, successor_id: int) -> bool:
    node = unit_tree(institution).nodes.get(successor_id)
    return node is not None and node.is_active and (unit is None or unit.pk != successor_id)


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
    until: date | None = None,
) -> Membership:
    """Give a person a role in the body or in one of its units, opening their account if there is none.

    `until`: the last day of the role, in the body's time zone. Giving it again
    with another day changes the day.

    For whoever runs the installation (command line, demonstration) and for people who work in the body
    already; whoever administers a body invites others (`inviting.invite`), and they accept. A new
    account has no password: its owner sets one through the password-reset e-mail. The name of an
    account that stands is its person's and stays. With the first role here, sessions end that a server of
    identity opened: it vouched for who worked in its body alone.

    Raises:
        Refused: the person holds that role there already until that day (role_held), the day has passed
            (role_ended), it is an administrator's, which does not end by itself (administrator_undated), it
            is of somebody from outside and has no last day (outside_dated), or the account was closed by
            whoever runs the installation (account_closed).
    """
    check_until(institution, role, until, now=now)
    Institution.objects.select_for_update(of=("self",), no_key=True).get(pk=institution.pk)
    user = account_of(email) or account_without_password(email=email, name=name)
    if not user.is_active:
        raise Refused("account_closed", email=user.email)
    held = Membership.objects.filter(institution=institution, user=user, role=role.value)
    membership = (held.filter(unit_id=unit_id) if unit_id else held.filter(unit=None)).first()
    if membership is None:
        if (
            not institution.is_practice
            and not Membership.objects.filter(institution=institution, user=user).exists()
        ):
            end_provider_sessions(user.pk)  # the server of another body does not open this one
        membership = Membership(
            institution=institution, user=user, unit_id=unit_id, role=role.value, since=now
        )
    elif membership.until == until:
        raise Refused("role_held")
    membership.until = until
    membership.save()
    note_configuration(
        institution.pk,
        "organizations.role_granted",
        actor=actor,
        now=now,
        data={
            "user": user.pk,
            "role": role.value,
            "unit": unit_id,
            "until": until.isoformat() if until else None,
        },
    )
    return membership


def check_until(institution: Institution, role: Role, until: date | None, *, now: datetime) -> None:
    """Make sure that a role may end on `until`.

    Raises:
        Refused: the day has passed (role_ended), an administrator's role would end (administrator_undated),
            or that of somebody from outside would not (outside_dated).
    """
    if until is None:
        if role is Role.COUNCIL_MEMBER:
            raise Refused("outside_dated")
        return
    if role is Role.ADMINISTRATOR:
        raise Refused("administrator_undated")
    if until < institution.local_date(now):
        raise Refused("role_ended")


@transaction.atomic
def revoke_role(
    *,
    institution: Institution,
    membership_id: int,
    actor: User | None,
    now: datetime,
    heir_id: int | None = None,
) -> None:
    """Take a role from a person, at once.

    Who has none left here leaves what was assigned to them to `heir_id`, or to nobody.

    Raises:
        Refused: nobody would be left to administer the body (last_administrator), or the heir does not work
            here or is the one who leaves (assignee_unknown).
    """
    Institution.objects.select_for_update(of=("self",), no_key=True).get(pk=institution.pk)
    membership = Membership.objects.get(pk=membership_id, institution=institution)
    if (
        membership.role == Role.ADMINISTRATOR
        and not _administrators(institution.pk).exclude(pk=membership.pk).exists()
    ):
        raise Refused("last_administrator")
    _take_away(institution, membership, actor=actor, now=now, heir_id=heir_id)


def _administrators(institution_id: int) -> QuerySet[Membership]:
    return Membership.objects.filter(
        institution=institution_id, role=Role.ADMINISTRATOR, user__is_active=True
    )


@transaction.atomic
def end_account(*, user: User, now: datetime, abandon: bool = False) -> int:
    """Close an account for whoever runs the installation: every role of it, in
    every body, ends at once; return how many.

    What was assigned to it falls to nobody, the heads of its units are told, and each body's
    journal says that its role ended. `abandon` closes also the account of a body's only
    administrator (another is then appointed by command).

    Raises:
        Refused: nobody would be left to administer a body at work that is no practice body
            (account_administers; `bodies`: their addresses).
    """
    # Bodies before accounts, in one order: so does every other change of who works where.
    bodies = list(
        Institution.objects.filter(pk__in=Membership.objects.filter(user=user).values("institution"))
        .select_for_update(of=("self",), no_key=True)
        .order_by("pk")
    )
    held = list(Membership.objects.filter(user=user, institution__in=bodies).order_by("pk"))
    administered = {row.institution_id for row in held if row.role == Role.ADMINISTRATOR}
    alone = [
        body.slug
        for body in bodies
        if body.is_active
        and not body.is_practice
        and body.pk in administered
        and not _administrators(body.pk).exclude(user=user).exists()
    ]
    if alone and not abandon:
        raise Refused("account_administers", bodies=", ".join(alone))
    close_account(user_id=user.pk, bars=True)
    by_pk = {body.pk: body for body in bodies}
    for row in held:
        _take_away(by_pk[row.institution_id], row, actor=None, now=now)
    return len(held)


def _take_away(
    institution: Institution,
    membership: Membership,
    *,
    actor: User | None,
    now: datetime,
    heir_id: int | None = None,
) -> None:
    membership.delete()
    if not Membership.objects.filter(institution=institution, user=membership.user_id).exists():
        if heir_id is not None and not is_colleague(institution, heir_id):
            raise Refused("assignee_unknown")
        hand_over_person(institution, membership.user_id, heir_id, actor=actor, now=now)
    note_configuration(
        institution.pk,
        "organizations.role_revoked",
        actor=actor,
        now=now,
        data={"user": membership.user_id, "role": membership.role, "unit": membership.unit_id},
    )


def end_roles(*, now: datetime) -> int:
    """Take away the roles whose last day has passed in their body, each alone; return how many.

    They open nothing since midnight; this hands over what their holders had,
    tells it in the journal and clears the lists.
    """
    rows = Membership.objects.filter(until__lt=now.date() + timedelta(days=1)).select_related("institution")
    ended = [row for row in rows.order_by("pk") if row.until and row.until < row.institution.local_date(now)]
    each_alone(*(partial(_end_role, row.pk, now=now) for row in ended))
    return len(ended)


@transaction.atomic
def _end_role(membership_id: int, *, now: datetime) -> None:
    row = Membership.objects.select_related("institution").filter(pk=membership_id).first()
    if row is not None and row.until and row.until < row.institution.local_date(now):
        institution = Institution.objects.select_for_update(of=("self",), no_key=True).get(
            pk=row.institution_id
        )
        _take_away(institution, row, actor=None, now=now)

# SPDX-License-Identifier: EUPL-1.2
import hmac
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import Expression

from siac.infra import ready
from siac.kernel.text import squeeze
from siac.notices.public import Address
from siac.people import vault
from siac.people.domain.person import (
    PersonData,
    PersonKind,
    as_typed,
    asked_terms,
    compact,
    contact_terms,
    forgiving_terms,
    phone_term,
    proving_names,
    second_factors,
)
from siac.people.models import TRAITS, Identity, Person
from siac.people.texts import ERASED_NAME, NO_NAME

SHORTEST_FACTOR = 4
SHORTEST_PHONE = 8  # digits
_SEALED = """
SELECT person_id, sealed FROM people_identity
WHERE institution_id = %s::bigint AND person_id = ANY(%s::bigint[])
"""
_NAMED = """
SELECT p.id, i.sealed FROM people_person p LEFT JOIN people_identity i ON i.person_id = p.id
WHERE p.institution_id = %s AND p.id = ANY(%s)
"""


def identities(institution_id: int, person_ids: Sequence[int]) -> dict[int, PersonData]:
    """Return the identities that exist among `person_ids` (1 SQL). Pages use `reveal` or `names` instead."""
    found = ready.rows(_SEALED, [institution_id, list(person_ids)])
    return {pk: vault.opened(institution_id, pk, blob) for pk, blob in found}


def names(institution_id: int, ids: Iterable[int | None]) -> dict[int, str]:
    """Return the name of each person for a list page (1 SQL): "Datos borrados" and "Sin nombre" where so."""
    return {pk: _name(opened) for pk, opened in _opened(institution_id, ids).items()}


def names_and_marks(
    institution_id: int, ids: Iterable[int | None]
) -> tuple[dict[int, str], dict[int, frozenset[int]]]:
    """Return the names of people as `names` does, and by which marks another
    entry of the same person is known (1 SQL).

    Marks stand for document and e-mail and tell neither; who has no mark is not known again.
    """
    opened = _opened(institution_id, ids)
    marks = {
        pk: frozenset(vault.tokens_asked(institution_id, contact_terms(data)))
        for pk, data in opened.items()
        if data is not None
    }
    return {pk: _name(data) for pk, data in opened.items()}, {pk: own for pk, own in marks.items() if own}


def marked(institution_id: int, marks: Expression) -> QuerySet[Identity]:
    """Return the entries with any of the `marks`, an array that another query gives, with `person_id`, to be
    made part of it.
    """
    return Identity.objects.filter(institution_id=institution_id, tokens__overlap=marks)


def _opened(institution_id: int, ids: Iterable[int | None]) -> dict[int, PersonData | None]:
    """Return the identities of those people who exist; None where it was erased (1 SQL)."""
    wanted = {pk for pk in ids if pk is not None}
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_NAMED, [institution_id, list(wanted)])
        rows = cursor.fetchall()
    return {pk: vault.opened(institution_id, pk, blob) if blob is not None else None for pk, blob in rows}


def _name(opened: PersonData | None) -> str:
    return ERASED_NAME if opened is None else opened.display_name or NO_NAME


def kind_of(person_id: int) -> PersonKind:
    """Return of what kind a person is that the body knows (1 SQL).

    Raises:
        Person.DoesNotExist: there is none.
    """
    return PersonKind(Person.objects.values_list("kind", flat=True).get(pk=person_id))


@dataclass(frozen=True, slots=True)
class Statistical:
    """What figures may know of a person: natural, legal or anonymous; citizen or internal (works for the
    body); and by name what they told of themselves, empty where they did not.
    """

    kind: str
    audience: str
    traits: Mapping[str, str] = field(default_factory=dict)


def statistics_of(institution_id: int, person_ids: Collection[int]) -> dict[int, Statistical]:
    """Return what figures may know of some people (1 SQL)."""
    rows = Person.objects.filter(institution_id=institution_id, pk__in=person_ids)
    told = rows.values_list("pk", "kind", "is_internal", *(f"characteristics__{name}" for name in TRAITS))
    return {
        pk: Statistical(
            kind,
            "internal" if is_internal else "citizen",
            {name: value or "" for name, value in zip(TRAITS, traits, strict=True)},
        )
        for pk, kind, is_internal, *traits in told
    }


def not_erased(person_ids: Collection[int]) -> set[int]:
    """Return those of some people whose identity was not erased (1 SQL)."""
    return set(Person.objects.filter(pk__in=person_ids, erased_at=None).values_list("pk", flat=True))


def erased_people() -> QuerySet[Person]:
    """Return the people of all bodies whose identity was erased. Lazy: no SQL until it is read."""
    return Person.objects.exclude(erased_at=None).select_related("institution").order_by("pk")


def lock_person(institution_id: int, person_id: int) -> Person | None:
    """Lock a person of a body until the transaction ends; None where there is none (1 SQL)."""
    # Whoever files for the same person only points at the row, and is not held up.
    rows = Person.objects.select_for_update(no_key=True)
    rows = rows.filter(institution_id=institution_id, pk=person_id)
    return rows.first()


def find_people(institution_id: int, query: str, limit: int = 50) -> list[int]:
    """Return ids of people, newest first (1 SQL): names by their beginnings,
    e-mail, phone and document whole; their own, or of who acts for them.

    Every word asked must match; beginnings need three letters, shorter words match whole words. Where nobody
    is found, one wrong letter in each word is forgiven (1 SQL more).
    """
    for forgiving in (False, True):
        rows = people_meant(institution_id, query, limit=limit, forgiving=forgiving)
        found = [] if rows is None else list(rows)
        if found:
            return found
    return []


def people_meant(
    institution_id: int, query: str, *, limit: int, forgiving: bool = False
) -> QuerySet[Identity, int] | None:
    """Return the query behind `find_people`, of one column `pk`, to be made part
    of another; None where nothing is asked.
    """
    asked = forgiving_terms(query) if forgiving else asked_terms(query)
    if not asked:
        return None
    rows = Identity.objects.filter(institution_id=institution_id)
    for alternatives in asked[:8]:
        rows = rows.filter(tokens__overlap=vault.tokens_asked(institution_id, alternatives))
    return rows.order_by("-pk").values_list("pk", flat=True)[:limit]


def same_people(institution_id: int, person_id: int, *, limit: int = 200) -> list[int]:
    """Return the ids of the entries that share document or e-mail with a
    person, its own included, newest first (2 SQL).

    Nobody, an erased person and one without either give an empty list.
    """
    data = identities(institution_id, [person_id]).get(person_id)
    alternatives = contact_terms(data) if data is not None else []
    if not alternatives:
        return []
    tokens = vault.tokens_asked(institution_id, alternatives)
    rows = Identity.objects.filter(institution_id=institution_id, tokens__overlap=tokens)
    return list(rows.order_by("-pk").values_list("pk", flat=True)[:limit])


# The words are found first, by their index: a plan made for any words and any limit would walk the people.
_KNOWN = """
WITH found AS MATERIALIZED (
  SELECT person_id FROM people_identity WHERE institution_id = %s AND tokens && %s::bigint[])
SELECT person_id FROM found ORDER BY person_id DESC LIMIT %s
"""


def known_people(institution_id: int, given: PersonData, *, limit: int) -> list[int]:
    """Return the ids of the entries with the document, e-mail or phone that is
    `given`, newest first (1 SQL, none without any).
    """
    alternatives = contact_terms(given)
    if sum(c.isdigit() for c in given.phone) >= SHORTEST_PHONE:
        alternatives = [*alternatives, phone_term(given.phone)]
    if not alternatives:
        return []
    tokens = vault.tokens_asked(institution_id, alternatives)
    return [pk for (pk,) in ready.rows(_KNOWN, [institution_id, tokens, limit])]


def matches_second_factor(institution_id: int, person_id: int | None, value: str) -> bool:
    """Return whether `value` is the person's e-mail or the last four or more characters of the document; of
    the telephone, where that is all the person gave; the surname, where not even that.

    1 SQL; compared in constant time. Nobody, an erased person and an empty value never match.
    """
    rows = Identity.objects.filter(institution_id=institution_id, pk=person_id)
    blob = rows.values_list("sealed", flat=True).first()
    if blob is None or person_id is None:
        return False
    data = vault.opened(institution_id, person_id, blob)
    given = squeeze(value).casefold().encode()
    matched = bool(data.email) and hmac.compare_digest(data.email.casefold().encode(), given)
    ending = compact(value)
    if len(ending) >= SHORTEST_FACTOR:
        for proof in second_factors(data, len(ending)):
            matched |= hmac.compare_digest(proof.encode(), ending.encode())
    for name in proving_names(data):
        matched |= hmac.compare_digest(name.encode(), as_typed(value).encode())
    return matched


def address(institution_id: int, person_id: int) -> Address | None:
    """Return how the outbox reaches a person, or None for an erased one (1 SQL; 2 where only a telephone is
    known).

    The telephone is left out where its number said no to text messages.
    """
    data = identities(institution_id, [person_id]).get(person_id)
    if data is None:
        return None
    texts = bool(data.phone) and not data.email and wants_texts(institution_id, data.phone)
    return Address(data.email, data.display_name, data.phone if texts else "")


def wants_texts(institution_id: int, phone: str) -> bool:
    """Return whether nobody who gave `phone` said no to text messages (1 SQL)."""
    tokens = vault.tokens_asked(institution_id, [phone_term(phone)])
    said_no = Person.objects.filter(institution_id=institution_id, texts_refused_at__isnull=False)
    return not said_no.filter(identity__tokens__overlap=tokens).exists()


def texts_choice(institution_id: int, person_id: int) -> bool | None:
    """Return whether text messages may go to the telephone of a person (2 SQL); None where there is none."""
    data = identities(institution_id, [person_id]).get(person_id)
    return wants_texts(institution_id, data.phone) if data is not None and data.phone else None

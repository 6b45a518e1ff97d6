# SPDX-License-Identifier: EUPL-1.2
"""Setting up the policy of a body, and beginning an edition of it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction

from siac.accounts.public import User
from siac.documents.public import CheckedFile, attach
from siac.governance.public import council_names
from siac.journal.public import record
from siac.kernel.approvals import ApprovalStep
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.organizations.public import Institution, lock_institution, note_configuration, save_version
from siac.policy.domain.sections import LINES, names
from siac.policy.domain.states import APPROVAL, EditionState
from siac.policy.models import LineLink, PolicyEdition, PolicySection, QualityPolicy
from siac.policy.progress import progress_sources
from siac.policy.queries import DOCUMENTS, editions_of, policy_of, sections_of

MOST_LINKS = 40
"""Things by which one line may be seen."""


def tell(
    policy: QualityPolicy, kind: str, actor: User | int | None, now: datetime, data: Mapping[str, object]
) -> None:
    """Write what happened into the chain of a policy (2 SQL)."""
    actor_id = actor.pk if isinstance(actor, User) else actor
    record(policy.institution_id, policy.stream, f"policy.{kind}", now, actor_id, data)


@transaction.atomic
def save_policy(
    *,
    institution: Institution,
    title: str,
    council_ids: Sequence[int],
    policy: QualityPolicy | None = None,
    based_on: int | None = None,
    actor: User | None,
    now: datetime,
) -> QualityPolicy:
    """Set up the policy of a body, or change it: its title, and the councils that must approve an edition (8
    SQL). A round that runs keeps the councils it began with.

    Raises:
        Refused: it has no title (policy_title), a council is not of the body (policy_council), the body has
            a policy (policy_exists), or somebody saved it meanwhile (saved_meanwhile).
    """
    named, wanted = squeeze(title)[:200], sorted({int(pk) for pk in council_ids})
    if not named:
        raise Refused("policy_title")
    if len(council_names(institution, wanted)) != len(wanted):
        raise Refused("policy_council")
    fields = {"title": named, "council_ids": wanted}
    row = policy or QualityPolicy(institution=institution)
    try:
        with transaction.atomic():
            saved = save_version(row, fields, based_on=based_on, actor=actor, now=now)
    except IntegrityError as error:
        raise Refused("policy_exists") from error
    if saved.is_changed:
        data = {"policy": saved.row.pk, "version": saved.row.version}
        note_configuration(institution.pk, "policy.saved", actor=actor, now=now, data=data)
    return saved.row


@transaction.atomic
def start_edition(*, institution: Institution, actor: User | None, now: datetime) -> PolicyEdition:
    """Begin an edition: the first one empty, the others with all that the one before says (9 SQL).

    Raises:
        Refused: the body has no policy (policy_unknown), or an edition is being written or reviewed
            (policy_draft_open).
    """
    lock_institution(institution.pk)
    policy = policy_of(institution)
    if policy is None:
        raise Refused("policy_unknown")
    before = next(iter(editions_of(institution)), None)
    if before is not None and before.state != EditionState.APPROVED:
        raise Refused("policy_draft_open")
    fresh = PolicyEdition(
        institution=institution, policy=policy, number=before.number + 1 if before else 1, title=policy.title
    )
    said = {"author": before.author, "validator": before.validator, "source": before.source} if before else {}
    row = save_version(fresh, said, based_on=None, actor=actor, now=now).row
    if before is not None:
        PolicySection.objects.bulk_create(
            PolicySection(
                institution=institution, edition=row, code=each.code, text=each.text, rows=each.rows
            )
            for each in sections_of(before).values()
            if each.pk and each.code != "participation"
        )
    tell(policy, "edition_started", actor, now, {"edition": row.pk, "number": row.number})
    return row


@transaction.atomic
def add_documents(
    *, institution: Institution, files: Sequence[CheckedFile], actor: User, now: datetime
) -> list[int]:
    """Add documents to the policy, for its instruments to name; return their numbers (5 SQL). Nobody reads
    one on the portal before an approved edition names it.

    Raises:
        Refused: the body has no policy (policy_unknown), or no file was sent (policy_file).
    """
    policy = policy_of(institution)
    if policy is None:
        raise Refused("policy_unknown")
    if not files:
        raise Refused("policy_file")
    rows = attach(institution.pk, DOCUMENTS, policy.pk, files, actor_id=actor.pk, now=now)
    numbers = [row.pk for row in rows]
    tell(policy, "documents_added", actor, now, {"documents": numbers})
    return numbers


def held_edition(institution: Institution, number: int, step: ApprovalStep) -> PolicyEdition:
    """Return an edition, locked, of which `step` may be taken as it stands (1 SQL).

    Raises:
        Refused: there is none (policy_unknown), or it is not the moment (policy_closed, policy_moment).
    """
    rows = PolicyEdition.objects.select_for_update(of=("self",)).select_related("policy")
    row = rows.filter(institution=institution, number=number).first()
    if row is None:
        raise Refused("policy_unknown")
    APPROVAL.move(row.state, step)
    return row


@transaction.atomic
def save_facts(
    *,
    institution: Institution,
    number: int,
    title: str,
    author: str,
    validator: str,
    source: str = "",
    valid_from: date | None = None,
    review_by: date | None = None,
    based_on: int | None = None,
    actor: User | None,
    now: datetime,
) -> PolicyEdition:
    """Say what a draft is called, which offices write and validate it, and from which local day it is meant
    to be in force (7 SQL).

    Raises:
        Refused: it cannot be written (policy_closed), has no title (policy_title), or somebody saved it
            meanwhile (saved_meanwhile).
    """
    row = held_edition(institution, number, ApprovalStep.WRITE)
    if not squeeze(title):
        raise Refused("policy_title")
    fields = {
        "title": squeeze(title)[:200], "author": squeeze(author)[:200],
        "validator": squeeze(validator)[:200], "source": squeeze(source)[:500], "valid_from": valid_from,
        "review_by": review_by,
    }  # fmt: skip
    saved = save_version(row, fields, based_on=based_on, actor=actor, now=now)
    if saved.is_changed:
        data = {"edition": row.pk, "version": saved.row.version}
        tell(row.policy, "edition_saved", actor, now, data)
    return saved.row


@transaction.atomic
def save_links(
    *,
    institution: Institution,
    edition: PolicyEdition,
    line: str,
    things: Sequence[tuple[str, int]],
    actor: User,
    now: datetime,
) -> None:
    """Say by what the progress of a line of action of an edition is seen, by kind and number; what was linked
    and is not named is linked no more (6 SQL).

    Raises:
        Refused: the edition has no such line (policy_line), a thing is of no known sort, or too many are
            named (policy_source).
    """
    lock_institution(institution.pk)
    if line not in names(sections_of(edition)[LINES].rows):
        raise Refused("policy_line")
    wanted = list(dict.fromkeys(things))
    known = {source.kind for source in progress_sources()}
    if len(wanted) > MOST_LINKS or not {kind for kind, _ in wanted} <= known:
        raise Refused("policy_source")
    rows = LineLink.objects.filter(policy=edition.policy, line=line)
    kept = {(row.kind, row.number): row.pk for row in rows}
    gone = [pk for thing, pk in kept.items() if thing not in wanted]
    LineLink.objects.filter(pk__in=gone).delete()
    LineLink.objects.bulk_create(
        LineLink(institution=institution, policy=edition.policy, line=line, kind=kind, number=number)
        for kind, number in wanted
        if (kind, number) not in kept
    )
    tell(edition.policy, "links_saved", actor, now, {"line": line, "things": [list(each) for each in wanted]})

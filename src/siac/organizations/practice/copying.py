# SPDX-License-Identifier: EUPL-1.2
"""How units, people and public texts come over into a practice body, and what
of this floor and below stays behind.
"""

from siac.accounts.public import Role
from siac.organizations.commands.publishing import publish_version, save_text
from siac.organizations.commands.setup import grant_role, save_unit
from siac.organizations.models import Membership, PublicText, Unit
from siac.organizations.practice.parts import Copying, PracticePart
from siac.organizations.published import text_in_force
from siac.organizations.queries import unit_tree


def _copy_units(copying: Copying) -> None:
    """Copy the units in use, those above first; what hung on a closed one hangs
    on the next above it that is open.
    """
    tree = unit_tree(copying.source)
    rows = Unit.objects.filter(institution=copying.source).in_bulk()

    def above(pk: int | None) -> int | None:
        while pk is not None and not tree.nodes[pk].is_active:
            pk = tree.nodes[pk].parent_id
        return copying.new_id(Unit, pk)

    def copy(row: Unit) -> Unit:
        return save_unit(
            **copying.common,
            code=row.code,
            name=row.name,
            parent_id=above(row.parent_id),
            email=row.email,
            place=row.place,
        )

    copying.each((rows[node.pk] for _, node in tree.outline() if node.is_active), copy)
    for pk, node in tree.nodes.items():  # what points to a closed unit points to the one that replaced it
        current = None if node.is_active else tree.current(pk)
        new = copying.new_id(Unit, current)
        if new is not None:
            copying.ids[Unit, pk] = new


def _copy_people(copying: Copying) -> None:
    """Give everybody the roles they hold in the source today, until the same last day.

    Nobody is invited or told.
    """
    today = copying.source.local_date(copying.now)
    held = Membership.objects.filter(institution=copying.source, user__is_active=True).select_related("user")
    given: set[tuple[int, str, int | None]] = set()

    def copy(row: Membership) -> Membership | None:
        unit_id = copying.new_id(Unit, row.unit_id)
        ended = row.until is not None and row.until < today
        if ended or (row.unit_id and unit_id is None) or (row.user_id, row.role, unit_id) in given:
            return None
        given.add((row.user_id, row.role, unit_id))
        return grant_role(
            **copying.common,
            email=row.user.email,
            name=row.user.name,
            role=Role(row.role),
            unit_id=unit_id,
            until=row.until,
        )

    copying.each(held.order_by("pk"), copy)


def _copy_texts(copying: Copying) -> None:
    """Publish, from today, the public texts that hold today."""
    today = copying.source.local_date(copying.now)
    for subject in PublicText.values:
        text = text_in_force(copying.source, subject, today)
        if text is not None and all(words for _, _, words in text.paragraphs()):
            row = save_text(**copying.common, subject=subject, sections=text.sections, based_on=0)
            publish_version(**copying.common, subject=subject, number=row.number, from_day=today)


PARTS = (
    PracticePart("units", 10, _copy_units, ("organizations.Unit",)),
    PracticePart("people", 20, _copy_people, ("organizations.Membership",)),
    # Beside its words a published text keeps what is drawn from the kinds: they come before it.
    PracticePart("texts", 95, _copy_texts, ("organizations.TextVersion", "organizations.TextPublication")),
)
LEFT_BEHIND = {
    "organizations.Absence": "Who is away from the source may well practise.",
    "organizations.Invitation": (
        "Nobody is invited to practise: who works in the source has the role at once."
    ),
    "organizations.PracticeRun": "It tells how practice bodies of the source were opened.",
    "organizations.ProcessingActivity": "The register tells what the body does with data of real people.",
    "organizations.RecordTranslation": "Whoever learns the work reads pages in Spanish.",
    "organizations.StaffSheet": "A sheet is a work of the source, done there.",
    "organizations.StartMark": "A practice body has nothing to start: it begins as its source stands.",
    "accounts.ApiToken": "No program works on invented cases.",
    "documents.Attachment": "Files of cases; the invented ones have none.",
    "infra.IdempotencyKey": "What programs sent to the source.",
    "infra.JobFault": "What failed in the source.",
    "journal.Checkpoint": "Every body has its own journal.",
    "journal.SealedHead": "Every body has its own journal.",
    "journal.JournalEntry": "Every body has its own journal.",
    "notices.Attempt": "What the source sent.",
    "notices.ChannelSwitch": "Nothing is sent from a practice body.",
    "notices.Notice": "What the source sent.",
    "notices.NoticeFact": "What the source sent.",
    "notices.ReturnedLetter": "What the source sent.",
}
"""Of this context and those below it, which cannot say so themselves."""

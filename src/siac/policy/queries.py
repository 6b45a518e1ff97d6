# SPDX-License-Identifier: EUPL-1.2
"""What can be asked about the policy of a body."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404

from siac.documents.public import attachments_of
from siac.governance.public import Decision, Result, council_names, decisions_about, visible_councils
from siac.organizations.public import Access, Institution
from siac.policy.domain.rights import PolicyRight
from siac.policy.domain.rounds import Verdict, Voice, together, verdicts
from siac.policy.domain.sections import INSTRUMENTS, SECTIONS, Rows
from siac.policy.domain.states import EditionState, Phase
from siac.policy.models import LineLink, PolicyEdition, PolicyRound, PolicySection, QualityPolicy

ROUND = "policy_round"
"""How councils know a round on their agenda."""
DOCUMENTS = "policy_document"
"""What the documents of a policy belong to: its number."""
_VOICES = {Result.APPROVED: True, Result.REJECTED: False}


def policy_of(institution: Institution) -> QualityPolicy | None:
    """Return the policy of a body; None while it has none (1 SQL)."""
    return QualityPolicy.objects.filter(institution=institution).first()


def editions_of(institution: Institution) -> list[PolicyEdition]:
    """Return the editions of the policy of a body, the newest first (1 SQL)."""
    rows = PolicyEdition.objects.filter(institution=institution).select_related("policy", "approved_by")
    return list(rows.order_by("-number"))


def edition_in_force(institution: Institution, today: date) -> PolicyEdition | None:
    """Return the edition that is in force on a local day; None where none is (1 SQL)."""
    rows = editions_of(institution)
    return next((row for row in rows if row.phase(today) is Phase.IN_FORCE), None)


def has_public(institution: Institution) -> bool:
    """Return whether everybody can read an edition of the policy of a body (1 SQL)."""
    return PolicyEdition.objects.filter(institution=institution, state=EditionState.APPROVED).exists()


def documents_of(institution: Institution, policy_id: int) -> dict[int, str]:
    """Return the names of the documents of a policy by number, the first added first (1 SQL)."""
    found = attachments_of(institution.pk, DOCUMENTS, [policy_id])[policy_id]
    return {row.pk: row.name for row in sorted(found, key=lambda row: row.pk)}


def is_public_document(institution: Institution, number: int) -> bool:
    """Return whether an approved edition names a document among its instruments (1 SQL)."""
    rows = PolicySection.objects.filter(
        institution=institution, edition__state=EditionState.APPROVED, code=INSTRUMENTS,
        rows__contains=[{"file": str(number)}],
    )  # fmt: skip
    return rows.exists()


def public_edition(institution: Institution, number: int) -> PolicyEdition:
    """Return an approved edition, as everybody may read it (1 SQL).

    Raises:
        Http404: there is none with that number.
    """
    rows = PolicyEdition.objects.filter(institution=institution, state=EditionState.APPROVED)
    row = rows.select_related("policy").filter(number=number).first()
    if row is None:
        raise Http404(str(number))
    return row


def edition_for(access: Access, number: int) -> PolicyEdition:
    """Return an edition for somebody of the house, or for who sits in a council that is deciding about it (1
    SQL, 3 for these).

    Raises:
        Http404: there is none, or not for this user.
    """
    rows = PolicyEdition.objects.filter(institution=access.institution, number=number)
    row = rows.select_related("policy", "approved_by").first()
    if row is None or not (access.has(PolicyRight.READ) or _decides(access, row)):
        raise Http404(str(number))
    return row


def _decides(access: Access, edition: PolicyEdition) -> bool:
    """Return whether somebody sits in a council that an edition was proposed to and that may still decide."""
    running = PolicyRound.objects.filter(edition=edition, ended_at=None).first()
    return running is not None and visible_councils(access).filter(pk__in=running.council_ids).exists()


def sections_of(edition: PolicyEdition) -> dict[str, PolicySection]:
    """Return the sections of an edition by code, in their order; those nobody wrote are empty and unsaved (1
    SQL).
    """
    rows = {row.code: row for row in PolicySection.objects.filter(edition=edition)}
    for row in rows.values():
        row.edition = edition
    return {
        each.code: rows.get(each.code)
        or PolicySection(
            institution_id=edition.institution_id, edition=edition, code=each.code, text="", rows=[]
        )
        for each in SECTIONS
    }


def contents(sections: Mapping[str, PolicySection]) -> dict[str, tuple[str, Rows]]:
    """Return the text and rows of sections, by code. No SQL."""
    return {code: (row.text, row.rows) for code, row in sections.items()}


@dataclass(frozen=True, slots=True)
class Heard:
    """What one council has said of a round: its name, its verdict, and the votes that closed, the last
    last.
    """

    number: int
    name: str
    verdict: Verdict
    decisions: Sequence[Decision]


@dataclass(frozen=True, slots=True)
class RoundTold:
    """A round with what each council said of it."""

    round: PolicyRound
    heard: Sequence[Heard]

    @property
    def verdict(self) -> Verdict:
        """What the councils say together."""
        return together(each.verdict for each in self.heard)

    @property
    def waiting(self) -> list[str]:
        """The councils that have not decided."""
        return [each.name for each in self.heard if each.verdict is Verdict.WAITING]

    @property
    def rejecting(self) -> list[str]:
        """The councils that rejected."""
        return [each.name for each in self.heard if each.verdict is Verdict.REJECTED]


def round_told(institution: Institution, row: PolicyRound) -> RoundTold:
    """Return a round with what each council said of it (2 SQL)."""
    decisions = decisions_about(institution, ROUND, row.pk)
    names = council_names(institution, row.council_ids)
    voices = [Voice(each.sitting.council_id, _VOICES.get(each.result)) for each in decisions]
    said = verdicts(list(names), voices)
    heard = [
        Heard(pk, name, said[pk], [each for each in decisions if each.sitting.council_id == pk])
        for pk, name in names.items()
    ]
    return RoundTold(row, heard)


def rounds_of(edition: PolicyEdition) -> list[PolicyRound]:
    """Return how often an edition was proposed, the last first (1 SQL)."""
    rows = PolicyRound.objects.filter(edition=edition).select_related("proposed_by")
    return list(rows.order_by("-number"))


def links_of(policy: QualityPolicy) -> dict[str, list[LineLink]]:
    """Return by what the lines of a policy are seen, by the code of the line (1 SQL)."""
    found: dict[str, list[LineLink]] = {}
    for row in LineLink.objects.filter(policy=policy).order_by("line", "pk"):
        found.setdefault(row.line, []).append(row)
    return found

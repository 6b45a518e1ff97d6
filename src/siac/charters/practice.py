# SPDX-License-Identifier: EUPL-1.2
"""How charters come over into a practice body."""

from siac.cases.public import CaseKind
from siac.catalogue.public import Service, Topic
from siac.charters.commands.charters import NewCommitment, publish_edition
from siac.charters.domain.states import EditionState
from siac.charters.models import CharterEdition, Commitment
from siac.organizations.public import Copying, PracticePart, Unit
from siac.servicepoints.public import ServicePoint

_KEPT = (
    "unit", "dimension", "record", "moment", "is_controllable", "dependence", "remedy_kind",
    "no_remedy_reason", "sustained_by", "subject", "channel", "remedy_when_below",
)  # fmt: skip
"""What a promise says beside its words, term, target and remedy."""


def _copy(copying: Copying) -> None:
    """Put each edition in force into force, from the same day, with the promises on kinds that came over."""
    rows = CharterEdition.objects.filter(
        institution=copying.source, valid_to=None, state=EditionState.APPROVED
    ).select_related("charter")
    used: set[str] = set()

    def copy(row: CharterEdition) -> CharterEdition | None:
        promised = [_promise(copying, each, used) for each in row.commitments.select_related("indicator")]
        kept = [each for each in promised if each is not None]
        if not kept:
            return None
        given = [copying.new_id(Service, pk) for pk in row.service_ids]
        return publish_edition(
            **copying.common, code=row.charter.code, title=row.charter.title, valid_from=row.since,
            approved_by=row.approved_by, commitments=kept, texts=row.texts,
            service_ids=[pk for pk in given if pk is not None],
        )  # fmt: skip

    copying.each(rows.order_by("charter__code", "pk"), copy)


def _promise(copying: Copying, row: Commitment, used: set[str]) -> NewCommitment | None:
    """Return a promise of the source as one of the practice body; None where what it speaks of did not come
    over.

    Every edition is the first one there, and indicators are named by code and edition: a code that two
    charters use is told apart by the charter's.
    """
    kind_id = copying.new_id(CaseKind, row.kind_id)
    topic_id = copying.new_id(Topic, row.topic_id)
    point_id = copying.new_id(ServicePoint, row.service_point_id)
    needed = ((row.kind_id, kind_id), (row.topic_id, topic_id), (row.service_point_id, point_id))
    if row.amount is None or any(old is not None and new is None for old, new in needed):
        return None
    more = {name: getattr(row, name) for name in _KEPT}
    more |= {"topic_id": topic_id, "service_point_id": point_id}
    more["service_id"] = copying.new_id(Service, row.service_id)
    more["responsible_id"] = copying.new_id(Unit, row.responsible_id)
    code = row.code if row.code not in used else f"{row.code[:18]}-{row.edition.charter.code[:18]}"
    used.add(code)
    return NewCommitment(
        code, row.text, kind_id, row.amount, row.target, row.remedy, row.remedy_days, more
    )  # fmt: skip


PARTS = (
    PracticePart(
        "charters", 60, _copy,
        ("charters.Charter", "charters.CharterEdition", "charters.Commitment", "indicators.Indicator"),
    ),
)  # fmt: skip
LEFT_BEHIND = {
    "charters.ReferenceCharter": "Charters of others with files of the source, for those who write its own.",
    "charters.CharterTeam": "Who made the charters of the source, by which act; practice has its own people.",
    "charters.Certification": "Who certified the source; nobody certified its practice.",
    "charters.CertificationAudit": "What was said of that.",
    "charters.EditionReview": "What reviewers of the source said; practice reviews its own.",
    "charters.GapOverride": "What the authority of the source promised all the same.",
    "charters.EditionComment": "What people said of drafts of the source.",
    "charters.Breach": "Promises that the source broke on its own cases.",
    "charters.CharterReport": "What the source reported of its charters.",
    "charters.RecognitionRule": "What the source recognises its units for.",
    "charters.PeriodResult": "How the source kept its promises.",
    "charters.Claim": "What real people claimed.",
    "charters.Remedy": "What the source owes to real people.",
    "charters.RemedyFact": "What is counted of that.",
}

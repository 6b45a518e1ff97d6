# SPDX-License-Identifier: EUPL-1.2
"""What is known of certificates and signatures."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from siac.infra.config_cache import ConfigCache
from siac.infra.environment import text
from siac.kernel.work_states import WorkState
from siac.organizations.public import Access, Institution
from siac.signing.domain.ports import Port
from siac.signing.domain.signables import signables
from siac.signing.domain.states import OVER, SignState, Trouble
from siac.signing.models import Signature, SigningCertificate, SigningPort, SigningSetup

_MADE = (WorkState.DONE.value, SignState.ANNULLED.value)


def certificate_in_force(institution_id: int) -> SigningCertificate | None:
    """Return the certificate that a body put into use last and did not withdraw, ended or not (1 SQL)."""
    return SigningCertificate.objects.filter(institution_id=institution_id, ended_at=None).first()


def former_certificates(institution: Institution) -> list[SigningCertificate]:
    """Return the certificates that a body signed with before, the latest first, at most fifty (1 SQL)."""
    rows = SigningCertificate.objects.filter(institution=institution, ended_at__isnull=False)
    return list(rows.defer("certificate", "sealed")[:50])


def trouble_with(row: SigningCertificate | None, now: datetime) -> Trouble | None:
    """Return why a body cannot sign with a certificate at `now`; None where it can. No SQL."""
    if row is None:
        return Trouble.NO_CERTIFICATE
    if now >= row.until:
        return Trouble.EXPIRED
    return Trouble.EARLY if now < row.since else None


def setup_of(institution: Institution) -> SigningSetup:
    """Return how a body signs; unsaved, as nobody said anything yet, where nobody did (1 SQL)."""
    found = SigningSetup.objects.filter(institution=institution).first()
    return found or SigningSetup(institution=institution)


_SIGNS: ConfigCache[bool] = ConfigCache(
    lambda institution_id: SigningSetup.objects.filter(
        institution=institution_id, signs_answers=True
    ).exists()
)


def signs_answers(institution: Institution) -> bool:
    """Return whether a body signs the letter of every answer by itself (no SQL when warm)."""
    return _SIGNS.get(institution)


def stamps_for(institution: Institution) -> str:
    """Return the address of who stamps the signatures of a body with the time, its own or that of the
    installation (`SIAC_TSA_URL`); empty: nobody does (1 SQL).
    """
    return setup_of(institution).stamps or text("SIAC_TSA_URL", "")


def signature_of(institution: Institution, kind: str, subject_id: int) -> Signature | None:
    """Return the signature of a document that stands or is on its way; None where there is none (1 SQL)."""
    rows = Signature.objects.filter(institution=institution, kind=kind, subject_id=subject_id)
    return rows.exclude(state__in=OVER).select_related("requested_by", "certificate").first()


def annulled(institution: Institution, kind: str, subject_id: int) -> list[Signature]:
    """Return the signatures of a document that were annulled, the last one first, at most ten (1 SQL)."""
    rows = Signature.objects.filter(
        institution=institution, kind=kind, subject_id=subject_id, state=SignState.ANNULLED
    )
    return list(rows.select_related("annulled_by").order_by("-annulled_at", "-pk")[:10])


def was_signed(access: Access, signature_id: int, code: str = "") -> Signature | None:
    """Return a signature that was made, annulled since or not, of a document that somebody may open, or whose
    `code` they know: it stands on the document itself (1 SQL).
    """
    rows = Signature.objects.filter(institution=access.institution, code=code) if code else signatures(access)
    return rows.filter(pk=signature_id, state__in=_MADE).select_related("annulled_by").first()


def signed_copy(institution: Institution, kind: str, subject_id: int) -> Signature | None:
    """Return the signature of a document whose signed file can be had: made and not annulled; None where
    there is none (1 SQL).
    """
    rows = Signature.objects.filter(
        institution=institution, kind=kind, subject_id=subject_id, state=WorkState.DONE
    )
    return rows.exclude(signed_id=None).first()


def signatures(access: Access) -> QuerySet[Signature]:
    """Return the signatures of those documents of a body that somebody may open: of others not even the title
    is told. Lazy: no SQL.
    """
    # An «or» takes conditions, row by row: of «in» PostgreSQL would make the list of all that they may open.
    opened = Q(pk__in=[])
    for each in signables():
        rows = each.seen(access)
        if rows is not None:
            opened |= Q(Exists(rows.filter(pk=OuterRef("subject_id"))), kind=each.kind)
    return Signature.objects.filter(opened, institution=access.institution)


def unfinished(access: Access) -> QuerySet[Signature]:
    """Return those of `signatures` to look after: they failed, wait for a certificate or are outside. Lazy:
    no SQL.
    """
    return signatures(access).filter(state__in=(WorkState.FAILED, SignState.HELD, SignState.OUTSIDE))


def subjects_called(institution_id: int, kind: str, title: str) -> set[int]:
    """Return the documents of a kind with that title that are signed or to be (1 SQL)."""
    rows = Signature.objects.filter(institution_id=institution_id, kind=kind, title=title)
    return set(rows.exclude(state=WorkState.STOPPED).values_list("subject_id", flat=True))


def verified(institution: Institution, code: str) -> Signature | None:
    """Return the signed document of a body that has this code, its signature annulled or not (1 SQL)."""
    rows = Signature.objects.filter(institution=institution, code=code, state__in=_MADE)
    return rows.select_related("certificate").first()


def signed_among(institution_id: int, kind: str, subject_ids: Sequence[int]) -> dict[int, Signature]:
    """Return the signatures of these documents that are done, by document (1 SQL)."""
    rows = Signature.objects.filter(
        institution_id=institution_id, kind=kind, subject_id__in=subject_ids, state=WorkState.DONE
    )
    return {row.subject_id: row for row in rows}


def ports_of(institution: Institution) -> dict[str, SigningPort]:
    """Return by which programs and services outside a body signs, by `Port` (1 SQL)."""
    rows = SigningPort.objects.filter(institution=institution, is_active=True)
    return {row.port: row for row in rows.defer("sealed", "admission")}


def has_port(institution: Institution, port: Port) -> bool:
    """Return whether a body signs by that program or service (1 SQL)."""
    return SigningPort.objects.filter(institution=institution, port=port, is_active=True).exists()


def port_of(institution: Institution, port: Port) -> SigningPort:
    """Return what is known of a port of a body; unsaved where nobody said anything yet (1 SQL)."""
    found = SigningPort.objects.filter(institution=institution, port=port).first()
    return found or SigningPort(institution=institution, port=port)

# SPDX-License-Identifier: EUPL-1.2
"""Pages of `charters`."""

from datetime import date, datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from siac.accounts.public import Role
from siac.charters.commands.certifying import CERTIFICATE_FILES, save_certification
from siac.charters.commands.charters import start_charter
from siac.charters.commands.claims import file_claim
from siac.charters.commands.drafting import save_commitment, start_edition
from siac.charters.commands.recognising import declare_recognition
from siac.charters.commands.referencing import FILES, save_reference
from siac.charters.commands.steps import comment, prepublish
from siac.charters.domain.certifying import holds_until
from siac.charters.domain.parts import Norm
from siac.charters.models import CharterReport, PeriodResult, Remedy
from siac.documents.public import Attachment, attachments_of, check_uploads
from siac.organizations.public import create_institution, update_institution
from tests.architecture.samples.whom import (
    DECIDERS,
    INDICATORS,
    KEEPERS,
    REMEDIES,
    STAFF,
    Made,
    Sample,
    with_,
)
from tests.factories import House, file, promised, upload

REPORTERS = frozenset({Role.QUALITY_MANAGER, Role.AUTHORITY})
_DRAFT = with_(edition_id="charter_draft")

SAMPLES = {
    "portal:charters:charters": Sample(),
    "portal:charters:charter": Sample(arguments=lambda made: {"code": "carta"}),
    "portal:charters:edition": Sample(arguments=lambda made: {"code": "carta", "number": 1}),
    "portal:charters:draft": Sample(arguments=with_(code="charter_shown")),
    "portal:charters:claim": Sample(),
    "portal:charters:paper": Sample(
        arguments=lambda made: {"code": "carta", "number": 1, "paper": "folleto"}
    ),
    "workspace:charters:staff_paper": Sample(
        STAFF, lambda made: {"edition_id": made["charter_draft"], "paper": "carta"}
    ),
    "portal:charters:register": Sample(arguments=lambda made: {"code": "carta"}),
    "portal:charters:badge": Sample(arguments=lambda made: {"code": "carta"}),
    "portal:charters:comparison": Sample(),
    "portal:charters:period": Sample(
        arguments=lambda made: {"code": "carta", "result_id": made["charter_result"]}
    ),
    "portal:charters:compliance": Sample(moved=True),
    "portal:charters:cases": Sample(arguments=with_(commitment_id="commitment"), moved=True),
    "workspace:charters:charters": Sample(STAFF),
    "workspace:charters:charter": Sample(STAFF, with_(charter_id="charter")),
    "workspace:charters:charter_new": Sample(KEEPERS),
    "workspace:charters:choosing": Sample(KEEPERS),
    "workspace:charters:team": Sample(KEEPERS, with_(charter_id="charter")),
    "workspace:charters:charter_change": Sample(KEEPERS, with_(charter_id="charter")),
    "workspace:charters:edition_new": Sample(KEEPERS, with_(charter_id="charter"), post=True, moved=True),
    "workspace:charters:preview": Sample(STAFF, _DRAFT),
    "workspace:charters:compare": Sample(STAFF, _DRAFT),
    "workspace:charters:part": Sample(
        KEEPERS, lambda made: {"edition_id": made["charter_draft"], "code": "aims"}
    ),
    "workspace:charters:expectations": Sample(KEEPERS, _DRAFT),
    "workspace:charters:expectations_bring": Sample(KEEPERS, _DRAFT, post=True, moved=True),
    "workspace:charters:levels": Sample(STAFF, _DRAFT),
    "workspace:charters:gap": Sample(
        KEEPERS, with_(edition_id="charter_draft", commitment_id="draft_promise")
    ),
    "workspace:charters:gap_override": Sample(
        frozenset({Role.AUTHORITY}), with_(edition_id="charter_draft", commitment_id="draft_promise")
    ),
    "workspace:charters:process_begin": Sample(
        KEEPERS, with_(charter_id="charter"), post=True, moved=True, data={"guia": "1"}
    ),
    "workspace:charters:services": Sample(KEEPERS, _DRAFT),
    "workspace:charters:objectives": Sample(KEEPERS, _DRAFT),
    "workspace:charters:references": Sample(STAFF),
    "workspace:charters:reference_new": Sample(KEEPERS),
    "workspace:charters:reference": Sample(STAFF, with_(reference_id="charter_reference")),
    "workspace:charters:reference_change": Sample(KEEPERS, with_(reference_id="charter_reference")),
    "workspace:charters:reference_file_removed": Sample(
        KEEPERS, with_(reference_id="charter_reference", attachment_id="charter_reference_file"), post=True,
        moved=True,
    ),
    "workspace:charters:reference_file": Sample(
        STAFF, with_(reference_id="charter_reference", attachment_id="charter_reference_file")
    ),
    "workspace:charters:benchmarks": Sample(KEEPERS, _DRAFT),
    "workspace:charters:participation": Sample(KEEPERS, _DRAFT),
    "workspace:charters:days": Sample(KEEPERS, _DRAFT),
    "workspace:charters:promise_new": Sample(KEEPERS, _DRAFT),
    "workspace:charters:promise": Sample(
        KEEPERS, with_(edition_id="charter_draft", commitment_id="draft_promise")
    ),
    "workspace:charters:promise_act": Sample(
        KEEPERS, with_(edition_id="charter_draft", commitment_id="draft_promise"), post=True, moved=True,
        data={"act": "subir"},
    ),
    "workspace:charters:step": Sample(
        KEEPERS, lambda made: {"edition_id": made["charter_draft"], "code": "pedir-revision"}
    ),
    "workspace:charters:minimum": Sample(STAFF),
    "workspace:charters:certificates_waiting": Sample(KEEPERS),
    "workspace:charters:certifications": Sample(STAFF, with_(charter_id="charter")),
    "workspace:charters:certification_new": Sample(KEEPERS, with_(charter_id="charter")),
    "workspace:charters:certification": Sample(
        KEEPERS, with_(charter_id="charter", certification_id="certificate")
    ),
    "workspace:charters:certificate_file": Sample(
        STAFF,
        lambda made: {
            "charter_id": made["charter"], "kind": "certificado", "attachment_id": made["certificate_file"],
        },
    ),
    "workspace:charters:certification_audit": Sample(KEEPERS, with_(audit_id="certificate_audit")),
    "workspace:charters:audit_finding": Sample(
        KEEPERS | {Role.INTERNAL_AUDITOR}, with_(audit_id="certificate_audit")
    ),
    "workspace:charters:spread": Sample(
        KEEPERS, with_(edition_id="charter_approved"), post=True, moved=True, data={"guia": "1"}
    ),
    "workspace:charters:archive": Sample(KEEPERS, with_(edition_id="charter_approved")),
    "workspace:charters:comment_answer": Sample(KEEPERS, with_(comment_id="charter_comment")),
    "workspace:charters:compliance": Sample(STAFF),
    "workspace:charters:cases": Sample(INDICATORS, with_(commitment_id="commitment")),
    "workspace:charters:register": Sample(STAFF, with_(charter_id="charter")),
    "workspace:charters:recognitions": Sample(STAFF),
    "workspace:charters:recognition_end": Sample(
        REPORTERS, with_(rule_id="recognition"), post=True, moved=True
    ),
    "workspace:charters:report_list": Sample(STAFF),
    "workspace:charters:reports": Sample(STAFF, with_(charter_id="charter")),
    "workspace:charters:report": Sample(STAFF, with_(report_id="charter_report")),
    "workspace:charters:report_paper": Sample(STAFF, with_(report_id="charter_report")),
    "workspace:charters:report_show": Sample(
        REPORTERS, with_(report_id="charter_report"), post=True, moved=True, data={"publicar": "si"}
    ),
    "workspace:charters:report_sent": Sample(REPORTERS, with_(report_id="charter_report")),
    "workspace:charters:report_breaches": Sample(DECIDERS, with_(report_id="charter_report")),
    "workspace:charters:report_claims": Sample(REMEDIES, with_(report_id="charter_report")),
    "workspace:charters:period_cases": Sample(INDICATORS, with_(result_id="charter_result")),
    "portal:charters:report": Sample(
        arguments=lambda made: {"code": "carta", "report_id": made["charter_report"]}
    ),
    "portal:charters:report_paper": Sample(
        arguments=lambda made: {"code": "carta", "report_id": made["charter_report"]}
    ),
    "workspace:charters:explain": Sample(KEEPERS, with_(result_id="charter_result")),
    "workspace:charters:step_cases": Sample(
        INDICATORS, lambda made: {"service_id": made["service"], "code": "p_revisar"}
    ),
    "workspace:charters:remedies": Sample(DECIDERS),
    "workspace:charters:claims": Sample(REMEDIES),
    "workspace:charters:claim": Sample(REMEDIES, with_(claim_id="claim")),
    "workspace:charters:remedy": Sample(DECIDERS, with_(remedy_id="remedy")),
}  # fmt: skip


def make(house: House, made: Made, now: datetime) -> Made:
    """Name the commitment of the body, the remedy that the late case is owed, the next edition of its
    charter, and a draft that was commented.
    """
    common = {"institution": house.institution, "actor": house.user(Role.QUALITY_MANAGER), "now": now}
    charter = house.commitment.edition.charter
    draft = start_edition(**common, charter_id=charter.pk)
    other = start_charter(
        **common, code="en-consulta", title="Carta en consulta", norm=Norm.UNE, responsible_id=None
    )
    shown = start_edition(**common, charter_id=other.pk)
    save_commitment(**common, edition_id=shown.pk, fields=promised(house))
    until = house.institution.local_date(now) + timedelta(days=10)
    prepublish(**common, edition_id=shown.pk, until=until)
    said = comment(
        institution=house.institution, now=now, edition_id=shown.pk, capacity="person", organisation="",
        text="Diez días es mucho para un reclamo",
    )  # fmt: skip
    claimed = file_claim(
        institution=house.institution, case=file(house, now=now), commitment_id=house.commitment.pk,
        words="Nadie me llamó", now=now,
    )  # fmt: skip
    certificate = save_certification(
        **common, charter_id=charter.pk, certifier="AENOR", norm="UNE 93200", number="A-1", scope="Reclamos",
        valid_from=house.institution.local_date(now), valid_to=holds_until(house.institution.local_date(now)),
        files=check_uploads([upload()]),
    )  # fmt: skip
    kept = attachments_of(house.institution.pk, CERTIFICATE_FILES, [certificate.pk])[certificate.pk]
    missed = PeriodResult.objects.create(
        institution=house.institution, charter=charter, code=house.commitment.code,
        commitment=house.commitment, first=date(2026, 1, 1), last=date(2026, 1, 31), value=50, met=3, total=6,
        target=90, is_reached=False, words="50 %", target_words="90 %", of_words="3 de 6", frozen_at=now,
    )  # fmt: skip
    paper = SimpleUploadedFile("carta.txt", b"Una carta de otro organismo", "text/plain")
    reference = save_reference(
        **common, title="Carta de referencia", body="Otro organismo", country="Uruguay",
        url="https://carta.example/", taken="Sus plazos", files=check_uploads([paper]),
    ).row  # fmt: skip
    known = {name: getattr(house.institution, name) for name in ("jurisdiction", "time_zone", "place")}
    beside = create_institution(
        actor=None, now=now, slug="comparada", name="Otro servicio", short_name="Otro", **known
    )
    for body in (house.institution, beside):
        update_institution(institution=body, actor=None, now=now, is_compared=True)
    reported = CharterReport.objects.create(
        institution=house.institution, charter=charter, norm=Norm.UNE, first=date(2025, 1, 1),
        last=date(2025, 12, 31), number=1, paper=b"%PDF-", made_at=now, made_by=common["actor"], shown_at=now,
        content={
            "title": "Informe", "charter": "Carta", "period": "2025", "days": "Todo 2025", "goes_to": "",
            "verdict": "Sin dato",
            "sections": [{
                "code": "kept", "title": "Cumplimiento", "basis": "Norma", "words": ["Así fue."],
                "tables": [{
                    "caption": "Compromisos", "heads": [["Compromiso", False], ["Resultado", True]],
                    "rows": [[["1. Respondemos", ""], ["50 %", f"period:{missed.pk}"]]],
                }],
            }],
        },
    )  # fmt: skip
    rule = declare_recognition(**common, title="Siempre a tiempo", periods=4, least=10)
    return {
        "recognition": rule.pk,
        "charter_report": reported.pk,
        "commitment": house.commitment.pk, "remedy": Remedy.objects.get().pk, "charter": charter.pk,
        "charter_draft": draft.pk, "draft_promise": draft.commitments.get().pk, "charter_shown": other.code,
        "charter_comment": said.pk, "claim": claimed.pk,
        "charter_result": missed.pk, "charter_approved": house.commitment.edition_id,
        "charter_reference": reference.pk,
        "charter_reference_file": Attachment.objects.get(subject_type=FILES, subject_id=reference.pk).pk,
        "certificate": certificate.pk, "certificate_file": kept[0].pk,
        "certificate_audit": certificate.audits.first().pk,
    }  # fmt: skip

# SPDX-License-Identifier: EUPL-1.2
"""Which rows our columns name by their numbers alone, and the words that others have for our rows."""

from siac.cases.models import (
    AdoptedPart,
    AnswerDraft,
    AnswerTemplate,
    Appeal,
    Case,
    CaseAlert,
    CaseExport,
    CaseFact,
    CaseKind,
    CaseMessage,
    Cause,
    Dossier,
    FilingDraft,
    FormFact,
    ImportBatch,
    Interaction,
    InteractionFact,
    Redaction,
    RoutingRule,
    Undoable,
)
from siac.infra.travelling import register_named, register_named_by, register_sorts


def name_rows() -> None:
    """Say it of each column and sort of ours."""
    register_named(CaseAlert, clock_id="clocks_clock")
    register_named(CaseExport, attachment_id="documents_attachment")
    register_named(Dossier, attachment_id="documents_attachment")
    register_named(Redaction, attachment_id="documents_attachment", replacement_id="documents_attachment")
    register_named(Undoable, message_id="cases_casemessage")
    register_named(FormFact, kind_id="cases_casekind")
    register_named(
        InteractionFact,
        unit_id="organizations_unit",
        topic_id="catalogue_topic",
        point_id="servicepoints_servicepoint",
    )
    register_named(
        CaseFact,
        unit_id="organizations_unit",
        kind_id="cases_casekind",
        topic_id="catalogue_topic",
        point_id="servicepoints_servicepoint",
        service_id="catalogue_service",
    )
    register_named_by(AdoptedPart, "object_id", by="key")
    register_sorts(
        {
            "case": Case,
            "case-kind": CaseKind,
            "kind": CaseKind,
            "cause": Cause,
            "template": AnswerTemplate,
            "routing": RoutingRule,
            "interaction": Interaction,
            "appeal": Appeal,
            "message": CaseMessage,
            "respuesta": CaseMessage,
            "answer_draft": AnswerDraft,
            "draft": FilingDraft,
            "import": ImportBatch,
            "redaction": Redaction,
            "export": CaseExport,
            "export_built": CaseExport,
            "dossier": Dossier,
            "dossier_built": Dossier,
        }
    )

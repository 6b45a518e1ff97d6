# SPDX-License-Identifier: EUPL-1.2
"""A sample object for every address of the product, and who is meant to open it.

An address without a line here fails the sweep: whoever adds a page says with
which object it opens and for whom.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from siac.accounts.public import Role, Scope, create_token
from siac.cases.answer_templates.commands import save_template
from siac.cases.appeals.commands import register_appeal
from siac.cases.auditing.commands import draw_sample
from siac.cases.bulk.commands import choose_cases, preview_bulk
from siac.cases.causes.commands import save_cause
from siac.cases.commands.approving import submit_answer
from siac.cases.commands.drafts import hand_over, save_draft
from siac.cases.commands.silence import certify_silence
from siac.cases.domain.delivery import Delivery
from siac.cases.hearing.commands import hear_third_party
from siac.cases.imports.batches import receive_file
from siac.cases.linking.commands import link_cases
from siac.cases.lists.commands import save_view
from siac.cases.lists.exporting import begin_export
from siac.cases.models import (
    Appeal,
    Case,
    CaseAlert,
    CaseLink,
    CaseTask,
    Drawn,
    Edition,
    ErasureItem,
    ErasureRun,
    ImportBatch,
    Mention,
    ReserveCause,
    ThirdParty,
)
from siac.cases.notices import third_party_token
from siac.cases.portal.browser import COOKIE
from siac.cases.portal.following import FOLLOWING, cookie_name
from siac.cases.protection.preparing import begin_case_file
from siac.cases.public import Outcome, assign_case, save_kind
from siac.cases.reserve.commands import enter_reserve
from siac.cases.routing.rule_commands import save_rule
from siac.cases.tasks import export_cases, prepare
from siac.cases.teamwork.commands import add_task, note_with_mentions
from siac.charters.models import Remedy
from siac.clocks.commands.changes import begin_adding
from siac.clocks.models import LayerDay
from siac.clocks.public import Amount, Unit, open_own_layer, save_own_rule, settle_overdue
from siac.documents.models import Attachment
from siac.documents.public import check_uploads
from siac.integrations.mailbox.commands.receiving import keep_mail
from siac.integrations.mailbox.commands.settling import settle_next
from siac.integrations.mailbox.commands.setup import save_mailbox
from siac.integrations.mailbox.models import BlockedSender, IncomingMail, Mailbox
from siac.integrations.mailbox.secrets import bound_blocked, sealed
from siac.integrations.mailbox.server import Listed
from siac.mailroom.public import NewPaper, PaperType, register_paper
from siac.notices.channels.sms import STATUS
from siac.notices.models import Notice
from siac.notices.public import switch_texts
from siac.organizations.commands.processing import save_activity
from siac.organizations.domain.public_texts import SECTIONS
from siac.organizations.models import Invitation, Membership, StaffSheet
from siac.organizations.public import PublicText, invite, note_absence, publish_version, save_text
from tests.factories import House, answer, file, make_house, person, upload

R = Role
INVITED = "una-invitacion"
BROWSER = "b" * 43
"""The secret of the citizen's browser."""
STAFF = frozenset(Role)
READERS = STAFF - {R.COMMITTEE_MEMBER, R.ADMINISTRATOR}
"""Roles that see cases at all."""
FILERS = frozenset({R.FRONT_DESK, R.UNIT_OFFICER, R.HEAD_OF_UNIT, R.QUALITY_MANAGER})
ROUTERS = FILERS - {R.FRONT_DESK}
"""Who may route the sample case: the front desk no longer, since a unit has it."""
WORKERS = frozenset({R.UNIT_OFFICER, R.HEAD_OF_UNIT})
EXTENDERS = frozenset({R.HEAD_OF_UNIT, R.QUALITY_MANAGER})
APPROVERS = frozenset({R.HEAD_OF_UNIT, R.QUALITY_MANAGER, R.AUTHORITY})
REMEDIES = frozenset({R.HEAD_OF_UNIT, R.QUALITY_MANAGER})
INDICATORS = frozenset({R.HEAD_OF_UNIT, R.QUALITY_MANAGER, R.AUTHORITY, R.COMMITTEE_MEMBER, R.AUDITOR})
ADMIN = frozenset({R.ADMINISTRATOR})
CALENDARS = frozenset({R.QUALITY_MANAGER, R.ADMINISTRATOR})
OUTBOX = frozenset({R.QUALITY_MANAGER, R.AUDITOR, R.ADMINISTRATOR})
EXPORTERS = frozenset({R.HEAD_OF_UNIT, R.QUALITY_MANAGER, R.AUDITOR})
IMPORTERS = frozenset({R.QUALITY_MANAGER, R.ADMINISTRATOR})
REQUESTER = frozenset({R.QUALITY_MANAGER})
"""An export opens only for whoever asked for it."""
EVERYONE = "everyone"
"""Anonymous too: a page of the portal."""


@dataclass(frozen=True)
class Sample:
    """How an address opens: its arguments, who gets a page (200, or a redirect
    for `moved`), and with what method.
    """

    who: Any = EVERYONE
    arguments: Callable[[dict[str, Any]], dict[str, Any]] = field(default=lambda objects: {})
    post: bool = False
    moved: bool = False
    """It answers with a redirect: a start page that leads on."""
    data: Mapping[str, str] = field(default_factory=dict)
    """What is posted."""


def _with(**names: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda objects: {name: objects[key] for name, key in names.items()}


FOLIO = _with(folio="folio")
SAMPLES: dict[str, Sample] = {
    "portal:home": Sample(),
    "portal:cases:choose": Sample(),
    "portal:cases:check": Sample(arguments=_with(key="draft")),
    "portal:cases:fill": Sample(arguments=_with(kind="kind_code")),
    "portal:cases:receipt": Sample(arguments=_with(key="receipt")),
    "portal:cases:receipt_pdf": Sample(arguments=_with(key="receipt")),
    "portal:cases:track": Sample(),
    "portal:cases:leave": Sample(post=True),
    "portal:cases:lost_code": Sample(),
    "portal:cases:case": Sample(),
    "portal:cases:inform": Sample(post=True),
    "portal:cases:contest": Sample(post=True),
    "portal:cases:reply": Sample(post=True),
    "portal:cases:rate": Sample(post=True),
    "portal:cases:withdraw": Sample(post=True),
    "portal:cases:delay": Sample(post=True),
    "portal:cases:silence_pdf": Sample(),
    "portal:texts:privacy": Sample(),
    "portal:texts:privacy_version": Sample(arguments=_with(number="privacy")),
    "portal:texts:accessibility": Sample(),
    "portal:texts:accessibility_version": Sample(arguments=_with(number="declared")),
    "portal:cases:reserve_index": Sample(),
    "portal:cases:third_party": Sample(arguments=_with(token="third_token")),
    "portal:cases:text_messages": Sample(),
    "portal:cases:file": Sample(arguments=_with(attachment_id="file")),
    "portal:cases:view_file": Sample(arguments=_with(attachment_id="file")),
    "portal:charters:compliance": Sample(),
    "portal:charters:cases": Sample(arguments=_with(commitment_id="commitment")),
    "ui:signed_in": Sample(),
    "invitations:accept": Sample(arguments=_with(secret="invitation_secret")),
    "first_run:open": Sample(moved=True),
    "workspace:home": Sample(STAFF, moved=True),
    "workspace:today": Sample(STAFF),
    "workspace:cases:list": Sample(READERS),
    "workspace:cases:new": Sample(FILERS),
    "workspace:cases:workload": Sample(FILERS),
    "workspace:cases:refer_here": Sample(ROUTERS, FOLIO, post=True),
    "workspace:cases:case": Sample(READERS, FOLIO),
    "workspace:cases:filed": Sample(frozenset({R.FRONT_DESK}), _with(folio="running")),
    "workspace:cases:receipt": Sample(FILERS, FOLIO),
    "workspace:cases:code": Sample(FILERS, FOLIO, post=True),
    "workspace:cases:file": Sample(READERS, _with(folio="folio", attachment_id="file")),
    "workspace:cases:view_file": Sample(READERS, _with(folio="folio", attachment_id="file")),
    "workspace:cases:clasificar": Sample(ROUTERS, FOLIO, post=True),
    "workspace:cases:derivar": Sample(ROUTERS, FOLIO, post=True),
    "workspace:cases:no-es-nuestra": Sample(ROUTERS, FOLIO, post=True),
    "workspace:cases:asignar": Sample(ROUTERS, FOLIO, post=True),
    "workspace:cases:nota": Sample(FILERS, FOLIO, post=True),
    "workspace:cases:pedir": Sample(WORKERS, FOLIO, post=True),
    "workspace:cases:ampliar": Sample(EXTENDERS, FOLIO, post=True),
    "workspace:cases:responder": Sample(WORKERS, FOLIO, post=True),
    "workspace:cases:deshacer": Sample(frozenset({R.UNIT_OFFICER}), FOLIO, post=True),
    "workspace:cases:escribir": Sample(WORKERS, FOLIO, post=True),
    "workspace:cases:borrador": Sample(WORKERS, FOLIO, post=True),
    "workspace:cases:enviar-a-aprobacion": Sample(WORKERS, FOLIO, post=True),
    "workspace:cases:descartar": Sample(WORKERS, FOLIO),
    "workspace:cases:aprobar": Sample(frozenset({R.HEAD_OF_UNIT}), _with(folio="review_folio"), post=True),
    "workspace:cases:devolver": Sample(WORKERS, _with(folio="review_folio"), post=True),
    "workspace:cases:deliver": Sample(FILERS, _with(folio="letter_folio", notice_id="letter")),
    "workspace:cases:letter": Sample(FILERS, _with(folio="letter_folio", notice_id="letter")),
    "workspace:cases:templates": Sample(ROUTERS),
    "workspace:cases:template_new": Sample(ROUTERS),
    "workspace:cases:template": Sample(frozenset({R.QUALITY_MANAGER}), _with(template_id="template")),
    "workspace:cases:template_text": Sample(WORKERS, _with(folio="folio", template_id="template")),
    "workspace:cases:recurso": Sample(WORKERS, FOLIO),
    "workspace:cases:appeals": Sample(READERS),
    "workspace:cases:appeal": Sample(READERS, _with(appeal_id="appeal")),
    "workspace:cases:appeal_defend": Sample(WORKERS, _with(appeal_id="appeal"), post=True),
    "workspace:cases:appeal_decide": Sample(WORKERS, _with(appeal_id="appeal"), post=True),
    "workspace:cases:approvals": Sample(APPROVERS),
    "workspace:cases:cerrar": Sample(WORKERS, FOLIO, post=True),
    "workspace:cases:transferir": Sample(ROUTERS, FOLIO),
    "workspace:cases:acumular": Sample(ROUTERS, FOLIO),
    "workspace:cases:desistir": Sample(FILERS, FOLIO),
    "workspace:cases:acusar": Sample(FILERS, FOLIO),
    "workspace:cases:certificar": Sample(FILERS, FOLIO),
    "workspace:cases:inadmitir": Sample(WORKERS, FOLIO),
    "workspace:cases:tercero": Sample(WORKERS, FOLIO),
    "workspace:cases:tener-por-desistida": Sample(WORKERS, FOLIO),
    "workspace:cases:reabrir": Sample(EXTENDERS, FOLIO),
    "workspace:cases:comentario-leido": Sample(WORKERS, FOLIO),
    "workspace:cases:en-la-plataforma": Sample(FILERS, FOLIO),
    "workspace:cases:repetida": Sample(WORKERS, FOLIO),
    "workspace:statutory:book": Sample(FILERS),
    "workspace:statutory:sheet_new": Sample(FILERS),
    "workspace:statutory:sheet_void": Sample(FILERS),
    "workspace:statutory:sheet_export": Sample(EXPORTERS),
    "workspace:cases:indice-de-reserva": Sample(EXTENDERS, FOLIO),
    "workspace:cases:reserve": Sample(READERS),
    "workspace:cases:reserve_new": Sample(EXTENDERS),
    "workspace:cases:reserve_export": Sample(EXPORTERS),
    "workspace:cases:reserve_entry": Sample(READERS, _with(entry_id="reserve")),
    "workspace:cases:reserve_end": Sample(EXTENDERS, _with(entry_id="reserve"), post=True),
    "workspace:cases:stand": Sample(WORKERS, _with(folio="asked_folio", third_party_id="third")),
    "workspace:cases:siguiente": Sample(READERS, FOLIO, moved=True),
    "workspace:cases:anterior": Sample(READERS, FOLIO, moved=True),
    "workspace:cases:preview": Sample(WORKERS, FOLIO, post=True),
    "workspace:cases:alike": Sample(READERS, FOLIO),
    "workspace:cases:suggestions": Sample(ROUTERS, FOLIO),
    "workspace:cases:why": Sample(READERS, FOLIO),
    "workspace:cases:silence_pdf": Sample(READERS, FOLIO),
    "workspace:cases:causa": Sample(ROUTERS, FOLIO),
    "workspace:cases:causes": Sample(INDICATORS - {R.COMMITTEE_MEMBER}),
    "workspace:kinds:causes": Sample(ADMIN),
    "workspace:kinds:cause_new": Sample(ADMIN),
    "workspace:kinds:cause": Sample(ADMIN, _with(cause_id="cause")),
    "workspace:cases:alerts": Sample(READERS),
    "workspace:cases:alert_seen": Sample(frozenset({R.HEAD_OF_UNIT}), _with(alert_id="alert"), post=True),
    "workspace:cases:posponer": Sample(frozenset({R.UNIT_OFFICER}), _with(folio="own_folio"), post=True),
    "workspace:cases:retomar": Sample(frozenset({R.UNIT_OFFICER}), _with(folio="own_folio"), post=True),
    "workspace:setup:absences": Sample(ROUTERS),
    "workspace:setup:absence_new": Sample(ROUTERS),
    "workspace:setup:absence_remove": Sample(
        frozenset({R.HEAD_OF_UNIT, R.QUALITY_MANAGER}), _with(absence_id="absence"), post=True
    ),
    "workspace:cases:vincular": Sample(ROUTERS, _with(folio="own_folio")),
    "workspace:cases:dividir": Sample(ROUTERS, _with(folio="own_folio")),
    "workspace:cases:unlink": Sample(ROUTERS, _with(folio="folio", link_id="link"), post=True),
    "workspace:cases:presence": Sample(READERS, FOLIO),
    "workspace:cases:tasks": Sample(READERS),
    "workspace:cases:names": Sample(READERS),
    "workspace:cases:mention": Sample(frozenset({R.HEAD_OF_UNIT}), _with(mention_id="mention"), post=True),
    "workspace:cases:tarea": Sample(WORKERS, FOLIO),
    "workspace:cases:task_done": Sample(WORKERS, _with(folio="folio", task_id="task"), post=True),
    "workspace:cases:check": Sample(WORKERS, FOLIO, post=True),
    "workspace:cases:views": Sample(READERS),
    "workspace:cases:view_new": Sample(READERS),
    "workspace:cases:view": Sample(frozenset({R.QUALITY_MANAGER}), _with(view_id="saved")),
    "workspace:cases:view_remove": Sample(frozenset({R.QUALITY_MANAGER}), _with(view_id="saved"), post=True),
    "workspace:cases:bulk_select": Sample(FILERS, post=True, data={"hacer": "derivar"}),
    "workspace:cases:bulk_list": Sample(READERS),
    "workspace:cases:bulk": Sample(REQUESTER, _with(bulk_id="bulk")),
    "workspace:cases:bulk_left": Sample(REQUESTER, _with(bulk_id="bulk")),
    "workspace:cases:export": Sample(EXPORTERS),
    "workspace:cases:export_page": Sample(REQUESTER, _with(export_id="export")),
    "workspace:cases:export_file": Sample(REQUESTER, _with(export_id="export")),
    "workspace:cases:conservar": Sample(ROUTERS, FOLIO),
    "workspace:cases:no-conservar": Sample(ROUTERS, FOLIO),
    "workspace:kinds:retention": Sample(ADMIN),
    "workspace:kinds:erasure": Sample(ADMIN, _with(run_id="run")),
    "workspace:kinds:erasure_csv": Sample(ADMIN, _with(run_id="run")),
    "workspace:kinds:erasure_decide": Sample(
        ADMIN, _with(run_id="run"), post=True, data={"accion": "descartar"}
    ),
    "workspace:cases:reservar": Sample(ROUTERS, FOLIO),
    "workspace:cases:levantar-reserva": Sample(ROUTERS, FOLIO),
    "workspace:cases:case_readings": Sample(frozenset({R.HEAD_OF_UNIT, R.AUDITOR}), FOLIO),
    "workspace:cases:readings": Sample(frozenset({R.AUDITOR})),
    "workspace:cases:samples": Sample(frozenset({R.AUDITOR})),
    "workspace:cases:sample_new": Sample(frozenset({R.AUDITOR})),
    "workspace:cases:sample": Sample(frozenset({R.AUDITOR}), _with(sample_id="sample")),
    "workspace:cases:sample_export": Sample(frozenset({R.AUDITOR}), _with(sample_id="sample")),
    "workspace:cases:readings_export": Sample(frozenset({R.AUDITOR})),
    "workspace:cases:people": Sample(EXPORTERS),
    "workspace:cases:person_copy": Sample(EXPORTERS, _with(person_id="person"), post=True),
    "workspace:cases:release": Sample(ROUTERS, FOLIO),
    "workspace:cases:release_text": Sample(
        ROUTERS, lambda objects: {"folio": objects["folio"], "message_id": 0}
    ),
    "workspace:cases:release_file": Sample(ROUTERS, _with(folio="folio", attachment_id="file")),
    "workspace:cases:case_file": Sample(EXPORTERS, FOLIO),
    "workspace:cases:dossier": Sample(REQUESTER, _with(dossier_id="dossier")),
    "workspace:cases:dossier_file": Sample(REQUESTER, _with(dossier_id="dossier")),
    "workspace:cases:imports": Sample(IMPORTERS),
    "workspace:cases:import_new": Sample(IMPORTERS),
    "workspace:cases:import": Sample(IMPORTERS, _with(batch_id="checked")),
    "workspace:cases:import_columns": Sample(IMPORTERS, _with(batch_id="batch")),
    "workspace:cases:import_source": Sample(IMPORTERS, _with(batch_id="batch")),
    "workspace:cases:import_meanings": Sample(IMPORTERS, _with(batch_id="checked")),
    "workspace:cases:import_load": Sample(IMPORTERS, _with(batch_id="batch"), post=True),
    "workspace:cases:import_rejected": Sample(IMPORTERS, _with(batch_id="checked")),
    "workspace:mailroom:papers": Sample(FILERS),
    "workspace:mailroom:paper_new": Sample(FILERS),
    "workspace:mailroom:paper_export": Sample(EXPORTERS),
    "workspace:mailroom:paper": Sample(FILERS, _with(paper_id="paper")),
    "workspace:mailroom:paper_label": Sample(FILERS, _with(paper_id="paper")),
    "workspace:mailroom:paper_file": Sample(FILERS, _with(paper_id="paper", attachment_id="scan")),
    "workspace:mailroom:paper_send": Sample(FILERS, _with(paper_id="paper"), post=True),
    "workspace:mailroom:paper_return": Sample(FILERS, _with(paper_id="paper"), post=True),
    "workspace:mailroom:paper_to_case": Sample(FILERS, _with(paper_id="paper"), post=True),
    "workspace:charters:compliance": Sample(STAFF),
    "workspace:charters:cases": Sample(INDICATORS, _with(commitment_id="commitment")),
    "workspace:charters:remedies": Sample(REMEDIES),
    "workspace:charters:remedy": Sample(REMEDIES, _with(remedy_id="remedy")),
    "workspace:setup:start": Sample(ADMIN),
    "workspace:setup:start_mark": Sample(ADMIN, post=True, data={"paso": "keys", "hecho": "1"}),
    "workspace:setup:texts": Sample(ADMIN),
    "workspace:setup:text": Sample(ADMIN, lambda objects: {"subject": "privacy"}),
    "workspace:setup:text_publish": Sample(ADMIN, lambda objects: {"subject": "privacy"}, post=True),
    "workspace:setup:activities": Sample(ADMIN),
    "workspace:setup:activity_new": Sample(ADMIN),
    "workspace:setup:activities_export": Sample(ADMIN),
    "workspace:setup:activity": Sample(ADMIN, _with(activity_id="activity")),
    "workspace:setup:units": Sample(ADMIN),
    "workspace:setup:unit_new": Sample(ADMIN),
    "workspace:setup:unit": Sample(ADMIN, _with(unit_id="unit")),
    "workspace:setup:people": Sample(ADMIN),
    "workspace:setup:role_new": Sample(ADMIN),
    "workspace:setup:person": Sample(ADMIN, _with(user_id="colleague")),
    "workspace:setup:second_step": Sample(ADMIN, _with(user_id="colleague"), post=True),
    "workspace:setup:withdraw": Sample(ADMIN, _with(invitation_id="invitation"), post=True),
    "workspace:setup:role_revoke": Sample(ADMIN, _with(membership_id="membership"), post=True),
    "workspace:setup:sheets": Sample(ADMIN),
    "workspace:setup:sheet": Sample(ADMIN, _with(sheet_id="sheet")),
    "workspace:setup:sheet_load": Sample(ADMIN, _with(sheet_id="sheet"), post=True),
    "workspace:setup:sheet_template": Sample(ADMIN, lambda objects: {"form": "libro"}),
    "workspace:setup:institution": Sample(ADMIN),
    "workspace:setup:practice": Sample(ADMIN),
    "workspace:setup:practice_open": Sample(ADMIN, post=True),
    "workspace:setup:tokens": Sample(ADMIN),
    "workspace:setup:token_revoke": Sample(ADMIN, _with(token_id="token"), post=True),
    "workspace:kinds:routing": Sample(ADMIN),
    "workspace:kinds:routing_new": Sample(ADMIN),
    "workspace:kinds:routing_rule": Sample(ADMIN, _with(rule_id="rule")),
    "workspace:kinds:routing_move": Sample(ADMIN, _with(rule_id="rule"), post=True),
    "workspace:kinds:routing_switch": Sample(ADMIN, _with(rule_id="rule"), post=True),
    "workspace:kinds:routing_runs": Sample(ADMIN, _with(rule_id="rule")),
    "workspace:kinds:kit": Sample(ADMIN),
    "workspace:kinds:kinds": Sample(ADMIN),
    "workspace:kinds:kind_new": Sample(ADMIN),
    "workspace:kinds:kind": Sample(ADMIN, _with(kind_id="kind")),
    "workspace:catalogue:topics": Sample(ADMIN),
    "workspace:catalogue:topic_new": Sample(ADMIN),
    "workspace:catalogue:topic": Sample(ADMIN, _with(topic_id="topic")),
    "workspace:servicepoints:points": Sample(ADMIN),
    "workspace:servicepoints:point_new": Sample(ADMIN),
    "workspace:servicepoints:point": Sample(ADMIN, _with(point_id="point")),
    "workspace:clocks:calendars": Sample(CALENDARS),
    "workspace:clocks:add_day": Sample(CALENDARS),
    "workspace:clocks:closure": Sample(CALENDARS),
    "workspace:clocks:changes": Sample(CALENDARS),
    "workspace:clocks:change": Sample(CALENDARS, _with(change_id="change")),
    "workspace:clocks:change_csv": Sample(CALENDARS, _with(change_id="change")),
    "workspace:clocks:change_go_on": Sample(CALENDARS, _with(change_id="change"), post=True),
    "workspace:clocks:revoke_day": Sample(CALENDARS, _with(day_id="day")),
    "workspace:clocks:year": Sample(CALENDARS, _with(year="year")),
    "workspace:clocks:confirm": Sample(CALENDARS, _with(code="layer")),
    "workspace:clocks:history": Sample(CALENDARS, _with(code="layer")),
    "workspace:clocks:rules": Sample(CALENDARS),
    "workspace:clocks:own_rule_new": Sample(CALENDARS),
    "workspace:clocks:own_rule": Sample(CALENDARS, _with(code="own_rule")),
    "workspace:outbox:list": Sample(OUTBOX),
    "workspace:outbox:text_messages": Sample(OUTBOX),
    "workspace:outbox:text_switch": Sample(CALENDARS, post=True, data={"enviar": "no"}),
    "workspace:outbox:notice": Sample(OUTBOX, _with(notice_id="notice")),
    "workspace:outbox:decide": Sample(
        CALENDARS, _with(notice_id="notice"), post=True, data={"accion": "sent"}
    ),
    "workspace:mailbox:boxes": Sample(ADMIN),
    "workspace:mailbox:box_new": Sample(ADMIN),
    "workspace:mailbox:box": Sample(ADMIN, _with(mailbox_id="mailbox")),
    "workspace:mailbox:test": Sample(ADMIN, _with(mailbox_id="mailbox"), post=True),
    "workspace:mailbox:list": Sample(FILERS),
    "workspace:mailbox:blocked": Sample(FILERS),
    "workspace:mailbox:unblock": Sample(FILERS, _with(blocked_id="blocked"), post=True),
    "workspace:mailbox:mail": Sample(FILERS, _with(mail_id="mail")),
    "workspace:mailbox:original": Sample(FILERS, _with(mail_id="mail")),
    "workspace:mailbox:file": Sample(FILERS, _with(mail_id="mail"), post=True),
    "workspace:mailbox:add": Sample(FILERS, _with(mail_id="mail"), post=True),
    "workspace:mailbox:contest": Sample(FILERS, _with(mail_id="mail"), post=True),
    "workspace:mailbox:leave": Sample(FILERS, _with(mail_id="mail"), post=True),
    "workspace:mailbox:block": Sample(FILERS, _with(mail_id="mail"), post=True),
    "ui:brand": Sample(arguments=lambda objects: {"colour": "0b4f6c"}),
    "ui:accessibility": Sample(),
    "ui:style_guide": Sample(),
    "health": Sample(),
    "notice_status": Sample(arguments=_with(token="notice_token"), post=True),
    "bodies": Sample(moved=True),
    "workspace_root": Sample(STAFF, moved=True),
}
FOREIGN = ("account_", "mfa_", "usersessions_", "socialaccount_", "headless", "api:")
"""Addresses of the sign-in library, whose rules are its own, and of programs,
which have tokens and tests of their own.
"""


def addresses() -> list[str]:
    """Return the qualified name of every address the resolver knows; nameless ones by their pattern."""
    return sorted({name for name, _ in _walk(get_resolver(), "", "")})


def _walk(resolver: URLResolver, prefix: str, space: str) -> Iterator[tuple[str, str]]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _walk(entry, route, inner)
        elif isinstance(entry, URLPattern):
            yield (f"{space}{entry.name}" if entry.name else f"/{route}", route)


def build_objects(house: House) -> dict[str, Any]:
    """Make one of everything that addresses name, and return their arguments by key."""
    now, institution = timezone.now(), house.institution
    desk = house.user(R.FRONT_DESK)
    filed = now - timedelta(days=40)
    switch_texts(institution.pk, is_on=True, actor_id=None, now=filed)
    case = file(
        house,
        now=filed,
        who=person(phone="9 8765 4321"),
        actor=desk,
        unit_id=house.units["obras"],
        files=check_uploads([upload()]),
    )
    settle_overdue(now)
    alert = CaseAlert.objects.create(
        institution=institution,
        case=case,
        clock_id=0,
        due_on=institution.local_date(now),
        offset=1,
        audience="head_of_unit",
        unit_id=case.unit_id,
        raised_at=now,
    )
    certify_silence(institution=institution, case_id=case.pk, actor=desk, now=now)
    answer(house, case, now=now)
    asked = file(house, "acceso", now=now, unit_id=house.units["obras"])
    register_appeal(
        institution=institution,
        case_id=asked.pk,
        version=None,
        forum="other",
        authority="Consejo para la Transparencia",
        notified_on=institution.local_date(now),
        until=None,
        body="Reclama.",
        actor=house.user(R.HEAD_OF_UNIT),
        now=now,
    )
    hear_third_party(
        institution=institution,
        case_id=asked.pk,
        version=None,
        body="Piden un contrato que le nombra.",
        person=person(email="tercero@ejemplo.org", document_number=""),
        actor=house.user(R.HEAD_OF_UNIT),
        now=now,
    )
    third = ThirdParty.objects.get(case=asked)
    running = file(house, now=now, actor=desk)
    review = _to_approve(house, now)
    posted = file(house, now=now, unit_id=house.units["obras"])
    answer(house, posted, now=now, channel=Delivery.LETTER)
    template = save_template(
        institution=institution,
        actor=house.user(R.QUALITY_MANAGER),
        now=now,
        title="Saludo",
        body="Estimada {nombre}:",
    )
    draft, sent = (
        save_draft(
            institution=institution, kind=house.kinds["sugerencia"], browser=BROWSER, typed=TYPED, now=now
        )
        for _ in range(2)
    )
    hand_over(sent.pk, running, now=now)
    layer = open_own_layer(
        institution_id=institution.pk, name=institution.name, country=institution.jurisdiction, now=now
    )
    layer.confirmed_to = date(institution.local_date(now).year, 12, 31)
    layer.save(update_fields=["confirmed_to"])
    change = begin_adding(
        layer_code=layer.code,
        days=[institution.local_date(now) + timedelta(days=20)],
        name="Aniversario",
        kind="closure",
        source="Acta 2",
        reason="Aniversario",
        institution_id=institution.pk,
        actor_id=None,
        now=now,
    )
    institution.refresh_from_db()
    manager = house.user(R.QUALITY_MANAGER)
    export = begin_export(access=house.access(R.QUALITY_MANAGER), params={}, form="xlsx", now=now)
    export_cases(export.pk)
    own = file(house, now=now, unit_id=house.units["obras"])
    officer = house.user(R.UNIT_OFFICER)
    assign_case(
        institution=institution, case_id=own.pk, version=None, assignee_id=officer.pk, actor=officer, now=now
    )
    link_cases(
        institution=institution, case_id=case.pk, version=None, other=own.folio, actor=officer, now=now
    )
    link = CaseLink.objects.get()
    absence = note_absence(
        institution=institution,
        user_id=house.user(R.HEAD_OF_UNIT).pk,
        substitute_id=None,
        starts_on=institution.local_date(now),
        ends_on=institution.local_date(now) + timedelta(days=9),
        actor=manager,
        now=now,
    )
    saved = save_view(
        institution=institution,
        actor=manager,
        now=now,
        name="Atrasadas web",
        params={"vista": "atrasadas", "canal": "web"},
    )
    whole = house.access(R.QUALITY_MANAGER)
    bulk = choose_cases(
        access=whole, code="derivar", cases=Case.objects.filter(institution=institution), now=now
    )
    preview_bulk(
        access=whole, bulk_id=bulk.pk, values={"unit_id": house.units["obras"], "reason": ""}, now=now
    )
    register = SimpleUploadedFile(
        "registro.csv", b"numero;fecha;texto\n1;02/01/2026;Falta luz\n2;03/01/2026;Un hoyo\n"
    )
    batch = receive_file(institution=institution, upload=register, name=register.name, actor=manager, now=now)
    checked = ImportBatch.objects.create(
        institution=institution,
        name="antiguo.csv",
        sha256="0" * 64,
        state="refused",
        total=1,
        rows_rejected=1,
        created_by=manager,
        created_at=now,
        headers=["numero", "fecha", "tipo", "texto"],
        report={"unknown": {"kind": {"Denuncia": 1}}},
        mapping={
            "fields": {
                "original_number": {"column": "numero"},
                "filed_at": {"column": "fecha"},
                "kind": {"column": "tipo"},
                "body": {"column": "texto"},
            }
        },
    )
    box, mail = _mail(house, now)
    letter = NewPaper(
        PaperType.LETTER,
        "Pide una poda",
        unit_id=house.units["obras"],
        files=check_uploads([upload("carta.pdf")]),
    )
    paper = register_paper(institution=institution, paper=letter, actor=desk, now=now)
    blocked = BlockedSender.objects.create(
        institution=institution, token=b"1" * 16, address=sealed("a@b.cl", bound_blocked(institution.pk)),
        blocked_by=desk, blocked_at=now,
    )  # fmt: skip
    reserve = enter_reserve(
        institution=institution,
        act="Plan de seguridad",
        cause=ReserveCause.SECURITY,
        resolution="Resolución exenta 12",
        resolved_on=institution.local_date(now),
        reserved_from=now.date(),
        actor=manager,
        now=now,
    )
    offered = invite(
        institution=institution,
        email="nora@ejemplo.cl",
        name="Nora",
        role=R.AUDITOR,
        unit_id=None,
        actor=None,
        now=now,
    )
    Invitation.objects.filter(pk=offered.pk if offered else None).update(
        digest=hashlib.sha256(INVITED.encode()).hexdigest()
    )
    token, _ = create_token(
        institution_id=institution.pk, user=manager, scopes=[Scope.CASES_READ], name="prueba", now=now
    )
    return {
        "slug": house.slug,
        "folio": case.folio,
        "alert": alert.pk,
        "template": template.pk,
        "letter_folio": posted.folio,
        "letter": Notice.objects.get(subject_id=posted.pk, channel="letter").pk,
        "review_folio": review.folio,
        "cause": save_cause(institution=institution, name="Demora", actor=None, now=now).pk,
        "asked_folio": asked.folio,
        "third": third.pk,
        "third_token": third_party_token(third),
        "appeal": Appeal.objects.get(institution=institution).pk,
        "case_pk": case.pk,
        "running": running.folio,
        "invitation": Invitation.objects.get().pk,
        "invitation_secret": INVITED,
        "colleague": officer.pk,
        "receipt": sent.key,
        "draft": draft.key,
        "kind_code": "reclamo",
        "rule": save_rule(
            institution=institution,
            actor=None,
            now=now,
            name="Al jurídico",
            words="inundación",
            set_unit_id=house.units["juridico"],
        ).pk,
        "kind": house.kinds["reclamo"].pk,
        "file": Attachment.objects.get(subject_type="case").pk,
        "commitment": house.commitment.pk,
        "remedy": Remedy.objects.get().pk,
        "unit": house.units["obras"],
        "membership": Membership.objects.get(institution=institution, user=house.user(R.AUDITOR)).pk,
        "topic": next(iter(house.topics.values())),
        "point": house.point,
        "day": LayerDay.objects.get(layer=layer).pk,
        "year": now.year,
        "layer": layer.code,
        "own_rule": _own_rule(house, now),
        "mention": _mention(house, case, now),
        "task": _task(house, case, now),
        "change": change.pk,
        "export": export.pk,
        "bulk": bulk.pk,
        "saved": saved.pk,
        "absence": absence.pk,
        "link": link.pk,
        "own_folio": own.folio,
        "person": case.person_id,
        "run": _run(house, case, now),
        "dossier": _dossier(house, case, now),
        "sample": draw_sample(
            access=house.access(R.AUDITOR),
            population=Drawn.FILED,
            first_day=date(2026, 1, 1),
            last_day=house.institution.local_date(now),
            size=5,
            seed="7",
            now=now,
        ).pk,
        "reserve": reserve.pk,
        "batch": batch.pk,
        "checked": checked.pk,
        "sheet": StaffSheet.objects.create(
            institution=institution,
            name="unidades.csv",
            created_at=now,
            tables=[["", [[1, ["Código", "Nombre"]], [2, ["nueva", "Unidad nueva"]]]]],
        ).pk,
        "activity": save_activity(
            institution=institution,
            actor=None,
            now=now,
            name="Atención de solicitudes",
            purpose="Responder",
            basis="Ley",
            subjects="Personas",
            data="Nombre",
            recipients="Nadie",
            retention="Dos años",
            security="Cifrado",
            responsible="OIRS",
        ).pk,
        "privacy": _published(institution, PublicText.PRIVACY, now),
        "declared": _published(institution, PublicText.ACCESSIBILITY, now),
        "token": token.pk,
        "paper": paper.pk,
        "scan": Attachment.objects.get(subject_type="paper").pk,
        "mailbox": box.pk,
        "mail": mail.pk,
        "blocked": blocked.pk,
        "notice": (notice := Notice.objects.filter(institution=institution).order_by("pk")[0].pk),
        "notice_token": STATUS.sign(str(notice)),
    }


def _run(house: House, case: Case, now: datetime) -> int:
    """Propose to erase one case; the run stays undecided."""
    run = ErasureRun.objects.create(institution=house.institution, total=1, proposed_at=now)
    ErasureItem.objects.create(run=run, case=case, erases=["texts"])
    return run.pk


def _dossier(house: House, case: Case, now: datetime) -> int:
    made = begin_case_file(
        access=house.access(R.QUALITY_MANAGER), case=case, edition=Edition.COMPLETE, form="pdf", now=now
    )
    prepare(made.pk)
    return made.pk


def _to_approve(house: House, now: datetime) -> Case:
    """Put an answer before the head of the unit."""
    save_kind(
        institution=house.institution,
        actor=None,
        now=now,
        kind=house.kinds["consulta"],
        approver="head_of_unit",
    )
    house.institution.refresh_from_db()
    case = file(house, "consulta", now=now, unit_id=house.units["obras"])
    return submit_answer(
        institution=house.institution, case_id=case.pk, version=None, draft_version=0, body="Listo.",
        outcome=Outcome.INFORMED, actor=house.user(R.UNIT_OFFICER), now=now,
    )  # fmt: skip


def _mention(house: House, case: Case, now: datetime) -> int:
    note_with_mentions(
        institution=house.institution, case_id=case.pk, body=f"@{house.user(R.HEAD_OF_UNIT).name} vea",
        actor=house.user(R.UNIT_OFFICER), now=now,
    )  # fmt: skip
    return Mention.objects.get().pk


def _task(house: House, case: Case, now: datetime) -> int:
    add_task(
        institution=house.institution,
        case_id=case.pk,
        text="Pedir fotos",
        user_id=None,
        unit_id=house.units["obras"],
        due_on=house.institution.local_date(now),
        actor=house.user(R.UNIT_OFFICER),
        now=now,
    )
    return CaseTask.objects.get().pk


def _own_rule(house: House, now: datetime) -> str:
    rule = save_own_rule(
        institution=house.institution, code="carta", name="Plazo de la carta", document="Resolución 12",
        amount=Amount(12, Unit.BUSINESS_DAYS), actor=None, now=now,
    )  # fmt: skip
    return rule.code


def _mail(house: House, now: datetime) -> tuple[Mailbox, IncomingMail]:
    """Connect a mailbox that nobody answers at, and keep a mail in it that waits for an officer."""
    box = save_mailbox(
        institution=house.institution,
        actor=None,
        now=now,
        name="Contacto",
        address="contacto@puerto.example",
        host="127.0.0.1",
        port=1,
        security="none",
        username="u",
        password="p",
        folder="INBOX",
        done_folder="",
        kind_id=house.kinds["consulta"].pk,
        unit_id=house.units["obras"],
        since=house.institution.local_date(now),
        is_active=True,
    )
    raw = b"From: Ana <ana@ejemplo.org>\r\nSubject: Hola\r\nX-Spam-Flag: YES\r\n\r\nBuenas\r\n"
    listed = Listed(1, now, len(raw))
    mail = keep_mail(mailbox=box, listed=listed, uid_validity=1, raw=raw, is_cut=False, now=now)
    assert mail is not None
    settle_next(now=now)
    return box, mail


TYPED = {"subject": "Un banco", "body": "Falta un banco en la plaza.", "anonima": "si"}


def address_of(name: str, sample: Sample, objects: dict[str, Any]) -> str:
    """Return the address of a sample."""
    scoped = name.startswith(("portal:", "workspace:"))
    arguments = {**({"slug": objects["slug"]} if scoped else {}), **sample.arguments(objects)}
    return reverse(name, kwargs=arguments)


def citizen_cookies(house: House, objects: dict[str, Any]) -> dict[str, str]:
    """Return the cookies of a citizen who has opened the sample case, wrote the draft and sent the other."""
    return {cookie_name(house.institution): FOLLOWING.sign(str(objects["case_pk"])), COOKIE: BROWSER}


__all__ = [
    "EVERYONE",
    "FOREIGN",
    "SAMPLES",
    "Sample",
    "address_of",
    "addresses",
    "build_objects",
    "make_house",
]


def _published(institution: Any, subject: PublicText, now: datetime) -> int:
    words = dict.fromkeys(SECTIONS[subject], "Texto de la institución.")
    version = save_text(
        institution=institution, subject=subject, sections=words, actor=None, now=now, based_on=0
    )
    publish_version(
        institution=institution,
        subject=subject,
        number=version.number,
        from_day=institution.local_date(now),
        actor=None,
        now=now,
    )
    return version.number

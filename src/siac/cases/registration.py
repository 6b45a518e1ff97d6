# SPDX-License-Identifier: EUPL-1.2
"""What cases add to lower contexts, said once when the application starts."""

from siac.accounts.public import register_rights
from siac.cases import waiting
from siac.cases.access import reads_cases
from siac.cases.auditing.texts import RECORDED as AUDITING_RECORDED
from siac.cases.auditing.texts import REFUSALS as AUDITING_REFUSALS
from siac.cases.commands.acknowledging import acknowledge_by_notice, lock_for_notice
from siac.cases.commands.appeals import follow_moved_terms, lock_appeals
from siac.cases.commands.handing_over import (
    give_of_person,
    give_of_unit,
    open_of_person,
    open_of_unit,
)
from siac.cases.commands.moved import follow_moved_clocks
from siac.cases.complaints_book import book_problems
from siac.cases.deeds import register_deeds
from siac.cases.domain.clock_kinds import APPEAL, SUBJECT
from siac.cases.domain.rights import CaseRight
from siac.cases.dossiers.preparing import DOSSIERS
from siac.cases.exports.preparing import EXPORTS
from siac.cases.extensions import register_filter, register_panel
from siac.cases.import_texts import REFUSALS as IMPORT_REFUSALS
from siac.cases.locking import lock_cases
from siac.cases.metrics import METRICS
from siac.cases.models import CauseVersion, RoutingVersion, TemplateVersion
from siac.cases.naming import (
    appeal_names,
    appeals_by_unit,
    appeals_within,
    case_names,
    cases_by_unit,
    cases_within,
)
from siac.cases.notices import KINDS
from siac.cases.paper_register import PAPER_PANEL, paper_problems
from siac.cases.practice.configuring import LEFT_BEHIND, PARTS
from siac.cases.practice.playing import INVENTED
from siac.cases.queries import batch_filter, selection_filter
from siac.cases.retention_words import retention_lines
from siac.cases.starter.steps import STEPS
from siac.cases.surroundings import FEATURES as SURROUNDINGS
from siac.cases.surroundings.reading import register_fragments
from siac.cases.texts import (
    absences,
    alerts,
    answering,
    appeals,
    book,
    bulk,
    causes,
    ending,
    following,
    handling,
    hearing,
    imports,
    kinds,
    linking,
    lists,
    papers,
    protection,
    reserve,
    restricting,
    routing,
    snoozing,
    starter,
    teamwork,
)
from siac.cases.texts.events import register_events
from siac.cases.verification import case_problems, folio_problems
from siac.cases.workspace.deeds import FEATURES as DEEDS
from siac.clocks.public import register_subject
from siac.documents.public import register_prepared
from siac.infra.metrics import register_metric
from siac.journal.public import declare_events, register_guard, register_verification
from siac.notices.public import register_kind
from siac.organizations.public import (
    PublicText,
    SetupTab,
    StaffRight,
    register_drawn,
    register_hand_over,
    register_left_behind,
    register_practice_cases,
    register_practice_part,
    register_setup_tab,
    register_start_step,
    version_guard,
)
from siac.ui.public import (
    NavGroup,
    NavItem,
    PortalLink,
    SearchBox,
    register_nav,
    register_portal_link,
    register_refusals,
    register_search,
)

_KIND_VERSIONS = (
    "cases_kindversion",
    "cases_kindversion_guard",
    "CREATE TRIGGER cases_kindversion_guard BEFORE DELETE OR UPDATE ON cases_kindversion"
    " FOR EACH ROW EXECUTE FUNCTION cases_kindversion_guard()",
)


WORDS = (
    absences,
    alerts,
    answering,
    appeals,
    book,
    bulk,
    causes,
    ending,
    following,
    handling,
    hearing,
    imports,
    kinds,
    linking,
    lists,
    papers,
    protection,
    reserve,
    restricting,
    routing,
    snoozing,
    starter,
    teamwork,
)
"""Each feature's refusals and events, in Spanish, and what else it records."""


def _guard_versions() -> None:
    for guard in (_KIND_VERSIONS, *map(version_guard, (RoutingVersion, CauseVersion, TemplateVersion))):
        register_guard(*guard)


def register() -> None:
    """Register metrics, notices, checks, words and navigation."""
    register_rights(CaseRight)
    for feature in DEEDS:
        register_deeds(*feature.DEEDS)
    for feature in SURROUNDINGS:
        register_fragments(*feature.FRAGMENTS)
    register_subject(
        SUBJECT,
        on_moved=follow_moved_clocks,
        lock=lock_cases,
        names=case_names,
        by_unit=cases_by_unit,
        within=cases_within,
        opens=reads_cases,
    )
    register_subject(
        APPEAL,
        on_moved=follow_moved_terms,
        lock=lock_appeals,
        names=appeal_names,
        by_unit=appeals_by_unit,
        within=appeals_within,
    )
    for metric in METRICS:
        register_metric(metric)
    for kind in KINDS:
        on_sent = acknowledge_by_notice if kind.code == "cases.receipt" else None
        lock = lock_for_notice if on_sent else None
        register_kind(kind.code, kind.render, title=kind.title, on_sent=on_sent, lock=lock)
    register_prepared(EXPORTS)
    register_prepared(DOSSIERS)
    register_verification("folios", folio_problems)
    register_verification("cases", case_problems)
    _guard_versions()
    register_hand_over(
        of_person=open_of_person, give_person=give_of_person, of_unit=open_of_unit, give_unit=give_of_unit
    )
    register_verification("papers", paper_problems)
    register_verification("book", book_problems)
    register_drawn(PublicText.PRIVACY, retention_lines)
    register_panel(PAPER_PANEL)
    for feature in WORDS:
        register_refusals(getattr(feature, "REFUSALS", {}))
        register_events(*getattr(feature, "EVENTS", ()))
        declare_events(*getattr(feature, "RECORDED", ()))
    register_search(
        SearchBox(
            "workspace:cases:list",
            "Folio, código, persona o palabras",
            frozenset({CaseRight.READ_ALL, CaseRight.READ_UNIT}),
        )
    )
    register_refusals(IMPORT_REFUSALS)
    register_refusals(AUDITING_REFUSALS)
    declare_events(*AUDITING_RECORDED)
    register_filter("lote", batch_filter)
    register_filter("seleccion", selection_filter)
    readers = frozenset({CaseRight.READ_ALL, CaseRight.READ_UNIT})
    register_nav(NavItem("Solicitudes", "workspace:cases:list", readers, 10))
    register_nav(NavItem("Alertas de plazo", "workspace:cases:alerts", readers, 15, waiting.alerts))
    register_nav(
        NavItem("Tareas y menciones", "workspace:cases:tasks", readers, 12, waiting.tasks_and_mentions)
    )
    register_nav(NavItem("Recursos", "workspace:cases:appeals", readers, 17))
    register_nav(
        NavItem("Por aprobar", "workspace:cases:approvals", CaseRight.APPROVE, 16, waiting.approvals)
    )
    register_nav(
        NavItem("Ingresar solicitud", "workspace:cases:new", CaseRight.FILE, 20, group=NavGroup.INTAKE)
    )
    register_nav(
        NavItem("Oficina de Partes", "workspace:cases:papers", CaseRight.FILE, 22, group=NavGroup.INTAKE)
    )
    register_nav(
        NavItem(
            "Libro de reclamaciones",
            "workspace:cases:book",
            CaseRight.FILE,
            23,
            country="PE",
            group=NavGroup.INTAKE,
        )
    )
    register_nav(
        NavItem(
            "Índice de reserva", "workspace:cases:reserve", readers, 56, country="CL", group=NavGroup.RECORDS
        )
    )
    writers = frozenset({CaseRight.WORK, StaffRight.TEAM})
    register_nav(NavItem("Ausencias", "workspace:cases:absences", writers, 58))
    register_nav(NavItem("Plantillas", "workspace:cases:templates", writers, 60, group=NavGroup.INTAKE))
    register_nav(
        NavItem("Importaciones", "workspace:cases:imports", CaseRight.IMPORT, 70, group=NavGroup.RECORDS)
    )
    register_nav(
        NavItem(
            "Causas de reclamos",
            "workspace:cases:causes",
            StaffRight.FIGURES,
            55,
            group=NavGroup.QUALITY,
        )
    )
    register_nav(
        NavItem(
            "Datos de una persona",
            "workspace:cases:people",
            CaseRight.EXPORT,
            57,
            group=NavGroup.RECORDS,
        )
    )
    register_nav(
        NavItem("Quién leyó", "workspace:cases:readings", CaseRight.AUDIT, 58, group=NavGroup.RECORDS)
    )
    register_nav(
        NavItem(
            "Muestras al azar",
            "workspace:cases:samples",
            CaseRight.AUDIT,
            59,
            group=NavGroup.RECORDS,
        )
    )
    for part in PARTS:
        register_practice_part(part)
    register_left_behind(LEFT_BEHIND)
    register_practice_cases(INVENTED)
    for step in STEPS:
        register_start_step(step)
    register_setup_tab(SetupTab("Paquete inicial", "workspace:kinds:kit", 48))
    register_setup_tab(SetupTab("Conservación", "workspace:kinds:retention", 47))
    register_setup_tab(SetupTab("Causas de reclamos", "workspace:kinds:causes", 45))
    register_setup_tab(SetupTab("Derivación", "workspace:kinds:routing", 42))
    register_setup_tab(SetupTab("Tipos de solicitud", "workspace:kinds:kinds", 40))
    register_portal_link(PortalLink("Ingresar solicitud", "portal:cases:choose", 10))
    register_portal_link(PortalLink("Seguir solicitud", "portal:cases:track", 20))

# SPDX-License-Identifier: EUPL-1.2
"""All that higher contexts may use of `cases`."""

from siac.cases.access import (
    case_for,
    hidden_from,
    may,
    may_read_cases,
    not_yet_cases,
    openable,
    seen_by,
    visible_to,
    works_through_lists,
)
from siac.cases.answer_day import promise_told
from siac.cases.appeals.commands import register_appeal
from siac.cases.attentions.access import attention_for, readable_attentions, visible_attentions
from siac.cases.attentions.commands import Attention, register_attention
from siac.cases.attentions.extensions import (
    AttentionPanel,
    register_attention_panel,
    register_attention_retention,
)
from siac.cases.attentions.forms import AttentionForm
from siac.cases.attentions.listing import all_attentions
from siac.cases.attentions.promising import attention_names, lock_attentions, without_person
from siac.cases.attentions.surroundings import SERVICE
from siac.cases.attentions.telling import attention_mail, tell_attention
from siac.cases.causes.commands import code_cause, save_cause
from siac.cases.commands.answering import answer_case
from siac.cases.commands.citizen import add_information, contest_answer, rate_answer
from siac.cases.commands.closing import close_lapsed_cases
from siac.cases.commands.delivering import record_delivery, record_return
from siac.cases.commands.endings import (
    dismiss_case,
    merge_case,
    reopen_case,
    settle_lapsed_correction,
    transfer_case,
    withdraw_case,
)
from siac.cases.commands.filing import Filing, file_case
from siac.cases.commands.handling import (
    add_note,
    ask_for_information,
    assign_case,
    classify_case,
    close_case,
    extend_term,
    refer_case,
)
from siac.cases.commands.handling import keep as keep_case
from siac.cases.commands.handling import locked as locked_case
from siac.cases.commands.revealing import reveal_quoted
from siac.cases.commands.terms import end_duty, start_duty
from siac.cases.commands.undo_offers import UNDO_FOR
from siac.cases.commands.writing import tell as tell_person
from siac.cases.decisions import ground_words, outcomes_of
from siac.cases.deeds import Deed, register_deeds
from siac.cases.desk.forms import StaffFilingForm
from siac.cases.domain.complaints_book import BOOK_RULE
from siac.cases.domain.delivery import Delivery
from siac.cases.domain.numbers import cover_codes, parse_code, parse_folio
from siac.cases.domain.rights import CaseRight
from siac.cases.domain.states import OPEN as OPEN_STATES
from siac.cases.domain.states import Move
from siac.cases.due_days import DueDays
from siac.cases.embedding.commands import add_site as add_embedding_site
from siac.cases.extensions import (
    Naming,
    Occasion,
    Panel,
    PersonEntries,
    Promise,
    Strip,
    register_filter,
    register_naming,
    register_panel,
    register_personal_part,
    register_promises,
    register_retention,
    register_strip,
)
from siac.cases.features import AfterAnswer, register_after_answer
from siac.cases.finding import found
from siac.cases.forms.fields import VersionedForm
from siac.cases.imports.batches import close_load, one_load_at_a_time
from siac.cases.imports.direct import load_here
from siac.cases.imports.layouts import Shape, positions
from siac.cases.imports.old_rows import FieldReader, Problem
from siac.cases.imports.reader import VALUE_LIMIT, BadRow, BlockReader
from siac.cases.imports.registers import (
    Options,
    Register,
    layout_of,
    register_register,
    register_register_words,
)
from siac.cases.kinds.commands import save_kind
from siac.cases.lists.commands import save_view
from siac.cases.locking import lock_cases
from siac.cases.measuring.dimensions import KIND, POINT, TOPIC, UNIT
from siac.cases.measuring.late import late_answers
from siac.cases.measuring.listing import THINGS as CASES
from siac.cases.models import (
    Case,
    CaseKind,
    CaseMessage,
    CaseText,
    Channel,
    ImportBatch,
    Interaction,
    MessageKind,
    Nature,
    Outcome,
    ReserveCause,
    StateLabel,
)
from siac.cases.naming import WITHOUT_UNIT as CASES_WITHOUT_UNIT
from siac.cases.naming import case_names
from siac.cases.notices import answer_text, last_answer
from siac.cases.notices import mail_of as case_mail
from siac.cases.pages import said_beside
from siac.cases.portal.following import followed, leave_all
from siac.cases.programs.outside import told as told_of_cases
from siac.cases.protection.erasing import erase_unneeded
from siac.cases.protection.ledger import Erased, read_ledger
from siac.cases.protection.models import Erases
from siac.cases.queries import (
    all_cases,
    book_door,
    case_in,
    causes,
    clocks_on_cases,
    clocks_on_topics,
    has_original_number,
    kinds,
    last_asked_at,
    narrowed,
    portal_kinds,
)
from siac.cases.reserve.commands import enter_reserve
from siac.cases.routing.rule_commands import save_rule as save_routing_rule
from siac.cases.situation import Situation
from siac.cases.starter.adopting import adopt, adopted_ids
from siac.cases.starter.kits import BodyType, kit_for
from siac.cases.surroundings.reading import Fragment, register_fragments
from siac.cases.teamwork.commands import add_task, note_with_mentions
from siac.cases.territory import territory_options
from siac.cases.texts.events import CaseEvent, register_events, register_words
from siac.cases.traits.commands import may_be_asked, tell_traits

__all__ = [
    "BOOK_RULE",
    "CASES",
    "CASES_WITHOUT_UNIT",
    "KIND",
    "OPEN_STATES",
    "POINT",
    "SERVICE",
    "TOPIC",
    "UNDO_FOR",
    "UNIT",
    "VALUE_LIMIT",
    "AfterAnswer",
    "Attention",
    "AttentionForm",
    "AttentionPanel",
    "BadRow",
    "BlockReader",
    "BodyType",
    "Case",
    "CaseEvent",
    "CaseKind",
    "CaseMessage",
    "CaseRight",
    "CaseText",
    "Channel",
    "Deed",
    "Delivery",
    "DueDays",
    "Erased",
    "Erases",
    "FieldReader",
    "Filing",
    "Fragment",
    "ImportBatch",
    "Interaction",
    "MessageKind",
    "Move",
    "Naming",
    "Nature",
    "Occasion",
    "Options",
    "Outcome",
    "Panel",
    "PersonEntries",
    "Problem",
    "Promise",
    "Register",
    "ReserveCause",
    "Shape",
    "Situation",
    "StaffFilingForm",
    "StateLabel",
    "Strip",
    "VersionedForm",
    "add_embedding_site",
    "add_information",
    "add_note",
    "add_task",
    "adopt",
    "adopted_ids",
    "all_attentions",
    "all_cases",
    "answer_case",
    "answer_text",
    "ask_for_information",
    "assign_case",
    "attention_for",
    "attention_mail",
    "attention_names",
    "book_door",
    "case_for",
    "case_in",
    "case_mail",
    "case_names",
    "causes",
    "classify_case",
    "clocks_on_cases",
    "clocks_on_topics",
    "close_case",
    "close_lapsed_cases",
    "close_load",
    "code_cause",
    "contest_answer",
    "cover_codes",
    "dismiss_case",
    "end_duty",
    "enter_reserve",
    "erase_unneeded",
    "extend_term",
    "file_case",
    "followed",
    "found",
    "ground_words",
    "has_original_number",
    "hidden_from",
    "keep_case",
    "kinds",
    "kit_for",
    "last_answer",
    "last_asked_at",
    "late_answers",
    "layout_of",
    "leave_all",
    "load_here",
    "lock_attentions",
    "lock_cases",
    "locked_case",
    "may",
    "may_be_asked",
    "may_read_cases",
    "merge_case",
    "narrowed",
    "not_yet_cases",
    "note_with_mentions",
    "one_load_at_a_time",
    "openable",
    "outcomes_of",
    "parse_code",
    "parse_folio",
    "portal_kinds",
    "positions",
    "promise_told",
    "rate_answer",
    "read_ledger",
    "readable_attentions",
    "record_delivery",
    "record_return",
    "refer_case",
    "register_after_answer",
    "register_appeal",
    "register_attention",
    "register_attention_panel",
    "register_attention_retention",
    "register_deeds",
    "register_events",
    "register_filter",
    "register_fragments",
    "register_naming",
    "register_panel",
    "register_personal_part",
    "register_promises",
    "register_register",
    "register_register_words",
    "register_retention",
    "register_strip",
    "register_words",
    "reopen_case",
    "reveal_quoted",
    "said_beside",
    "save_cause",
    "save_kind",
    "save_routing_rule",
    "save_view",
    "seen_by",
    "settle_lapsed_correction",
    "start_duty",
    "tell_attention",
    "tell_person",
    "tell_traits",
    "territory_options",
    "told_of_cases",
    "transfer_case",
    "visible_attentions",
    "visible_to",
    "withdraw_case",
    "without_person",
    "works_through_lists",
]

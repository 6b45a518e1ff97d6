# SPDX-License-Identifier: EUPL-1.2
"""All that higher contexts may use of `clocks`."""

from siac.clocks.commands.calendar import (
    add_days,
    open_municipality,
    open_own_layer,
    open_unit_layer,
    revoke_days,
    seed_calendars,
)
from siac.clocks.commands.clocks import extend, pause, plan_clock, plan_term, resume
from siac.clocks.commands.ending import (
    begin_ended,
    cancel,
    finish,
    judge_anew,
    lock_clocks,
    retract,
    revive,
    settle_overdue,
)
from siac.clocks.commands.erasing import erase_reasons
from siac.clocks.commands.moves import apply_calendar_change
from siac.clocks.commands.own_rules import save_own_rule
from siac.clocks.commands.planned import copy_planned, starting
from siac.clocks.commands.taking_back import as_remembered, put_back, remember
from siac.clocks.domain.amounts import Amount, Unit, parse_amount
from siac.clocks.domain.calendar import WorkingCalendar
from siac.clocks.domain.computing import Event, Term, compute
from siac.clocks.domain.explaining import Day, Range
from siac.clocks.domain.ladder import FARTHEST, STEPS, Audience, Step, default_ladder, parse_ladder
from siac.clocks.domain.own import is_own, own_id
from siac.clocks.domain.packs import rule_book
from siac.clocks.domain.registry import (
    Moved,
    Named,
    on_missed,
    on_missed_moved,
    on_unmissed,
    register_subject,
)
from siac.clocks.domain.rules import DENIALS, Appeal, Correction, Decision, Ground, Rule
from siac.clocks.domain.specs import ClockSpec
from siac.clocks.explanations import Explanation, day_row
from siac.clocks.models import CalendarLayer, Clock, LayerDay
from siac.clocks.queries.calendars import calendar_for, layer_codes, layer_versions, place_of
from siac.clocks.queries.clocks import (
    clocks_of,
    days_left,
    ended_by_source,
    ending_of,
    explained_term,
    explanation,
    extended_due,
    judged_clocks,
    open_clocks,
    rules_of,
    running_by_source,
    running_clocks,
    subjects_ended,
)
from siac.clocks.queries.own_rules import book_for, law_rule, rules_for
from siac.clocks.queries.places import place_groups
from siac.clocks.queries.versions import versions_for
from siac.clocks.reckoning import rule_of
from siac.clocks.rule_choices import answer_rules, grouped_rules
from siac.clocks.shared import SharedCalendar, shared_calendars
from siac.clocks.texts import REFUSALS, amount_text, date_text, rule_text

__all__ = [
    "DENIALS",
    "FARTHEST",
    "REFUSALS",
    "STEPS",
    "Amount",
    "Appeal",
    "Audience",
    "CalendarLayer",
    "Clock",
    "ClockSpec",
    "Correction",
    "Day",
    "Decision",
    "Event",
    "Explanation",
    "Ground",
    "LayerDay",
    "Moved",
    "Named",
    "Range",
    "Rule",
    "SharedCalendar",
    "Step",
    "Term",
    "Unit",
    "WorkingCalendar",
    "add_days",
    "amount_text",
    "answer_rules",
    "apply_calendar_change",
    "as_remembered",
    "begin_ended",
    "book_for",
    "calendar_for",
    "cancel",
    "clocks_of",
    "compute",
    "copy_planned",
    "date_text",
    "day_row",
    "days_left",
    "default_ladder",
    "ended_by_source",
    "ending_of",
    "erase_reasons",
    "explained_term",
    "explanation",
    "extend",
    "extended_due",
    "finish",
    "grouped_rules",
    "is_own",
    "judge_anew",
    "judged_clocks",
    "law_rule",
    "layer_codes",
    "layer_versions",
    "lock_clocks",
    "on_missed",
    "on_missed_moved",
    "on_unmissed",
    "open_clocks",
    "open_municipality",
    "open_own_layer",
    "open_unit_layer",
    "own_id",
    "parse_amount",
    "parse_ladder",
    "pause",
    "place_groups",
    "place_of",
    "plan_clock",
    "plan_term",
    "put_back",
    "register_subject",
    "remember",
    "resume",
    "retract",
    "revive",
    "revoke_days",
    "rule_book",
    "rule_of",
    "rule_text",
    "rules_for",
    "rules_of",
    "running_by_source",
    "running_clocks",
    "save_own_rule",
    "seed_calendars",
    "settle_overdue",
    "shared_calendars",
    "starting",
    "subjects_ended",
    "versions_for",
]  # fmt: skip

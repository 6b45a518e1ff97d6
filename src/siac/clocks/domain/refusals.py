# SPDX-License-Identifier: EUPL-1.2
from enum import StrEnum


class Code(StrEnum):
    """Why a deadline cannot be computed, moved or edited."""

    OUTSIDE_COVERAGE = "calendar_outside_coverage"
    UNKNOWN_PLACE = "unknown_place"
    PLACE_WITHOUT_CALENDAR = "place_without_calendar"
    MIXED_COUNTRIES = "mixed_countries"
    BAD_AMOUNT = "bad_amount"
    UNKNOWN_RULE = "unknown_rule"
    RULE_NOT_IN_FORCE = "rule_not_in_force"
    RULE_WITHOUT_TERM = "rule_without_term"
    RULE_OF_ANOTHER_COUNTRY = "rule_of_another_country"
    UNKNOWN_CHANNEL = "unknown_channel"
    PAUSE_BEFORE_START = "pause_before_start"
    PAUSE_AFTER_END = "pause_after_end"
    ANSWERED_BEFORE_ASKED = "answered_before_asked"
    NOT_SUSPENDED_BY_RULE = "not_suspended_by_rule"
    ALREADY_PAUSED = "clock_already_paused"
    NOT_PAUSED = "clock_not_paused"
    ALREADY_EXTENDED = "clock_already_extended"
    TERM_HAS_ENDED = "clock_term_has_ended"
    NOT_EXTENDABLE = "clock_not_extendable"
    EXTENSION_TOO_SHORT = "extension_too_short"
    REASON_MISSING = "clock_reason_missing"
    NOT_RUNNING = "clock_not_running"
    DAY_ALREADY_THERE = "calendar_day_already_there"
    DAY_NOT_THERE = "calendar_day_not_there"
    DAY_OUTSIDE_LAYER = "calendar_day_outside_layer"
    OWN_CLOSURE_FORBIDDEN = "own_closure_forbidden"
    UNKNOWN_LAYER = "unknown_layer"

# SPDX-License-Identifier: EUPL-1.2
"""All that higher contexts may use of `indicators`."""

from siac.indicators.costs.commands import save_cost
from siac.indicators.coverage.commands import receive_territories, save_goal
from siac.indicators.demand.commands import approve_plan, ask_plan, digest_of, save_basis, save_staffing
from siac.indicators.demand.making import make_plan
from siac.indicators.domain.effects import Compared, Doubt, Effect
from siac.indicators.domain.figures import Share
from siac.indicators.domain.results import Counted, Frequency, Standing, Worth, digest, periods_over, worth
from siac.indicators.domain.rights import IndicatorRight
from siac.indicators.domain.windows import Against, Length, Window, bins, containing, months_up_to
from siac.indicators.figures.counting import Groups
from siac.indicators.figures.cube import count_all, rebuild
from siac.indicators.figures.drawing import groups_chart, trend_chart
from siac.indicators.figures.facts import Only, first_held, things_behind
from siac.indicators.figures.forms import NamesOf, Question, QuestionForm, address_of, names_read_once
from siac.indicators.figures.links import FigureLink, register_figure_link
from siac.indicators.figures.measuring import Told, first_day, measure_many
from siac.indicators.figures.pages import COLUMNS, Page, Part, asked_words, metric_page, table
from siac.indicators.figures.profiles import NOBODY, hidden_groups, traits_of
from siac.indicators.figures.reading import groups_of, values_by, values_of_many
from siac.indicators.figures.state import data_state
from siac.indicators.figures.wording import (
    change_words,
    days_words,
    limit_words,
    number_words,
    of_words,
    said_words,
    statistic_words,
    unit_words,
    value_words,
    verdict_words,
    window_name,
)
from siac.indicators.maps.commands import load_shapes
from siac.indicators.models import Indicator, IndicatorResult
from siac.indicators.results.commands import freeze_result
from siac.indicators.results.due import SETTLES, followed, latest_results, of_results, owed_results
from siac.indicators.results.effects import (
    Baseline,
    Measured,
    definition_of,
    digest_of_rows,
    indicator_of,
    measure_effect,
    take_baseline,
)
from siac.indicators.results.evidence import Evidence, approved_plans, frozen_between
from siac.indicators.results.keeping_commands import save_indicator
from siac.indicators.results.library import adopt_ready, kinds_known_as, library_of, members_of
from siac.indicators.results.pages import indicator_standings, period_words, stands, value_of
from siac.indicators.results.queries import (
    Figure,
    figures,
    free_code,
    indicators_in_use,
    targets_by_code,
    targets_of,
)
from siac.indicators.results.telling import is_of_few

__all__ = [
    "COLUMNS",
    "NOBODY",
    "SETTLES",
    "Against",
    "Baseline",
    "Compared",
    "Counted",
    "Doubt",
    "Effect",
    "Evidence",
    "Figure",
    "FigureLink",
    "Frequency",
    "Groups",
    "Indicator",
    "IndicatorResult",
    "IndicatorRight",
    "Length",
    "Measured",
    "NamesOf",
    "Only",
    "Page",
    "Part",
    "Question",
    "QuestionForm",
    "Share",
    "Standing",
    "Told",
    "Window",
    "Worth",
    "address_of",
    "adopt_ready",
    "approve_plan",
    "approved_plans",
    "ask_plan",
    "asked_words",
    "bins",
    "change_words",
    "containing",
    "count_all",
    "data_state",
    "days_words",
    "definition_of",
    "digest",
    "digest_of",
    "digest_of_rows",
    "figures",
    "first_day",
    "first_held",
    "followed",
    "free_code",
    "freeze_result",
    "frozen_between",
    "groups_chart",
    "groups_of",
    "hidden_groups",
    "indicator_of",
    "indicator_standings",
    "indicators_in_use",
    "is_of_few",
    "kinds_known_as",
    "latest_results",
    "library_of",
    "limit_words",
    "load_shapes",
    "make_plan",
    "measure_effect",
    "measure_many",
    "members_of",
    "metric_page",
    "months_up_to",
    "names_read_once",
    "number_words",
    "of_results",
    "of_words",
    "owed_results",
    "period_words",
    "periods_over",
    "rebuild",
    "receive_territories",
    "register_figure_link",
    "said_words",
    "save_basis",
    "save_cost",
    "save_goal",
    "save_indicator",
    "save_staffing",
    "stands",
    "statistic_words",
    "table",
    "take_baseline",
    "targets_by_code",
    "targets_of",
    "things_behind",
    "traits_of",
    "trend_chart",
    "unit_words",
    "value_of",
    "value_words",
    "values_by",
    "values_of_many",
    "verdict_words",
    "window_name",
    "worth",
]

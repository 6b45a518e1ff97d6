# SPDX-License-Identifier: EUPL-1.2
"""What the pages of cases need of their own: `{% load cases %}`."""

from django import template

from siac.cases.domain.numbers import cover_codes
from siac.cases.time_left import draw_time_left

register = template.Library()
register.filter("sin_codigos", cover_codes)
register.simple_tag(draw_time_left, name="tiempo_restante")

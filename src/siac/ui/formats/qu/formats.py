# SPDX-License-Identifier: EUPL-1.2
"""Numbers are written as in the country around it: Django itself knows no formats for this language."""

from django.conf.locale.es.formats import *  # noqa: F403

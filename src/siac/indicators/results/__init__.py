# SPDX-License-Identifier: EUPL-1.2
"""Indicators and their frozen results, and the pages «Indicadores»."""

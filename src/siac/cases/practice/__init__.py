# SPDX-License-Identifier: EUPL-1.2
"""What a practice body gets of cases: the configuration of its source, and invented
requests handled by the ordinary commands.
"""

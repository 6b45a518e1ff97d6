# SPDX-License-Identifier: EUPL-1.2
"""Forms of cases: they check shape and say in Spanish what is wrong; commands decide."""

# SPDX-License-Identifier: EUPL-1.2
"""Tables that leave the house (CSV as Excel opens it in Spanish, workbooks,
downloads) and those that come into it.
"""

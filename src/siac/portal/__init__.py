# SPDX-License-Identifier: EUPL-1.2
"""The shell of the pages for citizens."""

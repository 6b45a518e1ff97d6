# SPDX-License-Identifier: EUPL-1.2
"""Files that were handed in or made: checked, stored, fetched with a right that is asked again."""

# SPDX-License-Identifier: EUPL-1.2
"""The words of pages for citizens: found in templates and code, kept in a `.po` for each language, compiled
without other programs. `make languages` writes them; tests hold that they are what the code says.
"""

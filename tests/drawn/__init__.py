# SPDX-License-Identifier: EUPL-1.2
"""What `docs/develop` shows of the code: pictures, tables and words are drawn from it, by `make docs`."""

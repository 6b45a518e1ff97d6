# SPDX-License-Identifier: EUPL-1.2
"""An answer as letter or mail: seen before it is sent, printed and delivered by hand."""

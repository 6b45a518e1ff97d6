# SPDX-License-Identifier: EUPL-1.2
"""What can be done with a case, a module for each feature; `registration` gathers them."""

# SPDX-License-Identifier: EUPL-1.2
"""What hangs on a case, a module for each feature; `reading` reads all of it along with the case."""

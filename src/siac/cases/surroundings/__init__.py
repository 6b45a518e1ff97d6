# SPDX-License-Identifier: EUPL-1.2
"""What hangs on a case, a module for each feature; `reading` reads all of it along with the case."""

from siac.cases.surroundings import answering, appeals, holding, linking, papers, teamwork

FEATURES = (papers, answering, appeals, teamwork, holding, linking)

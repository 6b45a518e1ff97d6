# SPDX-License-Identifier: EUPL-1.2
from siac.catalogue.models.topic import Topic

__all__ = ["Topic"]

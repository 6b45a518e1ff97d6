# SPDX-License-Identifier: EUPL-1.2
"""Words of what requests are about."""

from siac.catalogue.public import Offering

REFUSALS: dict[str, str] = {"about_unknown": "Ese servicio no es de este organismo."}
BEGIN = {
    Offering.SERVICE.value: "Hacer una solicitud sobre este servicio",
    Offering.PROCEDURE.value: "Hacer una solicitud sobre este trámite",
    Offering.PRODUCT.value: "Hacer una solicitud sobre este producto",
}
"""What the button on the public page of a service reads."""

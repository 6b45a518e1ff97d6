# SPDX-License-Identifier: EUPL-1.2
"""Forms of how people come in."""

from typing import Any

from django import forms

from siac.accounts.public import Role
from siac.organizations.public import ROLE_NAMES, Institution, unit_options
from siac.signin.commands.providers import UNGIVEN
from siac.signin.models import DirectoryGroup, IdentityProvider
from siac.ui.forms import AutocompleteSelect, Form, ModelForm


class ProviderForm(ModelForm):
    """The server by which the people of a body may sign in."""

    secret = forms.CharField(
        label="Secreto de cliente",
        required=False,
        max_length=500,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    default_role = forms.ChoiceField(label="Rol de quien entra por primera vez", required=False)
    default_unit_id = forms.TypedChoiceField(
        label="Unidad de ese rol",
        required=False,
        coerce=int,
        empty_value=None,
        widget=AutocompleteSelect,
    )
    sections_of = (
        ("El servidor", ("label", "issuer", "client_id", "secret")),
        ("A quién deja entrar", ("domain", "claim", "claim_value", "trusts_addresses")),
        ("Quien entra por primera vez", ("provisions", "default_role", "default_unit_id")),
        ("Uso", ("is_active", "is_only_way")),
    )

    class Meta:
        model = IdentityProvider
        fields = (
            "label",
            "issuer",
            "client_id",
            "domain",
            "claim",
            "claim_value",
            "trusts_addresses",
            "provisions",
            "is_active",
            "is_only_way",
        )
        help_texts = {
            "label": "Por ejemplo «Entrar con la cuenta municipal».",
            "issuer": "La que termina antes de /.well-known/openid-configuration.",
            "domain": "Por ejemplo municipio.cl. En blanco: cualquiera de los del organismo.",
            "claim": "Por ejemplo groups. En blanco: ninguno.",
            "claim_value": "El que debe tener, o tener entre otros.",
            "trusts_addresses": (
                "Márquelo solo si el servidor no dice «email_verified» y "
                "nadie puede escribir en él un correo ajeno."
            ),
            "provisions": "Sin marcar, entra solo quien fue invitado o ya trabaja aquí.",
            "is_only_way": (
                "Las claves y llaves de acceso dejan de servir a quien trabaja solo en este organismo. "
                "Antes debe haber entrado usted una vez así."
            ),
        }

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = self.instance.pk is not None
        roles = [(role.value, ROLE_NAMES[role]) for role in Role if role not in UNGIVEN]
        self.fields["default_role"].choices = [("", "Elija…"), *roles]  # type: ignore[attr-defined]
        self.fields["default_unit_id"].choices = [("", "Todo el organismo"), *unit_options(institution)]  # type: ignore[attr-defined]
        self.initial.setdefault("default_role", self.instance.default_role)
        self.initial.setdefault("default_unit_id", self.instance.default_unit_id)
        self.fields["secret"].always_asked = not known  # type: ignore[attr-defined]
        self.fields["secret"].help_text = (
            "Déjelo en blanco para conservar el actual." if known else "Se guarda cifrado."
        )

    @property
    def sections(self) -> list[tuple[str, list[Any]]]:
        """The fields under their headings."""
        return [(title, [self[name] for name in names]) for title, names in self.sections_of]

    @property
    def folded(self) -> tuple[str, ...]:
        """No part is folded."""
        return ()

    def clean_domain(self) -> str:
        """Return the domain without its sign."""
        domain: str = self.cleaned_data["domain"]
        return domain.removeprefix("@").lower()

    def clean(self) -> dict[str, Any]:
        """A claim and its value go together."""
        fields: dict[str, Any] = super().clean() or self.cleaned_data
        if bool(fields.get("claim")) != bool(fields.get("claim_value")):
            self.add_error("claim_value", "Escriba el dato y su valor, o ninguno de los dos.")
        return fields


class CitizensForm(ModelForm):
    """The server by which citizens identify themselves: two things to type, the rest is as in the country."""

    secret = forms.CharField(
        label="Secreto de cliente",
        required=False,
        max_length=500,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    sections_of = (
        ("Su cliente", ("client_id", "secret", "is_active")),
        ("El servidor", ("label", "issuer", "document_claim", "scopes", "assurance", "logout")),
    )

    class Meta:
        model = IdentityProvider
        fields = (
            "client_id", "is_active", "label", "issuer", "document_claim", "scopes", "assurance", "logout",
        )  # fmt: skip
        labels = {"label": "Nombre del servidor", "is_active": "Ofrecerlo en las páginas públicas"}
        help_texts = {
            "label": "El botón dirá «Identificarse con…» y este nombre.",
            "issuer": "La dirección (issuer) del servidor nacional o de su pasarela OpenID Connect.",
            "document_claim": "Por ejemplo RolUnico, doc o document_number.",
            "assurance": "En blanco: el que el servidor use. Por ejemplo el que exige más de una clave.",
            "logout": "Detrás se le agrega la dirección de vuelta. En blanco: la que diga el servidor.",
        }

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known, preset = self.instance.pk is not None, institution.country.identity
        self.fields["secret"].always_asked = not known  # type: ignore[attr-defined]
        self.fields["secret"].help_text = (
            "Déjelo en blanco para conservar el actual." if known else "Se guarda cifrado."
        )
        self.fields["document_claim"].required = True
        if preset is not None and not known:
            given = {
                "label": preset.name, "issuer": preset.issuer, "document_claim": preset.document_claim,
                "scopes": preset.scopes, "logout": preset.logout, "is_active": False,
            }  # fmt: skip
            self.initial = {**self.initial, **given}

    @property
    def sections(self) -> list[tuple[str, list[Any]]]:
        """The fields under their headings."""
        return [(title, [self[name] for name in names]) for title, names in self.sections_of]


class GroupForm(Form):
    """The role that a group of the directory gives."""

    role = forms.ChoiceField(label="Rol de sus integrantes", required=False)
    unit_id = forms.TypedChoiceField(
        label="Unidad",
        required=False,
        coerce=int,
        empty_value=None,
        widget=AutocompleteSelect,
        help_text="El rol vale en la unidad y en las que dependen de ella.",
    )

    def __init__(self, institution: Institution, group: DirectoryGroup, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [(role.value, ROLE_NAMES[role]) for role in Role if role is not Role.COUNCIL_MEMBER]
        self.fields["role"].choices = [("", "Ninguno"), *roles]  # type: ignore[attr-defined]
        self.fields["unit_id"].choices = [("", "Todo el organismo"), *unit_options(institution)]  # type: ignore[attr-defined]
        self.initial = {"role": group.role, "unit_id": group.unit_id}

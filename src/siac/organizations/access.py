# SPDX-License-Identifier: EUPL-1.2
"""Who of the house may do what in which body: role x unit, denied unless a membership grants it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.timezone import override

from siac.accounts.public import Right, Role, User, rights_of
from siac.infra.ready import ReadyRows, rows
from siac.organizations.models import Institution
from siac.organizations.queries import unit_tree
from siac.organizations.translating import words_of
from siac.ui.kept import kept_of
from siac.ui.kiosk import kiosk_of
from siac.ui.languages.known import SPANISH
from siac.ui.languages.pages import speak_by_cookie
from siac.ui.languages.speaking import begin, chosen
from siac.ui.public import session_gone
from siac.ui.views import error_page

Rest = ParamSpec("Rest")


@dataclass(frozen=True, slots=True)
class Grant:
    """One role held in a body: in unit `unit_id` and those below it, or everywhere when None."""

    role: Role
    unit_id: int | None


@dataclass(frozen=True, slots=True)
class Beside:
    """The practice body beside a body, or the body that a practice body was
    made of, where the user works too.
    """

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Access:
    """What `user` may do in `institution`; made once per request."""

    institution: Institution
    user: User
    grants: Sequence[Grant]
    beside: Beside | None = None
    by: str = ""
    """What acts in the name of the user (`token:12`, a program); empty: they do."""
    notes: bool = True
    """Whether what is opened counts as read; where it is only asked whether it may be, it does not."""
    _rights: frozenset[Right] = field(init=False)

    def __post_init__(self) -> None:
        granted = frozenset[Right]().union(*(rights_of(grant.role) for grant in self.grants))
        object.__setattr__(self, "_rights", granted)

    @property
    def rights(self) -> frozenset[Right]:
        """Everything the user may do somewhere in the body."""
        return self._rights

    def has(self, right: Right) -> bool:
        """Return whether the user holds `right` somewhere in the body."""
        return right in self._rights

    @property
    def own_unit(self) -> int | None:
        """The unit of the user; None where they have none or several."""
        units = {grant.unit_id for grant in self.grants if grant.unit_id is not None}
        return units.pop() if len(units) == 1 else None

    @property
    def audits(self) -> bool:
        """Return whether the user is here to control and for nothing else: what
        they open is noted, all of it.
        """
        return bool(self.grants) and all(grant.role is Role.AUDITOR for grant in self.grants)

    def require(self, right: Right) -> None:
        """Raise PermissionDenied unless `has(right)`."""
        if not self.has(right):
            raise PermissionDenied(right.value)

    def units_with(self, right: Right) -> frozenset[int] | None:
        """Return the units where the user holds `right`; None means the whole body."""
        tree = unit_tree(self.institution)
        found: set[int] = set()
        for grant in self.grants:
            if right in rights_of(grant.role):
                if grant.unit_id is None:
                    return None
                found |= tree.below(grant.unit_id)
        return frozenset(found)

    def has_in(self, right: Right, unit_id: int | None) -> bool:
        """Return whether the user holds `right` over `unit_id` (None: a case without a unit)."""
        if not self.has(right):
            return False
        units = self.units_with(right)
        return units is None or (unit_id is not None and unit_id in units)


def lasts(role: str, body: str) -> str:
    """Return the SQL that holds while a role has not ended, by the database's clock on the local day of its
    body: nothing opens after its last day, whether or not a job took the row away yet.

    `role` and `body` are the names of the two tables in the statement.
    """
    return f"({role}.until IS NULL OR {role}.until >= (now() AT TIME ZONE {body}.time_zone)::date)"


# At the beginning of every page of the workspace: the body once for each role held in it.
_BODY = ReadyRows(Institution, "i")
_HELD = f"""
SELECT {_BODY.columns}, m.role, m.unit_id, b.slug, b.short_name
FROM organizations_membership m
JOIN organizations_institution i ON i.id = m.institution_id
LEFT JOIN LATERAL (
  SELECT p.slug, p.short_name FROM organizations_institution p WHERE p.is_active
    AND (p.practice_of_id = i.id OR p.id = i.practice_of_id)
    AND EXISTS (SELECT FROM organizations_membership n WHERE n.institution_id = p.id AND n.user_id = m.user_id
      AND {lasts("n", "p")}) LIMIT 1) b ON true
WHERE m.user_id = %s AND i.slug = %s AND i.is_active AND {lasts("m", "i")} ORDER BY m.id
"""  # noqa: S608 - columns of our own models


_BODIES = f"""
SELECT i.* FROM organizations_institution i WHERE i.is_active AND EXISTS (
  SELECT FROM organizations_membership m WHERE m.institution_id = i.id AND m.user_id = %s
    AND {lasts("m", "i")})
ORDER BY i.name, i.id
"""  # noqa: S608 - names of our own tables
_OPEN = f"SELECT {_BODY.columns} FROM organizations_institution i WHERE i.slug = %s AND i.is_active"  # noqa: S608


def access_in(user: User, slug: str) -> Access:
    """Return the access of a signed-in `user` in the body `slug`: the roles that have
    not ended by the database's clock (1 SQL).

    Raises:
        Http404: there is no such active body.
        PermissionDenied: the user holds no role in it.
    """
    held = rows(_HELD, [user.pk, slug])
    if not held:
        if Institution.objects.filter(slug=slug, is_active=True).exists():
            raise PermissionDenied("no membership")
        raise Http404(slug)
    *body, _, _, beside, its_name = held[0]
    grants = [Grant(Role(role), unit_id) for *_, role, unit_id, _, _ in held]
    return Access(_BODY(body), user, grants, Beside(beside, its_name) if beside else None)


def staff_access(request: HttpRequest, slug: str, right: Right | None = None) -> Access:
    """Return the access of whoever is signed in, kept on the request; the gate of every workspace page.

    Without `right`, whoever holds any role in the body may enter.

    1 SQL the first time in a request.

    Raises:
        PermissionDenied: nobody is signed in, or the user lacks `right` in the body, or any role in it.
        Http404: there is no such body.
    """
    access = getattr(request, "siac_access", None)
    if access is None or access.institution.slug != slug:
        user = request.user
        if not isinstance(user, User):
            raise PermissionDenied("anonymous")
        access = access_in(user, slug)
        request.siac_access = access  # type: ignore[attr-defined]
        # Said before the refusal: the page that tells of it keeps the menu of whoever works here.
        request.institution = access.institution  # type: ignore[attr-defined]
        request.rights = access.rights  # type: ignore[attr-defined]
    if right is not None:
        access.require(right)
    return access


def staff_institution(request: HttpRequest, slug: str, right: Right | None = None) -> Institution:
    """Return the body `slug` for whoever holds `right` in it; refuses as `staff_access`.

    SQL as `staff_access`.
    """
    return staff_access(request, slug, right).institution


def bodies_of(user: User) -> list[Institution]:
    """Return the active bodies where `user` holds a role that has not ended, by name (1 SQL)."""
    return list(Institution.objects.raw(_BODIES, [user.pk]))


def staff_page(
    right: Right | None = None,
) -> Callable[
    [Callable[Concatenate[HttpRequest, Access, Rest], HttpResponseBase]],
    Callable[Concatenate[HttpRequest, str, Rest], HttpResponseBase],
]:
    """Guard a workspace view: sign in first, then hold `right`, or without one any role in the body.

    The view gets the `Access`, not the slug.

    SQL as `staff_access`.
    """

    def guard(
        view: Callable[Concatenate[HttpRequest, Access, Rest], HttpResponseBase],
    ) -> Callable[Concatenate[HttpRequest, str, Rest], HttpResponseBase]:
        @wraps(view)
        def guarded(
            request: HttpRequest, slug: str, *args: Rest.args, **kwargs: Rest.kwargs
        ) -> HttpResponseBase:
            access = staff_access(request, slug, right)
            with override(access.institution.zone):
                response = view(request, access, *args, **kwargs)
            response.headers.setdefault(
                "Cache-Control", "private, no-store"
            )  # a shared browser keeps nothing
            return response

        @wraps(view)
        def entered_first(
            request: HttpRequest, slug: str, *args: Rest.args, **kwargs: Rest.kwargs
        ) -> HttpResponseBase:
            if request.method == "POST" and request.POST and not request.user.is_authenticated:
                return session_gone(request)
            return signed_in(request, slug, *args, **kwargs)

        signed_in = login_required(guarded)
        return entered_first  # type: ignore[return-value]

    return guard


@contextmanager
def entered(request: HttpRequest, institution: Institution) -> Iterator[None]:
    """Show the pages inside as those of `institution`: its name, its look, its local time, and the language
    that this browser chose of those it offers (1 SQL for its translations where it is not Spanish, none when
    warm).
    """
    request.institution = institution  # type: ignore[attr-defined]
    offered = institution.offered_languages
    request.languages = offered  # type: ignore[attr-defined]
    if offered:
        language = chosen(request, offered)
        begin(language, words_of(institution, language) if language != SPANISH else {})
    with override(institution.zone):
        yield


def _moved(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Say where a closed body goes on; what somebody was typing can still be copied (1 SQL).

    Raises:
        Http404: there is none that does.
    """
    closed = Institution.objects.filter(slug=slug, is_active=False).exclude(now_at="").first()
    if closed is None:
        raise Http404(slug)
    speak_by_cookie(request)
    told = kept_of(request).context(token="")
    return error_page(410, body_name=closed.name, now_at=closed.now_at, **told)


def portal_page(
    view: Callable[Concatenate[HttpRequest, Institution, Rest], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, str, Rest], HttpResponseBase]:
    """Make a page of a body's portal: open to everyone, the view gets the body and its local time. 1 SQL.

    The portal of a body that was closed says where it is now, if somebody said that (410).
    """

    @wraps(view)
    def shown(request: HttpRequest, slug: str, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponseBase:
        found = rows(_OPEN, [slug])
        if not found:
            return _moved(request, slug)
        institution = _BODY(found[0])
        with entered(request, institution):
            response = view(request, institution, *args, **kwargs)
        if kiosk_of(request, institution.slug) is not None:  # the next one at that screen sees nothing
            response.headers["Cache-Control"] = "private, no-store"
        if institution.is_practice:
            response.headers["X-Robots-Tag"] = "noindex, nofollow"  # pages and papers alike
        return response

    return shown  # type: ignore[return-value]

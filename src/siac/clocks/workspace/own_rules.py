# SPDX-License-Identifier: EUPL-1.2
"""Rules that a body gives itself: written down, tried on a day, kept in versions."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods

from siac.clocks.commands.own_rules import base_of, save_own_rule
from siac.clocks.domain.own import OwnTerm, build, check, opens
from siac.clocks.domain.packs import rule_book
from siac.clocks.domain.refusals import Code
from siac.clocks.domain.rules import RuleBook
from siac.clocks.explanations import Explanation
from siac.clocks.forms import OwnRuleForm
from siac.clocks.models import OwnRule
from siac.clocks.queries.clocks import explained_term, rules_of
from siac.clocks.queries.own_rules import own_rules
from siac.kernel.errors import Refused
from siac.organizations.public import (
    Access,
    Change,
    Institution,
    Kept,
    StaffRight,
    ToldVersion,
    Words,
    differences,
    labels_of,
    staff_page,
)
from siac.organizations.public import told as told_versions
from siac.ui.forms import renew_basis

_SET = ("name", "document", "url", "amount", "unit", "extended", "waits", "shifts", "valid_from")
_LABELS = {name: label for name, label in labels_of(OwnRule).items() if name in _SET}
_WORDS: Words = {
    "unit": lambda code: OwnRule.Length(code).label,
    "valid_from": lambda day: f"{day:%d-%m-%Y}",
}


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(StaffRight.CALENDARS)
def own_rule_new(request: HttpRequest, access: Access) -> HttpResponse:
    """Add a rule."""
    return _page(request, access, [])


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(StaffRight.CALENDARS)
def own_rule_page(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """Show a rule with its versions, and add one."""
    versions = own_rules(access.institution).get(code)
    if versions is None:
        raise Http404(code)
    return _page(request, access, versions)


def _page(request: HttpRequest, access: Access, versions: list[OwnRule]) -> HttpResponse:
    body, now = access.institution, current_time()
    row, today = (versions[0] if versions else None), body.local_date(now)
    bases = [rule for rule in rules_of(body.jurisdiction) if opens(rule) and rule.in_force(today)]
    form = OwnRuleForm(
        request.POST or None, bases=bases, country=body.jurisdiction, row=row, initial={"on": today}
    )
    trying = "probar" in request.POST
    if trying and "valid_from" in form.fields:
        form.fields["valid_from"].required = False
    told: Explanation | None = None
    meanwhile: Sequence[Change] = ()
    if form.is_bound and form.is_valid():
        try:
            if not trying:
                saved = _save(access, form, row)
                messages.success(
                    request, f"Regla guardada, versión {saved.version}. Los plazos en curso no cambian."
                )
                return redirect("workspace:clocks:rules", body.slug)
            told = _tried(body, form, row, today)
        except Refused as refused:
            # Of the days, what is wrong in a trial is the day that was tried.
            form.show(refused, "on" if trying and refused.code == Code.OUTSIDE_COVERAGE else "")
            meanwhile = _overtaken(body, form, refused, row)
    context = {
        "institution": body,
        "form": form,
        "row": row,
        "versions": list(zip(versions, _history(versions), strict=True)),
        "told": told,
        "meanwhile": meanwhile,
    }
    return render(request, "clocks/workspace/own_rule.html", context, status=422 if form.errors else 200)


def _history(versions: Sequence[OwnRule]) -> list[ToldVersion]:
    """Return the versions of a rule, the newest first, in words."""
    return told_versions((_kept(row) for row in versions), _LABELS, _WORDS)


def _kept(row: OwnRule) -> Kept:
    who = row.saved_by.name if row.saved_by else ""
    return Kept(row.version, row.saved_at, who, {name: getattr(row, name) for name in _LABELS})


def _overtaken(
    body: Institution, form: OwnRuleForm, refused: Refused, row: OwnRule | None
) -> Sequence[Change]:
    """Return what somebody else saved while the form was filled in, and let it be saved next time (1 SQL)."""
    if row is None or refused.code != "saved_meanwhile":
        return ()
    standing = own_rules(body)[row.code]
    seen = [each for each in standing if each.version == form.cleaned_data["based_on"]]
    renew_basis(form, refused)
    return differences(_LABELS, _kept(seen[0]).fields, _kept(standing[0]).fields, _WORDS) if seen else ()


def _fields(form: OwnRuleForm, row: OwnRule | None) -> dict[str, Any]:
    data = form.cleaned_data
    return {
        "code": row.code if row else data["code"],
        "base_rule": row.base_rule if row else data["base_rule"],
        **{name: data[name] for name in ("name", "document", "waits", "shifts")},
    }


def _save(access: Access, form: OwnRuleForm, row: OwnRule | None) -> OwnRule:
    if row is None and form.cleaned_data["code"] in own_rules(access.institution):
        raise Refused(Code.OWN_CODE_TAKEN)
    amount, extended = form.lengths()
    return save_own_rule(
        institution=access.institution,
        amount=amount,
        extended=extended,
        url=form.cleaned_data["url"],
        valid_from=form.cleaned_data.get("valid_from"),
        based_on=form.cleaned_data["based_on"],
        actor=access.user,
        now=current_time(),
        **_fields(form, row),
    )


def _tried(body: Institution, form: OwnRuleForm, row: OwnRule | None, today: date) -> Explanation:
    """Explain the term of the rule as typed, saved or not."""
    amount, extended = form.lengths()
    fields = _fields(form, row)
    base = base_of(fields.pop("base_rule"), body, today)
    term = OwnTerm(version=1, amount=amount, extended=extended, **fields)
    check(term, base)
    general = rule_book().general
    rule = build(
        term, institution_id=body.pk, country=body.jurisdiction, general=general[body.jurisdiction], base=base
    )
    data = form.cleaned_data
    return explained_term(
        rule.id, place=body.place, zone=body.zone, on=data["on"] or today, at=data["at"],
        closes_at=body.office_closes_at, institution_id=body.pk, book=RuleBook([rule], general),
    )  # fmt: skip

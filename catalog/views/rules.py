"""The numbers of the lifecycle rules: what holds where, since when and why, and how staff set them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from catalog.actions import rules
from catalog.forms.rules import RuleSettingForm
from catalog.models import RuleSetting
from catalog.rules import HOUSE_WIDE, RULES, Rule, RuleBook
from portal.htmx import redirect
from portal.http import Request
from portal.permissions import allow, denial_to_use_console


@require_safe
def rule_list(request: Request) -> HttpResponse:
    allow(denial_to_use_console(request.user))
    book, standing = RuleBook.load(), list(RuleSetting.objects.in_force())
    rows = [
        {
            "rule": rule,
            "value": book.value(rule.key),
            "is_default": book.value(rule.key) == rule.default,
            "settings": [one for one in standing if one.key == rule.key and (one.business_unit_id or one.risk)],
        }
        for rule in RULES.values()
    ]
    return render(request, "catalog/rule_list.html", {"section": "rules", "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def rule_detail(request: Request, key: str) -> HttpResponse:
    """A GET shows the rule and its history; a POST sets or clears one number."""
    allow(denial_to_use_console(request.user))
    if key not in RULES:
        raise Http404
    rule = RULES[key]
    form = RuleSettingForm(request.POST or None, rule=rule, initial={"seen": RuleSetting.objects.newest(key)})
    if request.method == "POST" and form.is_valid() and save(form, rule, request):
        return redirect(request, "catalog:rule_detail", key)
    return render(request, "catalog/rule_detail.html", context_of(rule, form))


def save(form: RuleSettingForm, rule: Rule, request: Request) -> bool:
    """True when the number was set; else the form says why not."""
    data = form.cleaned_data
    unit, risk = data.get("unit"), data.get("risk") or ""
    if (data["seen"] or 0) != RuleSetting.objects.newest(rule.key):
        form.add_error(None, rules.seen_other(rule.key))
        return False
    rules.set_rule(
        rule.key,
        unit=unit,
        risk=risk,
        value=data["value"],
        reason=data["reason"],
        expected_version=RuleSetting.objects.version_of(rule.key, unit, risk),
        by=request.user,
        now=timezone.now(),
    )
    messages.success(request, _("“%(rule)s” is set.") % {"rule": rule.label})
    return True


def context_of(rule: Rule, form: RuleSettingForm) -> dict[str, Any]:
    return {
        "section": "rules",
        "rule": rule,
        "value": RuleBook.load().value(rule.key),
        "form": form,
        "standing": RuleSetting.objects.in_force().filter(key=rule.key),
        "history": RuleSetting.objects.filter(key=rule.key)
        .select_related("by", "business_unit")
        .order_by("-at", "-pk"),
        "house_wide": rule.key in HOUSE_WIDE,
    }

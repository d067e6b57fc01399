"""Why an app counts as used, unused or unknown: the evidence, the numbers of the rule, and where they are set."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalog.models import MicroApp, RuleSetting
from catalog.permissions import denial_to_move
from catalog.rules import RULES, RuleBook
from catalog.usage_facts import facts_of
from catalog.verdict import Verdict, judge
from portal.http import Request
from portal.permissions import denial_to_use_console

NUMBERS = ("inactive_days", "inactive_users", "collector_lag", "flag_escalates", "flag_archives")


@require_safe
def verdict_detail(request: Request, slug: str) -> HttpResponse:
    apps = MicroApp.objects.visible_to(request.user).select_related("owner", "second_owner", "business_unit")
    app, now = get_object_or_404(apps, slug=slug), timezone.now()
    book = RuleBook.load()
    facts = facts_of(app, now=now, book=book)
    flag = app.flags.filter(answered_at=None).first() or app.flags.order_by("-at").first()
    changed = set(RuleSetting.objects.in_force().values_list("key", flat=True))
    context = {
        "section": "apps",
        "app": app,
        "facts": facts,
        "signals": [(one, one.is_complete(facts.since, facts.needed_until)) for one in facts.signals],
        "verdict": judge(facts),
        "flag": flag,
        "then": Verdict.from_json(flag.evidence) if flag and flag.evidence.get("reason") else None,
        "numbers": [(RULES[key], book.for_app(key, app), key in changed) for key in NUMBERS],
        "may_set": denial_to_use_console(request.user) is None,
        "may_answer": app.state == "flagged" and denial_to_move(request.user, app, "keep") is None,
    }
    return render(request, "catalog/verdict_detail.html", context)

"""One act for many apps: say what will happen, do it, show what became of each."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from catalog.actions.bulk import MOST, hand_over_many, remind_many, renew_many
from catalog.forms.bulk import FORMS
from catalog.models import MicroApp
from portal.bulk import Result
from portal.htmx import redirect
from portal.http import Request
from portal.models import User

TITLES = {
    "renew": gettext_lazy("Renew several apps"),
    "remind": gettext_lazy("Remind the owners of several apps"),
    "hand_over": gettext_lazy("Hand several apps over"),
}
BUTTONS = {
    "renew": gettext_lazy("Renew them"),
    "remind": gettext_lazy("Remind the owners"),
    "hand_over": gettext_lazy("Offer them"),
}


@require_POST
def bulk_create(request: Request) -> HttpResponse:
    """The first POST shows the confirm page, the second, with `confirm`, does it."""
    act, slugs = request.POST.get("act", ""), list(dict.fromkeys(request.POST.getlist("slugs")))
    if act not in FORMS or not slugs:
        return redirect(request, "catalog:micro_app_list")
    apps = list(MicroApp.objects.visible_to(request.user).with_people().filter(slug__in=slugs[:MOST]).order_by("name"))
    is_confirmed = "confirm" in request.POST
    form = FORMS[act](request.POST if is_confirmed else None)
    refusal = ""
    if len(slugs) > MOST:
        refusal = _("At most %(most)d apps at a time. Choose fewer.") % {"most": MOST}
    elif is_confirmed and form.is_valid():
        results = carry_out(act, apps, by=request.user, cleaned=form.cleaned_data)
        return render(request, "catalog/bulk_result.html", result_context(act, results))
    context = {
        "section": "apps",
        "act": act,
        "title": TITLES[act],
        "button": BUTTONS[act],
        "apps": apps,
        "form": form,
        "refusal": refusal,
    }
    return render(request, "catalog/bulk_create.html", context, status=422 if form.errors or refusal else 200)


def carry_out(act: str, apps: list[MicroApp], *, by: User, cleaned: dict[str, Any]) -> list[Result[MicroApp]]:
    now = timezone.now()
    if act == "renew":
        return renew_many(apps, days=cleaned["days"], by=by, now=now)
    if act == "remind":
        return remind_many(apps, by=by, now=now)
    return hand_over_many(apps, taker=cleaned["taker"], reason=cleaned["reason"], by=by, now=now)


def result_context(act: str, results: list[Result[MicroApp]]) -> dict[str, Any]:
    done = sum(result.done for result in results)
    return {
        "section": "apps",
        "title": TITLES[act],
        "results": results,
        "done": done,
        "refused": len(results) - done,
    }

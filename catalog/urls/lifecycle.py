from django.urls import path

from catalog.views.archives import archive_create
from catalog.views.bulk import bulk_create
from catalog.views.flag_answers import flag_answer_create
from catalog.views.hand_overs import hand_over_answer, hand_over_create, hand_over_withdrawal_create
from catalog.views.leaving import leaving
from catalog.views.proposals import budget_create, exemption_create, ownership_create
from catalog.views.renewals import renewal_create
from catalog.views.restorations import restoration_create
from catalog.views.retirements import retirement_create
from catalog.views.sboms import sbom_create, sbom_export
from catalog.views.submissions import forecast_create, submission_create, submission_withdrawal_create

urlpatterns = [
    path("apps/bulk/", bulk_create, name="bulk_create"),
    path("apps/forecast/", forecast_create, name="forecast_create"),
    path("apps/<slug:slug>/submission/", submission_create, name="submission_create"),
    path("apps/<slug:slug>/submission/withdrawal/", submission_withdrawal_create, name="submission_withdrawal_create"),
    path("apps/<slug:slug>/renewal/", renewal_create, name="renewal_create"),
    path("apps/<slug:slug>/ownership/", ownership_create, name="ownership_create"),
    path("apps/<slug:slug>/sbom/", sbom_create, name="sbom_create"),
    path("apps/<slug:slug>/sbom/components.json", sbom_export, name="sbom_export"),
    path("apps/<slug:slug>/budget/", budget_create, name="budget_create"),
    path("apps/<slug:slug>/exemption/", exemption_create, name="exemption_create"),
    path("apps/<slug:slug>/archive/", archive_create, name="archive_create"),
    path("apps/<slug:slug>/restoration/", restoration_create, name="restoration_create"),
    path("apps/<slug:slug>/retirement/", retirement_create, name="retirement_create"),
    path("apps/<slug:slug>/flag-answer/", flag_answer_create, name="flag_answer_create"),
    path("apps/<slug:slug>/hand-over/", hand_over_create, name="hand_over_create"),
    path("hand-overs/<int:pk>/answer/", hand_over_answer, name="hand_over_answer"),
    path("hand-overs/<int:pk>/withdrawal/", hand_over_withdrawal_create, name="hand_over_withdrawal_create"),
    path("leaving/", leaving, name="leaving"),
]

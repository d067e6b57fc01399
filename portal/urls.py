"""All addresses of the site. The other packages are named as strings only."""

from django.contrib import admin
from django.urls import include, path

from portal.views import (
    absences,
    accounts,
    business_units,
    cost_centres,
    health,
    home,
    people,
    preferences,
    search,
    theme,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("livez", health.livez, name="livez"),
    path("start-list/dismissal/", home.start_list_dismissal_create, name="start_list_dismissal_create"),
    path("search/", search.search, name="search"),
    path("theme/", theme.theme, name="theme"),
    path("preferences/", preferences.preferences, name="preferences"),
    path("preferences/absences/", absences.absence_list, name="absence_list"),
    path("preferences/absences/<int:pk>/end/", absences.absence_end_create, name="absence_end_create"),
    path("people/options/", people.person_option_list, name="person_option_list"),
    path("people/<int:pk>/", people.person_detail, name="person_detail"),
    path("console/people/", people.person_list, name="person_list"),
    path("console/people/export/", people.person_export, name="person_export"),
    path("console/people/new/", people.person_create, name="person_create"),
    path("console/people/<int:pk>/", people.person_edit, name="person_edit"),
    path("console/people/<int:pk>/roles/", accounts.person_role_create, name="person_role_create"),
    path("console/people/<int:pk>/invitation/", accounts.invitation_create, name="invitation_create"),
    path("console/people/<int:pk>/deactivation/", accounts.deactivation_create, name="deactivation_create"),
    path("console/people/<int:pk>/reactivation/", accounts.reactivation_create, name="reactivation_create"),
    path("console/units/", business_units.unit_list, name="unit_list"),
    path("console/units/new/", business_units.unit_create, name="unit_create"),
    path("console/units/<int:pk>/", business_units.unit_edit, name="unit_edit"),
    path("console/cost-centres/", cost_centres.cost_centre_list, name="cost_centre_list"),
    path("console/cost-centres/new/", cost_centres.cost_centre_create, name="cost_centre_create"),
    path("console/cost-centres/<int:pk>/", cost_centres.cost_centre_edit, name="cost_centre_edit"),
    path("readyz", health.readyz, name="readyz"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("approvals/", include("approvals.urls")),
    path("", include("catalog.urls")),
]

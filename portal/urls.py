"""All addresses of the site. The other packages are named as strings only."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from portal.views import (
    absences,
    accounts,
    audit_events,
    board,
    board_reports,
    business_units,
    components,
    cost_centres,
    health,
    help,
    home,
    jobs,
    kpis,
    notifications,
    outbox,
    people,
    person_accounts,
    preferences,
    search,
    site,
    theme,
)

admin.site.index_title = _("Records")
admin.site.enable_nav_sidebar = False  # the shell's own sidebar is there
# The one sign-in page, with its second factors and rate limits.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("", home.home, name="home"),
    path("livez", health.livez, name="livez"),
    path("start-list/dismissal/", home.start_list_dismissal_create, name="start_list_dismissal_create"),
    path("search/", search.search, name="search"),
    path("preferences/", preferences.preferences, name="preferences"),
    path("preferences/absences/", absences.absence_list, name="absence_list"),
    path("preferences/absences/<int:pk>/end/", absences.absence_end_create, name="absence_end_create"),
    path("people/options/", people.person_option_list, name="person_option_list"),
    path("people/<int:pk>/", people.person_detail, name="person_detail"),
    path("console/people/", people.person_list, name="person_list"),
    path("console/people/export/", people.person_export, name="person_export"),
    path("console/people/new/", people.person_create, name="person_create"),
    path("console/people/<int:pk>/", people.person_edit, name="person_edit"),
    path("console/people/<int:pk>/roles/", person_accounts.person_role_create, name="person_role_create"),
    path("console/people/<int:pk>/invitation/", person_accounts.invitation_create, name="invitation_create"),
    path("console/people/<int:pk>/deactivation/", person_accounts.deactivation_create, name="deactivation_create"),
    path("console/people/<int:pk>/reactivation/", person_accounts.reactivation_create, name="reactivation_create"),
    path("console/units/", business_units.unit_list, name="unit_list"),
    path("console/units/new/", business_units.unit_create, name="unit_create"),
    path("console/units/<int:pk>/", business_units.unit_edit, name="unit_edit"),
    path("console/cost-centres/", cost_centres.cost_centre_list, name="cost_centre_list"),
    path("console/cost-centres/new/", cost_centres.cost_centre_create, name="cost_centre_create"),
    path("console/cost-centres/<int:pk>/", cost_centres.cost_centre_edit, name="cost_centre_edit"),
    path("board/", board.board_detail, name="board_detail"),
    path("board/export/", board.board_export, name="board_export"),
    path("board/figures/<slug:slug>/", kpis.kpi_detail, name="kpi_detail"),
    path("board/figures/<slug:slug>/export/", kpis.kpi_export, name="kpi_export"),
    path("board/figures/<slug:slug>/target/", kpis.kpi_target_create, name="kpi_target_create"),
    path(
        "board/figures/<slug:slug>/<int:year>/<int:month>/correction/",
        kpis.kpi_correction_create,
        name="kpi_correction_create",
    ),
    path("board/reports/", board_reports.board_report_list, name="board_report_list"),
    path("board/reports/new/", board_reports.board_report_create, name="board_report_create"),
    path("board/report/<slug:number>/", board_reports.board_report_detail, name="board_report_detail"),
    path("theme/", theme.theme, name="theme"),
    path("readyz", health.readyz, name="readyz"),
    path("audit/", audit_events.audit_event_list, name="audit_event_list"),
    path("audit/export/", audit_events.audit_event_export, name="audit_event_export"),
    path("audit/<int:pk>/", audit_events.audit_event_detail, name="audit_event_detail"),
    path("jobs/", jobs.job_list, name="job_list"),
    path("jobs/<int:pk>/", jobs.job_detail, name="job_detail"),
    path("jobs/<int:pk>/cancellation/", jobs.job_cancellation_create, name="job_cancellation_create"),
    path("console/outbox/", outbox.outbox_list, name="outbox_list"),
    path("console/outbox/<str:file>/<int:number>/", outbox.outbox_detail, name="outbox_detail"),
    path("console/jobs/", jobs.dead_job_list, name="dead_job_list"),
    path("console/jobs/<int:pk>/retry/", jobs.job_retry_create, name="job_retry_create"),
    path("console/jobs/<int:pk>/discard/", jobs.job_discard_create, name="job_discard_create"),
    path("notifications/", notifications.notification_list, name="notification_list"),
    path("notifications/readings/", notifications.notification_readings_create, name="notification_readings_create"),
    path(
        "notifications/<int:pk>/reading/",
        notifications.notification_reading_create,
        name="notification_reading_create",
    ),
    path("help/", help.help_index, name="help_index"),
    path("help/shortcuts/", help.help_shortcuts, name="help_shortcuts"),
    path("help/<slug:slug>/", help.help_page, name="help_page"),
    path("components/", components.components, name="components"),
    path("robots.txt", site.robots, name="robots"),
    path("favicon.ico", site.favicon, name="favicon"),
    path("accounts/demo/", accounts.demo_sign_in, name="demo_sign_in"),
    path("accounts/email/", accounts.account_email, name="account_email"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("approvals/", include("approvals.urls")),
    path("schemas/", include("approvals.schema_urls")),
    path("", include("training.urls")),
    path("", include("catalog.urls")),
]

handler400 = "portal.views.errors.bad_request"
handler403 = "portal.views.errors.permission_denied"
handler404 = "portal.views.errors.page_not_found"
handler500 = "portal.views.errors.server_error"

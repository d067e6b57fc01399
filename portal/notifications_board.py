"""What the board's members are told."""

from django.utils.translation import gettext_lazy as _

from portal.notifications import Kind, register

REPORT = "board_report"
register(
    REPORT,
    Kind(
        label=_("The board report of a month"),
        title=_("Board report, %(period)s"),
        body=_("%(met)s %(needs)s"),
        because=_("You are on the governance board."),
        action=_("Open the report"),
        icon="chart-line",
        can_mute=True,
    ),
)

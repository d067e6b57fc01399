"""The icons of the sprite static/icons.svg: one list of Lucide names. `manage.py build_icons` draws them."""

NAMES = """
    activity archive archive-restore archive-x arrow-down arrow-down-right arrow-left arrow-right arrow-up
    arrow-up-right at-sign award badge-check ban bell bell-off book-open bookmark bot box boxes briefcase
    building-2 calendar calendar-check calendar-clock calendar-days calendar-x chart-column chart-line check
    chevron-down chevron-left chevron-right chevron-up chevrons-up-down circle-alert circle-check circle-dot
    circle-off circle-pause circle-question-mark circle-x clock clock-alert cog coins command copy
    copy-plus corner-down-left database door-open download ellipsis external-link eye eye-off file-code file-down
    file-text file-up fingerprint-pattern flag flag-off folder-git-2 funnel gavel git-branch git-compare git-merge
    globe graduation-cap
    hand handshake history hourglass house inbox info key-round keyboard landmark laptop layers layout-list
    layout-template life-buoy lightbulb link list list-checks loader lock lock-open log-in log-out mail mail-open map menu
    message-circle-question-mark message-square minus monitor moon octagon-alert octagon-x paperclip pause
    pencil phone plane play plug plus power printer radar refresh-cw rotate-ccw save scale scroll-text search
    send server settings shield shield-alert shield-check shield-off shield-x sliders-horizontal smartphone
    snowflake sparkles star sun table-2 tag tags target telescope thumbs-up ticket timer trash-2 triangle-alert undo-2
    unlink upload user user-check user-cog user-plus user-x users wallet wand-sparkles x zap
""".split()  # noqa: SIM905  (one word a name is easier to read than a list of quotes)

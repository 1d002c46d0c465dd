"""The handful of sentences that must be said when no content can be read.

Every other word that a visitor meets is content (`content/interface/`).
"""

from __future__ import annotations

NO_TERMINAL = (
    "kiosk draws on a terminal, and this is none. Start it in a terminal window without a pipe "
    "or redirection, or start `kiosk read`, which tells the same line by line."
)
NO_OUTPUT = "There is nowhere to write to: standard output is closed."
PREPARING = "Preparing the content of {path} (once, and after each change) "
NOT_WRITTEN = "The output cannot be written: {why}."
NO_SERVER = "No kiosk server answers at {path}. Start one with `kiosk serve`."
NO_SSH = "SSH needs the extra `ssh`: install 'kiosk[ssh]', as docs/deploying.md says."
NO_SUCH_PLACE = "There is no directory or pack at {path}. Name one that exists, or leave it out."
NO_SHIPPED_TOPIC = (
    "This copy of kiosk carries no content. Name a content directory with --content DIR."
)
REFUSED = (
    "The content in {path} has {count} problem(s), so it is not shown. "
    "`kiosk check {path}` names them."
)
BAD_SETTINGS = (
    "The settings in {path} have {count} problem(s), so nothing is shown. "
    "`kiosk doctor --config {path}` names them."
)
UNKNOWN_SETTING = "The settings name {name} under {key}, and there is none. There is: {known}."
GATED_SETTING = (
    'The text of {key} in the settings names "{name}", which this library tells of only after its '
    "cautions. Write it without that word."
)
NO_TOPIC_TO_SHOW = (
    "There is no topic to show here: the settings leave none, or they ask for topics that a "
    "clinician has approved, and none is. Look at [show] in the settings."
)
NO_SUCH_TOPIC = "There is no topic {topic}. There is: {known}."
NO_SUCH_THEME = "There is no theme {theme}; there is: {known}. Going on with {fallback}."
BROKEN_THEME = "The theme {theme} cannot be used: {why}. Going on with {fallback}."
ASK_STAFF = "Please ask our staff."

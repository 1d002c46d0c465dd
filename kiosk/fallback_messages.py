"""The few sentences, as constants, for when no content can be read or no page be drawn.

Every other word that a visitor meets is content (`content/interface/`).
"""

from __future__ import annotations

NO_TERMINAL = (
    "kiosk draws on a terminal, and this is none. Start it in a terminal window without a pipe "
    "or redirection, or start `kiosk read`, which prints the same line by line."
)
NO_OUTPUT = "There is nowhere to write to: standard output is closed."
PREPARING = "Preparing the content of {path} (once, and after each change) "
NOT_WRITTEN = "The output cannot be written: {why}."
NO_SERVER = "No kiosk server answers at {path}. Start its unit (kiosk-ssh@...) or `kiosk serve`."
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
    "The settings in {path} have {count} problem(s), so they are not used. "
    "`kiosk doctor --config {path}` names them."
)
UNKNOWN_SETTING = "The settings name {name} under {key}, and there is none. There is: {known}."
GATED_SETTING = (
    'The text of {key} in the settings names "{name}", which this library shows only after its '
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
NOT_UNATTENDED = (
    "This terminal (TERM={term}) cannot be drawn on, so nobody can be left alone with it. "
    "Start `kiosk read` on it instead."
)
CRASHED = (
    "kiosk has stopped because of a mistake in it ({where}). Nothing was kept. "
    "Please start it again."
)
FULL = "The kiosk is busy. Please try again in a few minutes, or ask our staff."
CLOSING = "The kiosk is closing. Please try again in a minute, or ask our staff."
REFUSED_SESSION = {"full": FULL, "closing": CLOSING}
"""Messages to a visitor for whom no session is opened, by `kiosk.serve.pool.session.Refusal`."""
NO_COMMANDS = (
    "There are no commands here, only patient education. Please come again without a command."
)
ENDED = {
    "no worker": "The kiosk could not begin. Please try again, or ask our staff.",
    "crashed": "The kiosk has stopped because of a mistake in it. Nothing was kept. "
    "Please start it again.",
    "hung": "The kiosk has stopped because of a mistake in it. Nothing was kept. "
    "Please start it again.",
    "too long": "This visit has lasted as long as one may. Nothing was kept. "
    "You can start the kiosk again.",
    "idle": "Nobody was there, so the kiosk has closed. You can start it again.",
    "drained": "The kiosk is closing. Please try again in a minute, or ask our staff.",
    "closed": "The kiosk has closed.",
}
"""Messages at the end of a session, by `kiosk.serve.pool.session.EndReason`."""

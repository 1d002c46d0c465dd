"""Keys of the program's phrases that each language must have, and the names filled into each."""

from collections.abc import Mapping

from kiosk.core.front_end_phrases import FRONT_END_PHRASES
from kiosk.core.take_home.phrases import TAKE_HOME_PHRASES

_PHRASES = """
language.name
language.plain-words
language.everyday-words
language.professional-words
welcome.title
welcome.length minutes
welcome.length-one
welcome.length-more minutes
welcome.length-more-one
welcome.promise
readers.title
readers.title-again
readers.promise
readers.preview
readers.cautions-again
topics.title
topics.count count
topics.entry
topics.write
topics.none text
topics.more
topics.all
topics.in-group count
entry.letters
entry.space
entry.rub-out
ask.title
ask.text
ask.entry
ask.write
ask.agree
answer.asked
answer-title.answer
answer-title.abstain
answer-title.locked
answer-title.urgent
answer-said.abstain
answer-said.gap
answer-said.locked
answer-said.takes
answer-said.unwell
answer-said.answer-es
answer-said.abstain-es
answer-said.gap-es
answer-said.locked-es
answer.step number title
answer.go section
answer.again
answer.cautions
withdrawn.title
withdrawn.text
opening.title
languages.title
choice.start
choice.next
choice.back
choice.return
choice.ask
choice-short.return
choice.evidence
choice.call-staff
step-label.step count minutes number
step-label.step-part count minutes number part
step-label.step-part-one count number part
step-label.step-one count number
step-label.detour
step-label.door
step-label.caution count number
step-label.section count minutes number section
step-label.section-one count number section
status.submitted
status.under-review
status.approved
review.approved names
review.overdue due names
review.partly names
review.changed
review.signed credentials date name
review.both first second
stage.title
stage.submitted
stage.under-review
stage.approved
stage.education
translation.missing language
translation.stale language
translation.short language
one-level.grade measure
one-level.ease measure
one-level.unmeasured
tool.ask
tool.help
tool.staff
tool.readers
tool.languages
tool.steps
tool.policy
tool.start-over
tool-short.ask
tool-short.help
tool-short.staff
tool-short.readers
tool-short.languages
tool-short.steps
tool-short.policy
tool-short.start-over
key.next
key.back
key.ask
key.help
key.staff
key.readers
key.languages
key.steps
key.policy
key.start-over
key.colours
key.quit
note.chosen
note.done
note.here
note.locked
note.unlocked
note.open
note.read
notice.too-early seconds
notice.too-long
notice.open-now
notice.new-words
notice.cautions-again
notice.left-open
notice.pick-one
notice.pick-finish
mark.no-source
mark.no-source-part
mark.written-for condition
mark.written-for-part condition
mark.not-checked
mark.not-checked-part
mark.several kinds
mark.several-fits kinds
mark.several-written-for condition
mark.several-no-source
mark.several-not-checked
mark.checked
mark.checked-part
mark.guideline year
mark.guidelines year
mark.guideline-undated
mark.guideline-part year
mark.guideline-parts year
mark.guideline-part-undated
mark.first-sight
mark.own
mark.own-part
evidence-note.checked
evidence-note.checked-part
evidence-note.guideline
evidence-note.guideline-part
evidence-note.own
evidence-note.own-part
urgent.no-number
label.finding
label.gap
label.one-side
label.other-side
label.both-true
steps.title
steps.in-order
steps.gated
steps.aside
product.notes
product.claims
product.action
products.text
door.title
door.text count
door.text-one
door.more count
door.more-one count
door.more-open
door.go-on
door.already-taking
door.read
door.read-one
door.still-open count names
door.still-open-one names
door.read-again
door.read-again-one
door.without
caution.read
caution.unsure
caution.still-unsure
caution.other-words
staff.title
staff.caution caution
staff.emergency number
staff.leave
leave.title
leave.text
leave.agree
leave.again
leave.wrong
leave.wait seconds
help.title
help.text again ask steps words
help.marks-title
help.marks unchecked
help.unchecked
policy.updated date
policy.dated date title
policy.counted-title
policy.counted
finish.title
finish.text
finish.again
new-words.title
new-words.text words
new-words.agree words
new-words.keep
start-over.title
start-over.agree
start-over.keep
idle.title
idle.stay
evidence.entry id
evidence.as-above
evidence.limits
evidence.under heading title
evidence.under-both heading part title
evidence.document title
evidence.safety-note
evidence.source source
evidence.unidentified number
evidence.cited certainty number work
evidence.no-source
evidence.missing missing
evidence.grade grade
evidence.verified verified
evidence.from-memory
evidence.superseded note
evidence.against about
certainty.identified
certainty.probable
certainty.not-identified
kind.guideline-for condition
kind.guideline
kind.review
kind.study
checked.supported
checked.supported-in-part
checked.overstated
checked.reversed
checked.not-confirmed
checked.unchecked
strand.guideline
strand.drug-label
strand.research
"""

PHRASES: Mapping[str, frozenset[str]] = {
    line.split()[0]: frozenset(line.split()[1:])
    for line in (_PHRASES + FRONT_END_PHRASES + TAKE_HOME_PHRASES).split("\n")
    if line
}
"""By key, the names in braces that the phrase must have."""

COMMANDS = tuple(key.partition(".")[2] for key in PHRASES if key.startswith("command."))
"""Commands that can be typed at any prompt of a front end that speaks line by line."""

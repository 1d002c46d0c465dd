"""Keys of the interface text for what a reader takes along, one a line, each followed by the names
that its text must fill in; the module `phrases` of the core joins them with all others.
"""

TAKE_HOME_PHRASES = """
take.title
take.text
take.print
take.print-large
take.save
take.under-way
take.sheet
take.codes
take.questions
take.diary
take.check
take.other
handed-over-title.under-way
handed-over-title.printed
handed-over-title.saved
handed-over-title.no-printer
handed-over-title.printer-stopped
handed-over-title.taken-back
handed-over-title.too-slow
handed-over-title.too-often
handed-over-title.no-room
handed-over-title.not-writable
handed-over-title.failed
handed-over.under-way
handed-over.printed
handed-over.saved where
handed-over.no-printer
handed-over.printer-stopped
handed-over.taken-back
handed-over.too-slow
handed-over.too-often
handed-over.no-room
handed-over.not-writable
handed-over.failed
codes.title
codes.address
codes.text
sheet.no-questions questions
sheet.printed date
sheet.today
sheet.help
sheet.numbers crisis poison
sheet.cautions
sheet.cautions-away emergency
sheet.sources
sheet.own
sheet.clinician
sheet.clinician-text
sheet.signature
diary.title
diary.how
diary.when
diary.taken
diary.symptom
diary.how-bad
diary.day number
diary.date
diary.sleep
diary.stress
diary.paper
answer.put-on-list
answer.list
notice.on-list
own.title
own.text
own.none
own.closed
own.good
own.good-title
own.write
own.one
own.position count number
own.earlier
own.later
own.anew
own.remove
own.about text
own.about-choice
own.caution caution
check.title
check.again
check.right
check.wrong
check.friend text
check.done
check.end-title
check.end
helpful.title
helpful.yes
helpful.no
choice.take
tool.take
tool-short.take
key.take
notice.list-full
notice.helpful
notice.sheet-done
notice.sheet-failed
lines.code text
ui.code count number
ui.code-too-small
"""

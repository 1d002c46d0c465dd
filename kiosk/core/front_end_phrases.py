"""Table of the phrases that only one front end says, and of units and typed commands: on each line
a phrase's key, then the names that the phrase must have in braces.

The module `phrases` of the core joins it with the tables of all other phrases.
"""

FRONT_END_PHRASES = """
screen.stage stage
screen.stage-here stage
screen.staff
screen.clears minutes
screen.help
screen.start-over
screen.idle seconds
screen.idle-done
screen.finish
screen.clear
lines.stage stage
lines.stage-here stage
lines.urgent text
lines.table text
lines.staff
lines.clears minutes
lines.help commands
lines.start-over
lines.idle seconds
lines.idle-done
lines.finish
lines.clear
lines.hint help start stop
lines.range high low
lines.heading text
lines.picture text
lines.can-type words
lines.numbers last
lines.could-be words
lines.not-understood
lines.not-here
lines.blank
lines.entry label
lines.more back help stop
lines.interrupted stop
lines.too-much
lines.goodbye
unit.mcg
unit.mg
unit.g
command.next
command.ask
command.take
command.back
command.help
command.again
command.steps
command.words
command.language
command.staff
command.sources
command.policy
command.start-over
command.stop
ui.read-on
ui.more-below
ui.enlarge
ui.colours
ui.quit
"""

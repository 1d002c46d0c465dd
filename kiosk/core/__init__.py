"""The core: content, visit, rules, gate and pages. Standard library only, no I/O, no clock."""

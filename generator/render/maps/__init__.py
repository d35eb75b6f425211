"""Maps: one that shows where an incident was, and one of many incidents. Both are drawn while the pages are made."""

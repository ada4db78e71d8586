"""The words by which the quote rules find clauses, subjects and ends."""

from __future__ import annotations

DETERMINERS = frozenset("the a an his her their its this these our my some no any".split())
PRONOUNS = frozenset("he she they it we i you who him her them us me".split())
PREPOSITIONS = frozenset(
    """in on at by with from for of about as during after before over through into against
    under since while when amid""".split()
)
AUXILIARIES = frozenset(
    """has have had is are was were be been being do does did would will could can may might
    should must also not never n't later then now still once just again already even repeatedly
    recently often reportedly publicly quickly first further all both 've 'd 's 'll 're
    subsequently previously""".split()
)
CLAUSE_STARTS = frozenset(
    """that but because although though while when if where whereas since which until unless
    whether so yet or""".split()
)
LISTENING = frozenset("told tell tells telling asked ask asks reminded assured warned".split())
NEVER_INVERTED = frozenset("told tell tells telling asked wants want".split())
BEING = frozenset("is was were are be been being".split())
SURE_CLOSING = frozenset(
    """said says say show shows showed added wrote reported told reports found""".split()
)
"""Verbs that close a sentence as its report even where nothing is quoted."""
CUTS_AFTER_COMMA = frozenset(
    """saying adding but which according noting calling telling citing arguing and who while
    though although as""".split()
)
STOPS = frozenset(".!?;")

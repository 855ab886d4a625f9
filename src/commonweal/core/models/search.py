"""The index of the search: entries, the words in them, and the threes of letters that find misspelled ones.

It holds nothing of its own: every row is made again from the records by `index_search`.
"""

from __future__ import annotations

from django.db import models


class SearchScope(models.Model):
    """Who may find an entry: everybody, or those with a permission in one partnership."""

    partnership = models.UUIDField(null=True, blank=True)
    permission = models.CharField(max_length=30, blank=True)
    invented = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "permission", "invented"],
                                    name="core_search_scope_once"),
        ]


class SearchEntry(models.Model):
    """One thing that can be found, as its card in the results shows it."""

    kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=100)
    scope = models.ForeignKey(SearchScope, models.CASCADE, related_name="+")
    title = models.CharField(max_length=300)
    text = models.CharField(max_length=400, blank=True)
    href = models.CharField(max_length=300)
    tie = models.BigIntegerField()       # from its name alone, so that every database orders equals alike
    digest = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "subject"], name="core_search_entry_once")]


class SearchTerm(models.Model):
    """One word, and in how many entries it stands."""

    word = models.CharField(max_length=40, unique=True)
    entries = models.PositiveIntegerField(default=0)


class SearchGram(models.Model):
    """Three letters of a word in a row."""

    gram = models.CharField(max_length=3)
    term = models.ForeignKey(SearchTerm, models.CASCADE, related_name="grams")

    class Meta:
        indexes = [models.Index(fields=["gram", "term"], name="core_search_gram")]


class SearchPosting(models.Model):
    """One word in one entry: four for its title, one for the rest. Scope, kind and tie repeat the entry's."""

    term = models.ForeignKey(SearchTerm, models.CASCADE, related_name="+", db_index=False)
    entry = models.ForeignKey(SearchEntry, models.CASCADE, related_name="postings", db_index=False)
    scope = models.ForeignKey(SearchScope, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=20)
    weight = models.PositiveSmallIntegerField()
    tie = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["term", "-weight", "tie", "scope", "kind", "entry"], name="core_search_posting"),
            models.Index(fields=["entry", "term", "weight", "tie"], name="core_search_of_entry"),
        ]

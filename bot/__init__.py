"""newsbot: answers about the news, word for word from its own article store."""

__version__ = "0.1.0"

"""Feeds that are followed: polled when they are due, their entries made articles.

Nothing is imported here: who only knows the settings need not wait for the network's libraries.
"""

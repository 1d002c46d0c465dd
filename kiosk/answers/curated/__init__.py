"""Answering by the questions that authors wrote."""

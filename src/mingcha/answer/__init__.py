"""Answers to complaints: drafted from merit alone, checked for words no answer may hold, laid out as a letter."""

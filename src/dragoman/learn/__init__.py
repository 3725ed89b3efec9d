"""Labelled data -> figures: how well the coder does on sentences and articles that somebody has read. What is wrong goes to a file."""

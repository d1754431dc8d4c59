"""Can a column be told from the measures and the words?"""

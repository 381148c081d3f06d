"""From edited content to what members get: compare, test, publish, go back.

content of two books → changes of entries; questions replayed on two models → changes of answers;
both pass the gates → a version, which servers take over by themselves.
"""

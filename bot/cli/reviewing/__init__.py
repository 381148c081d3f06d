"""What `faq review` says and asks: `session` goes through the groups, `card` is the one at hand,
`forms` asks for a new entry or topic, `words` holds what is printed.
"""

"""What `faq report` shows: `terminal` with rich, `page` as one HTML file, `spreadsheet` as CSV,
`plain` as JSON; `words` holds what they say alike.
"""

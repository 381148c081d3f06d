"""How the shipped sentence encoder is made: base model, vocabulary, fine-tuning, export.

Runs in an environment of its own (`training/requirements.txt`); the bot never imports it.
"""

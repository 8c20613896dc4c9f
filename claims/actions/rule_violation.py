class RuleViolation(Exception):
    """An action that the rules do not allow; the message says in words what to do instead."""

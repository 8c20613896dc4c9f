class RuleViolation(Exception):
    """An action broke a rule. The message says what to do instead."""

"""Pressure for money."""

from mingcha.detect.rules.coercion.money_for_withdrawing import money_for_withdrawing

COERCION = (money_for_withdrawing,)

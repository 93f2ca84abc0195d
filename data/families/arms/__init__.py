"""Families of weapons, armour and ship gear."""

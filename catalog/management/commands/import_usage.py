"""Load a usage file from the command line."""

from catalog.management.commands.import_inventory import Command as ImportInventory


class Command(ImportInventory):
    help = "Load days of use, visitors and completeness from a CSV or JSON lines file."
    kinds: list[str] = []

"""The archive: records, the ledger, the index, and the Swedish language."""

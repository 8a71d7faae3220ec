"""Rules of the ledger without a database: event types, card states, balances."""

"""Open Badges 3.0: keys, credentials, two ways to sign them, pictures that carry them, and the verifying of all that.

Pure functions over plain data: no database and no network. Facts and pitfalls: Open Badges 3.0, VC Data Model 2.0, VC Data
Integrity (eddsa-rdfc-2022), Bitstring Status List 1.0."""
